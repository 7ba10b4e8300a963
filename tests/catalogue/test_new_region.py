"""A new region is a folder: listed, forecast, guided and filed in at once, and refused with file and key where it is wrong."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from domain.cases.form import Form
from domain.cases.parts import MaterialStatus
from domain.catalogue.faults import CatalogueFaults
from domain.catalogue.store import Catalogues
from domain.wording import Wording
from domain.words import Language
from integrations.catalogue_files import Loaded, load
from resolvers.context import Context
from schema import schema
from tests.catalogue.riverside import with_riverside
from tests.regions import a_case_in, paper

TODAY = date(2026, 11, 23)
Json = dict[str, object]

LISTED = '{ regions { code name } catalogue(region: "riverside") { title source declaredTotal items { code department { name } } } }'
FORECAST = """query($question: RetirementQuestionInput!) { retirementForecast(question: $question) { ... on RetirementForecast {
    statutory { date } earliest { date } latest { date } reasons { rule figures { key value source } }
} ... on InvalidForm { issues { path code } } } }"""
GUIDE = """query($answers: [AnswerInput!]!) { guide(region: "riverside", answers: $answers) { ... on Guide {
    questions { key } eligible items { item { code title } recommended } reasons { rule verdict }
} ... on InvalidForm { issues { path code } } } }"""


@dataclass
class Reading:
    """As much of a request's context as somebody needs who has not signed in."""

    catalogues: Catalogues
    wording: Wording
    language: Language = Language.ZH_HANS
    today: date = TODAY
    say = Context.say
    speak = Context.speak


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Loaded:
    return load(with_riverside(tmp_path_factory.mktemp("riverside")), today=TODAY)


async def asked(loaded: Loaded, query: str, language: Language = Language.ZH_HANS, **variables: object) -> Json:
    """By the whole schema of the product."""
    result = await schema.execute(query, variables, context_value=Reading(loaded.catalogues, loaded.wording, language))
    assert result.errors is None, result.errors
    return result.data


@pytest.mark.row("B09")
async def test_the_api_lists_it_at_once_with_all_that_it_says_of_itself(loaded: Loaded) -> None:
    data = await asked(loaded, LISTED, Language.ZH_HANT)

    assert {"code": "riverside", "name": "河畔縣"} in data["regions"]
    assert data["catalogue"]["title"] == "河畔退休一件事"
    assert data["catalogue"]["declaredTotal"] == 3
    assert [(item["code"], item["department"]["name"]) for item in data["catalogue"]["items"]] == [
        ("payer-check", "河畔縣税務局"),
        ("normal-retirement", "人力資源社會保障部門"),
        ("pension", "人力資源社會保障部門"),
    ]


@pytest.mark.row("B09")
async def test_a_forecast_there_follows_its_own_figure_and_the_nations_other_ones(loaded: Loaded) -> None:
    question = {"sex": "MALE", "birthDate": "1967-10-31", "contributionMonths": 300, "region": "riverside"}

    there = (await asked(loaded, FORECAST, question=question))["retirementForecast"]
    elsewhere = (await asked(loaded, FORECAST, question={**question, "region": "guangxi"}))["retirementForecast"]

    assert [there[point]["date"] for point in ("earliest", "statutory", "latest")] == ["2027-10-31", "2028-07-31", "2030-07-31"]
    assert [elsewhere[point]["date"] for point in ("earliest", "statutory", "latest")] == ["2027-10-31", "2028-07-31", "2031-07-31"]
    figures = {figure["key"]: figure for reason in there["reasons"] for figure in reason["figures"]}
    assert (figures["flexible-months"]["value"], figures["flexible-months"]["source"]) == ("24", "河畔县办法（虚构）")


@pytest.mark.row("B09")
async def test_its_guide_asks_what_it_says_and_finds_by_the_rules_that_it_names(loaded: Loaded) -> None:
    given = {"retired-already": "NO", "sex": "MALE", "birth-date": "1966-06-15", "contribution-months": "170"}

    guide = (await asked(loaded, GUIDE, answers=[{"key": key, "value": value} for key, value in given.items()]))["guide"]

    assert [question["key"] for question in guide["questions"]] == [
        "retired-already",
        "sex",
        "birth-date",
        "employment",
        "contribution-months",
    ]
    assert guide["eligible"] == "NOT_MET"
    assert {reason["rule"]: reason["verdict"] for reason in guide["reasons"]} == {"age-reached": "MET", "paid-long-enough": "NOT_MET"}
    assert "normal-retirement" in {item["item"]["code"] for item in guide["items"] if item["recommended"]}


@pytest.mark.row("B09")
def test_a_case_can_be_opened_there_with_its_own_items_papers_and_questions(loaded: Loaded) -> None:
    riverside = loaded.catalogues.in_force("riverside")

    case = a_case_in(riverside, "payer-check", "normal-retirement", "pension", mobile="13900000001")

    asked_for = {field.rule.key for section in Form(case, riverside).sections for entry in section.entries for field in entry.fields}
    assert paper(case, riverside, "river-pass").status(TODAY) is MaterialStatus.NEEDED
    assert {"document-number", "mobile", "retirement-date"} <= asked_for
    assert "employer" not in asked_for


@pytest.mark.row("B09")
@pytest.mark.parametrize(
    ("file", "old", "new", "fault"),
    [
        ("region.toml", "declared_total", "declared_totall", "region.about.declared_totall is not a key known here"),
        ("items.toml", 'department = "tax"', 'department = "harbour"', "items.payer-check.department names 'harbour'"),
        ("items.toml", '"paid-long-enough"', '"paid-in-fish"', "items.normal-retirement.conditions names 'paid-in-fish'"),
        ("items.toml", "[payer-check]", '[payer-check]\nwaits_for = ["pension"]', ".waits_for goes round in a circle: "),
        ("parameters.toml", "2028-01-01", "2025-01-01", "parameters.flexible-months.values has two values since 2025-01-01"),
        ("guide.toml", '"employment"', '"favourite-fish"', "guide.questions.fields names 'favourite-fish'"),
    ],
)  # fmt: skip
def test_one_that_is_wrong_is_refused_with_file_and_key(tmp_path: Path, file: str, old: str, new: str, fault: str) -> None:
    folder = with_riverside(tmp_path)
    text = (folder / "riverside" / file).read_text(encoding="utf-8")
    (folder / "riverside" / file).write_text(text.replace(old, new, 1), encoding="utf-8")

    with pytest.raises(CatalogueFaults) as refused:
        load(folder, today=TODAY)

    assert [line for line in refused.value.lines if line.startswith(f"catalogue/riverside/{file}: ") and fault in line]
