"""What a page is drawn from: the form with its answers and slips, items and papers with what the catalogue says of them."""

from dataclasses import replace

import pytest

from domain.cases.book import catalogue_of
from domain.cases.filling import AnswerGiven
from domain.cases.form import Form
from domain.cases.parts import ItemWords, Turn
from domain.cases.reading import ItemInCase, items_of, materials_of
from domain.ports import ItemOutcome
from domain.reasons import Reason, Verdict
from domain.words import Text
from tests.cases import (
    LICENCES,
    MONDAY,
    a_complete_case,
    a_file,
    a_prefilled_case,
    a_submitted_case,
    an_opened_case,
    at,
    attached,
    field,
    filled,
    guangxi,
    loaded,
)
from tests.progress import decided, department_says

ENTRY = "00000000-0000-0000-0000-000000000001"


def an_item(case, code: str = "pension") -> ItemInCase:
    return next(item for item in items_of(case, guangxi()) if item.code == code)


# ---------------------------------------------------------------- the form


def test_a_form_is_complete_when_every_page_is() -> None:
    open_form, whole = Form(a_prefilled_case(), guangxi()), Form(a_complete_case(), guangxi())

    assert (open_form.complete, whole.complete, whole.revision, whole.issues) == (False, True, 1, ())
    assert {section.key for section in open_form.sections if not section.complete} == {"contact", "retirement"}
    assert [state.source for state in whole.prefill] == list(LICENCES)


def test_every_part_of_a_form_has_an_id_of_its_own() -> None:
    case = filled(a_prefilled_case(), AnswerGiven("relative-name", value="李某", entry=ENTRY))
    form = Form(case, guangxi())

    parts = [form, *form.sections]
    parts += [entry for section in form.sections for entry in section.entries]
    parts += [one for section in form.sections for entry in section.entries for one in entry.fields]
    ids = [part.id for part in parts]
    assert len(set(ids)) == len(ids)
    assert {f"{case.id}.form", f"{case.id}.section.payout", f"{case.id}.entry.payout", ENTRY, f"{case.id}.field.bank"} <= set(ids)
    assert f"{case.id}.field.relatives/{ENTRY}/relative-phone" in ids


def test_a_picture_is_shown_and_not_told() -> None:
    portrait = field(a_prefilled_case(), "portrait")

    assert (portrait.value, portrait.values, portrait.answer.value, portrait.masked) == (None, (), LICENCES["portrait"]["portrait"], False)


def test_a_question_without_an_answer_has_no_source_and_is_not_locked() -> None:
    name = field(an_opened_case(), "sex")

    assert (name.answer, name.source, name.locked, name.offers, name.issue.about) == (None, None, False, (), name.id)


# ---------------------------------------------------------------- items


def test_an_item_waits_for_those_of_the_case_and_says_on_whose_side_it_lies() -> None:
    draft, case = a_complete_case(items=("normal-retirement", "pension")), a_submitted_case(items=("normal-retirement", "pension"))

    assert [one.code for one in an_item(case).waits_for] == ["normal-retirement"]
    assert (an_item(draft).turn, an_item(case).turn, an_item(case).id) == (Turn.YOURS, Turn.OURS, f"{case.id}.item.pension")
    told = [an_item(one, "normal-retirement").status_text.key for one in (draft, case)]
    assert told == ["item.waiting.to-be-submitted", "item.waiting.on-its-way"]
    assert (an_item(case).status_text.key, an_item(case).department) == ("item.status.WAITING", guangxi().departments["hrss"])


@pytest.mark.parametrize(("outcome", "verdict"), [(ItemOutcome.GRANTED, Verdict.MET), (ItemOutcome.REFUSED, Verdict.NOT_MET)])
def test_a_result_has_the_departments_words_and_reasons(outcome: ItemOutcome, verdict: Verdict) -> None:
    case = department_says(a_submitted_case(items=("pension",)), "pension", decided(outcome, text="写明", reasons=("缴费满 412 个月",)))
    item = an_item(case)

    assert (item.result, item.outcome, item.at, item.written) == (item, outcome, at(30).at, ItemWords("写明", ("缴费满 412 个月",)))
    assert item.reasons == (Reason("department", verdict, Text("reason.department", {"words": "缴费满 412 个月"})),)


def test_a_result_rests_on_what_was_handed_in_and_on_the_licences_that_were_held() -> None:
    case = attached(a_complete_case(items=("pension",)), "identity-card", a_file())

    evidence = [(used.kind, used.title.key, used.at) for used in an_item(case).evidence]

    assert evidence[0] == ("FILE", "evidence.file", MONDAY)
    assert [kind for kind, *_ in evidence] == ["FILE", "LICENCE", "LICENCE"]


def test_a_material_that_nothing_satisfies_is_no_evidence() -> None:
    (paper,) = [one for one in materials_of(an_opened_case(items=("deemed-years",)), guangxi()) if one.code == "deemed-years-evidence"]

    assert (paper.evidence, paper.files, paper.reasons, paper.max_files) == ((), (), (), 20)


# ---------------------------------------------------------------- its catalogue


async def test_a_case_is_read_with_the_catalogue_that_it_began_with_or_not_at_all() -> None:
    case = an_opened_case()

    assert await catalogue_of(case, loaded().catalogues) == guangxi()
    with pytest.raises(LookupError, match=f"catalogue guangxi gone of case {case.id} is in no archive"):
        await catalogue_of(replace(case, catalogue_version="gone"), loaded().catalogues)
