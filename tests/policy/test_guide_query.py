"""The guide as a phone asks for it, without a sign-in."""

from dataclasses import dataclass
from datetime import date

import pytest
import strawberry
from strawberry.schema.config import StrawberryConfig

from domain.catalogue.store import Catalogues
from domain.wording import Wording
from domain.words import Language
from resolvers.context import Context
from schema.forms import Question
from schema.guide import GuideQuery
from schema.problems import Problem, TellInvalidForm, TellRefusal
from schema.scalars import SCALARS
from tests.cases import loaded

SCHEMA = strawberry.Schema(
    query=GuideQuery,
    types=[Problem, Question],
    config=StrawberryConfig(scalar_map=SCALARS),
    exception_handlers=[TellRefusal(), TellInvalidForm()],
)
GUIDE = """query($region: String!, $answers: [AnswerInput!]!, $asOf: Date) { guide(region: $region, answers: $answers, asOf: $asOf) {
    ... on Guide {
        questions { ...Asked value values } items { item { code title } recommended reasons { rule text } }
        eligible reasons { rule verdict text spoken facts { label value } figures { key label value since source } }
    }
    ... on Refusal { refusalCode }
    ... on InvalidForm { message issues { path code message spoken } }
} }
fragment Asked on Question { key label spoken kind required format options { value label } optionList decides }"""


@dataclass
class Reading:
    """As much of a request's context as the guide needs."""

    catalogues: Catalogues
    wording: Wording
    language: Language
    today: date
    say = Context.say
    speak = Context.speak


async def asked(
    region: str = "guangxi", language: Language = Language.ZH_HANS, as_of: object = None, **answers: object
) -> dict[str, object]:
    given = [{"key": key.replace("_", "-"), "value": value} for key, value in answers.items()]
    context = Reading(loaded().catalogues, loaded().wording, language, date(2026, 11, 23))
    result = await SCHEMA.execute(GUIDE, {"region": region, "answers": given, "asOf": as_of}, context_value=context)
    assert result.errors is None
    found: dict[str, object] = result.data["guide"]
    return found


async def test_a_question_of_the_guide_is_drawn_like_one_of_the_form() -> None:
    found = await asked(sex="FEMALE")

    assert found["questions"][1] == {
        "key": "sex",
        "label": "性别",
        "spoken": "性别",
        "kind": "CHOICE",
        "required": True,
        "format": None,
        "options": [{"value": "MALE", "label": "男"}, {"value": "FEMALE", "label": "女"}],
        "optionList": None,
        "decides": True,
        "value": "FEMALE",
        "values": [],
    }


@pytest.mark.row("F30")
@pytest.mark.parametrize(
    ("language", "text", "fact", "figure"),
    [
        (
            Language.ZH_HANS,
            "您累计缴费14年5个月，需要15年，还差7个月。可以接着缴满，也可以按规定一次性补缴，请到社保经办机构办理。",
            {"label": "累计缴费", "value": "14年5个月"},
            "按月领取基本养老金的最低缴费月数（含视同）",
        ),
        (
            Language.ZH_HANT,
            "您累計繳費14年5個月，需要15年，還差7個月。可以接着繳滿，也可以按規定一次性補繳，請到社保經辦機構辦理。",
            {"label": "累計繳費", "value": "14年5個月"},
            "按月領取基本養老金的最低繳費月數（含視同）",
        ),
        (
            Language.EN,
            "You have paid for 14 years 5 months; 15 years are needed, so 7 months are missing. "
            "You can go on paying, or pay at once where the rules allow; please ask your social insurance centre.",
            {"label": "Contributions in total", "value": "14 years 5 months"},
            "Fewest months of contributions for a monthly pension, deemed ones included",
        ),
    ],
)
async def test_who_is_seven_months_short_is_told_so_with_the_law(language: Language, text: str, fact: dict[str, str], figure: str) -> None:
    found = await asked(language=language, sex="MALE", birth_date="1966-06-15", contribution_months="173", special_post="NO")

    (reason,) = (reason for reason in found["reasons"] if reason["rule"] == "paid-long-enough")
    assert (reason["verdict"], reason["text"]) == ("NOT_MET", text)
    assert reason["spoken"] == text
    assert fact in reason["facts"]
    assert reason["figures"] == [
        {
            "key": "minimum-contribution-months",
            "label": figure,
            "value": "180",
            "since": "2025-01-01",
            "source": "《国务院关于渐进式延迟法定退休年龄的办法》 Art 2, 附件4",
        }
    ]


@pytest.mark.row("B05")
async def test_it_can_be_asked_by_the_law_of_another_day() -> None:
    answers = {"sex": "MALE", "birth_date": "1962-08-01", "archive": "KEPT", "months_paid_here": "168", "deemed_months_here": "12"}

    then = await asked("guyang", as_of="２０２２-08-01", **answers)
    the_day_before = await asked("guyang", as_of="2022-07-31", **answers)

    assert (then["eligible"], the_day_before["eligible"]) == ("MET", "NOT_MET")


async def test_slips_are_told_with_their_places() -> None:
    found = await asked(sex="MALE", birth_date="1966-02-30", colour="red")

    assert found == {
        "message": "有 2 处回答需要改一改。",
        "issues": [
            {
                "path": ["answers", "1", "value"],
                "code": "bad-date",
                "message": found["issues"][0]["message"],
                "spoken": found["issues"][0]["spoken"],
            },
            {
                "path": ["answers", "2", "value"],
                "code": "unknown-question",
                "message": "这个地区的导引里没有这个问题，请刷新页面再答。",
                "spoken": "这个地区的导引里没有这个问题，请刷新页面再答。",
            },
        ],
    }


@pytest.mark.parametrize("day", ["2026-02-30", "soon", 7])
async def test_an_impossible_day_is_a_slip(day: object) -> None:
    found = await asked(as_of=day)

    assert [(issue["path"], issue["code"]) for issue in found["issues"]] == [(["asOf"], "bad-date")]


async def test_a_region_that_is_not_here_is_refused() -> None:
    assert await asked("atlantis") == {"refusalCode": "NOT_FOUND"}
