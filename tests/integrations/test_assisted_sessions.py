"""A person whose card is read on a helper's device acts themselves there, for half an hour at most (A79)."""

from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest

from domain.acting import Acting, Assurance, CapacityKind
from domain.errors import Conflict, Expired, NotFound, NotPermitted
from domain.registers import ReadingFault
from domain.sessions.assisted import AssistedDesk
from domain.sessions.diary import SignInOutcome, SignInWay
from domain.sessions.session import SignedIn
from domain.words import Language
from integrations.mongo.database import Database
from integrations.person_ids import SivPersonIds
from integrations.sealing import Sealing
from schema import schema
from tests import mandates, sign_in_house
from tests.cases import ZHANG
from tests.desks import some_desks
from tests.sign_in_asking import PHONE, SESSION, WHO, Asking
from tests.sign_in_house import request_id, wording

BEGIN = f"""mutation ($r: ID!, $input: BeginAssistedSessionInput!) {{
    done: beginAssistedSession(requestId: $r, input: $input) {{ {SESSION} }} }} {WHO}"""


@dataclass
class Visit:
    """A helper on a home visit, with a device that reads cards."""

    office: mandates.House
    house: sign_in_house.House

    @property
    def desk(self) -> AssistedDesk:
        return AssistedDesk(self.office.in_person, self.house.desk, self.office.marks)

    async def nonce(self, helper: Acting) -> str:
        return (await self.office.in_person.begin(request_id(), by=helper)).nonce

    async def begun(self, helper: Acting, *, request: str | None = None, nonce: str | None = None) -> SignedIn:
        nonce = nonce or await self.nonce(helper)
        return await self.desk.begin(request or request_id(), nonce=nonce, reading="signed", by=helper, address="address-1")

    async def acting(self, session: SignedIn) -> Acting | None:
        return await self.house.live.acting_of(session.access_token)


@pytest.fixture
async def visit(database: Database, sealing: Sealing, tmp_path: Path) -> Visit:
    office = await mandates.open_house(database, sealing)
    house = await sign_in_house.a_house(database, sealing, office.clock, tmp_path)  # type: ignore[arg-type]  # both are clocks
    return Visit(office, house)


@pytest.mark.row("A79")
async def test_whoever_acts_is_the_person_and_who_helped_is_kept(visit: Visit) -> None:
    helper = await visit.office.at_the_station()

    session = await visit.begun(helper)

    acting = await visit.acting(session)
    assert acting
    assert (acting.known_person().name, acting.capacity, acting.assurance) == (ZHANG.name, CapacityKind.SELF, Assurance.L4)
    assert acting.beneficiary() == acting.known_person().id
    assert (acting.actor().person, acting.actor().assisted_by) == (acting.known_person().id, helper.known_person().id)
    acting.require(Assurance.L3, within=timedelta(minutes=20), now=visit.office.clock())


@pytest.mark.row("A79")
async def test_it_is_over_after_half_an_hour_however_often_it_is_renewed(visit: Visit) -> None:
    session = await visit.begun(await visit.office.at_the_station())
    visit.office.later(minutes=29)
    session = await visit.house.desk.refresh(request_id(), token=session.refresh_token)
    assert await visit.acting(session)

    visit.office.later(minutes=1)

    assert await visit.acting(session) is None
    with pytest.raises(Expired):
        await visit.house.desk.refresh(request_id(), token=session.refresh_token)


async def test_a_lost_answer_is_given_again_and_a_reading_gives_one_session(visit: Visit) -> None:
    helper, request = await visit.office.at_the_station(), request_id()
    nonce = await visit.nonce(helper)

    first, again = [await visit.begun(helper, request=request, nonce=nonce) for _ in range(2)]

    assert first.session.id == again.session.id
    assert visit.office.reader.nonces == [nonce]
    with pytest.raises(Conflict):
        await visit.begun(helper, nonce=nonce)


async def test_only_at_a_desk_and_for_the_session_that_began_the_reading(visit: Visit) -> None:
    helper = await visit.office.at_the_station()
    nonce = await visit.nonce(helper)

    with pytest.raises(NotFound):
        await visit.begun(replace(helper, session="session-of-another"), nonce=nonce)
    with pytest.raises(NotPermitted):
        await visit.begun(replace(helper, capacity=CapacityKind.SELF, post=None, organisation=None), nonce=nonce)


async def test_a_card_that_proves_nobody_gives_no_session(visit: Visit) -> None:
    helper = await visit.office.at_the_station()
    visit.office.reader.fault = ReadingFault.NOT_LIVE

    with pytest.raises(NotPermitted):
        await visit.begun(helper)

    assert await visit.house.count("sessions") == 0


async def test_a_reading_begun_too_long_ago_gives_no_session(visit: Visit) -> None:
    helper = await visit.office.at_the_station()
    nonce = await visit.nonce(helper)
    visit.office.later(hours=1)

    with pytest.raises(Expired):
        await visit.begun(helper, nonce=nonce)


@pytest.mark.row("F03", "F04")
async def test_it_ends_with_the_helpers_identity_and_its_owner_finds_it_in_the_diary(visit: Visit) -> None:
    helper = await visit.office.at_the_station()
    session = await visit.begun(helper)
    by = await visit.acting(session)
    assert by

    ends = visit.house.signals.ends
    await ends.end_all(lambda: visit.house.sessions.assisted_by(helper.known_person().id))

    assert await visit.acting(session) is None
    entries = (await visit.house.own.sign_ins(replace(by, assisted_by=None), first=10, after=None)).entries
    assert [(entry.way, entry.outcome, entry.assurance) for entry in entries] == [
        (SignInWay.IN_PERSON, SignInOutcome.SIGNED_IN, Assurance.L4)
    ]


@pytest.mark.row("A79")
async def test_the_helpers_device_asks_for_it_by_the_schema(visit: Visit) -> None:
    helper = await visit.office.at_the_station()
    desks = some_desks(assisted=visit.desk, capacities=visit.house.desk.capacities, person_ids=SivPersonIds(b"k" * 32))
    context = Asking(desks, wording(), helper, Language.ZH_HANS, PHONE)
    asked = {"r": request_id(), "input": {"nonce": await visit.nonce(helper), "reading": "signed"}}

    result = await schema.execute(BEGIN, variable_values=asked, context_value=context)

    assert result.errors is None
    viewer = result.data["done"]["viewer"]
    assert (viewer["person"]["name"], viewer["assurance"], viewer["capacity"]["kind"]) == (ZHANG.name, "L4", "SELF")
    assert [capacity["id"] for capacity in viewer["capacities"]] == [viewer["capacity"]["id"]]
