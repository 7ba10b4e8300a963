"""The catalogue as a phone asks for it, without a sign-in."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

import pytest
import strawberry

from domain.catalogue.store import Catalogues
from domain.wording import Wording
from domain.words import Language
from integrations.catalogue_files import Loaded, load
from resolvers.context import Context
from schema.catalogue import CatalogueQuery

SCHEMA = strawberry.Schema(query=CatalogueQuery)


@dataclass
class Reading:
    """As much of a request's context as reading the catalogue needs."""

    catalogues: Catalogues
    wording: Wording
    language: Language
    say = Context.say


@pytest.fixture(scope="module")
def loaded() -> Loaded:
    return load(today=date(2026, 11, 23))


async def asked(query: str, loaded: Loaded, language: Language = Language.ZH_HANS) -> dict[str, object]:
    context = Reading(loaded.catalogues, loaded.wording, language)
    result = await SCHEMA.execute(query, context_value=context)
    assert result.errors is None
    return result.data


@pytest.mark.row("A29")
async def test_guangxi_is_asked_for_its_ten_items(loaded: Loaded) -> None:
    data = await asked('{ catalogue(region: "guangxi") { items { department { name } } declaredTotal } }', loaded)

    departments = Counter(item["department"]["name"] for item in data["catalogue"]["items"])
    assert data["catalogue"]["declaredTotal"] == 10
    assert departments == {
        "人力资源社会保障部门": 5,
        "医疗保障部门": 2,
        "住房公积金管理部门": 1,
        "卫生健康部门": 1,
        "公安部门": 1,
    }


@pytest.mark.parametrize(
    ("language", "department", "limit"),
    [
        (Language.ZH_HANS, "住房公积金管理部门", "受理之日起 3 日内"),
        (Language.ZH_HANT, "住房公積金管理部門", "受理之日起 3 日內"),
        (Language.EN, "Housing provident fund centre", "Within 3 days of acceptance"),
    ],
)
async def test_an_item_is_told_in_the_readers_language(loaded: Loaded, language: Language, department: str, limit: str) -> None:
    query = """{ catalogue(region: "guangxi") { items {
        id mode department { id name } waitsFor { id } materials { code satisfiedBy { code } } promise { text }
        statutoryLimit { amount unit startEvent text }
    } } }"""

    data = await asked(query, loaded, language)

    (item,) = (item for item in data["catalogue"]["items"] if item["id"] == "item-guangxi-housing-fund-withdrawal")
    assert item == {
        "id": "item-guangxi-housing-fund-withdrawal",
        "mode": "DECISION",
        "department": {"id": "department-guangxi-housing-fund", "name": department},
        "waitsFor": [{"id": "item-guangxi-pension"}],
        "materials": [
            {"code": "identity-card", "satisfiedBy": [{"code": "resident-id"}]},
            {"code": "bank-card", "satisfiedBy": [{"code": "social-security-card"}]},
        ],
        "statutoryLimit": {"amount": 3, "unit": "DAYS", "startEvent": "accepted", "text": limit},
        "promise": None,
    }


async def test_consent_texts_are_shown_with_what_they_cover(loaded: Loaded) -> None:
    data = await asked('{ catalogue(region: "guangxi") { consents { purpose version spoken licences { code } } } }', loaded)

    covered = {one["purpose"]: [licence["code"] for licence in one["licences"]] for one in data["catalogue"]["consents"]}
    assert covered == {
        "identity": ["resident-id", "portrait"],
        "household": ["household-register"],
        "payout": ["social-security-card"],
        "contributions": ["contribution-record"],
    }


async def test_the_words_of_a_catalogue_are_the_readers(loaded: Loaded) -> None:
    query = """{ catalogue(region: "guangxi") {
        title consents { title text spoken licences { name } } items { title materials { title condition ifLost } }
    } }"""

    data = await asked(query, loaded, Language.EN)

    catalogue = data["catalogue"]
    assert catalogue["title"] == "Retirement of an employee, handled as one thing"
    assert catalogue["consents"][1]["title"] == "Read your household registration"
    assert catalogue["consents"][1]["licences"] == [{"name": "Electronic household register"}]
    assert catalogue["consents"][1]["text"].startswith("Purpose: to confirm your registered address")
    assert catalogue["consents"][1]["spoken"].startswith("We would like to read your household registration")
    assert catalogue["items"][3]["title"] == "Recognition of deemed contribution years (pension)"
    assert catalogue["items"][3]["materials"][1] == {
        "title": "Further evidence of deemed contribution years",
        "condition": "The archive decides; if you hold other papers, such as a discharge certificate, you may add them.",
        "ifLost": None,
    }


async def test_a_region_leads_to_its_catalogue_and_back(loaded: Loaded) -> None:
    data = await asked("{ regions { id code name catalogue { id version region { id } } } }", loaded, Language.EN)

    version = loaded.catalogues.in_force("guangxi").version
    assert [one for one in data["regions"] if one["code"] == "guangxi"] == [
        {
            "id": "region-guangxi",
            "code": "guangxi",
            "name": "Guangxi Zhuang Autonomous Region",
            "catalogue": {"id": f"catalogue-guangxi-{version}", "version": version, "region": {"id": "region-guangxi"}},
        }
    ]


async def test_what_is_not_there_is_null(loaded: Loaded) -> None:
    query = """{
        there: catalogue(region: "guangxi", version: null) { id }
        not: catalogue(region: "x") { id }
        nor: catalogue(region: "guangxi", version: "x") { id }
    }"""

    data = await asked(query, loaded)

    assert (data["there"] is None, data["not"], data["nor"]) == (False, None, None)


@pytest.mark.row("C17")
@pytest.mark.parametrize(
    ("language", "requirements", "result"),
    [
        (Language.ZH_HANT, "已經退休，名下有住房公積金賬戶。", "賬戶餘額全部提取，賬戶註銷"),
        (Language.EN, "You are retired and have a housing fund account.", "The whole balance is paid out and the account closed"),
    ],
)
async def test_a_service_shows_what_it_rests_on_what_it_needs_what_comes_of_it_and_whom_to_call(
    loaded: Loaded, language: Language, requirements: str, result: str
) -> None:
    query = '{ catalogue(region: "guangxi") { items { code legalBasis requirements result department { telephone } } } }'

    data = await asked(query, loaded, language)

    (item,) = (item for item in data["catalogue"]["items"] if item["code"] == "housing-fund-withdrawal")
    assert item == {
        "code": "housing-fund-withdrawal",
        "legalBasis": ["住房公积金管理条例 第二十四条第（二）项、第二十五条"],
        "requirements": requirements,
        "result": result,
        "department": {"telephone": "12329"},
    }


@pytest.mark.row("A03")
async def test_the_city_of_source_0_is_asked_for_what_it_names_and_says_what_it_declares(loaded: Loaded) -> None:
    data = await asked(
        '{ catalogue(region: "anhui-city") { declaredTotal channels items { code onlyWith { code } promise { text } } } }', loaded
    )

    items = data["catalogue"]["items"]
    assert (data["catalogue"]["declaredTotal"], len(items), len(data["catalogue"]["channels"])) == (18, 7, 5)
    assert items[5] == {
        "code": "housing-fund-withdrawal",
        "onlyWith": [{"code": "pension"}],
        "promise": {"text": "提交申请之日起 15 日内"},
    }
