"""Mandates on a real store: given, taken up with a code, refused, taken back; one for each matter, whoever is quicker."""

import asyncio
from dataclasses import replace
from datetime import date, timedelta

import pytest

from domain.acting import Acting, Assurance, CapacityKind
from domain.cases.case import Case
from domain.errors import AssuranceTooLow, Conflict, InvalidForm, NotFound, NotPermitted, Refusal, StepNotAllowed, Unavailable
from domain.mandates.actions import MandateAction, MandateStatus
from domain.mandates.mandate import Mandate
from domain.mandates.steps import MandateStepKind
from domain.ports import NoAnswer, ProvenIdentity
from domain.registers import Life
from integrations.mongo.database import Database
from integrations.sealing import Sealing
from tests.capacities import under
from tests.cases import MONDAY, ZHANG, an_opened_case
from tests.certificates import all_that_is_stored
from tests.mandates import DAUGHTER, FILL, HOUSEHOLD, MEDICAL, PENSION, SON, VIEW, House, a_grant, open_house, resident

REQUEST = "request-granting-0001"


@pytest.fixture
async def house(database: Database, sealing: Sealing) -> House:
    return await open_house(database, sealing)


def kinds(mandate: Mandate) -> list[MandateStepKind]:
    return [step.kind for step in mandate.history]


async def refused(doing: object, kind: type[Refusal] = NotPermitted) -> str:
    """By the key of what is said."""
    with pytest.raises(kind) as why:
        await doing  # type: ignore[misc]
    return why.value.text.key


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


@pytest.mark.row("F20")
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


# ---------------------------------------------------------------- one for each matter


@pytest.mark.row("F09")
@pytest.mark.parametrize("actions", [FILL, VIEW])
async def test_a_second_mandate_of_the_same_pair_and_matter_is_refused(house: House, actions: tuple[MandateAction, ...]) -> None:
    await house.granted(a_grant(items=(PENSION, MEDICAL)))

    assert await refused(house.granted(a_grant(items=(PENSION, HOUSEHOLD), actions=actions)), StepNotAllowed) == "mandate.given-already"
    assert (await house.granted(a_grant(items=(HOUSEHOLD,)))).number == 2


@pytest.mark.row("F09", "C08")
async def test_in_one_matter_one_relative_acts_and_a_second_may_only_look(house: House) -> None:
    await house.accepted()

    assert await refused(house.granted(a_grant(SON)), StepNotAllowed) == "mandate.one-acts"
    looking = await house.granted(a_grant(SON, actions=VIEW))
    assert (await house.accepts(looking, looking.code, by=SON)).actions == {MandateAction.VIEW}


@pytest.mark.row("F09")
async def test_a_mandate_for_a_case_and_one_for_its_services_are_the_same_matter(house: House) -> None:
    case = await a_case_of_zhang(house)
    await house.granted(a_grant(items=None, case=case.id))

    assert await refused(house.granted(a_grant(items=(PENSION,))), StepNotAllowed) == "mandate.given-already"


@pytest.mark.row("F09")
async def test_of_twelve_given_at_once_from_several_phones_exactly_one_is(house: House) -> None:
    principal, delegates = await house.as_(ZHANG), [resident(100 + place, f"代{place}") for place in range(12)]

    async def give(place: int) -> Mandate | str:
        try:
            return await house.desk.grant(house.request(), a_grant(delegates[place]), by=principal)
        except Refusal as why:
            return why.text.key

    answers = await asyncio.gather(*map(give, range(12)))

    assert sorted(answer for answer in answers if isinstance(answer, str)) == ["mandate.one-acts"] * 11
    assert len(await house.store.given(principal.person.id)) == 1


async def test_one_that_has_ended_is_in_nobodys_way(house: House) -> None:
    first = await house.accepted()
    await house.desk.revoke(house.request(), first.id, by=await house.as_(ZHANG))
    second = await house.granted(a_grant(until=date(2026, 11, 30)))
    house.later(days=8)

    third = await house.granted()

    assert [one.number for one in (first, second, third)] == [1, 2, 3]


