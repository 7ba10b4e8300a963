"""Everything that the stores of mandates are asked, with others' mandates beside."""

from domain.cases.parts import RequestMark
from domain.errors import NotPermitted
from integrations.mongo.database import Database
from integrations.mongo.leases import Leases
from integrations.mongo.mandates import MANDATES
from integrations.sealing import Sealing
from tests.mandates import DAUGHTER, HOUSEHOLD, MEDICAL, PENSION, ZHANG, a_grant, open_house, resident

OTHERS = 25


async def everything_about_mandates(database: Database, sealing: Sealing) -> None:
    house = await open_house(database, sealing)
    for place in range(OTHERS):
        await house.granted(a_grant(resident(800 + place, "代")), by=resident(900 + place, "委"))
    zhang, request = await house.as_(ZHANG), house.request()
    given, _ = [await house.granted(request=request) for _ in range(2)]
    try:
        await house.accepts(given, "99999999")
    except NotPermitted:
        await house.accepts(given, given.code or "")
    second = await house.accepted(a_grant(items=(HOUSEHOLD,)))
    await house.desk.revoke(house.request(), second.id, by=zhang)
    taken = await house.taken(items=(MEDICAL,))
    await house.use.begin(taken.id, "case-1", by=(await house.at_the_station()).actor())
    await house.store.asked(RequestMark(request, zhang.known_person().id, ""), principal=zhang.known_person().id)
    await house.store.received((await house.known(DAUGHTER)).id)
    for by in (zhang, await house.at_the_station()):
        page = await house.desk.page(first=1, after=None, by=by)
        await house.desk.page(first=1, after=page.mandates[-1].id, by=by)
    await house.store.ask_register_now(ZHANG.id, at=house.clock())
    house.later(days=2)
    leases = Leases(database, MANDATES.name, "worker-1", house.clock)
    for id in await leases.due(10):
        await house.watch.attend(id)
    assert PENSION in given.scope.items
