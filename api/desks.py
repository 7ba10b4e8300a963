"""The desks that people stand at: signing in, cases, files, certificates."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from secrets import token_bytes

from api.employers import staff_desk
from api.keeping import deletion_desk, own_data_desk
from api.mandates import in_person_desk, mandate_desk, mandate_use, mandates_of
from api.names import new_name
from api.organisations import client_desk, post_desk
from api.parts import Parts, seed
from api.people import persons_of
from api.sign_in_office import SignInOffice, sign_in_office
from domain.access.capacities import Capacities
from domain.access.recent import Recently
from domain.cases.accounts import OwnAccounts
from domain.cases.desk import ApplicantDesk
from domain.cases.feed import CaseFeed
from domain.cases.filing import Filings
from domain.cases.filing_desk import FilingDesk
from domain.cases.naming import CaseNames
from domain.cases.officers_desk import OfficerDesk
from domain.cases.opening_desk import OpeningDesk
from domain.cases.papers import PapersOfCases
from domain.cases.payout_desk import PayoutDesk
from domain.cases.queues import QueueDesk
from domain.cases.requests import Marks
from domain.cases.revealing import RevealDesk
from domain.certificates.checking import CheckDesk
from domain.certificates.desk import CertificateDesk
from domain.clock import system_now
from domain.files import FileDesk
from domain.keeping.own_data import OwnDataDesk
from domain.looks.desk import LookDesk
from domain.own.desk import DeedDesk
from domain.sessions.assisted import AssistedDesk
from domain.uploads import UploadDesk
from domain.visits.desk import VisitDesk
from integrations import http
from integrations.card_readings import card_reader
from integrations.documents.renderer import TypstDocuments
from integrations.mongo import showings
from integrations.mongo.certificates import MongoCertificates
from integrations.mongo.files import MongoFiles
from integrations.mongo.looks import MongoLookLog
from integrations.mongo.sessions import MongoRequests
from integrations.mongo.upload_pieces import MongoPieces
from integrations.mongo.visits import MongoVisits
from integrations.person_ids import SivPersonIds
from resolvers.context import Desks


@dataclass(frozen=True, slots=True)
class Offices:
    desks: Desks
    sign_in: SignInOffice
    uploads: UploadDesk
    certificates: MongoCertificates
    own_data: OwnDataDesk


@asynccontextmanager
async def offices(made: Parts, observe: http.Observe) -> AsyncIterator[Offices]:
    async with AsyncExitStack() as stack:
        wiring = http.Wiring(observe=observe)
        posts = post_desk(made.database, made.sealing, made.catalogues)
        capacities = made.book.authority.capacities
        sign_in = await stack.enter_async_context(sign_in_office(made, capacities, represent=posts.represent, wiring=wiring))
        accounts, files = OwnAccounts(made.registers), _files(made)
        certificates = MongoCertificates(made.database, made.sealing)
        opening, in_person = _opening(made), in_person_desk(made, _marks(made), capacities, card_reader(sign_in.platform))
        person_ids = SivPersonIds(made.sealing.hash_key)
        desks = Desks(
            capacities=capacities,
            person_ids=person_ids,
            sign_in=sign_in.desk,
            own_sessions=sign_in.own,
            deeds=DeedDesk(made.cases, mandates_of(made), showings.MongoViews(made.database, made.sealing), made.catalogues),
            opening=opening,
            filing=_filing(made, opening),
            applicant=ApplicantDesk(made.book, made.catalogues, files, _marks(made), seed, system_now, made.places, made.looks, accounts),
            payout=PayoutDesk(made.book, made.catalogues, accounts, _marks(made), made.looks, seed, system_now),
            certificates=_certificates(made, certificates),
            feed=CaseFeed(made.cases, made.bells, made.catalogues, made.looks, system_now),
            posts=posts,
            clients=client_desk(made),
            places=made.places,
            calendars=made.calendars,
            deletion=deletion_desk(made, _marks(made), ended=sign_in.live.forget),
            staff=staff_desk(made, opening),
            officers=OfficerDesk(made.book, made.catalogues, files, _marks(made), made.looks, seed, system_now),
            queues=QueueDesk(made.book.queues, made.cases, made.catalogues, made.looks, system_now),
            revealing=RevealDesk(made.cases, made.catalogues, made.looks, MongoRequests(made.database), person_ids, system_now),
            looks=LookDesk(MongoLookLog(made.database, made.sealing)),
            mandates=mandate_desk(made, _marks(made)),
            in_person=in_person,
            visits=_visits(made, capacities),
            assisted=AssistedDesk(in_person, sign_in.desk, _marks(made)),
        )
        stack.callback((printer := TypstDocuments()).close)
        uploads = UploadDesk(files, MongoPieces(made.database, made.sealing), system_now)
        yield Offices(desks, sign_in, uploads, certificates, own_data_desk(made, printer))


def _filing(made: Parts, opening: OpeningDesk) -> FilingDesk:
    persons = persons_of(made.database, made.sealing)
    return FilingDesk(opening, mandate_use(made), persons, client_desk(made), made.registers)


def _opening(made: Parts) -> OpeningDesk:
    return OpeningDesk(
        made.book,
        made.catalogues,
        CaseNames(token_bytes),
        _marks(made),
        seed,
        system_now,
        asyncio.timeout,
        made.places,
        Filings(made.book.authority.capacities),
        OwnAccounts(made.registers),
        made.looks,
        mandate_use(made).begin,
    )


def _files(made: Parts) -> FileDesk:
    papers = PapersOfCases(made.cases, made.book.authority, made.catalogues)
    return FileDesk(MongoFiles(made.database, made.sealing), papers, made.looks, system_now, new_name("file"))


def _visits(made: Parts, capacities: Capacities) -> VisitDesk:
    visits, clients = MongoVisits(made.database, made.sealing), client_desk(made).clients
    marks, named = _marks(made), new_name("visit")
    return VisitDesk(visits, clients, capacities, made.catalogues, made.places, made.calendars, marks, made.looks, named, system_now)


def _marks(made: Parts) -> Marks:
    return Marks(lambda asked: made.sealing.fingerprint(asked.hex(), purpose="request"))


def _certificates(made: Parts, certificates: MongoCertificates) -> CertificateDesk:
    shown, looks = showings.MongoShowings(made.database), showings.MongoViews(made.database, made.sealing)
    checks = CheckDesk(certificates, shown, looks, showings.MongoAttempts(made.database), made.sealing, system_now)
    recent = Recently(made.catalogues, system_now)
    url = made.settings.check_url
    return CertificateDesk(certificates, shown, looks, checks, TypstDocuments(), made.sealing, url, system_now, recent, made.looks)