# ---------------------------------------------------------------- how many


@pytest.mark.row("F18")
async def test_a_principal_authorises_five_people_and_no_sixth(house: House) -> None:
    for place in range(5):
        await house.granted(a_grant(resident(200 + place, f"代{place}"), actions=VIEW))
    await house.granted(a_grant(resident(200, "代0"), items=(HOUSEHOLD,), actions=VIEW))

    assert await refused(house.granted(a_grant(resident(205, "代5"), actions=VIEW))) == "mandate.too-many-delegates"


@pytest.mark.row("F18")
async def test_of_four_taken_up_at_once_a_delegate_who_has_three_gets_two_and_the_principals_are_not_told(house: House) -> None:
    for place in range(3):
        await house.accepted(by=resident(310 + place, f"委{place}"))
    given = [await house.granted(by=resident(300 + place, f"委{place}")) for place in range(4)]

    async def accept(mandate: Mandate) -> str:
        try:
            return (await house.accepts(mandate, mandate.code)).status(MONDAY)
        except Refusal as why:
            return why.text.key

    answers = await asyncio.gather(*map(accept, given))
    ninth = await house.granted(by=resident(309, "委9"))

    assert sorted(answers) == ["ACTIVE"] * 2 + ["mandate.too-many-principals"] * 2
    assert ninth.status(MONDAY) is MandateStatus.PENDING


async def test_a_place_is_free_again_when_its_mandate_has_ended(house: House) -> None:
    principals = [resident(300 + place, f"委{place}") for place in range(6)]
    taken = [await house.accepted(by=principal) for principal in principals[:5]]
    await house.desk.decline(house.request(), taken[0].id, by=await house.as_(DAUGHTER))

    assert (await house.accepted(by=principals[5])).status(MONDAY) is MandateStatus.ACTIVE


# ---------------------------------------------------------------- refused and taken back


@pytest.mark.row("F10")
@pytest.mark.parametrize("accepted", [False, True])
async def test_the_principal_takes_it_back_and_the_delegate_refuses_it_at_once(house: House, accepted: bool) -> None:
    mandates = [await (house.accepted if accepted else house.granted)(a_grant(items=(item,))) for item in (PENSION, HOUSEHOLD)]

    revoked = await house.desk.revoke(house.request(), mandates[0].id, by=await house.as_(ZHANG))
    declined = await house.desk.decline(house.request(), mandates[1].id, by=await house.as_(DAUGHTER))

    assert (revoked.status(MONDAY), declined.status(MONDAY)) == (MandateStatus.REVOKED, MandateStatus.DECLINED)
    assert [await house.store.received(revoked.delegate.id), revoked.code, declined.code] == [[], None, None]
    assert house.cases.raised == [revoked.principal.id] * 2


async def test_what_has_ended_is_not_ended_otherwise_or_taken_up(house: House) -> None:
    given = await house.granted()
    await house.desk.revoke(house.request(), given.id, by=await house.as_(ZHANG))

    assert await refused(house.accepts(given, given.code), StepNotAllowed) == "mandate.not-any-more"
    declining = house.desk.decline(house.request(), given.id, by=await house.as_(DAUGHTER))
    assert await refused(declining, StepNotAllowed) == "mandate.not-any-more"


async def test_a_mandate_that_ran_out_is_not_taken_up(house: House) -> None:
    given = await house.granted(a_grant(until=date(2026, 11, 23)))
    house.later(days=1)

    assert await refused(house.accepts(given, given.code), StepNotAllowed) == "mandate.not-any-more"


async def test_taking_back_and_taking_up_at_once_ends_in_taken_back(house: House) -> None:
    given, principal, delegate = await house.granted(), await house.as_(ZHANG), await house.as_(DAUGHTER)

    await asyncio.gather(
        house.desk.revoke(house.request(), given.id, by=principal),
        house.desk.accept(house.request(), given.id, given.code, by=delegate, address="a"),
        return_exceptions=True,
    )

    kept = await house.store.one(given.id)
    assert kept.status(MONDAY) is MandateStatus.REVOKED
    assert kept.code is None


