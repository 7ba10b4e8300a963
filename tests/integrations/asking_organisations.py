"""Everything that the stores of posts, enterprises and client lists are asked."""

from dataclasses import replace
from datetime import timedelta

from domain.acting import CapacityKind
from domain.organisations.client import Sought, cursor_of
from domain.organisations.organisation import Enterprise
from integrations.mongo.database import Database
from integrations.sealing import Sealing
from tests.cases import MONDAY, an_opened_case
from tests.memory import Clock
from tests.organisations import COMMUNITY, COUNTER, ELDER, ELSEWHERE, HELPER, STRANGER, Hall, a_hall, a_person, naming
from tests.stored_cases import numbered

OTHERS = 25


async def everything_about_organisations(database: Database, sealing: Sealing) -> None:
    hall = await a_hall(database, sealing, Clock(MONDAY))
    await _posts(hall)
    await _clients(hall)


async def _posts(hall: Hall) -> None:
    elsewhere = await hall.supervisor(ELSEWHERE)
    for number in range(OTHERS):
        other = a_person(f"{number}", f"某人{number}", order=100 + number)
        await hall.posts.appoint(hall.request(), naming(other), by=elsewhere)
        hall.clock.at += timedelta(seconds=1)
    chief, request = await hall.supervisor(), hall.request()
    for _ in range(2):
        post = await hall.posts.appoint(request, naming(), by=chief)
    helper = await hall.oneself(HELPER)
    await hall.posts.mine(helper)
    await hall.posts.confirm(hall.request(), post.id, by=helper)
    await hall.posts.posts.one(post.id)
    page = await hall.posts.page(first=1, after=None, by=chief)
    await hall.posts.page(first=1, after=page.posts[0].id, by=chief)
    await hall.posts.end(hall.request(), post.id, by=chief)
    enterprise = await hall.posts.represent(Enterprise("91450200M00000050K", "柳州荷塘炉料有限公司"), await hall.person(STRANGER))
    await hall.posts.organisations.one(enterprise.organisation.id)


async def _clients(hall: Hall) -> None:
    for number in range(OTHERS):
        other = a_person(f"zz{number:04}", f"张{number}", order=200 + number)
        for where in (COMMUNITY, COUNTER):
            await hall.clients.put(where, other, by=HELPER.id)
        case = numbered(an_opened_case(), number, person=other)
        filed_by = replace(case.filed_by, organisation=ELSEWHERE, capacity=CapacityKind.HELPER)
        await hall.cases.add(replace(case, filed_by=filed_by), opening=f"elsewhere-{number}")
    for _ in range(2):
        await hall.clients.put(COMMUNITY, ELDER, by=HELPER.id)
    case = numbered(an_opened_case(), 8001, person=ELDER)
    filed_by = replace(case.filed_by, organisation=COMMUNITY, capacity=CapacityKind.HELPER)
    await hall.cases.add(replace(case, filed_by=filed_by), opening="opening-elder")
    helper = await hall.helper()
    for sought in (Sought(name=ELDER.name), Sought(surname="欧阳"), Sought(birth_date=MONDAY.date()), None):
        page = await hall.clients.page(sought, first=5, after=None, by=helper)
        after = cursor_of(page.clients[-1].client) if page.clients else None
        await hall.clients.page(sought, first=5, after=after, by=helper)
    for helped in page.clients:
        await hall.clients.clients.forget(helped.client)
