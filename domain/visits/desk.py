"""Where home visits are booked, taken, and brought to an end. A visit of somebody else and one that is not there look the same."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Protocol

from domain.access.capacities import Capacities
from domain.acting import Acting, CapacityKind
from domain.cases.parts import RequestMark
from domain.cases.requests import Marks
from domain.catalogue.store import Catalogues
from domain.clock import Now, day_in_china
from domain.days.calendars import Calendars
from domain.errors import Conflict, InvalidForm, Issue, NotFound, NotPermitted, Remedy, StepNotAllowed
from domain.looks.look import Looks, Purpose, look_of
from domain.mandates.actions import MandateAction
from domain.organisations.organisation import Organisation, OrganisationKind
from domain.organisations.stores import Clients
from domain.people import Person
from domain.places.places import Places
from domain.visits.booking import LONGEST_WHY, Booking, must_be_bookable, must_be_visited
from domain.visits.stores import OpenVisit, Owner, VisitPage, Visits
from domain.visits.visit import Visit, cancel, complete, take
from domain.words import Text

LARGEST_PAGE = 50
ATTEMPTS = 5
VISITING = frozenset({CapacityKind.HELPER, CapacityKind.CLERK, CapacityKind.SUPERVISOR})
KINDS = frozenset({OrganisationKind.COMMUNITY, OrganisationKind.VOLUNTEERS, OrganisationKind.COUNTER})
"""Whose people come to a home."""


class Verb(Protocol):
    def __call__(self, visit: Visit, *, by: Acting, mark: RequestMark) -> Visit: ...


@dataclass(frozen=True, slots=True)
class VisitDesk:
    visits: Visits
    clients: Clients
    capacities: Capacities
    catalogues: Catalogues
    places: Places
    calendars: Calendars
    marks: Marks
    looks: Looks
    new_id: Callable[[], str]
    now: Now

    async def book(self, request_id: str, booking: Booking, *, by: Acting) -> Visit:
        """For oneself, a principal or a ward; by the organisation's people for one of their clients."""
        mark = self.marks.mark(request_id, "book-visit", booking, by=by)
        person, by = await self._for_whom(booking, by)
        earlier = await self.visits.booked_by(mark, person=person.id)
        if earlier and earlier.has_seen(mark):
            return earlier
        await self._must_be_right(booking, person)
        try:
            return await self.visits.add(self._visit(booking, person, by, mark))
        except OpenVisit:
            raise StepNotAllowed("refusal.visit-open-already") from None

    async def _for_whom(self, booking: Booking, by: Acting) -> tuple[Person, Acting]:
        if by.capacity in VISITING:
            return await self._client(booking, by), by
        if booking.client:
            raise InvalidForm([Issue(("input", "clientId"), Text("issue.client-of-nobody"))])
        if by.capacity is CapacityKind.SELF:
            return by.known_person(), by
        capacity = await self.capacities.find(by.capacity_id, by=by)
        if capacity is None or capacity.on_behalf_of is None or by.authority.case:
            raise NotPermitted("refusal.nobody-to-act-for")
        if not capacity.authority.permits(MandateAction.FILL):
            raise NotPermitted("refusal.mandate-only-to-look")
        return capacity.on_behalf_of, by

    async def _client(self, booking: Booking, by: Acting) -> Person:
        await self._must_hold(by)
        found = await self.clients.several(by.organisation or "", [booking.client]) if booking.client else ()
        if not found or booking.organisation != by.organisation:
            raise NotFound("refusal.not-found")
        return found[0].person

    async def _must_hold(self, by: Acting) -> None:
        if await self.capacities.authority(by) is None:
            raise NotPermitted("refusal.capacity-ended")

    async def _must_be_right(self, booking: Booking, person: Person) -> None:
        there, now = self._organisation(booking), self.now()
        law = self.catalogues.law(there.region, day_in_china(now))
        place = await self.places.find(booking.division) if booking.division else None
        astray = place if isinstance(place, Text) else None
        must_be_bookable(booking, law=law, calendar=self.calendars.in_force, now=now, no_place=astray)
        must_be_visited(person, booking.reason, law=law, at=now)

    def _organisation(self, booking: Booking) -> Organisation:
        found = self.catalogues.organisation(booking.organisation)
        if found is None or found.kind not in KINDS:
            raise InvalidForm([Issue(("input", "organisationId"), Text("issue.nobody-visits"))])
        return found

    def _visit(self, booking: Booking, person: Person, by: Acting, mark: RequestMark) -> Visit:
        return Visit(
            id=self.new_id(),
            person=person,
            organisation=booking.organisation,
            from_=booking.from_,
            to=booking.to,
            reason=booking.reason,
            address=booking.address.strip(),
            division=booking.division,
            note=booking.note.strip(),
            booked_at=self.now(),
            booked_by=replace(by, on_behalf_of=person.id).actor() if by.capacity in VISITING else by.actor(),
            marks=(mark,),
        )

    # ------------------------------------------------------------ what becomes of it

    async def take(self, request_id: str, visit_id: str, *, by: Acting) -> Visit:
        if by.capacity not in VISITING:
            raise NotPermitted("refusal.visit-for-staff", remedy=Remedy.NONE)
        mark = self.marks.mark(request_id, "take-visit", visit_id, by=by)
        return await self._change(visit_id, partial(take, at=self.now()), mark, by=by)

    async def complete(self, request_id: str, visit_id: str, *, by: Acting) -> Visit:
        mark = self.marks.mark(request_id, "complete-visit", visit_id, by=by)
        return await self._change(visit_id, partial(complete, at=self.now()), mark, by=by)

    async def cancel(self, request_id: str, visit_id: str, *, why: str, by: Acting) -> Visit:
        mark = self.marks.mark(request_id, "cancel-visit", (visit_id, why), by=by)
        if len(why) > LONGEST_WHY:
            raise InvalidForm([Issue(("input", "reason"), Text("issue.too-long", {"most": LONGEST_WHY}))])
        return await self._change(visit_id, partial(cancel, why=why.strip(), at=self.now()), mark, by=by)

    async def _change(self, visit_id: str, verb: Verb, mark: RequestMark, *, by: Acting) -> Visit:
        """Decided again on the fresh visit when somebody was quicker; on an authority that is asked each time."""
        owner = owner_of(by, MandateAction.FILL)
        for _ in range(ATTEMPTS):
            visit = await self.visits.one(visit_id, owner=owner) if owner else None
            if visit is None:
                raise NotFound("refusal.not-found")
            await self._must_hold(by)
            decided = visit if visit.has_seen(mark) else verb(visit, by=by, mark=mark)
            saved = visit if decided == visit else await self.visits.save(decided)
            if saved:
                await self._note([saved], by)
                return saved
        raise Conflict("refusal.busy", remedy=Remedy.RETRY, retry_after_seconds=1)

    # ------------------------------------------------------------ who sees them

    async def page(self, *, first: int, after: str | None, by: Acting | None) -> VisitPage:
        """The person's own; of an organisation all, to its people."""
        owner = owner_of(by, MandateAction.VIEW) if by and by.person else None
        if owner is None or by is None:
            return VisitPage()
        page = await self.visits.page(owner, first=max(1, min(first, LARGEST_PAGE)), after=after)
        await self._note(page.visits, by)
        return page

    async def _note(self, visits: Sequence[Visit], by: Acting) -> None:
        """Where somebody lives, and why they are visited, is read by nobody else unnoticed."""
        at = self.now()
        looks = (look_of(by, person=visit.person.id, purpose=Purpose.VISITS, at=at) for visit in visits)
        await self.looks.note([look for look in looks if look])


def owner_of(by: Acting, action: MandateAction) -> Owner | None:
    """None: no visit is theirs to see, or to change. A mandate for one case reaches no visit; any other those that the delegate booked."""
    if by.capacity in VISITING:
        return Owner(organisation=by.organisation) if by.organisation else None
    if by.capacity is CapacityKind.SELF:
        return Owner(person=by.known_person().id)
    reaches = by.capacity is CapacityKind.PROXY and by.authority.case is None and by.authority.permits(action)
    return Owner(person=by.on_behalf_of, booked_by=by.known_person().id if by.mandate else None) if reaches else None
