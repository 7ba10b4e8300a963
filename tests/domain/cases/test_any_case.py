"""Whatever people, registers and departments do, in whatever order: what must hold of a case holds after each of it."""

from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.acting import CapacityKind
from domain.cases.case import Case, PrivatePart
from domain.cases.errands import errands, next_due
from domain.cases.happened import KINDS
from domain.cases.parts import OVER, ItemStatus
from domain.cases.steps import first_fault
from domain.errors import InvalidForm, Refusal
from domain.ports import HandoffAnswer, ItemOutcome, Rejected, Working
from tests.cases import MONDAY, a_complete_case, a_submitted_case, an_opened_case, rebuilt, submitted
from tests.domain.cases.anything import anything
from tests.domain.cases.happenings import ITEMS, Now, Picks, ahead, possible
from tests.progress import certified, decided, department_says, granted, notified, withdrawn
from tests.staff import begun, staff

PAUSES = (0, 0.5, 1, 4, 100, 400, -50)
MARKS = ("m1", "m2", "m3", *(f"n{number}" for number in range(200)))
LENGTH = 200
FETCHING = {"task-given", "task-taken", "task-done"}
"""No paper of the tests' region is fetched by an agency: tests/catalogue/test_agency_tasks.py."""


@cache
def beginnings() -> tuple[Case, ...]:
    opened, unconsenting = an_opened_case(items=ITEMS), an_opened_case(items=ITEMS, consenting=False)
    complete, handed_in = a_complete_case(items=ITEMS), a_submitted_case(items=ITEMS)
    handed_over = all_say(handed_in, Working(1), "normal-retirement", "deemed-years", "household-check")
    approved = all_say(handed_in, granted(), "normal-retirement", "deemed-years", "pension")
    failed = all_say(handed_in, Rejected(("不收",)), "normal-retirement", "deemed-years", "household-check")
    found = all_say(approved, decided(ItemOutcome.FOUND), "household-check")
    finished = notified(certified(all_say(found, granted(), "medical-transfer")))
    for_others = [begun(kind, items=ITEMS) for kind in (CapacityKind.EMPLOYER, CapacityKind.HELPER)]
    to_confirm = submitted(for_others[0], by=staff(CapacityKind.EMPLOYER))
    alone = (opened, unconsenting, complete, handed_in, handed_over, withdrawn(handed_over), approved, failed, finished)
    return *alone, *for_others, to_confirm


def all_say(case: Case, answer: HandoffAnswer, *items: str) -> Case:
    for item in items:
        case = department_says(case, item, answer)
    return case


@pytest.mark.row("B08", "B13", "F54", "F26")
def test_whatever_happens_what_must_hold_of_a_case_holds() -> None:
    """A story is one string of numbers: drawn in parts, Hypothesis would tell most stories several times over."""
    told: Counter[str] = Counter()

    @settings(max_examples=150, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(st.binary(min_size=LENGTH, max_size=LENGTH))
    def every_story(numbers: bytes) -> None:
        told.update(a_story(Picks([*numbers])))

    every_story()

    assert KINDS.keys() - told.keys() == {"opened", *FETCHING}
    assert told["changed"] >= told["tried"] / 2


def a_story(pick: Picks) -> Iterator[str]:
    """Checked after each happening. Tells what was tried, whether it changed something, and the kinds of the steps that it made."""
    case, seconds = pick(beginnings()), 21.0
    while pick.numbers and (ahead(case) or pick(range(4))):
        before, seconds = case, max(21, seconds + pick(PAUSES))
        is_possible = bool(ahead(case) and pick(range(3)))
        doing, mark = (possible(case, pick), f"possible-{len(pick.numbers)}") if is_possible else (anything(pick), pick(MARKS))
        yield "tried"
        try:
            case = doing(case, Now(seconds, mark))
        except (Refusal, InvalidForm):
            continue
        check(before, case)
        seconds = max(seconds, (case.updated_at - MONDAY).total_seconds())
        yield from ("changed" if case != before else "unchanged", *(step.kind for step in case.history[len(before.history) :]))


def check(before: Case, after: Case) -> None:
    assert rebuilt(after) == after
    assert first_fault(after.history, after.private.secrets) is None
    assert [step.number for step in after.history] == list(range(1, len(after.history) + 1))
    assert after.history[: len(before.history)] == before.history
    assert all(one.at <= other.at for one, other in pairwise(after.history))
    assert after.revision >= before.revision
    assert next_due(after) == min((errand.at for errand in errands(after)), default=None)
    if before.status in OVER:
        assert after.status is before.status
    for item in before.items:
        if item.status in {ItemStatus.DONE, ItemStatus.REFUSED}:
            assert after.item(item.code) == item
    if after.erased_at:
        assert after.private == PrivatePart()
    elif after.revision == before.revision:  # nobody of the applicant's side did it
        for place, answer in before.private.answers.items():
            if answer.person and answer.given:
                assert after.private.answers[place].value == answer.value
