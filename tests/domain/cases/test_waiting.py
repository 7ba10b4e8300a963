"""What waits for what: it starts by itself on the approval, in the same write, or never does, and says why; and then all is done."""

from dataclasses import replace
from functools import partial

import pytest

from domain.cases.case import Case
from domain.cases.errands import Awaited, ErrandKind, awaited, errands
from domain.cases.opening import Filing, NewCase, Opening, open_case
from domain.cases.outcomes import certificate_delayed, department_answered
from domain.cases.parts import CaseStatus, ItemStatus, Turn
from domain.cases.patience import PATIENCE
from domain.cases.reading import items_of
from domain.cases.telling import StepInCase
from domain.cases.workflow import CaseAction, allowed
from domain.catalogue.types import Catalogue, ItemMode
from domain.ports import ItemOutcome, Rejected, Working
from domain.reasons import Reason, Verdict
from domain.words import Language, Text
from tests.cases import (
    MONDAY,
    ZHANG,
    a_complete_case,
    a_mark,
    a_submitted_case,
    acting,
    at,
    guangxi,
    kinds,
    rebuilt,
    statuses,
    submitted,
)
from tests.progress import a_finished_case, certified, decided, department_says, granted, notified, refused

WAITING, DONE, REFUSED, NOT_STARTED = ItemStatus.WAITING, ItemStatus.DONE, ItemStatus.REFUSED, ItemStatus.NOT_STARTED
RETIRING = ("normal-retirement", "deemed-years")


def due(case: Case) -> set[str]:
    return {errand.about for errand in errands(case) if errand.kind is ErrandKind.HAND_OFF}


def approved(case: Case, *items: str) -> Case:
    for item in items:
        case = department_says(case, item, granted())
    return case


# ---------------------------------------------------------------- a city with other items


BEFORE = ("social-security-card", "relation-transfer")
JOINT = ("normal-retirement", "pension", "medical-transfer", *BEFORE)


def a_city() -> Catalogue:
    """A catalogue that asks no questions, where a card and the transfer of the relation stand beside the pension."""
    plain = replace(guangxi().items["household-check"], mode=ItemMode.DECISION, fields=(), materials=())
    items = guangxi().items | {code: replace(plain, code=code, waits_for=()) for code in BEFORE}
    return replace(guangxi(), sections=(), items={code: replace(item, materials=()) for code, item in items.items()})


def handed_in(catalogue: Catalogue, *items: str) -> Case:
    opening = Opening(tuple(catalogue.items[code].id for code in items))
    new = NewCase("case-zh8k0001", "ZB2026112300000017", a_mark("open"), Language.ZH_HANS)
    case = open_case(opening, new, catalogue=catalogue, filing=Filing(ZHANG, vouched_at=at().at), by=acting(), moment=at())
    return submitted(case, catalogue=catalogue)


# ---------------------------------------------------------------- starting


@pytest.mark.row("A10", "F43")
def test_at_submission_only_what_waits_for_nothing_is_due() -> None:
    assert due(a_submitted_case()) == {"normal-retirement", "deemed-years", "household-check"}


@pytest.mark.row("A10", "F43")
def test_what_waits_for_the_pension_is_due_at_once_on_its_approval_and_in_the_same_write() -> None:
    before = approved(a_submitted_case(), *RETIRING)
    waiting = {"medical-transfer", "housing-fund-withdrawal", "family-planning-reward"}

    after = department_says(before, "pension", granted(), 40)

    assert (due(before) & waiting, {statuses(before)[item] for item in waiting}) == (set(), {WAITING})
    assert due(after) >= waiting
    assert [(step.kind, step.item, step.at) for step in after.history[before.last_step.number :]] == [
        ("item-decided", "pension", at(40).at),
        ("item-ready", "medical-transfer", at(40).at),
        ("item-ready", "housing-fund-withdrawal", at(40).at),
        ("item-ready", "family-planning-reward", at(40).at),
    ]


@pytest.mark.row("A10")
def test_a_card_and_the_transfer_of_the_relation_start_at_submission_and_wait_for_no_pension() -> None:
    """No item of Guangxi is one of these; in the city of source 0 both are."""
    case = handed_in(a_city(), *JOINT)

    approval = partial(department_answered, round=1, answer=granted(), catalogue=a_city(), patience=PATIENCE, moment=at(30))
    retired = approval(approval(case, item="normal-retirement"), item="pension")

    assert (due(case), statuses(case)["medical-transfer"]) == ({"normal-retirement", *BEFORE}, WAITING)
    assert due(retired) == {*BEFORE, "medical-transfer"}


@pytest.mark.row("F43")
def test_an_item_waits_for_all_that_it_names_and_only_for_what_is_in_the_case() -> None:
    alone = a_submitted_case(items=("pension", "medical-transfer"))
    both = a_submitted_case(items=(*RETIRING, "pension"))

    assert due(alone) == {"pension"}
    assert "pension" not in due(approved(both, "normal-retirement"))
    assert "pension" in due(approved(both, *RETIRING))


@pytest.mark.parametrize("outcome", [ItemOutcome.GRANTED, ItemOutcome.REFUSED])
def test_without_deemed_years_a_pension_is_calculated_all_the_same(outcome: ItemOutcome) -> None:
    case = approved(a_submitted_case(items=(*RETIRING, "pension")), "normal-retirement")

    assert "pension" in due(department_says(case, "deemed-years", decided(outcome)))


