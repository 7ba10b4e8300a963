"""A question or a paper appears only where its condition holds (F32)."""

from datetime import date

import pytest

from domain.cases.form import Form
from domain.cases.reading import materials_of
from domain.reasons import Verdict
from tests.regions import a_case_in, asked, at_the_counter, region

MET, NOT_MET, UNDECIDED = Verdict.MET, Verdict.NOT_MET, Verdict.UNDECIDED
EJIN = at_the_counter("ejin-horo")


def keys_asked(**answers: str) -> set[str]:
    form = Form(a_case_in(EJIN, "pension", **answers), EJIN)
    return {field.rule.key for section in form.sections for entry in section.entries for field in entry.fields}


@pytest.mark.row("F32")
@pytest.mark.parametrize(
    ("answers", "gone", "there"),
    [
        ({"first_paid": "1995-08"}, {"handbook-lost"}, set()),
        ({"first_paid": "1995-06"}, set(), {"handbook-lost"}),
        ({"back_paid": "NO"}, {"back-paid-from", "tax-receipt-lost"}, set()),
        ({"back_paid": "YES", "back_paid_from": "1995-12"}, set(), {"back-paid-from", "tax-receipt-lost"}),
        ({"retirement_kind": "NORMAL"}, {"appraisal-number", "appraisal-date", "appraisal-body", "appraisal-result"}, set()),
        ({"retirement_kind": "DISABILITY"}, set(), {"appraisal-number", "appraisal-date", "appraisal-body", "appraisal-result"}),
        ({"name_differs_in_archive": "NO"}, {"recruited-by-labour-office"}, set()),
        ({"name_differs_in_archive": "YES"}, set(), {"recruited-by-labour-office"}),
    ],
)
def test_a_question_is_left_out_where_another_answer_has_settled_it(answers: dict[str, str], gone: set[str], there: set[str]) -> None:
    keys = keys_asked(**answers)

    assert (keys & gone, keys & there) == (set(), there)


@pytest.mark.row("F32")
def test_kind_and_months_of_a_special_post_are_asked_only_of_who_claims_one() -> None:
    of_post = {
        field.key: field.asked_if for section in region("guangxi").sections for field in section.fields if "special-post-" in field.key
    }

    assert of_post == {"special-post-kind": "special-post-claimed", "special-post-months": "special-post-claimed"}
    assert [asked("special-post-claimed", "guangxi", **said).verdict for said in SPECIAL_POSTS] == [MET, MET, NOT_MET, NOT_MET, UNDECIDED]


SPECIAL_POSTS: list[dict[str, str]] = [
    {"retirement_kind": "SPECIAL_POST"},
    {"retirement_kind": "NORMAL", "special_post": "YES"},
    {"retirement_kind": "NORMAL"},
    {"special_post": "NO"},
    {},
]


@pytest.mark.row("F32")
def test_a_paper_is_asked_for_only_if_a_chosen_service_names_it() -> None:
    for code in ("anhui-city", "guyang", "guangxi", "ejin-horo"):
        catalogue = at_the_counter(code)
        for item in catalogue.items.values():
            chosen = (item.code, *item.only_with[:1])
            named = {paper for each in chosen for paper in catalogue.items[each].materials}
            assert {one.code for one in materials_of(a_case_in(catalogue, *chosen), catalogue)} == named


@pytest.mark.row("B05")
@pytest.mark.parametrize(
    ("day", "key", "since"),
    [
        (date(2024, 12, 31), "rule.incapacity-claimed.EARLIER", date(1978, 6, 2)),
        (date(2025, 1, 1), "rule.incapacity-claimed.MET", date(2025, 1, 1)),
    ],
)
def test_incapacity_led_to_early_retirement_and_leads_to_the_allowance_since_2025(day: date, key: str, since: date) -> None:
    for code in ("guangxi", "ejin-horo"):
        found = asked("incapacity-claimed", code, day=day, fully_incapacitated="YES")
        assert (found.text.key, [figure.since for figure in found.figures]) == (key, [since])
