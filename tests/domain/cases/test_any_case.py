"""Whatever people, registers and departments do, in whatever order: what must hold of a case holds after each of it."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.cases import outcomes
from domain.cases.case import Case
from domain.cases.consenting import Consenting
from domain.cases.errands import errands, next_due
from domain.cases.filling import AnswerGiven
from domain.cases.parts import OVER, ItemStatus
from domain.cases.patience import PATIENCE
from domain.cases.recording import settle
from domain.cases.steps import first_fault
from domain.errors import InvalidForm, Refusal
from domain.ports import CancelAnswer, ItemOutcome, Rejected, Working
from tests.cases import (
    LICENCES,
    a_complete_case,
    a_file,
    a_licence,
    a_submitted_case,
    acting,
    an_opened_case,
    answered_by,
    at,
    attached,
    consented,
    filled,
    rebuilt,
    register_is_silent,
    somebody,
    submitted,
)
from tests.progress import (
    cancel_answered,
    cancel_is_silent,
    certified,
    decided,
    department_is_silent,
    department_says,
    withdrawn,
)

ITEMS = ("normal-retirement", "deemed-years", "pension", "medical-transfer", "household-check")
SESSIONS = [acting(), acting(session="session-2"), acting(somebody("person-zh8kli000000"), session="session-3")]
ENTRIES = [f"00000000-0000-0000-0000-00000000000{number}" for number in range(3)]
KEYS = ["email", "bank", "name", "household-address", "mobile", "deemed-grounds", "portrait"]


@dataclass(frozen=True)
class Now:
    """`mark`: a name for the request, now and then one that was used before."""

    seconds: float
    mark: str


Doing = Callable[[Case, Now], Case]


@st.composite
def answers(draw: st.DrawFn) -> Doing:
    key = draw(st.sampled_from([*KEYS, "relative-name"]))
    entry = draw(st.sampled_from(ENTRIES)) if key == "relative-name" else None
    values = ("MILITARY_SERVICE",) if key == "deemed-grounds" else None
    value = None if values else draw(st.sampled_from([None, "甲", "中国工商银行", "乙"]))
    removing = draw(st.sampled_from([(), (), ENTRIES[:1]]))
    by, behind = draw(st.sampled_from(SESSIONS)), draw(st.integers(0, 3))
    given = AnswerGiven(key, value=value, values=values, entry=entry)
    return lambda case, now: filled(
        case, given, by=by, mark=now.mark, seconds=now.seconds, revision=max(0, case.revision - behind), removing=tuple(removing)
    )


def an_offer_is_taken(case: Case, now: Now) -> Case:
    if not case.private.offers:
        return case
    offer = case.private.offers[-1]
    return filled(case, AnswerGiven(offer.place, offer_id=offer.id), mark=now.mark, seconds=now.seconds)


@st.composite
def registers(draw: st.DrawFn) -> Doing:
    source, bank = draw(st.sampled_from(sorted(LICENCES))), draw(st.sampled_from(["中国工商银行", "中国农业银行"]))
    said = {"social-security-card": {"bank": bank}, "resident-id": {"address": draw(st.sampled_from(["甲", "乙"]))}}.get(source, {})
    licence = draw(st.sampled_from([None, a_licence(source, **said)]))
    silent = draw(st.booleans())
    return lambda case, now: register_is_silent(case, source, now.seconds) if silent else answered_by(case, source, licence, now.seconds)


@st.composite
def consents_decided(draw: st.DrawFn) -> Doing:
    purposes = draw(st.lists(st.sampled_from(["identity", "household", "payout", "contributions"]), min_size=1, max_size=4))
    decisions = [Consenting(purpose, "1", draw(st.booleans())) for purpose in purposes]
    return lambda case, now: consented(case, *decisions, mark=now.mark, seconds=now.seconds)


@st.composite
def departments(draw: st.DrawFn) -> Doing:
    item, sequence = draw(st.sampled_from(ITEMS)), draw(st.integers(1, 4))
    outcomes_said = [ItemOutcome.GRANTED] * 6 + [*ItemOutcome]
    answers = [Working(sequence), Rejected(("不收",)), *(decided(outcome, sequence=sequence, text="字") for outcome in outcomes_said)]
    answer = draw(st.sampled_from(answers))
    return lambda case, now: department_says(case, item, answer, now.seconds)


@st.composite
def asked_back(draw: st.DrawFn) -> Doing:
    item, answer = draw(st.sampled_from(ITEMS)), draw(st.sampled_from([None, *CancelAnswer]))
    return lambda case, now: cancel_answered(case, item, answer, now.seconds) if answer else cancel_is_silent(case, item, now.seconds)


def a_notice(case: Case, now: Now) -> Case:
    key = case.notices[0].key if case.notices else "submitted"
    if now.seconds % 2 < 1:
        return outcomes.notice_delayed(case, key=key, patience=PATIENCE, moment=at(now.seconds))
    return outcomes.notice_sent(case, key=key, answer=None, channel="SMS", moment=at(now.seconds))


DOING = st.one_of(
    answers(),
    registers(),
    consents_decided(),
    departments(),
    departments(),
    departments(),
    st.sampled_from(ITEMS).map(lambda item: lambda case, now: department_is_silent(case, item, now.seconds)),
    asked_back(),
    st.sampled_from(
        [
            an_offer_is_taken,
            a_notice,
            lambda case, now: attached(case, "identity-card", a_file(now.mark), mark=now.mark, seconds=now.seconds),
            lambda case, now: submitted(case, mark=now.mark, seconds=now.seconds),
            lambda case, now: withdrawn(case, mark=now.mark, seconds=now.seconds),
            lambda case, now: certified(case, now.seconds) if case.certificate_due_at else case,
            lambda case, now: outcomes.certificate_delayed(case, patience=PATIENCE, moment=at(now.seconds)),
            lambda case, now: outcomes.draft_expired(case, moment=at(now.seconds)),
            lambda case, now: settle(case, moment=at(now.seconds)),
        ]
    ),
)
PAUSES = st.sampled_from([0, 0.5, 1, 4, 100, 400, -50])


@cache
def beginnings() -> tuple[Case, ...]:
    opened, unconsenting = an_opened_case(items=ITEMS), an_opened_case(items=ITEMS, consenting=False)
    return opened, unconsenting, a_complete_case(items=ITEMS), a_submitted_case(items=ITEMS)


@pytest.mark.row("B08", "B13", "F54", "F26")
@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(
    st.sampled_from([0, 1, 2, 3, 3]).map(lambda stage: beginnings()[stage]),
    st.lists(
        st.tuples(DOING, PAUSES, st.sampled_from(["m1", "m2", "m3", *(f"n{number}" for number in range(200))])), min_size=20, max_size=60
    ),
)
def test_whatever_happens_what_must_hold_of_a_case_holds(case: Case, happenings: list[tuple[Doing, float, str]]) -> None:
    seconds = 21.0
    for doing, pause, mark in happenings:
        seconds = max(21, seconds + pause)
        try:
            after = doing(case, Now(seconds, mark))
        except (Refusal, InvalidForm):
            continue
        check(case, after)
        case = after


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
    if after.revision == before.revision:  # nobody of the applicant's side did it
        for place, answer in before.private.answers.items():
            if answer.person and answer.given:
                assert after.private.answers[place].value == answer.value
