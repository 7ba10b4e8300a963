"""The history of a case: numbered, dated, chained, committed to what is private, and true to what it was made from."""

import json
from dataclasses import replace
from hashlib import sha256
from itertools import pairwise

import pytest

from domain.acting import CapacityKind
from domain.cases.anchors import fault_of
from domain.cases.case import Case
from domain.cases.filling import AnswerGiven
from domain.cases.fold import apply
from domain.cases.happened import KINDS, Happening, Opened
from domain.cases.parts import Pending
from domain.cases.recording import happening_of, replay, settle
from domain.cases.steps import GENESIS, Secret, Step, canonical_bytes, first_fault, read_chain, read_step
from tests.cases import (
    ACCOUNT,
    LICENCES,
    ZHANG,
    a_prefilled_case,
    a_submitted_case,
    an_opened_case,
    at,
    completed,
    filled,
    rebuilt,
    submitted,
)
from tests.progress import a_finished_case, notified, withdrawn


@pytest.fixture(scope="module")
def case() -> Case:
    return notified(a_finished_case())


def stored(case: Case) -> list[tuple[bytes, str]]:
    return [(step.canonical, step.hash) for step in case.history]


def fault(chain: list[tuple[bytes, str]], case: Case) -> str | None:
    return first_fault(read_chain(chain), case.private.secrets)


# ---------------------------------------------------------------- what a step is


@pytest.mark.row("F54")
def test_steps_are_numbered_without_a_gap_never_go_back_in_time_and_say_who_did_it(case: Case) -> None:
    assert [step.number for step in case.history] == list(range(1, len(case.history) + 1))
    assert all(before.at <= after.at for before, after in pairwise(case.history))
    who = {step.kind: (step.actor.capacity, step.actor.person or step.actor.system) for step in case.history}
    assert who["opened"] == who["filled"] == who["submitted"] == (CapacityKind.SELF, ZHANG.id)
    assert (who["item-decided"][0], who["completed"]) == (CapacityKind.SYSTEM, (CapacityKind.SYSTEM, None))
    assert {step.actor.system for step in case.history if step.kind == "item-decided"} == {
        "hrss", "police", "medical", "housing-fund", "health",
    }  # fmt: skip


@pytest.mark.row("F54")
def test_each_step_is_hashed_with_the_one_before_over_the_bytes_that_are_kept(case: Case) -> None:
    previous = GENESIS
    for step in case.history:
        body = json.loads(step.canonical)
        assert step.hash == sha256(previous.encode() + step.canonical).hexdigest()
        assert (body["number"], body["kind"], body["v"]) == (step.number, step.kind, 1)
        assert canonical_bytes(body) == step.canonical
        previous = step.hash


@pytest.mark.row("F54")
def test_nothing_that_happens_later_changes_an_earlier_step() -> None:
    stages = [a_prefilled_case()]
    stages += [completed(stages[-1])]
    stages += [submitted(stages[-1])]
    stages += [withdrawn(stages[-1])]

    for before, after in pairwise(stages):
        assert after.history[: len(before.history)] == before.history


def test_the_nth_step_is_the_nth_of_the_history(case: Case) -> None:
    numbers = [
        [step.number for step in case.steps_after(after, first=first)] for after, first in ((0, 2), (3, 2), (-1, 1), (0, -1), (99, 5))
    ]

    assert numbers == [[1, 2], [4, 5], [1], [], []]
    assert len(replace(case, history=case.history * 9).steps_after(0, first=1_000)) == 100


def test_a_clock_that_goes_back_does_not_take_the_history_with_it() -> None:
    late = filled(a_prefilled_case(), AnswerGiven("email", value="a@b.cn"), seconds=500)
    case = withdrawn(late, seconds=100)

    assert [(step.kind, step.at) for step in case.history[-2:]] == [("filled", at(500).at), ("withdrawn", at(500).at)]
    assert rebuilt(case) == case


# ---------------------------------------------------------------- what is private


def test_nothing_personal_stands_in_the_open_part_of_a_finished_case(case: Case) -> None:
    open_part = str(replace(case, private=replace(case.private, people={}, answers={}, secrets={}, results={}, licences={}, offers=())))
    personal = [ZHANG.name, ZHANG.document_number, ACCOUNT, "13900000001", "丙路", "甲市", *(
        value for licence in LICENCES.values() for value in licence.values() if len(value) > 4
    )]  # fmt: skip

    assert [one for one in personal if one in open_part] == []
    assert ZHANG.name not in repr(case)


def test_a_step_commits_to_its_private_part_with_a_salt_of_its_own() -> None:
    case = a_prefilled_case()
    salts = {secret.salt for secret in case.private.secrets.values()}

    assert len(salts) == len(case.private.secrets) > 5
    assert {step.number for step in case.history if step.commitment} == set(case.private.secrets)


def test_the_same_moment_made_again_gives_the_same_step_and_another_seed_another_commitment() -> None:
    pending = filled(an_opened_case(), AnswerGiven("email", value="a@b.cn"))

    assert settle(pending, moment=at(10)) == settle(pending, moment=at(10))
    assert settle(pending, moment=at(10, seed=1)).last_step.commitment != settle(pending, moment=at(10)).last_step.commitment


