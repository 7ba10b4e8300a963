"""A community station that visits homes, on a real store; and the people of whom it knows."""

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from itertools import count

from domain.acting import Acting, CapacityKind
from domain.cases.requests import Marks
from domain.days.calendars import Calendars
from domain.visits.booking import Booking
from domain.visits.desk import VisitDesk
from domain.visits.visit import Visit, VisitReason
from integrations.calendar_files import shipped_years
from integrations.mongo.clients import CLIENTS, MongoClients
from integrations.mongo.collections import apply
from integrations.mongo.database import Database
from integrations.mongo.visits import VISITS, MongoVisits
from integrations.sealing import Sealing
from tests.capacities import Shelf, a_post, at_post, capacities
from tests.cases import MONDAY, ZHANG, acting, loaded
from tests.days import Imported
from tests.looks import NotedLooks
from tests.memory import Clock
from tests.organisations import COMMUNITY, HELPER, NEIGHBOURS, a_person, organisation
from tests.places import some_places

WEDNESDAY = (datetime(2026, 11, 25, 1, 0, tzinfo=UTC), datetime(2026, 11, 25, 3, 0, tzinfo=UTC))
"""9 to 11 in China."""
OLD = a_person("ol8k2m4n6p8q", "覃阿婆", born=date(1940, 3, 1), order=31)
A_BOOKING = Booking(COMMUNITY, *WEDNESDAY, "甲市乙区某路1号", VisitReason.DISABLED)


@dataclass
class Station:
    desk: VisitDesk
    clock: Clock
    shelf: Shelf
    looks: NotedLooks
    numbers: "count[int]" = field(default_factory=lambda: count(1))

    def request(self) -> str:
        return f"request-{next(self.numbers):012}"

    def helper(self, person: object = HELPER, *, where: str = COMMUNITY, kind: CapacityKind = CapacityKind.HELPER) -> Acting:
        post = a_post(person, id=f"post-{where}-{person.id}", organisation=organisation(where), kind=kind)  # type: ignore[arg-type, attr-defined]
        self.shelf.posts[post.id] = post
        return at_post(post, session=f"session-{post.id}")

    def elsewhere(self) -> Acting:
        return self.helper(a_person("el8k2m4n6p8q", "何雅宁", order=32), where=NEIGHBOURS)

    async def booked(self, booking: Booking = A_BOOKING, *, by: Acting | None = None, request: str | None = None, **other: object) -> Visit:
        return await self.desk.book(request or self.request(), replace(booking, **other), by=by or acting())  # type: ignore[arg-type]

    async def taken(self, visit: Visit, *, by: Acting | None = None) -> Visit:
        return await self.desk.take(self.request(), visit.id, by=by or self.helper())


async def a_station(database: Database, sealing: Sealing, clock: Clock | None = None) -> Station:
    await apply(database, [VISITS, CLIENTS])
    clock, shelf, looks, numbers = clock or Clock(MONDAY), Shelf(), NotedLooks(), count(1)
    desk = VisitDesk(
        MongoVisits(database, sealing),
        MongoClients(database, sealing),
        capacities(shelf, now=clock),
        loaded().catalogues,
        some_places(),
        Calendars(shipped_years(), Imported()),
        Marks(bytes.hex),
        looks,
        lambda: f"visit-{next(numbers):08}",
        clock,
    )
    return Station(desk, clock, shelf, looks)


ELDER = ZHANG
