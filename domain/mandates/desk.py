"""What people can do with mandates: give one, take it up, refuse it, take it back, and see the whole life of each."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from domain.access.reach import Reach
from domain.acting import Acting, Assurance, CapacityKind
from domain.cases.parts import RequestMark
from domain.cases.requests import Marks
from domain.catalogue.store import Catalogues
from domain.clock import Now, day_in_china
from domain.errors import InvalidForm, Issue, NotFound, NotPermitted, Remedy
from domain.looks.look import Looks, Purpose, look_of
from domain.mandates.accepting import Acceptance
from domain.mandates.changing import changed, numbered
from domain.mandates.granting import (
    Grant,
    refuse_second,
    refuse_too_many,
    refuse_unless_acting_alone,
    scope_of_items,
    slips,
    slips_of_items,
)
from domain.mandates.mandate import Mandate, MandateScope
from domain.mandates.steps import MandateStep, MandateStepKind
from domain.mandates.stores import MandatePage, Mandates, OpenCases, Persons
from domain.mandates.terms import Terms, terms_of
from domain.people import Person
from domain.registers import LifeRegister
from domain.words import Text

MOST_AT_ONCE = 100
EMPTY = MandatePage((), more=False)


@dataclass(frozen=True, slots=True)
class MandateDesk:
    """`new_code`: eight random digits, to be read aloud. Who acts for somebody else gives nothing further."""

    mandates: Mandates
    acceptance: Acceptance
    persons: Persons
    cases: OpenCases
    life: LifeRegister
    catalogues: Catalogues
    marks: Marks
    now: Now
    new_id: Callable[[], str]
    new_code: Callable[[], str]
    looks: Looks

    def terms(self) -> Terms:
        return terms_of(self.catalogues.law(None, day_in_china(self.now())))

    # ---------------------------------------------------------------- seen

    async def page(self, *, first: int, after: str | None, by: Acting | None) -> MandatePage:
        """Oneself: given and received. Under a mandate: that one. In a post: those the organisation's members took in person."""
        if by is None or by.person is None:
            return EMPTY
        first = min(max(first, 0), MOST_AT_ONCE)
        last_seen = await self.named(after, by=by) if after else None
        if by.mandate:
            only = await self.named(by.mandate, by=by) if last_seen is None else None
            return MandatePage([only] if only else [], more=False)
        if by.organisation:
            page = await self.mandates.page_in_person(first=first, after=last_seen, organisation=by.organisation)
            await self._note(page.mandates, by)
            return page
        return await self.mandates.page(first=first, after=last_seen, person=by.beneficiary()) if _oneself(by) else EMPTY

    async def one(self, id: str, *, by: Acting | None) -> Mandate | None:
        """For both sides as themselves, for whoever acts by it, and for the organisation that took it in person.

        None: not there or not theirs, which costs the same.
        """
        found = await self.named(id, by=by)
        await self._note([found] if found else [], by)
        return found

    async def named(self, id: str, *, by: Acting | None) -> Mandate | None:
        """As `one`, in a case whose reading was noted."""
        if by is None or by.person is None:
            return None
        if by.mandate:
            return await self.mandates.one(by.mandate) if id == by.mandate else None
        if by.organisation:
            return await self.mandates.one(id, organisation=by.organisation)
        return await self._of_person(id, by.person.id) if _oneself(by) else None

    async def _note(self, shown: Sequence[Mandate], by: Acting | None) -> None:
        """Its people read the names of those for whom an organisation acts; of a mandate between two, each has told the other theirs."""
        if by and by.organisation:
            at = self.now()
            looks = (look_of(by, person=mandate.principal.id, purpose=Purpose.MANDATES, at=at) for mandate in shown)
            await self.looks.note([look for look in looks if look])

    async def _of_person(self, id: str, person: str) -> Mandate | None:
        return await self.mandates.one(id, principal=person) or await self.mandates.one(id, delegate=person)

    # ---------------------------------------------------------------- given

    async def grant(self, request_id: str, grant: Grant, *, by: Acting) -> Mandate:
        """Pending until the delegate accepts. It says nothing about whether anybody knows the delegate. Raises Refusal, InvalidForm."""
        principal, mark = _on_own_device(by), self.marks.mark(request_id, "grantMandate", grant, by=by)
        earlier = await self._answered(mark, principal)
        if earlier:
            return earlier
        now, terms = self.now(), self.terms()
        by.require(Assurance.L3, within=terms.proved_within, now=now)
        scope = await self._scope(grant, principal, slips(grant, principal=principal, terms=terms, today=day_in_china(now)))
        await refuse_unless_acting_alone(principal, self.life)
        step = MandateStep(MandateStepKind.GRANTED, now, by.actor(), mark=mark)
        mandate = self._given(grant, principal, await self._delegate(grant), scope, step)

        def judge(given: Sequence[Mandate]) -> None:
            refuse_second(mandate, given, at=now)
            refuse_too_many(mandate, given, most=terms.delegates, at=now)

        return await numbered(self.mandates, mandate, mark, judge=judge)

    async def _delegate(self, grant: Grant) -> Person:
        """By the name that the principal wrote, whatever theirs is here; nobody else is told that it is theirs."""
        return replace(await self.persons.met(grant.delegate_kind, grant.number, name=""), name=grant.delegate_name.strip())

    def _given(self, grant: Grant, principal: Person, delegate: Person, scope: MandateScope, step: MandateStep) -> Mandate:
        return Mandate(
            self.new_id(),
            principal,
            delegate,
            scope,
            grant.allowed,
            grant.from_ or day_in_china(step.at),
            grant.until,
            granted_at=step.at,
            code=self.new_code(),
            history=(step,),
        )

    async def _scope(self, grant: Grant, principal: Person, found: list[Issue]) -> MandateScope:
        """Raises InvalidForm with every slip."""
        scope = MandateScope()
        if grant.case:
            case = await self.cases.one(grant.case, reach=Reach(person=principal.id))
            found += [] if case else [Issue(("input", "scope", "caseId"), Text("mandate.issue.no-such-case"))]
            matter = tuple(f"item-{case.region}-{item.code}" for item in case.items) if case else ()
            scope = MandateScope(case=grant.case, matter=matter, number=case.number if case else None)
        else:
            found += slips_of_items(grant.items or (), self.catalogues, "input", "scope", "itemIds")
            scope = scope_of_items(grant.items or ())
        if found:
            raise InvalidForm(found)
        return scope

    async def _answered(self, mark: RequestMark, principal: Person) -> Mandate | None:
        earlier = await self.mandates.asked(mark, principal=principal.id)
        return earlier if earlier and earlier.done_by(mark) else None

    # ---------------------------------------------------------------- taken up, refused, taken back

    async def accept(self, request_id: str, id: str, code: str, *, by: Acting, address: str) -> Mandate:
        """`address`: a keyed hash, for counting."""
        mark = self.marks.mark(request_id, "acceptMandate", (id, code), by=by)
        _on_own_device(by)
        mandate = await self._received(id, by)
        if mandate.done_by(mark):
            return mandate
        by.require(Assurance.L3, within=self.terms().proved_within, now=self.now())
        return await self.acceptance.accept(mandate, code, mark, self.terms(), by=by, address=address)

    async def decline(self, request_id: str, id: str, *, by: Acting) -> Mandate:
        mark = self.marks.mark(request_id, "declineMandate", id, by=by)
        await self._received(id, by)
        return await self._ended(id, mark, lambda mandate: mandate.declined(by.actor(), at=self.now(), mark=mark))

    async def revoke(self, request_id: str, id: str, *, by: Acting) -> Mandate:
        """At any time, however long ago somebody proved who they are: to take away is never the danger."""
        mark = self.marks.mark(request_id, "revokeMandate", id, by=by)
        if await self.mandates.one(id, principal=_principal(by).id) is None:
            raise NotFound("mandate.not-found")
        return await self._ended(id, mark, lambda mandate: mandate.revoked(by.actor(), at=self.now(), mark=mark))

    async def _received(self, id: str, by: Acting) -> Mandate:
        found = await self.mandates.one(id, delegate=_principal(by).id)
        if found is None:
            raise NotFound("mandate.not-found")
        return found

    async def _ended(self, id: str, mark: RequestMark, decide: Callable[[Mandate], Mandate]) -> Mandate:
        """Written first; then what is being saved under it misses. Asked again, the second is done again: it may have failed."""
        ended = await changed(self.mandates, id, lambda mandate: mandate if mandate.done_by(mark) else decide(mandate))
        await self.cases.raise_revisions(ended.principal.id)
        return ended


def _oneself(by: Acting) -> bool:
    return by.capacity is CapacityKind.SELF


def _principal(by: Acting) -> Person:
    """Mandates are people's own affair: nobody gives, takes up or takes back any for somebody else."""
    person = by.known_person()
    if not _oneself(by):
        raise NotPermitted("mandate.only-oneself", remedy=Remedy.NONE)
    return person


def _on_own_device(by: Acting) -> Person:
    """What a helper would see on theirs, the code, and do, is no longer the person's own will."""
    person = _principal(by)
    if by.assisted_by:
        raise NotPermitted("mandate.on-own-device", remedy=Remedy.NONE)
    return person
