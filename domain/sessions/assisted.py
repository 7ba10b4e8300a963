"""A person acts themselves on a helper's device: their card is read there, and gives a short session of their own (A79)."""

from dataclasses import dataclass
from datetime import timedelta

from domain.access.at_a_desk import authority_at_a_desk
from domain.acting import Acting
from domain.cases.requests import Marks
from domain.clock import day_in_china
from domain.errors import Expired
from domain.mandates.in_person import InPersonDesk
from domain.sessions.desk import SignInDesk
from domain.sessions.session import SignedIn


@dataclass(frozen=True, slots=True)
class AssistedDesk:
    """The nonce is that of `InPersonDesk.begin`; one reading gives a mandate or a session, not both."""

    in_person: InPersonDesk
    sign_in: SignInDesk
    marks: Marks

    async def begin(self, request_id: str, *, nonce: str, reading: str, by: Acting, address: str) -> SignedIn:
        """Raises Refusal, InvalidForm."""
        mark = self.marks.mark(request_id, "beginAssistedSession", (nonce, reading), by=by)
        await authority_at_a_desk(by, self.in_person.capacities)
        start = await self.in_person.begun(nonce, mark, by)
        if start.mandate and (earlier := await self.sign_in.assisted(start.mandate)):
            return earlier
        if start.expires_at <= self.sign_in.now():
            raise Expired("mandate.reading.too-late")
        person = await self.in_person.person_before(reading, start, by=by, address=address)
        session = self.sign_in.new_id()
        spent = await self.in_person.readings.spend(start, by=mark, mandate=session)
        spent.must_be_for(mark)
        return await self.sign_in.begin_assisted(spent.mandate or session, person=person, by=by, lives=self._lives())

    def _lives(self) -> timedelta:
        law = self.in_person.catalogues.law(None, day_in_china(self.sign_in.now()))
        return timedelta(minutes=law.figure("assisted-session-minutes").number)
