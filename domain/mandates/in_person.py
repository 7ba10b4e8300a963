"""A mandate given in person (F11): the principal's card is read on a helper's or clerk's device, for exactly one case, for a few days."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Protocol

from domain.access.at_a_desk import authority_at_a_desk, refuse_kin
from domain.access.capacities import Capacities
from domain.acting import Acting, Authority
from domain.cases.parts import RequestMark
from domain.cases.requests import Marks
from domain.catalogue.store import Catalogues
from domain.clock import Now, day_in_china
from domain.errors import Conflict, Expired, InvalidForm, Issue, NotFound, NotPermitted, Remedy, Unavailable
from domain.looks.look import Looks, Purpose, look_of
from domain.mandates.accepting import REGISTER_EVERY
from domain.mandates.actions import MandateAction
from domain.mandates.changing import numbered
from domain.mandates.granting import made_by, refuse_second, refuse_unless_acting_alone, scope_of_items, slips_of_items
from domain.mandates.guessing import Counted, TryBook
from domain.mandates.mandate import Mandate
from domain.mandates.readings import CardReadings, CardReadingStart
from domain.mandates.steps import MandateStep, MandateStepKind
from domain.mandates.stores import Attempts, Mandates, Persons
from domain.mandates.terms import Terms, terms_of
from domain.people import Person
from domain.ports import NoAnswer
from domain.registers import CardReader, CardReading, LifeRegister, ReadingFailed, Relatives
from domain.words import Text


class Keyed(Protocol):
    def fingerprint(self, value: str, *, purpose: str) -> str: ...


@dataclass(frozen=True, slots=True)
class TakenInPerson:
    """What was read, and what the person before the helper lets them do."""

    nonce: str
    reading: str
    items: tuple[str, ...]
    actions: tuple[MandateAction, ...]


@dataclass(frozen=True, slots=True)
class InPersonDesk:
    """The nonce follows from session and request: asked again, it is the same."""

    mandates: Mandates
    readings: CardReadings
    attempts: Attempts
    persons: Persons
    reader: CardReader
    relatives: Relatives
    life: LifeRegister
    capacities: Capacities
    catalogues: Catalogues
    marks: Marks
    keyed: Keyed
    now: Now
    new_id: Callable[[], str]
    looks: Looks

    async def begin(self, request_id: str, *, by: Acting) -> CardReadingStart:
        mark = self.marks.mark(request_id, "beginCardReading", by.session, by=by)
        await authority_at_a_desk(by, self.capacities)
        law = self.catalogues.law(None, day_in_china(self.now()))
        nonce = self.keyed.fingerprint(f"{by.session}\x00{mark.id}", purpose="card-reading")
        lives = timedelta(minutes=law.figure("card-reading-minutes").number)
        return await self.readings.add(CardReadingStart(nonce, by.session, self.now() + lives))

    async def take(self, request_id: str, taken: TakenInPerson, *, by: Acting, address: str) -> Mandate:
        """In force at once. Raises Refusal, InvalidForm."""
        mark = self.marks.mark(request_id, "takeMandateInPerson", taken, by=by)
        authority, now = await authority_at_a_desk(by, self.capacities), self.now()
        terms = terms_of(self.catalogues.law(None, day_in_china(now)))
        start = await self.begun(taken.nonce, mark, by)
        if start.mandate and (earlier := await self.mandates.one(start.mandate)):
            return _once(earlier, mark)
        if start.expires_at <= now:
            raise Expired("mandate.reading.too-late")
        self._judge(taken, authority)
        principal = await self.person_before(taken.reading, start, by=by, address=address)
        await refuse_unless_acting_alone(principal, self.life)
        return await self._made(self._mandate(principal, taken, mark, terms, by), start, mark)

    # ---------------------------------------------------------------- before the card is looked at

    async def begun(self, nonce: str, mark: RequestMark, by: Acting) -> CardReadingStart:
        """The reading that this session began with that nonce, if nothing else came of it. Raises NotFound, Conflict."""
        start = await self.readings.one(nonce, session=by.session)
        if start is None:
            raise NotFound("mandate.reading.not-begun")
        start.must_be_for(mark)
        return start

    def _judge(self, taken: TakenInPerson, authority: Authority) -> None:
        """Services of the organisation's region that whoever acts is certified for. Raises InvalidForm with every slip."""
        found = slips_of_items(taken.items, self.catalogues, "input", "itemIds")
        offered = [item for id in taken.items if (item := self.catalogues.item(id))]
        elsewhere = authority.region and any(item.catalogue.region.code != authority.region for item in offered)
        if elsewhere or (authority.items is not None and not authority.items.issuperset(taken.items)):
            found.append(Issue(("input", "itemIds"), Text("mandate.issue.not-at-this-desk")))
        if not taken.actions:
            found.append(Issue(("input", "actions"), Text("mandate.issue.no-actions")))
        if found:
            raise InvalidForm(found)

    # ---------------------------------------------------------------- the card

    async def person_before(self, reading: str, start: CardReadingStart, *, by: Acting, address: str) -> Person:
        """The living holder of the card that was read. Raises NotPermitted for helpers themselves, their kin, and what proves nobody."""
        counted = _counted(by, terms_of(self.catalogues.law(None, day_in_china(self.now()))), address)
        card = await self._vouched(reading, start, counted)
        met = await self.persons.met(card.document_kind, card.document_number, name=card.name)
        person = replace(met, name=card.name)
        await refuse_kin(person, by.known_person(), self.relatives)
        look = look_of(by, person=person.id, purpose=Purpose.READ_CARD, at=self.now())
        await self.looks.note([look] if look else [])
        return person

    async def _vouched(self, signed: str, start: CardReadingStart, counted: Counted) -> CardReading:
        """A reading that proves nothing says why, and counts."""
        book, at = TryBook(self.attempts, "mandate.reading.locked"), self.now()
        await book.write_down(counted, at=at)
        try:
            reading = await self.reader.read(signed, nonce=start.nonce)
        except ReadingFailed as failed:
            raise NotPermitted(f"mandate.reading.{failed.why}", remedy=Remedy.NONE) from None
        except NoAnswer:
            await book.strike_out(counted, at=at)
            raise Unavailable("mandate.reading.away", retry_after_seconds=60) from None
        await book.strike_out(counted, at=at)
        return reading

    # ---------------------------------------------------------------- the mandate

    def _mandate(self, principal: Person, taken: TakenInPerson, mark: RequestMark, terms: Terms, by: Acting) -> Mandate:
        now = self.now()
        today = day_in_china(now)
        return Mandate(
            self.new_id(),
            principal,
            by.known_person(),
            scope_of_items(taken.items),
            frozenset({MandateAction.VIEW, *taken.actions}),
            today,
            today + timedelta(days=terms.days_in_person),
            granted_at=now,
            accepted_at=now,
            in_person=True,
            organisation=by.organisation,
            organisation_name=by.authority.organisation,
            begin_by=now + terms.begin_within,
            ask_register_at=now + REGISTER_EVERY,
            history=(MandateStep(MandateStepKind.TAKEN_IN_PERSON, now, by.actor(), mark=mark),),
        )

    async def _made(self, mandate: Mandate, start: CardReadingStart, mark: RequestMark) -> Mandate:
        """The nonce is spent first, once, under the mandate's id; a request that was cut off after that goes on with that id."""

        def judge(given: Sequence[Mandate]) -> None:
            refuse_second(mandate, given, at=mandate.granted_at)

        given = await self.mandates.given(mandate.principal.id)
        if made_by(mark, given) is None:
            judge(given)
        spent = await self.readings.spend(start, by=mark, mandate=mandate.id)
        spent.must_be_for(mark)
        return await numbered(self.mandates, replace(mandate, id=spent.mandate or mandate.id), mark, judge=judge)


def _once(earlier: Mandate, mark: RequestMark) -> Mandate:
    """The outcome of this very request. Raises Conflict for other input."""
    if not earlier.done_by(mark):
        raise Conflict("refusal.request-reused")
    return earlier


def _counted(by: Acting, terms: Terms, address: str) -> Counted:
    return {
        f"reading.{by.known_person().id}": terms.reading_tries,
        f"reading-address.{address}": terms.reading_tries_at_address,
    }
