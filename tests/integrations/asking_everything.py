"""Everything that the stores are asked: each of their functions once, with others' documents beside."""

from dataclasses import replace
from datetime import timedelta
from itertools import count
from pathlib import Path

import pytest

from domain.access.reach import Reach
from domain.acting import Assurance
from domain.cases.callbacks import Callback
from domain.cases.filling import AnswerGiven
from domain.cases.parts import CaseStatus, Turn
from domain.cases.queues import Wanted
from domain.cases.stores import CaseFilter, Lease, LeaseLost, SlotTaken
from domain.cases.worklist import Work
from domain.catalogue.queues import WorkKind
from domain.certificates.certificate import CertificateStatus
from domain.days.calendar import CalendarStatus, CalendarYear
from domain.identifiers import DocumentKind
from domain.keeping.deletion import Deleted
from domain.people import Person
from domain.places.table import CountyTable
from domain.ports import ProvenIdentity
from domain.sessions.account import Account
from domain.sessions.request import read_request
from integrations.mongo.calendars import MongoCalendars
from integrations.mongo.callbacks import CALLBACKS, MongoCallbacks
from integrations.mongo.cases import CASES
from integrations.mongo.catalogues import MongoCatalogues
from integrations.mongo.database import Database
from integrations.mongo.deletions import MongoDeletions
from integrations.mongo.divisions import MongoDivisions
from integrations.mongo.files import PIECES
from integrations.mongo.histories import MongoHistories
from integrations.mongo.leases import Leases
from integrations.mongo.looks import MongoLookLog, MongoLooks
from integrations.mongo.persons import MongoLinks, MongoPersons
from integrations.mongo.resealing import Resealing
from integrations.mongo.staff_sheets import MongoStaffSheets
from integrations.mongo.stuck import failed_handoffs, put_off
from integrations.mongo.worklist import MongoWork
from integrations.sealing import Sealing
from tests import certificates, sign_in, sign_in_house, works
from tests.cases import MONDAY, ZHANG, a_submitted_case, an_opened_case, filled, somebody
from tests.integrations.asking_files import everything_about_files
from tests.integrations.asking_mandates import everything_about_mandates
from tests.integrations.asking_organisations import everything_about_organisations
from tests.integrations.asking_visits import everything_about_visits
from tests.looks import KEPT, a_look
from tests.memory import Clock
from tests.progress import a_finished_case, notified, withdrawn
from tests.stored_cases import a_case_store, numbered

OTHERS = 25


async def everything(database: Database, sealing: Sealing, folder: Path) -> None:
    await everything_about_cases(database, sealing)
    await everything_about_work(database)
    await everything_about_callbacks(database, sealing)
    await everything_about_places(database)
    await everything_about_files(database, sealing)
    await everything_about_keeping(database, sealing)
    await everything_about_organisations(database, sealing)
    await everything_about_certificates(database, sealing)
    await everything_about_mandates(database, sealing)
    await everything_about_staff_sheets(database, sealing)
    await everything_about_signing_in(database, sealing, folder)
    await everything_about_looks(database, sealing)
    await everything_about_visits(database, sealing)


