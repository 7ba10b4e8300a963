"""One whole value that everything else shows masked: given to who may have it, and noted before it is."""

from dataclasses import dataclass, replace
from datetime import timedelta

from domain.access.person_ids import PersonIds, meant_by
from domain.access.reach import reach_of
from domain.acting import Acting, CapacityKind
from domain.cases.book import catalogue_of
from domain.cases.case import Case
from domain.cases.form import Form, FormField
from domain.cases.seeing import sight_of
from domain.cases.stores import CaseFilter, CaseStore
from domain.catalogue.store import Catalogues
from domain.clock import Now
from domain.errors import InvalidForm, Issue, NotFound, NotPermitted, Remedy
from domain.looks.look import Looks, Purpose, look_of
from domain.mandates.actions import MandateAction
from domain.sessions.request import read_request
from domain.sessions.stores import Requests
from domain.words import Text

SHORTEST_PURPOSE, LONGEST_PURPOSE = 10, 200
REMEMBERED = timedelta(minutes=10)
CASES_LOOKED_THROUGH = 20
ON_THE_APPLICANTS_SIDE = frozenset({CapacityKind.SELF, CapacityKind.PROXY})


@dataclass(frozen=True, slots=True)
class Revealed:
    """Not in any log."""

    value: str


@dataclass(frozen=True, slots=True)
class _Found:
    """A value, whose it is, and the case in which it may be known; None: it is the viewer's own."""

    value: str
    person: str
    case: Case | None


@dataclass(frozen=True, slots=True)
class RevealDesk:
    store: CaseStore
    catalogues: Catalogues
    looks: Looks
    requests: Requests
    ids: PersonIds
    now: Now

    async def reveal(self, request_id: str, about: str, *, purpose: str, by: Acting) -> Revealed:
        """`about`: the id of a form field or of a person. Raises InvalidForm, NotFound, NotPermitted, Unavailable.

        The same request again is the same look: it is noted once, and answered again.
        """
        request = read_request(request_id, "revealValue", by.session, about, purpose)
        seen = await self.requests.recall(request)
        _must_say_why(purpose, by)
        found = await (self._field(about, by) if ".field." in about else self._document_number(about, by))
        if seen is None:
            await self._note(found, about, purpose, by)
            await self.requests.remember(request, session=by.session, until=self.now() + REMEMBERED)
        return Revealed(found.value)

    async def _note(self, found: _Found, about: str, purpose: str, by: Acting) -> None:
        look = look_of(
            by,
            person=found.person,
            purpose=Purpose.REVEAL_VALUE,
            at=self.now(),
            case=found.case,
            field=_key(about),
            stated=purpose.strip() or None,
        )
        await self.looks.note([look] if look else [])

    async def _field(self, about: str, by: Acting) -> _Found:
        case_id, _, place = about.partition(".field.")
        case = await self.store.one(case_id, reach=reach_of(by))
        if case is None:
            raise NotFound("refusal.not-found")
        if not by.authority.permits(MandateAction.FILL):
            raise NotPermitted("refusal.not-for-delegates", remedy=Remedy.NONE)
        catalogue = await catalogue_of(case, self.catalogues)
        sight = sight_of(case, catalogue, by)
        field = _seen(Form(case, catalogue, sight), place) if sight.personal else None
        if field is None or not field.told:
            raise NotFound("refusal.not-found")
        return _Found("、".join(field.told), case.person, case)

    async def _document_number(self, about: str, by: Acting) -> _Found:
        """Of oneself; or of whom a case is about that one may read. A delegate has no need of it."""
        who = by.known_person()
        if about == who.id:
            return _Found(who.document_number, who.id, None)
        case = await self._read_about(meant_by(by, about, self.ids), by)
        if case is None:
            raise NotFound("refusal.not-found")
        if by.mandate and by.capacity is CapacityKind.PROXY:
            raise NotPermitted("refusal.not-for-delegates", remedy=Remedy.NONE)
        return _Found(case.beneficiary.document_number, case.person, case)

    async def _read_about(self, person: str, by: Acting) -> Case | None:
        """The newest case of theirs within reach in which the viewer may know who they are."""
        reach = reach_of(by)
        if reach.person not in {None, person}:
            return None
        theirs = replace(reach, person=person)
        page = await self.store.page(theirs, first=CASES_LOOKED_THROUGH, after=None, filter=CaseFilter())
        for case in page.cases:
            if sight_of(case, await catalogue_of(case, self.catalogues), by).personal:
                return case
        return None


def _seen(form: Form, place: str) -> FormField | None:
    fields = (field for section in form.sections for entry in section.entries for field in entry.fields)
    return next((field for field in fields if field.place == place), None)


def _must_say_why(purpose: str, by: Acting) -> None:
    shortest = 0 if by.capacity in ON_THE_APPLICANTS_SIDE else SHORTEST_PURPOSE
    if not shortest <= len(purpose.strip()) <= LONGEST_PURPOSE:
        wrong = Text("issue.purpose-length", {"least": SHORTEST_PURPOSE, "most": LONGEST_PURPOSE})
        raise InvalidForm([Issue(("input", "purpose"), wrong)])


def _key(about: str) -> str:
    """Which question it answers; never what stands there."""
    return about.partition(".field.")[2] or "document-number"
