"""Mandates on a real store: given, taken up with a code that only the principal has, by nobody but the one who is meant."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from domain.acting import Assurance, CapacityKind
from domain.cases.case import Case
from domain.errors import AssuranceTooLow, InvalidForm, Unavailable
from domain.mandates.actions import MandateAction, MandateStatus
from domain.mandates.mandate import Mandate
from domain.mandates.steps import MandateStepKind
from domain.ports import ProvenIdentity
from domain.registers import Life
from integrations.mongo.database import Database
from integrations.sealing import Sealing
from tests.capacities import under
from tests.cases import MONDAY, ZHANG, an_opened_case
from tests.certificates import all_that_is_stored
from tests.mandates import DAUGHTER, HOUSEHOLD, PENSION, SON, House, a_grant, open_house, refused, resident

REQUEST = "request-granting-0001"


@pytest.fixture
async def house(database: Database, sealing: Sealing) -> House:
    return await open_house(database, sealing)


def kinds(mandate: Mandate) -> list[MandateStepKind]:
    return [step.kind for step in mandate.history]


async def a_case_of_zhang(house: House) -> Case:
    case = replace(an_opened_case(), person=(await house.known(ZHANG)).id)
    house.cases.cases = {case.id: case}
    return case


# ---------------------------------------------------------------- given and taken up


@pytest.mark.row("F06")
async def test_a_mandate_is_given_and_taken_up_with_the_code_that_only_the_principal_has(house: House) -> None:
    given = await house.granted()
    wrong = await refused(house.accepts(given, "99999999"))

    taken = await house.accepts(given, given.code)

    assert wrong == "mandate.wrong-code"
    assert (given.status(MONDAY), taken.status(MONDAY)) == (MandateStatus.PENDING, MandateStatus.ACTIVE)
    assert (taken.code, taken.delegate.name, kinds(taken)) == (None, "张小满", [MandateStepKind.GRANTED, MandateStepKind.ACCEPTED])
    assert await house.store.one(taken.id) == taken
    assert [one.id for one in await house.store.received(taken.delegate.id)] == [taken.id]


async def test_whoever_may_act_may_look_and_a_mandate_has_the_days_that_were_chosen(house: House) -> None:
    given = await house.granted(a_grant(actions=(MandateAction.FILL,), from_=date(2026, 12, 1)))
    taken = await house.accepts(given, given.code)

    assert taken.actions == {MandateAction.VIEW, MandateAction.FILL}
    assert [taken.in_force(MONDAY + timedelta(days=days)) for days in (0, 7, 8, 90, 91)] == [False, False, True, True, False]


async def test_a_code_is_read_as_people_type_it(house: House) -> None:
    given = await house.granted()

    taken = await house.accepts(given, f"{given.code[:4]} － ０" + given.code[5:])

    assert given.code.startswith("0000")
    assert taken.accepted_at == MONDAY


@pytest.mark.row("F06")
async def test_it_is_answered_alike_whether_or_not_anybody_knows_the_delegate(house: House) -> None:
    await house.persons.known(ProvenIdentity("sub", "张大年", SON.document_kind, SON.document_number, Assurance.L3, MONDAY))

    known, unknown = await house.granted(a_grant(SON)), await house.granted(a_grant(DAUGHTER, items=(HOUSEHOLD,)))

    def shown(mandate: Mandate) -> object:
        blank = replace(mandate, id="", code="", number=0, delegate=ZHANG, scope=a_scope, history=())
        return blank, kinds(mandate), mandate.delegate.name

    a_scope = known.scope
    assert shown(known) == (shown(unknown)[0], [MandateStepKind.GRANTED], "张大年")
    assert unknown.delegate.name == "张小满"


async def test_what_the_principal_wrote_renames_nobody(house: House) -> None:
    await house.persons.known(ProvenIdentity("sub", "张大年", SON.document_kind, SON.document_number, Assurance.L3, MONDAY))

    given = await house.granted(a_grant(replace(SON, name="张大牛")))

    assert (given.delegate.name, (await house.persons.one(given.delegate.id)).name) == ("张大牛", "张大年")
    assert await refused(house.accepts(given, given.code, by=SON)) == "mandate.name-differs"


async def test_a_name_is_compared_as_people_write_it(house: House) -> None:
    delegate = resident(7, "买买提·艾力")
    given = await house.granted(a_grant(replace(delegate, name=" 买买提 • 艾力")))

    assert (await house.accepts(given, given.code, by=delegate)).accepted_at == MONDAY


async def test_nothing_personal_stands_open_in_the_store(house: House, database: Database) -> None:
    given = await house.granted()
    await house.taken(items=(HOUSEHOLD,))

    stored = await all_that_is_stored(database)

    assert [
        secret for secret in (given.code, "张小满", ZHANG.name, ZHANG.document_number, DAUGHTER.document_number) if secret in stored
    ] == []
    assert given.code not in repr(given)


# ---------------------------------------------------------------- slips


@pytest.mark.row("F07", "F08")
@pytest.mark.parametrize(
    ("grant", "path", "code"),
    [
        (a_grant(replace(DAUGHTER, name=" ")), "delegateName", "name-needed"),
        (a_grant(replace(DAUGHTER, document_number="450102199001010000")), "delegateDocumentNumber", "bad-document-number"),
        (a_grant(replace(ZHANG, document_number=f" {ZHANG.document_number} ")), "delegateDocumentNumber", "oneself"),
        (a_grant(from_=date(2026, 11, 22)), "from", "begins-in-the-past"),
        (a_grant(from_=date(2026, 12, 2), until=date(2026, 12, 1)), "until", "ends-before-it-begins"),
        (a_grant(until=date(2027, 11, 24)), "until", "lasts-too-long"),
        (a_grant(actions=()), "actions", "no-actions"),
        (a_grant(items=()), "scope.itemIds", "no-items"),
        (a_grant(items=(PENSION, "item-guangxi-none")), "scope.itemIds.1", "unknown-item"),
        (a_grant(items=(PENSION, "item-guyang-pension")), "scope.itemIds", "one-region"),
        (a_grant(items=None, case="case-none"), "scope.caseId", "no-such-case"),
    ],
)
async def test_a_slip_is_told_where_it_is(house: House, grant: object, path: str, code: str) -> None:
    with pytest.raises(InvalidForm) as slips:
        await house.granted(grant)

    assert [(".".join(issue.path), issue.code) for issue in slips.value.issues] == [(f"input.{path}", code)]


async def test_all_slips_are_told_at_once(house: House) -> None:
    with pytest.raises(InvalidForm) as slips:
        await house.granted(a_grant(replace(ZHANG, name=""), items=(), actions=(), from_=date(2020, 1, 1)))

    assert len(slips.value.issues) == 5


async def test_a_mandate_lasts_at_most_a_year(house: House) -> None:
    assert (await house.granted(a_grant(until=date(2027, 11, 23)))).until == date(2027, 11, 23)


@pytest.mark.row("F08")
async def test_a_mandate_can_be_for_one_case_of_ones_own(house: House) -> None:
    case = await a_case_of_zhang(house)

    given = await house.granted(a_grant(items=None, case=case.id))

    assert (given.scope.case, given.scope.number, given.authority.case) == (case.id, case.number, case.id)
    with pytest.raises(InvalidForm):
        await house.granted(a_grant(DAUGHTER, items=None, case=case.id), by=SON)


# ---------------------------------------------------------------- who may give one


@pytest.mark.parametrize("capacity", [kind for kind in CapacityKind if kind is not CapacityKind.SELF])
async def test_nobody_gives_one_for_somebody_else_or_passes_theirs_on(house: House, capacity: CapacityKind) -> None:
    mandate = await house.accepted()
    proxy = replace(under(mandate), capacity=capacity, proved_at=MONDAY)

    answers = [
        await refused(house.desk.grant(house.request(), a_grant(SON, items=(HOUSEHOLD,)), by=proxy)),
        await refused(house.desk.accept(house.request(), mandate.id, "00000000", by=proxy, address="a")),
        await refused(house.desk.decline(house.request(), mandate.id, by=proxy)),
        await refused(house.desk.revoke(house.request(), mandate.id, by=proxy)),
    ]

    assert answers == ["mandate.only-oneself"] * 4


async def test_on_a_helpers_device_none_is_given_or_taken_up_but_one_is_taken_back(house: House) -> None:
    given = await house.granted()
    principal, delegate = [replace(await house.as_(who), assisted_by="person-helper") for who in (ZHANG, DAUGHTER)]

    granting = house.desk.grant(house.request(), a_grant(SON), by=principal)
    accepting = house.desk.accept(house.request(), given.id, given.code, by=delegate, address="a")

    assert [await refused(granting), await refused(accepting)] == ["mandate.on-own-device"] * 2
    assert (await house.desk.revoke(house.request(), given.id, by=principal)).status(MONDAY) is MandateStatus.REVOKED


@pytest.mark.row("F02")
async def test_to_give_and_to_take_up_one_proves_who_one_is_first_but_to_end_it_does_not(house: House) -> None:
    given, weak = await house.granted(), Assurance.L2
    principal, delegate = await house.as_(ZHANG, assurance=weak), await house.as_(DAUGHTER, assurance=weak)

    assert await refused(house.desk.grant(house.request(), a_grant(SON), by=principal), AssuranceTooLow) == "refusal.assurance-too-low"
    accepting = house.desk.accept(house.request(), given.id, given.code, by=delegate, address="a")
    assert await refused(accepting, AssuranceTooLow) == "refusal.assurance-too-low"
    assert (await house.desk.revoke(house.request(), given.id, by=principal)).status(MONDAY) is MandateStatus.REVOKED


@pytest.mark.parametrize(("life", "key"), [(Life.DECEASED, "mandate.deceased"), (Life.INCAPACITATED, "mandate.incapacitated")])
async def test_nobody_who_died_or_lost_capacity_gives_one_and_theirs_is_not_taken_up(house: House, life: Life, key: str) -> None:
    given = await house.granted()
    house.registers.says(ZHANG, life)

    assert await refused(house.granted(a_grant(SON, items=(HOUSEHOLD,)))) == key
    assert await refused(house.accepts(given, given.code)) == key
    assert (await house.store.one(given.id)).accepted_at is None


async def test_while_the_register_is_away_nothing_is_given_and_nothing_is_lost(house: House) -> None:
    house.registers.away = True
    assert await refused(house.granted(request=REQUEST), Unavailable) == "mandate.register-away"

    house.registers.away = False
    assert (await house.granted(request=REQUEST)).number == 1