async def everything_about_cases(database: Database, sealing: Sealing) -> None:
    clock = Clock()
    store = await a_case_store(database, sealing, clock)
    done = notified(a_finished_case())
    for number in range(OTHERS):
        await store.add(
            numbered(done, number, person=Person(f"person-{number:04}", "某人", ZHANG.document_kind, "E1")), opening=f"o-{number}"
        )
    clock.at += timedelta(days=1)
    case = await store.add(an_opened_case(), opening="opening-1")
    with pytest.raises(SlotTaken):
        await store.add(replace(an_opened_case(), id="case-zh8k0002"), opening="opening-2")
    await store.reserve_number(case.number, case=case.id)
    await store.id_of(case.number)
    await store.many([case.id], reach=Reach(person=case.person))
    await store.opened_by("opening-1", person=case.person)
    await store.standing(case.person, filer=ZHANG.id)
    everything = CaseFilter((CaseStatus.DRAFT,), Turn.YOURS, "guangxi", MONDAY)
    await store.page(Reach(person=case.person), first=2, after=case.id, filter=CaseFilter())
    await store.page(Reach(person=case.person), first=2, after=case.id, filter=everything)
    for reach in (
        Reach(person=case.person, items=frozenset({"item-guangxi-pension"})),
        Reach(organisation="org-1"),
        Reach(department="hrss", region="guangxi"),
    ):
        await store.one(case.id, reach=reach)
        await store.page(reach, first=2, after=case.id, filter=CaseFilter())
    await store.raise_revisions(case.person)
    case = await store.one(case.id)
    case = await store.save(filled(case, AnswerGiven("email", value="a@b.cn")))
    leases = Leases(database, CASES.name, "worker-1", clock)
    lease = await leases.take(next(iter(await leases.due(10))))
    await leases.put_off(lease, error_id="error-1")
    with pytest.raises(LeaseLost):
        await store.save(withdrawn(case), lease=Lease(case.id, "worker-2", MONDAY))
    await store.save(replace(a_submitted_case(), version=case.version))
    await store.touched_since(MONDAY + timedelta(hours=1))
    await store.versions_in_use()
    await store.backlog("hrss")
    histories = MongoHistories(database, store.codec)
    assert [head async for head in histories.heads(changed_since=MONDAY + timedelta(hours=1))]
    assert [id async for id, _ in histories.every()]
    assert [one async for one in put_off(database, CASES.name)]
    assert not [one async for one in failed_handoffs(database, "hrss")]


async def everything_about_work(database: Database) -> None:
    work = MongoWork(database)
    for number in range(OTHERS):
        row = Work(f"department-{number}", WorkKind.DECIDE, f"case-{number}", "pension", f"1|{number}")
        await work.put([row], version=1)
        await work.settle([row], version=1)
    await work.remove([row], version=1)
    await work.page(Wanted(("department-1",), tuple(WorkKind), ("pension",)), first=2, after="1|0")


async def everything_about_callbacks(database: Database, sealing: Sealing) -> None:
    clock = Clock()
    callbacks = MongoCallbacks(database, sealing, clock)
    for number in range(OTHERS):
        await callbacks.keep(Callback(f"hrss.{number}", "hrss", b"{}", MONDAY))
        await callbacks.done(f"hrss.{number}")
    await callbacks.keep(Callback("hrss.new", "hrss", b"{}", MONDAY))
    clock.at += timedelta(minutes=1)
    leases = Leases(database, CALLBACKS.name, "worker-1", clock)
    lease = await leases.take(next(iter(await leases.due(10))))
    async with leases.held(lease):
        await callbacks.one(lease.case)
    await leases._change(lease, {"$set": {"lease.until": clock.at}})
    await leases.give_back(lease)
    await MongoCatalogues(database).keep("guangxi", "1", b"{}", at=MONDAY)
    await MongoCatalogues(database).content("guangxi", "1")


async def everything_about_places(database: Database) -> None:
    divisions = MongoDivisions(database, hant=str)
    await divisions.keep([CountyTable(f"1502{number:02}", ((f"1502{number:02}100", "甲镇"),)) for number in range(OTHERS)])
    await divisions.county("150222")
    await divisions.imported(["150222", "150627"])
    await MongoCalendars(database).keep(CalendarYear(2027, CalendarStatus.OFFICIAL, "a notice", {MONDAY.date(): "x"}, {}), at=MONDAY)
    await MongoCalendars(database).years()


async def everything_about_keeping(database: Database, sealing: Sealing) -> None:
    deletions = MongoDeletions(database)
    for number in range(OTHERS):
        deleted = Deleted(f"deletion-{number}", f"person-{number}", "request-1", "asked", MONDAY, ())
        await deletions.add(deleted, forget_at=MONDAY)
    assert await deletions.add(replace(deleted, id="deletion-again"), forget_at=MONDAY) == deleted
    links = MongoLinks(database, sealing, MongoPersons(database, sealing, lambda: "person-new"))
    for number in range(OTHERS):
        await links.put(Account("wechat", f"openid-{number}"), somebody(f"person-{number}"), at=MONDAY)
    assert [link.host for link in await links.of("person-1")] == ["wechat"]
    await links.forget("person-1")
    for collection in (CASES, PIECES):
        assert [done async for done in Resealing(database, sealing).through(collection)]