async def test_if_the_cases_could_not_be_told_asking_again_tells_them(house: House) -> None:
    given, principal = await house.granted(), await house.as_(ZHANG)
    house.cases.away = 1
    with pytest.raises(NoAnswer):
        await house.desk.revoke(REQUEST, given.id, by=principal)

    again = await house.desk.revoke(REQUEST, given.id, by=principal)

    assert house.cases.raised == [given.principal.id]
    assert kinds(again) == [MandateStepKind.GRANTED, MandateStepKind.REVOKED]


# ---------------------------------------------------------------- one effect per request


@pytest.mark.row("B04")
async def test_a_request_has_one_effect_and_no_other(house: House) -> None:
    grants = await asyncio.gather(*(house.granted(request=REQUEST) for _ in range(6)))
    given = grants[0]
    taken = [await house.accepts(given, given.code, request=REQUEST) for _ in range(2)]

    assert {one.id for one in grants} == {given.id}
    assert taken[0] == taken[1]
    with pytest.raises(Conflict):
        await house.granted(a_grant(SON), request=REQUEST)
    with pytest.raises(Conflict):
        await house.accepts(given, "00000000", request=REQUEST)


async def test_the_same_request_of_somebody_else_is_another(house: House) -> None:
    mine, theirs = await house.granted(request=REQUEST), await house.granted(by=SON, request=REQUEST)

    assert mine.id != theirs.id


# ---------------------------------------------------------------- who sees it


async def test_what_is_not_yours_looks_as_if_it_were_not_there(house: House) -> None:
    given, stranger = await house.granted(), await house.as_(SON)

    for id in (given.id, "mandate-none"):
        assert await house.desk.one(id, by=stranger) is None
        for doing in (
            house.desk.accept(house.request(), id, given.code, by=stranger, address="a"),
            house.desk.decline(house.request(), id, by=stranger),
            house.desk.revoke(house.request(), id, by=stranger),
        ):
            assert await refused(doing, NotFound) == "mandate.not-found"


async def test_the_principal_does_not_accept_and_the_delegate_does_not_take_back(house: House) -> None:
    given = await house.granted()

    assert await refused(house.accepts(given, given.code, by=ZHANG), NotFound) == "mandate.not-found"
    assert await refused(house.desk.revoke(house.request(), given.id, by=await house.as_(DAUGHTER)), NotFound) == "mandate.not-found"


async def test_given_and_received_are_seen_page_by_page_newest_first(house: House) -> None:
    ids = []
    for place, item in enumerate((PENSION, HOUSEHOLD, MEDICAL)):
        ids.append((await house.granted(a_grant(items=(item,)))).id)
        ids.append((await house.granted(a_grant(ZHANG, items=(item,)), by=resident(400 + place, "某"))).id)
        house.later(minutes=1)
    zhang = await house.as_(ZHANG)

    first = await house.desk.page(first=4, after=None, by=zhang)
    rest = await house.desk.page(first=4, after=first.mandates[-1].id, by=zhang)

    assert [{one.id for one in page.mandates} for page in (first, rest)] == [set(ids[2:]), set(ids[:2])]
    assert [(page.more, page.later) for page in (first, rest)] == [(True, False), (False, True)]


@pytest.mark.parametrize("who", [None, Acting("session-1", Assurance.L1, MONDAY)])
async def test_nobody_known_sees_no_mandates(house: House, who: Acting | None) -> None:
    await house.granted()

    assert (await house.desk.page(first=20, after=None, by=who)).mandates == ()


async def test_whoever_acts_under_a_mandate_sees_that_one_alone(house: House) -> None:
    mandate = await house.accepted()
    await house.granted(a_grant(SON, items=(HOUSEHOLD,)))

    page = await house.desk.page(first=20, after=None, by=under(mandate))

    assert [one.id for one in page.mandates] == [mandate.id]
