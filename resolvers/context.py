"""What every resolver may use: who acts, in which language, at which moment, and the desks that do the work."""

from dataclasses import dataclass
from datetime import date, datetime

import strawberry
from strawberry.dataloader import DataLoader

from domain.acting import Acting, Assurance
from domain.cases.desk import ApplicantDesk
from domain.cases.feed import CaseFeed
from domain.cases.opening_desk import OpeningDesk
from domain.catalogue.store import Catalogues
from domain.certificates.certificate import Certificate
from domain.certificates.desk import CertificateDesk
from domain.clock import day_in_china
from domain.days.calendars import Calendars
from domain.errors import AssuranceTooLow, StepUp
from domain.places.places import Places
from domain.sessions.desk import SignInDesk
from domain.wording import Wording
from domain.words import Language, Text, Words


@dataclass(frozen=True, slots=True)
class Desks:
    """The verbs of the product, by who uses them."""

    sign_in: SignInDesk
    opening: OpeningDesk
    applicant: ApplicantDesk
    certificates: CertificateDesk
    feed: CaseFeed
    places: Places
    calendars: Calendars


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

    async def certificate_of(self, id: str) -> Certificate | None:
        """Read once for a whole page of cases."""
        return await self.certificates.load(id)


Info = strawberry.Info[Context, None]