async def everything_about_certificates(database: Database, sealing: Sealing) -> None:
    office = await certificates.open_office(database, sealing, at=MONDAY)
    for number in range(OTHERS):
        issued = await office.issued(case=f"case-{number}", holder=replace(certificates.LI, id=f"person-{number}"))
        await office.certificates.keep_pdf(issued, b"%PDF")
    issued, holder = await office.issued(), certificates.session_of(certificates.ZHANG, proved_at=MONDAY)
    await office.certificates.keep_pdf(issued, b"%PDF")
    shown = await office.desk.present(issued.id, by=holder, request=certificates.REQUEST)
    await office.checks.check(shown.code, by=office.verifier(), request=certificates.REQUEST)
    await office.checks.check("0000-0000-0000", by=office.verifier())
    page = await office.desk.views(issued, by=holder, first=1, after=None)
    await office.desk.views(issued, by=holder, first=1, after=page.views[0].order)
    await office.desk.looks.of(issued.person, first=1, after=page.views[0].order)
    await office.desk.mine(holder)
    await office.desk.pdf(issued.id, by=holder)
    await office.certificates.portrait(issued)
    await office.certificates.mark(issued, CertificateStatus.REVOKED)


async def everything_about_staff_sheets(database: Database, sealing: Sealing) -> None:
    sheets = MongoStaffSheets(database, sealing)
    for number in range(OTHERS):
        await sheets.add(works.a_sheet(f"staff-sheet-{number}", organisation=f"org-{number % 3}"))
        await sheets.begun(works.an_import(f"request-{number}", organisation=f"org-{number % 3}"), at=MONDAY)
    await sheets.add(works.a_sheet("staff-sheet-1", organisation="org-1"))
    await sheets.begun(works.an_import("request-1", organisation="org-1"), at=MONDAY)
    assert await sheets.one("staff-sheet-1", organisation="org-1")


async def everything_about_signing_in(database: Database, sealing: Sealing, folder: Path) -> None:
    house = await sign_in_house.a_house(database, sealing, sign_in.Clock(MONDAY), folder)
    for _ in range(3):
        await sign_in_house.everything_done(house)
    signed_in = await house.signed_in("zhang")
    request = sign_in_house.request_id()
    for _ in range(2):
        await house.desk.refresh(request, token=signed_in.refresh_token)
    await house.desk.requests.forget(read_request(request, "signIn"))
    at_home = await house.acting(signed_in)
    await house.own.mine(at_home)
    page = await house.own.sign_ins(at_home, first=1, after=None)
    await house.own.sign_ins(at_home, first=1, after=page.entries[0].order)
    await house.own.end(sign_in_house.request_id(), session=signed_in.session.id, by=at_home)
    for told in (house.provider.logout_token, house.provider.restored_token):
        await house.signals.obey(told({"sub": sign_in_house.ZHANG}))
    for name in ("王甲", "王乙"):
        await house.persons.known(ProvenIdentity("sub", name, DocumentKind.PASSPORT, "E12345678", Assurance.L3, MONDAY))


async def everything_about_looks(database: Database, sealing: Sealing) -> None:
    chains = count(1)
    for _ in range(2):
        looks = MongoLooks(database, sealing, lambda: f"looks-{next(chains)}", lambda at: at + KEPT)
        await looks.note([a_look(number, person=f"person-{number % 3}") for number in range(OTHERS)])
        await looks.close()
    log = MongoLookLog(database, sealing)
    page = await log.page("person-1", first=2, after=None)
    await log.page("person-1", first=2, after=page.entries[0].order)
    assert [await log.last(chain) for chain in await log.chains()]
    assert await log.one("looks-1", 3)
    assert len([id async for id, _ in log.entries("looks-1")]) == OTHERS