def test_what_a_department_works_on_or_could_not_be_given_keeps_the_others_waiting() -> None:
    case = a_submitted_case(items=("normal-retirement", "pension"))

    for answer in (Working(1), Rejected(("no",))):
        assert statuses(department_says(case, "normal-retirement", answer))["pension"] is WAITING


# ---------------------------------------------------------------- not starting


@pytest.mark.row("A10")
def test_on_the_refusal_of_the_pension_what_waited_for_it_is_not_started_and_says_why() -> None:
    case = department_says(approved(a_submitted_case(), *RETIRING), "pension", refused())

    title = guangxi().items["pension"].title
    for item in items_of(case, guangxi()):
        if item.code in {"medical-transfer", "housing-fund-withdrawal", "family-planning-reward"}:
            assert (item.status, item.turn, item.result) == (NOT_STARTED, Turn.OVER, None)
            assert item.reasons == (Reason("waits-for", Verdict.NOT_MET, Text("reason.waits-for-refused", {"item": title})),)


def test_what_is_not_started_further_down_names_what_was_refused_at_the_root() -> None:
    case = department_says(a_submitted_case(items=("normal-retirement", "pension", "medical-transfer")), "normal-retirement", refused())

    assert [(item.code, item.status, item.because) for item in case.items] == [
        ("normal-retirement", REFUSED, None),
        ("pension", NOT_STARTED, "normal-retirement"),
        ("medical-transfer", NOT_STARTED, "normal-retirement"),
    ]
    assert kinds(case)[-3:] == ["item-not-started", "item-not-started", "completed"]
    said = StepInCase(case, guangxi(), case.history[-2]).text
    assert (said.key, said.params["because"]) == ("step.item-not-started", guangxi().items["normal-retirement"].title)


# ---------------------------------------------------------------- all done


def test_a_case_is_done_when_every_item_is_decided_or_will_not_start() -> None:
    case = department_says(a_submitted_case(items=RETIRING), "normal-retirement", refused())
    before = (case.status, case.turn)

    case = department_says(case, "deemed-years", granted(), 40)

    assert (before, case.status, case.turn) == ((CaseStatus.IN_PROGRESS, Turn.OURS), CaseStatus.DONE, Turn.OVER)
    assert (case.notices[-1].wording, case.notices[-1].due_at) == ("notice.completed", at(40).at)
    assert [row.action for row in allowed(case, acting())] == [CaseAction.CONSENT], "what was allowed may still be taken back"


def test_on_the_approval_of_the_pension_the_certificate_is_due_and_the_case_waits_for_it() -> None:
    case = department_says(a_submitted_case(items=("pension",)), "pension", granted())

    issued = certified(case)

    assert (case.certificate_due_at, case.status) == (at(30).at, CaseStatus.IN_PROGRESS)
    assert (issued.certificate, issued.certificate_due_at, issued.status) == ("certificate-1", None, CaseStatus.DONE)
    assert kinds(issued)[-2:] == ["certificate-issued", "completed"]
    assert certified(issued, 50) == issued


@pytest.mark.parametrize("outcome", [ItemOutcome.REFUSED, ItemOutcome.NOT_FOUND])
def test_without_an_approval_there_is_no_certificate(outcome: ItemOutcome) -> None:
    assert department_says(a_submitted_case(items=("pension",)), "pension", decided(outcome)).certificate_due_at is None


def test_a_certificate_that_cannot_be_made_is_tried_again_later_and_later_and_never_given_up() -> None:
    case, pauses = department_says(a_submitted_case(items=("pension",)), "pension", granted()), []
    for _ in range(8):
        case = certificate_delayed(case, patience=PATIENCE, moment=at(100))
        pauses.append((case.certificate_due_at - at(100).at).total_seconds())

    assert pauses == [5, 30, 120, 600, 3600, 3600, 3600, 3600]
    issued = certified(case, 200)
    assert certificate_delayed(issued, patience=PATIENCE, moment=at(300)) == issued


def test_guidance_is_done_when_it_has_been_given() -> None:
    """No item of Guangxi is guidance; elsewhere one is."""
    told = replace(guangxi().items["deemed-years"], mode=ItemMode.GUIDANCE)
    elsewhere = replace(guangxi(), items={**guangxi().items, "deemed-years": told})

    case = submitted(a_complete_case(items=("deemed-years", "household-check")), catalogue=elsewhere)

    assert statuses(case) == {"deemed-years": DONE, "household-check": WAITING}
    assert (case.item("deemed-years").outcome, case.item("deemed-years").decided_at) == (ItemOutcome.TOLD, at(20).at)


# ---------------------------------------------------------------- whom it waits for


def test_the_departments_that_a_case_waits_for_are_those_that_could_answer_and_have_not() -> None:
    draft, case = a_complete_case(), department_says(a_submitted_case(), "household-check", decided(ItemOutcome.FOUND))

    assert awaited(draft, guangxi()) == ()
    assert awaited(case, guangxi()) == (Awaited("hrss", "normal-retirement", at(20).at), Awaited("hrss", "deemed-years", at(20).at))
    assert awaited(approved(case, "deemed-years"), guangxi()) == (
        Awaited("hrss", "normal-retirement", at(20).at),
        Awaited("medical", "medical-deemed-years", at(30).at),
    )
    assert awaited(notified(a_finished_case()), guangxi()) == ()


@pytest.mark.row("B08")
def test_a_finished_case_is_what_its_steps_make() -> None:
    case = a_finished_case()

    for stage in (case, notified(case)):
        assert rebuilt(stage) == stage
    assert (case.status, case.opened_at, set(statuses(case).values())) == (CaseStatus.DONE, MONDAY, {DONE})