def test_what_was_erased_is_not_missed_and_leaves_the_chain_whole() -> None:
    case = a_submitted_case()
    erased = replace(case, private=replace(case.private, secrets={}))

    assert first_fault(erased.history, {}) is None
    assert fault_of(erased) is None
    without = replay(erased.history, {}, case_id=case.id)
    assert (without.status, without.items, without.prefill) == (case.status, case.items, case.prefill)
    assert without.private.people == {}


# ---------------------------------------------------------------- tampering


def test_a_whole_chain_has_no_fault(case: Case) -> None:
    assert fault(stored(case), case) is None
    assert fault_of(case) is None
    assert read_chain(stored(case)) == case.history


def test_any_changed_byte_is_named_by_its_step(case: Case) -> None:
    for place, (canonical, digest) in enumerate(stored(case)):
        changed = canonical.replace(b'"v":1', b'"v":2')
        chain = [*stored(case)[:place], (changed, digest), *stored(case)[place + 1 :]]

        assert fault(chain, case) == f"step {place + 1} was altered, or one before it was"


def test_a_step_that_was_altered_with_its_hash_is_betrayed_by_the_next(case: Case) -> None:
    chain = stored(case)
    forged = read_step(chain[3][1], chain[4][0].replace(b'"v":1', b'"v":2'))
    chain[4] = (forged.canonical, forged.hash)

    assert fault(chain, case) == "step 6 was altered, or one before it was"


def test_a_step_that_was_taken_out_is_named(case: Case) -> None:
    for place in range(len(case.history) - 1):
        chain = stored(case)
        del chain[place]

        assert fault(chain, case) == f"step {place + 1} is missing: number {place + 2} stands in its place"


def test_steps_that_changed_places_are_named(case: Case) -> None:
    chain = stored(case)
    chain[4], chain[5] = chain[5], chain[4]

    assert fault(chain, case) == "step 5 is missing: number 6 stands in its place"


def test_private_data_that_was_exchanged_is_named(case: Case) -> None:
    number, secret = next(iter(case.private.secrets.items()))
    for forged in (Secret(secret.salt, secret.data + b" "), Secret(secret.salt + b"x", secret.data)):
        secrets = {**case.private.secrets, number: forged}
        assert first_fault(case.history, secrets) == f"the private data of step {number} is not what the step committed to"


def test_private_data_of_a_step_that_had_none_is_named(case: Case) -> None:
    number = next(step.number for step in case.history if not step.commitment)
    secrets = {**case.private.secrets, number: Secret(b"salt", b"{}")}

    assert first_fault(case.history, secrets) == f"the private data of step {number} is not what the step committed to"


def test_a_state_that_its_steps_do_not_make_is_a_fault(case: Case) -> None:
    richer = {**case.private.answers, "bank-account": replace(case.private.answers["bank-account"], value="6222020000000000027")}

    for forged in (replace(case, private=replace(case.private, answers=richer)), replace(case, certificate="certificate-2")):
        assert fault_of(forged) == "what is kept is not what its steps make"


# ---------------------------------------------------------------- made again


@pytest.mark.row("B08")
@pytest.mark.parametrize("made", [an_opened_case, a_prefilled_case, a_submitted_case, a_finished_case])
def test_a_case_made_again_from_its_history_alone_equals_the_one_that_was_kept(made) -> None:
    assert rebuilt(made()) == made()


@pytest.mark.row("B08")
def test_autosaves_that_are_no_step_yet_stand_in_the_case_made_again() -> None:
    case = filled(a_prefilled_case(), AnswerGiven("email", value="a@b.cn"))
    case = filled(case, AnswerGiven("living-address", value="丙路1号"), mark="again", seconds=20)

    assert isinstance(case.private.pending, Pending)
    assert rebuilt(case) == case
    assert rebuilt(settle(case, moment=at(30))) == settle(case, moment=at(30))


def test_every_kind_of_step_is_known_and_has_a_rule() -> None:
    assert len(KINDS) == len(set(KINDS.values()))
    unruled = [kind for kind, happening in KINDS.items() if happening is not Opened and apply.dispatch(happening) is apply.dispatch(object)]
    assert unruled == []
    assert {happening_of(step, None).kind for step in a_finished_case().history} <= set(KINDS)


def test_a_happening_without_a_rule_is_a_bug() -> None:
    case = an_opened_case()

    with pytest.raises(TypeError, match="no rule says what Happening makes of a case"):
        apply(Happening(), case, case.last_step)


def test_a_history_begins_with_the_opening() -> None:
    case = a_submitted_case()
    second: Step = case.history[1]

    with pytest.raises(ValueError, match=f"the history of {case.id} begins with register-answered"):
        replay([second], case.private.secrets, case_id=case.id)
    with pytest.raises(ValueError, match=f"case {case.id} has no steps"):
        replay([], {}, case_id=case.id)
