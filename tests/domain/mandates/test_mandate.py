"""A mandate as a value: how it stands at a moment, when it is next looked at, what may still happen to it."""

import contextlib
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from domain.acting import CapacityKind
from domain.cases.parts import RequestMark
from domain.errors import Conflict, NotPermitted, StepNotAllowed
from domain.mandates.accepting import read_code
from domain.mandates.actions import MandateAction, MandateStatus
from domain.mandates.granting import plain_name, refuse_second
from domain.mandates.mandate import Mandate, MandateEnd, MandateScope
from domain.mandates.steps import MandateStepKind
from domain.mandates.telling import organisation_of, standing, steps_of
from domain.words import Words
from tests.capacities import DAUGHTER, a_mandate
from tests.cases import MONDAY, acting, somebody

BY = acting().actor()
MARK = RequestMark("request-0123456789", "person-zh8k2m4n6p8q", "asked")
LAST_MOMENT = datetime(2027, 2, 18, 15, 59, 59, 999000, tzinfo=UTC)
SON = somebody("person-son", "张大年")


def in_person(**terms: object) -> Mandate:
    return a_mandate(
        items=("item-guangxi-pension",), in_person=True, organisation="org-1", begin_by=MONDAY + timedelta(minutes=30), **terms
    )


@pytest.mark.parametrize(
    ("mandate", "status"),
    [
        (a_mandate(accepted=False), MandateStatus.PENDING),
        (a_mandate(), MandateStatus.ACTIVE),
        (a_mandate(ended_because=MandateEnd.DECLINED), MandateStatus.DECLINED),
        (a_mandate(ended_because=MandateEnd.REVOKED), MandateStatus.REVOKED),
        (a_mandate(ended_because=MandateEnd.DECEASED), MandateStatus.EXPIRED),
        (a_mandate(ended_because=MandateEnd.INCAPACITATED), MandateStatus.EXPIRED),
        (a_mandate(ended_because=MandateEnd.EXPIRED), MandateStatus.EXPIRED),
    ],
)
def test_how_it_stands(mandate: Mandate, status: MandateStatus) -> None:
    assert mandate.status(MONDAY) is status


@pytest.mark.row("F07")
def test_its_days_are_days_in_china_both_included() -> None:
    mandate = a_mandate()
    first = datetime(2026, 11, 19, 16, tzinfo=UTC)

    moments = (first - timedelta(milliseconds=1), first, LAST_MOMENT, LAST_MOMENT + timedelta(milliseconds=1))

    assert [mandate.in_force(moment) for moment in moments] == [False, True, True, False]


def test_one_given_in_person_is_over_unless_its_case_is_begun_in_time() -> None:
    idle, begun = in_person(), in_person().used("case-1", BY, at=MONDAY)
    later = MONDAY + timedelta(minutes=30)

    assert [one.status(later) for one in (idle, begun)] == [MandateStatus.EXPIRED, MandateStatus.ACTIVE]
    assert begun.scope == MandateScope(items=("item-guangxi-pension",), case="case-1")


def test_the_worker_looks_at_the_first_thing_that_is_due_and_never_at_what_has_ended() -> None:
    asked = MONDAY + timedelta(days=1)

    due = [
        one.next_due for one in (a_mandate(), a_mandate(ask_register_at=asked), in_person(), a_mandate(ended_because=MandateEnd.REVOKED))
    ]

    assert due == [LAST_MOMENT + timedelta(milliseconds=1), asked, MONDAY + timedelta(minutes=30), None]


def test_what_has_ended_stays_as_it_ended() -> None:
    revoked = a_mandate(code="12345678").revoked(BY, at=MONDAY, mark=MARK)

    assert revoked.ended(MandateEnd.DECEASED, at=MONDAY) == revoked
    assert (revoked.code, revoked.ended_at, revoked.history[-1].kind) == (None, MONDAY, MandateStepKind.REVOKED)
    with pytest.raises(StepNotAllowed):
        revoked.declined(BY, at=MONDAY, mark=MARK)


def test_a_mandate_is_accepted_once() -> None:
    with pytest.raises(StepNotAllowed):
        a_mandate().accepted(BY, at=MONDAY, ask_register_at=MONDAY, mark=MARK)


def test_a_request_is_known_again_and_bears_no_other_input() -> None:
    revoked = a_mandate().revoked(BY, at=MONDAY, mark=MARK)

    assert [revoked.done_by(MARK), revoked.done_by(replace(MARK, person="person-other")), a_mandate().done_by(MARK)] == [True, False, False]
    with pytest.raises(Conflict):
        revoked.done_by(replace(MARK, fingerprint="other"))


