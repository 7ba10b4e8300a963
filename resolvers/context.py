"""What every resolver may use: who acts, in which language, at which moment, and the desks that do the work."""

from dataclasses import dataclass, field
from datetime import date, datetime

import strawberry
from strawberry.dataloader import DataLoader

from domain.access.capacities import Capacities
from domain.access.person_ids import PersonIds
from domain.acting import SOMEWHERE, Acting, Assurance, Origin
from domain.cases.case import Case
from domain.cases.desk import ApplicantDesk
from domain.cases.feed import CaseFeed
from domain.cases.filing_desk import FilingDesk
from domain.cases.officers_desk import OfficerDesk
from domain.cases.opening_desk import OpeningDesk
from domain.cases.payout_desk import PayoutDesk
from domain.cases.queues import QueueDesk
from domain.cases.revealing import RevealDesk
from domain.cases.seeing import Sight, sight_of
from domain.catalogue.store import Catalogues
from domain.certificates.certificate import Certificate
from domain.certificates.desk import CertificateDesk
from domain.clock import day_in_china
from domain.days.calendars import Calendars
from domain.employers.opening import StaffDesk
from domain.errors import AssuranceTooLow, NotPermitted, StepUp
from domain.keeping.deletion import DeletionDesk
from domain.looks.desk import LookDesk
from domain.mandates.desk import MandateDesk
from domain.mandates.in_person import InPersonDesk
from domain.mandates.mandate import Mandate
from domain.organisations.client_desk import ClientDesk
from domain.organisations.desk import PostDesk
from domain.own.desk import DeedDesk
from domain.places.places import Places
from domain.sessions.assisted import AssistedDesk
from domain.sessions.desk import SignInDesk
from domain.sessions.own import OwnSessionsDesk
from domain.visits.desk import VisitDesk
from domain.wording import Wording
from domain.words import Language, Text, Words


@dataclass(frozen=True, slots=True)
class Desks:
    """The verbs of the product, by who uses them."""

    capacities: Capacities
    person_ids: PersonIds
    sign_in: SignInDesk
    own_sessions: OwnSessionsDesk
    assisted: AssistedDesk
    deeds: DeedDesk
    opening: OpeningDesk
    filing: FilingDesk
    applicant: ApplicantDesk
    certificates: CertificateDesk
    feed: CaseFeed
    posts: PostDesk
    clients: ClientDesk
    places: Places
    calendars: Calendars
    deletion: DeletionDesk
    looks: LookDesk
    officers: OfficerDesk
    payout: PayoutDesk
    queues: QueueDesk
    revealing: RevealDesk
    staff: StaffDesk
    mandates: MandateDesk
    in_person: InPersonDesk
    visits: VisitDesk


@dataclass(slots=True)
class Context:
    """One request, or one operation of a socket.

    `caller`: a keyed hash of address and browser, for repeats; `address`: of the address alone, for counting.
    """

    desks: Desks
    catalogues: Catalogues
    wording: Wording
    acting: Acting | None
    language: Language
    now: datetime
    caller: str
    address: str
    certificates: DataLoader[str, Certificate | None]
    place: str | None = None
    origin: Origin = SOMEWHERE
    mandates: dict[str, Mandate | None] = field(default_factory=dict)

    def say(self, text: Text | Words | str) -> str:
        """In the reader's language, to be read."""
        if isinstance(text, Words):
            return text.in_(self.language)
        return self.wording.say(Text(text) if isinstance(text, str) else text, self.language)

    def speak(self, text: Text) -> str:
        """In the reader's language, to be heard."""
        return self.wording.speak(text, self.language)

    def must_act(self) -> Acting:
        """Who is signed in; refuses nobody with the way to sign in."""
        if self.acting is None:
            raise AssuranceTooLow("refusal.not-signed-in", step_up=StepUp(Assurance.L2, 0))
        return self.acting

    @property
    def today(self) -> date:
        """In China."""
        return day_in_china(self.now)

    def sight(self, case: Case) -> Sight:
        """How much of it whoever looks may see."""
        return sight_of(case, self.catalogues.version(case.region, case.catalogue_version), self.acting)

    async def acting_on(self, case: Case) -> Acting | None:
        """Who looks, as far as they may act in this case now; None: in no way."""
        if self.acting is None or self.acting.person is None:
            return None
        try:
            return await self.desks.applicant.book.authority.acting_on(case, self.acting)
        except NotPermitted:
            return None

    async def mandate_of(self, id: str) -> Mandate | None:
        """Read once, however many steps name it; None for whom it does not concern."""
        if id not in self.mandates:
            self.mandates[id] = await self.desks.mandates.named(id, by=self.acting)
        return self.mandates[id]

    async def certificate_of(self, id: str) -> Certificate | None:
        """Read once for a whole page of cases."""
        return await self.certificates.load(id)


Info = strawberry.Info[Context, None]
