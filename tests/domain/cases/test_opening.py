"""A case begins: with a number, the consents that it needs, what is vouched for, and an end of its draft."""

from datetime import timedelta

import pytest

from domain.acting import Assurance
from domain.cases.errands import ErrandKind, errands
from domain.cases.filling import AnswerGiven
from domain.cases.naming import CaseNames, check_digit, shard_prefix
from domain.cases.outcomes import draft_expired
from domain.cases.parts import CaseStatus, ItemStatus, PrefillStatus, Turn
from domain.errors import InvalidForm
from tests.cases import (
    ZHANG,
    acting,
    an_opened_case,
    at,
    filled,
    guangxi,
    kinds,
    numbers,
    rebuilt,
    slips,
)


@pytest.mark.row("F41")
def test_a_case_has_a_public_number_from_its_first_moment() -> None:
    case = an_opened_case()

    assert (case.number, case.history[0].data["number"]) == ("ZB2026112300000017", "ZB2026112300000017")


@pytest.mark.row("F41")
def test_a_slip_in_a_number_that_is_read_out_is_noticed() -> None:
    number = CaseNames(numbers()).number(at().at)

    assert number == "ZB20261123" + "0000001" + check_digit("202611230000001")
    assert {check_digit("20261123000000" + digit) for digit in "0123456789"} == set("0123456789")


def test_a_number_tells_the_day_in_china() -> None:
    midnight = -10 * 3600

    assert [CaseNames(numbers()).number(at(midnight + second).at)[:10] for second in (-1, 0)] == ["ZB20261122", "ZB20261123"]


def test_a_case_id_leads_to_its_persons_shard() -> None:
    id = CaseNames(numbers()).case_id(ZHANG.id)

    assert (id[:9], shard_prefix(id), len(id)) == ("case-zh8k", "zh8k", 29)


def test_a_new_case_is_a_draft_of_the_chosen_items_each_once_in_the_catalogues_order() -> None:
    case = an_opened_case(items=("pension", "normal-retirement", "pension"))

    assert [(item.code, item.status) for item in case.items] == [
        ("normal-retirement", ItemStatus.WAITING),
        ("pension", ItemStatus.WAITING),
    ]
    assert (case.status, case.turn, case.region, case.catalogue_version) == (CaseStatus.DRAFT, Turn.YOURS, "guangxi", guangxi().version)
    assert case.filed_by.person == ZHANG.id


@pytest.mark.row("F01")
@pytest.mark.parametrize("level", [Assurance.L2, Assurance.L3, Assurance.L4])
def test_a_case_keeps_how_sure_the_login_was_of_who_opened_it(level: Assurance) -> None:
    case = an_opened_case(by=acting(assurance=level))

    assert (case.filed_by.assurance, case.history[0].actor.assurance, rebuilt(case).filed_by.assurance) == (level, level, level)


def test_a_case_asks_only_the_consents_and_sources_that_its_items_need() -> None:
    case = an_opened_case(items=("household-check",), consenting=False)

    assert [consent.purpose for consent in case.consents] == ["identity", "household"]
    assert [state.source for state in case.prefill] == ["resident-id", "household-register"]


def test_what_the_identity_platform_vouched_for_is_there_from_the_start() -> None:
    case = an_opened_case(consenting=False)

    assert [(key, answer.value, answer.source.name) for key, answer in sorted(case.private.answers.items())] == [
        ("document-number", ZHANG.document_number, "identity-platform"),
        ("name", "张守田", "identity-platform"),
    ]


@pytest.mark.row("F35")
def test_a_draft_says_when_it_expires_and_then_it_does() -> None:
    case = filled(an_opened_case(), AnswerGiven("email", value="a@b.cn"))
    end = at().at + timedelta(days=90)
    due = [errand.at for errand in errands(case) if errand.kind is ErrandKind.EXPIRE_DRAFT]

    early = draft_expired(case, catalogue=guangxi(), moment=at(90 * 86_400 - 1))
    expired = draft_expired(case, catalogue=guangxi(), moment=at(90 * 86_400))

    assert (case.draft_expires_at, due, early) == (end, [end], case)
    assert (expired.status, expired.draft_expires_at, kinds(expired)[-2:]) == (CaseStatus.WITHDRAWN, None, ["filled", "draft-expired"])
    assert {item.status for item in expired.items} == {ItemStatus.NOT_STARTED}
    assert {state.status for state in expired.prefill} == {PrefillStatus.NO_ANSWER}
    assert rebuilt(expired) == expired
    assert draft_expired(expired, catalogue=guangxi(), moment=at(91 * 86_400)) == expired


@pytest.mark.parametrize(
    ("items", "path", "code"), [((), ("input", "itemIds"), "no-items"), (("pension", "x"), ("input", "itemIds", "1"), "unknown-item")]
)
def test_only_items_of_the_region_are_opened(items: tuple[str, ...], path: tuple[str, ...], code: str) -> None:
    with pytest.raises(InvalidForm) as refused:
        an_opened_case(items=items)

    assert slips(refused) == [(path, code)]