def test_only_one_in_force_begins_a_case() -> None:
    with pytest.raises(NotPermitted):
        a_mandate(accepted=False).used("case-1", BY, at=MONDAY)
    with pytest.raises(NotPermitted):
        a_mandate(case="case-1").used("case-2", BY, at=MONDAY)


# ---------------------------------------------------------------- second ones

PENSION, MEDICAL = ("item-guangxi-pension",), ("item-guangxi-medical-transfer",)
LOOK = frozenset({MandateAction.VIEW})


@pytest.mark.row("F09")
@pytest.mark.parametrize(
    ("second", "refused"),
    [
        (a_mandate(items=PENSION), "mandate.given-already"),
        (a_mandate(items=PENSION, actions=LOOK), "mandate.given-already"),
        (a_mandate(items=MEDICAL), None),
        (a_mandate(items=PENSION, delegate=SON), "mandate.one-acts"),
        (a_mandate(items=(*MEDICAL, *PENSION), delegate=SON), "mandate.one-acts"),
        (a_mandate(items=PENSION, delegate=SON, actions=LOOK), None),
        (a_mandate(items=MEDICAL, delegate=SON), None),
        (replace(a_mandate(delegate=SON), scope=MandateScope(case="case-1", matter=PENSION)), "mandate.one-acts"),
    ],
)
def test_for_one_matter_one_acts_and_others_look(second: Mandate, refused: str | None) -> None:
    told = contextlib.nullcontext() if refused is None else pytest.raises(StepNotAllowed, check=lambda why: why.text.key == refused)

    with told:
        refuse_second(second, [a_mandate(items=PENSION)], at=MONDAY)


def test_beside_one_who_looks_somebody_may_act() -> None:
    refuse_second(a_mandate(items=PENSION, delegate=SON), [a_mandate(items=PENSION, actions=LOOK)], at=MONDAY)


@pytest.mark.parametrize("end", list(MandateEnd))
def test_what_has_ended_is_in_nobodys_way(end: MandateEnd) -> None:
    refuse_second(a_mandate(items=PENSION), [a_mandate(items=PENSION, ended_because=end)], at=MONDAY)


# ---------------------------------------------------------------- read and told


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("12345678", "12345678"),
        (" 1234-5678 ", "12345678"),
        ("１２３４　５６７８", "12345678"),
        ("1234567", None),
        ("123456789", None),
        ("1234567O", None),
        ("٠١٢٣٤٥٦٧", None),
        ("1" * 200, None),
    ],
)
def test_a_code_is_eight_digits_however_it_is_typed(typed: str, code: str | None) -> None:
    assert read_code(typed) == code


@pytest.mark.parametrize(
    ("one", "other"),
    [("张小满", " 张 小满"), ("买买提·艾力", "买买提•艾力"), ("ANNA Li", "anna　li"), ("ＡＮＮＡ", "Anna")],
)
def test_names_are_compared_as_people_write_them(one: str, other: str) -> None:
    assert plain_name(one) == plain_name(other)
    assert plain_name(one) != plain_name(f"{other}某")


def test_it_says_how_it_stands_and_why_it_ended() -> None:
    waits = replace(a_mandate(), from_=date(2026, 12, 1))

    told = [standing(one, MONDAY) for one in (a_mandate(), waits, a_mandate(ended_because=MandateEnd.DECEASED))]

    assert [text.key for text in told] == ["mandate.status.ACTIVE", "mandate.begins", "mandate.ended.DECEASED"]
    assert told[1].params == {"day": "2026-12-01"}


def test_its_steps_name_both_sides_and_the_organisation_but_no_colleague() -> None:
    helper = replace(BY, person=DAUGHTER.id, capacity=CapacityKind.HELPER, organisation="org-1", mandate="mandate-1")
    colleague = replace(helper, person="person-colleague", on_behalf_of=a_mandate().principal.id)
    station = Words("甲站", "甲站", "A")
    used = in_person(organisation_name=station).used("case-1", colleague, at=MONDAY)
    ended = used.ended(MandateEnd.EXPIRED, at=MONDAY)
    declined = a_mandate().declined(helper, at=MONDAY, mark=MARK)

    begun, expired = steps_of(ended)
    (step,) = steps_of(declined)

    assert (begun.id, begun.kind, begun.at, begun.text.key) == ("mandate-1.step.1", MandateStepKind.USED, MONDAY, "mandate.step.USED")
    assert (begun.by.person, begun.by.on_behalf_of, begun.by.organisation) == (None, used.principal, organisation_of(used))
    assert (begun.by.organisation.name, begun.by.mandate) == (station, ended)
    assert (expired.by.capacity, expired.by.person, expired.by.system_name.key) == (CapacityKind.SYSTEM, None, "actor.product")
    assert (step.by.person, step.by.organisation, step.by.on_behalf_of) == (DAUGHTER, None, None)
