"""Everything that the store of home visits is asked."""

import pytest

from domain.errors import StepNotAllowed
from integrations.mongo.database import Database
from integrations.mongo.visits import MongoVisits
from integrations.sealing import Sealing
from tests.cases import acting, somebody
from tests.memory import Clock
from tests.visits import a_station

OTHERS = 25


async def everything_about_visits(database: Database, sealing: Sealing) -> None:
    station = await a_station(database, sealing, Clock())
    helper = station.helper()
    for number in range(OTHERS):
        visit = await station.booked(by=acting(somebody(f"person-vi{number:04}")))
        await station.taken(visit, by=helper)
    request = station.request()
    for _ in range(2):
        visit = await station.booked(request=request)
    with pytest.raises(StepNotAllowed):
        await station.booked()
    await station.taken(visit, by=helper)
    page = await station.desk.page(first=2, after=None, by=helper)
    await station.desk.page(first=2, after=page.visits[-1].order, by=helper)
    await station.desk.page(first=2, after=None, by=acting())
    await MongoVisits(database, sealing).forget(acting().known_person().id)
