"""One reading of a card gives a mandate or a session of the person's own, never both (A79, F11)."""

from pathlib import Path

import pytest

from domain.errors import Conflict
from integrations.mongo.database import Database
from integrations.sealing import Sealing
from tests import mandates, sign_in_house
from tests.integrations.test_assisted_sessions import Visit
from tests.sign_in_house import request_id


@pytest.fixture
async def visit(database: Database, sealing: Sealing, tmp_path: Path) -> Visit:
    office = await mandates.open_house(database, sealing)
    house = await sign_in_house.a_house(database, sealing, office.clock, tmp_path)  # type: ignore[arg-type]  # both are clocks
    return Visit(office, house)


@pytest.mark.row("A79", "F11")
async def test_a_session_by_a_request_is_no_mandate_by_the_same_request(visit: Visit) -> None:
    helper, request = await visit.office.at_the_station(), request_id()
    nonce = await visit.nonce(helper)
    await visit.begun(helper, request=request, nonce=nonce)

    with pytest.raises(Conflict):
        await visit.office.taken(by=helper, nonce=nonce, request=request)

    assert await visit.house.count("mandates") == 0


@pytest.mark.row("A79", "F11")
async def test_a_mandate_by_a_request_is_no_session_by_the_same_request(visit: Visit) -> None:
    helper, request = await visit.office.at_the_station(), request_id()
    nonce = await visit.nonce(helper)
    await visit.office.taken(by=helper, nonce=nonce, request=request)

    with pytest.raises(Conflict):
        await visit.begun(helper, request=request, nonce=nonce)

    assert await visit.house.count("sessions") == 0
