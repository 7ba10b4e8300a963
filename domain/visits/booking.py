"""What may be booked: for whom, and when; the figures are the service's own, dated, and a region may have others."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from domain.clock import CHINA, day_in_china
from domain.days.calendar import Calendar
from domain.days.opening_hours import OpeningHours, Span, opening
from domain.errors import InvalidForm, Issue, NotEligible
from domain.organisations.client import birth_date_of
from domain.people import Person
from domain.policy.law import Law
from domain.visits.visit import VisitReason
from domain.words import Text

LONGEST_ADDRESS, LONGEST_NOTE, LONGEST_WHY = 200, 300, 200
MOMENT = timedelta(milliseconds=1)


@dataclass(frozen=True, slots=True)
class Booking:
    """As somebody asks for it. `client`: of the organisation's list, for whom its people book."""

    organisation: str
    from_: datetime
    to: datetime
    address: str
    reason: VisitReason
    division: str | None = None
    note: str = ""
    client: str | None = None


def must_be_bookable(booking: Booking, *, law: Law, calendar: Calendar, now: datetime, no_place: Text | None) -> None:
    """`no_place`: why the division is none. Raises InvalidForm with every slip."""
    slips = [*_said(booking, no_place), *_when(booking, law, calendar, now)]
    if slips:
        raise InvalidForm(slips)


def _said(booking: Booking, no_place: Text | None) -> Iterator[Issue]:
    if not booking.address.strip():
        yield Issue(("input", "address"), Text("issue.required"))
    if len(booking.address) > LONGEST_ADDRESS:
        yield Issue(("input", "address"), Text("issue.too-long", {"most": LONGEST_ADDRESS}))
    if len(booking.note) > LONGEST_NOTE:
        yield Issue(("input", "note"), Text("issue.too-long", {"most": LONGEST_NOTE}))
    if no_place:
        yield Issue(("input", "division"), no_place)


def _when(booking: Booking, law: Law, calendar: Calendar, now: datetime) -> Iterator[Issue]:
    longest, notice, ahead = (law.figure(f"visit-{name}").number for name in ("most-hours", "notice-hours", "days-ahead"))
    if booking.to <= booking.from_:
        yield Issue(("input", "to"), Text("issue.visit-ends-first"))
    elif booking.to - booking.from_ > timedelta(hours=longest):
        yield Issue(("input", "to"), Text("issue.visit-too-long", {"hours": longest}))
    elif not _within_hours(booking, hours_of(law), calendar):
        spans = hours_of(law).regular
        told = {"opens": f"{spans[0].opens:%H:%M}", "closes": f"{spans[-1].closes:%H:%M}"}
        yield Issue(("input", "from"), Text("issue.visit-outside-hours", told))
    if booking.from_ < now + timedelta(hours=notice):
        yield Issue(("input", "from"), Text("issue.visit-too-soon", {"hours": notice}))
    if booking.from_ > now + timedelta(days=ahead):
        yield Issue(("input", "from"), Text("issue.visit-too-far", {"days": ahead}))


def hours_of(law: Law) -> OpeningHours:
    hours = law.figure("visit-hours").table
    return OpeningHours(regular=(Span(time.fromisoformat(str(hours["opens"])), time.fromisoformat(str(hours["closes"]))),))


def _within_hours(booking: Booking, hours: OpeningHours, calendar: Calendar) -> bool:
    """From its first moment to its last, on one day."""
    same_day = booking.from_.astimezone(CHINA).date() == (booking.to - MOMENT).astimezone(CHINA).date()
    return same_day and all(opening(hours, moment, calendar).open for moment in (booking.from_, booking.to - MOMENT))


def must_be_visited(person: Person, reason: VisitReason, *, law: Law, at: datetime) -> None:
    """Of whoever is visited for their age, the document tells it; what else is stated, the visitor sees. Raises NotEligible."""
    served = law.figure("visit-reasons").table
    if reason not in served:
        raise NotEligible(Text("refusal.visit-reason-not-served", {"reason": Text(f"visit.reason.{reason}")}))
    from_age, born = int(served[reason]), birth_date_of(person)
    if born and _years(born, day_in_china(at)) < from_age:
        raise NotEligible(Text("refusal.visit-too-young", {"age": from_age}))


def _years(born: date, on: date) -> int:
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))
