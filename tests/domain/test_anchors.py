"""What a chain cannot prove by itself, an anchor can."""

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.cases.anchors import Head, fault_against, fault_of, head_of, make_anchor, merkle_root
from domain.cases.case import Case
from domain.cases.steps import GENESIS, read_step
from tests.cases import MONDAY, ZHANG, a_submitted_case, an_opened_case
from tests.progress import a_finished_case

HEADS = [Head(f"case-{number}", number, str(number) * 64) for number in range(1, 8)]


@pytest.fixture(scope="module")
def case() -> Case:
    return a_finished_case()


def rewritten(case: Case) -> Case:
    """Somebody who can compute hashes changes the second step and all that follow."""
    steps, previous = [], GENESIS
    for step in case.history:
        canonical = step.canonical.replace(b"SELF", b"PROXY") if step.number == 3 else step.canonical
        steps.append(read_step(previous, canonical))
        previous = steps[-1].hash
    return replace(case, history=tuple(steps))


def test_a_history_goes_on_from_every_head_that_it_had(case: Case) -> None:
    heads = [Head(case.id, step.number, step.hash) for step in case.history]

    assert [fault_against(head, case) for head in heads] == [None] * len(heads)


def test_a_history_that_was_cut_short_is_whole_but_not_against_its_anchor(case: Case) -> None:
    cut = replace(case, history=case.history[:-2])

    assert fault_against(head_of(case), cut) == f"was cut short: {len(case.history) - 2} steps of {len(case.history)} are there"


def test_a_history_that_was_written_anew_does_not_go_on_from_its_anchor(case: Case) -> None:
    anew = rewritten(case)

    assert anew.history[2].canonical != case.history[2].canonical
    assert fault_against(head_of(case), anew) == f"was rewritten, up to step {len(case.history)} or before it"


@pytest.mark.row("B07")
def test_the_first_altered_step_is_named(case: Case) -> None:
    third = case.history[2]
    altered = replace(third, canonical=third.canonical.replace(b'"v":1', b'"v":2'))

    assert fault_of(replace(case, history=(*case.history[:2], altered, *case.history[3:]))) == "step 3 was altered, or one before it was"


@pytest.mark.row("B07")
def test_a_removed_and_a_reordered_step_are_named(case: Case) -> None:
    first, second, third, *rest = case.history

    assert fault_of(replace(case, history=(first, third, *rest))) == "step 2 is missing: number 3 stands in its place"
    assert fault_of(replace(case, history=(first, third, second, *rest))) == "step 2 is missing: number 3 stands in its place"


@pytest.mark.parametrize("whole", [an_opened_case, a_submitted_case, a_finished_case], ids=["opened", "submitted", "finished"])
def test_a_whole_case_has_no_fault(whole: "type[Case]") -> None:
    assert fault_of(whole()) is None


def test_a_state_that_the_steps_do_not_make_is_found(case: Case) -> None:
    people = {**case.private.people, ZHANG.id: replace(ZHANG, name="李四")}

    assert fault_of(replace(case, private=replace(case.private, people=people))) == "what is kept is not what its steps make"


def test_what_was_erased_is_not_missed(case: Case) -> None:
    erased = replace(case, private=replace(case.private, secrets={}, answers={}))

    assert fault_of(erased) is None


def test_an_anchor_is_the_same_in_whatever_order_cases_are_read() -> None:
    assert make_anchor(HEADS, at=MONDAY) == make_anchor(reversed(HEADS), at=MONDAY)


@pytest.mark.parametrize("count", range(len(HEADS)))
def test_every_part_of_an_anchor_is_under_its_root(count: int) -> None:
    anchor = make_anchor(HEADS[: count + 1], at=MONDAY)
    changed = replace(HEADS[count], steps=99)

    assert anchor.whole
    assert not replace(anchor, heads=(*anchor.heads[:-1], changed)).whole
    assert not replace(anchor, heads=anchor.heads[:-1]).whole
    assert not replace(anchor, previous="1" * 64).whole
    assert not replace(anchor, at=MONDAY + timedelta(seconds=1)).whole


def test_the_root_is_that_of_rfc_9162() -> None:
    """SHA-256(01 ‖ SHA-256(01 ‖ h(a) ‖ h(b)) ‖ h(c)), with h(x) = SHA-256(00 ‖ x)."""
    assert merkle_root(["a", "b", "c"]) == "36642e73c2540ab121e3a6bf9545b0a24982cd830eb13d3cd19de3ce6c021ec1"
