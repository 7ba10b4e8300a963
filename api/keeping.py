"""The desks where people take away what is kept about them, and have it deleted. A new kind of thing is one line in each list."""

from collections.abc import Callable
from datetime import datetime

from api.names import new_name
from api.organisations import posts_of
from api.parts import Parts, seed
from api.people import persons_of
from api.sign_in_office import diary_of
from domain.access.recent import Recently
from domain.cases.requests import Marks
from domain.clock import day_in_china, system_now
from domain.keeping import holdings, sections
from domain.keeping.deletion import DeletionDesk, Holding
from domain.keeping.own_data import OwnDataDesk, Section
from domain.keeping.retention import years_later
from domain.keeping.sign_ins_told import DiaryHolding, DiarySection, LinkSection
from domain.keeping.visits_told import VisitHolding, VisitSection
from integrations.documents.renderer import TypstDocuments
from integrations.mongo.certificates import MongoCertificates
from integrations.mongo.clients import MongoClients
from integrations.mongo.database import Database
from integrations.mongo.deletions import MongoDeletions
from integrations.mongo.files import MongoFiles
from integrations.mongo.looks import MongoLookLog
from integrations.mongo.mandates import MongoMandates
from integrations.mongo.persons import MongoLinks
from integrations.mongo.sessions import MongoSessions
from integrations.mongo.showings import MongoViews
from integrations.mongo.visits import MongoVisits
from integrations.sealing import Sealing


def own_data_desk(made: Parts, printer: TypstDocuments) -> OwnDataDesk:
    store, sealing = made.database, made.sealing
    posts, mandates = posts_of(store, sealing, made.catalogues), MongoMandates(store, sealing)
    kept: tuple[Section, ...] = (
        sections.PersonSection(),
        sections.SessionSection(MongoSessions(store, sealing)),
        DiarySection(diary_of(made)),
        LinkSection(links_of(store, sealing)),
        sections.CaseSection(made.cases, made.catalogues, made.places),
        sections.FileSection(MongoFiles(store, sealing)),
        sections.CertificateSection(MongoCertificates(store, sealing), MongoViews(store, sealing)),
        sections.MandateSection(mandates, system_now),
        sections.ClientSection(made.cases, mandates, MongoClients(store, sealing), posts.organisations, sealing),
        sections.PostSection(posts),
        VisitSection(MongoVisits(store, sealing)),
        sections.LookSection(MongoLookLog(store, sealing)),
    )
    return OwnDataDesk(kept, made.wording, printer, Recently(made.catalogues, system_now), system_now)


def links_of(store: Database, sealing: Sealing) -> MongoLinks:
    return MongoLinks(store, sealing, persons_of(store, sealing))


def deletion_desk(made: Parts, marks: Marks, *, ended: Callable[[str], None]) -> DeletionDesk:
    """`ended` hears of each session that is ended."""
    store, sealing = made.database, made.sealing
    kept: tuple[Holding, ...] = (
        holdings.CaseHolding(made.book, seed),
        holdings.FileHolding(MongoFiles(store, sealing)),
        holdings.LinkHolding(links_of(store, sealing)),
        holdings.SessionHolding(MongoSessions(store, sealing), ended),
        VisitHolding(MongoVisits(store, sealing)),
        holdings.ClientHolding(made.cases, MongoMandates(store, sealing), MongoClients(store, sealing), sealing),
        DiaryHolding(diary_of(made), diary_of(made).kept_until),
        *holdings.kept_by_law(MongoCertificates(store, sealing), MongoMandates(store, sealing), MongoLookLog(store, sealing)),
    )

    def kept_until(at: datetime) -> datetime:
        return years_later(at, made.catalogues.law(None, day_in_china(at)).figure("kept-deletions-years").number)

    recently = Recently(made.catalogues, system_now)
    return DeletionDesk(kept, MongoDeletions(store), marks, recently, kept_until, new_name("deletion"), system_now)
