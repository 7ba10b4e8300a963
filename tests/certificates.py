"""A retirement certificate and those around it, with invented people, for any test that needs one."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TypedDict, Unpack

from domain.acting import Acting, Assurance
from domain.certificates.certificate import Certificate, Facts, Issuance, new_certificate
from domain.certificates.checking import CheckDesk
from domain.certificates.desk import CertificateDesk
from domain.certificates.identifier import PLACEHOLDER_CODES
from domain.certificates.showing import Verifier, verifier_at
from domain.identifiers import DocumentKind
from domain.people import Person
from domain.words import Words
from integrations.documents.renderer import TypstDocuments
from integrations.mongo.certificates import COLLECTIONS as CERTIFICATES
from integrations.mongo.certificates import MongoCertificates
from integrations.mongo.collections import apply
from integrations.mongo.database import Database
from integrations.mongo.showings import COLLECTIONS as SHOWINGS
from integrations.mongo.showings import MongoAttempts, MongoShowings, MongoViews
from integrations.sealing import Sealing
from tests.looks import NotedLooks

CHECK_URL = "https://zhangban.test/check"
REQUEST = "request-0123456789"
ISSUER = Words("广西壮族自治区社会保险事业中心", "廣西壯族自治區社會保險事業中心", "Guangxi Social Insurance Centre")
ZHANG = Person("person-zhang", "张丰年", DocumentKind.RESIDENT_ID, "450101196606150017")
LI = Person("person-li", "李秋", DocumentKind.RESIDENT_ID, "450101197106180023")


class FactsChanged(TypedDict, total=False):
    sex: str
    ethnicity: str
    last_employer: str
    last_post: str
    claim_place: str


def facts(**changed: Unpack[FactsChanged]) -> Facts:
    usual: FactsChanged = {
        "sex": "男",
        "ethnicity": "壮族",
        "last_employer": "南宁虚构机械制造有限公司",
        "last_post": "工人",
        "claim_place": "广西壮族自治区南宁市",
    }
    return Facts(
        birth_date=date(1966, 6, 15),
        work_started="1992-07",
        retired_on=date(2026, 11, 15),
        retirement_kind="正常退休",
        contribution_months=412,
        deemed_months=38,
        pension_from="2026-12",
        approved_by=ISSUER.hans,
        **{**usual, **changed},
    )


def issuance(*, case: str = "case-7f3a", holder: Person = ZHANG, portrait: bytes | None = None, said: Facts | None = None) -> Issuance:
    return Issuance(
        case=case,
        case_number=f"GX-2026-{case.removeprefix('case-')}",
        item="05",
        holder=holder,
        issuer=ISSUER,
        facts=said or facts(),
        portrait=portrait,
    )


def certificate(at: datetime, *, case: str = "case-7f3a", holder: Person = ZHANG) -> Certificate:
    return new_certificate(issuance(case=case, holder=holder), PLACEHOLDER_CODES, at=at)


def session_of(person: Person | None, *, proved_at: datetime, assurance: Assurance = Assurance.L3) -> Acting:
    return Acting(session=f"session-{person.id if person else 'new'}", assurance=assurance, proved_at=proved_at, person=person)


@dataclass(slots=True)
class Clock:
    """A clock that a test winds."""

    moment: datetime

    def __call__(self) -> datetime:
        return self.moment

    def wind(self, **by: float) -> None:
        self.moment += timedelta(**by)


@dataclass(frozen=True, slots=True)
class Office:
    """The desks and their stores, on one real database."""

    certificates: MongoCertificates
    desk: CertificateDesk
    clock: Clock
    sealing: Sealing

    @property
    def checks(self) -> CheckDesk:
        return self.desk.checks

    def verifier(self, address: str = "121.31.7.9", browser: str = "phone") -> Verifier:
        return verifier_at(address, browser, self.sealing)

    async def issued(self, *, case: str = "case-7f3a", holder: Person = ZHANG) -> Certificate:
        return await self.certificates.add(certificate(self.clock.moment, case=case, holder=holder), portrait=None)

    async def shown(self, *, request: str = REQUEST) -> str:
        """The code that the holder shows."""
        issued = await self.issued()
        return (await self.desk.present(issued.id, by=session_of(ZHANG, proved_at=self.clock.moment), request=request)).code


async def open_office(database: Database, sealing: Sealing, *, at: datetime) -> Office:
    await apply(database, (*CERTIFICATES, *SHOWINGS))
    kept, showings, views, clock = MongoCertificates(database, sealing), MongoShowings(database), MongoViews(database, sealing), Clock(at)
    checks = CheckDesk(kept, showings, views, MongoAttempts(database), sealing, clock)
    desk = CertificateDesk(
        kept, showings, views, checks, TypstDocuments(), sealing, CHECK_URL, clock, lambda: timedelta(minutes=20), NotedLooks()
    )
    return Office(kept, desk, clock, sealing)


async def all_that_is_stored(database: Database) -> str:
    return str([await database[name].find().to_list(None) for name in await database.list_collection_names()])
