"""Staff begin cases for people: a helper or clerk under a mandate taken in person, a clerk from a paper form that came to the counter."""

from collections.abc import Iterator, Set
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from domain.access.at_a_desk import AT_A_DESK, authority_at_a_desk, refuse_kin
from domain.access.reach import reach_of
from domain.acting import Acting, CapacityKind
from domain.cases.case import Case
from domain.cases.filing import CHANNELS
from domain.cases.naming import ALPHABET, PREFIX
from domain.cases.opening import Filing, Opening
from domain.cases.opening_desk import OpeningDesk
from domain.cases.requests import already_done
from domain.catalogue.types import FilingChannel
from domain.clock import day_in_china
from domain.errors import InvalidForm, Issue, NotFound, NotPermitted
from domain.identifiers import DocumentKind, is_document_number, normalised
from domain.mandates.mandate import Mandate
from domain.mandates.use import MandateUse
from domain.organisations.organisation import OrganisationKind
from domain.people import LONGEST_NAME, Person
from domain.registers import Relatives
from domain.words import Language, Text


class Persons(Protocol):
    async def met(self, kind: DocumentKind, number: str, *, name: str) -> Person: ...


class ClientList(Protocol):
    async def put(self, organisation: str, person: Person, *, by: str) -> None: ...


@dataclass(frozen=True, slots=True)
class PaperForm:
    """Who signed the form, as it says, and when it came to the counter."""

    name: str
    document_kind: DocumentKind
    document_number: str
    received_at: datetime


@dataclass(frozen=True, slots=True)
class FilingDesk:
    opening: OpeningDesk
    use: MandateUse
    persons: Persons
    clients: ClientList
    relatives: Relatives

    async def in_person(self, request_id: str, mandate_id: str, opening: Opening, *, by: Acting, language: Language) -> Case:
        """The one case for which somebody had their card read (F11, A80). Raises NotFound, NotPermitted, InvalidForm, AlreadyOpen."""
        mark = self.opening.marks.mark(request_id, "openCaseInPerson", (mandate_id, opening), by=by)
        by = await self._in_post(by)
        mandate = await self.use.mandates.one(mandate_id)
        if mandate is None or not mandate.in_person or mandate.organisation != by.organisation:
            raise NotFound("mandate.not-found")
        if not set(opening.item_ids) <= set(mandate.scope.items):
            raise NotPermitted("refusal.items-outside-mandate")
        self._must_be_certified(opening, by)
        await refuse_kin(mandate.principal, by.known_person(), self.relatives)
        acting = replace(by, on_behalf_of=mandate.principal.id, mandate=mandate.id)
        acting = replace(acting, authority=replace(by.authority, actions=mandate.actions))
        id = _the_one_case(mandate)
        begun = await self.opening.book.store.one(id, reach=reach_of(by))
        if begun and not already_done(begun, mark):
            raise NotPermitted("refusal.mandate-for-one-case")
        if begun is None:
            await self.use.begin(mandate.id, id, by=acting.actor())
        filing = Filing(mandate.principal, self._channel(by), vouched_at=mandate.accepted_at)
        case = begun or await self.opening.opened_for(filing, opening, mark, by=acting, language=language, id=id)
        return await self._known(case, by)

    async def at_counter(self, request_id: str, paper: PaperForm, opening: Opening, *, by: Acting, language: Language) -> Case:
        """后台补录 (A06, F19): the citizen applies, the clerk types; the clocks run from the day the form came."""
        mark = self.opening.marks.mark(request_id, "openCaseAtCounter", (paper, opening), by=by)
        by = await self._in_post(by, frozenset({CapacityKind.CLERK}))
        self._must_be_certified(opening, by)
        slips = list(_slips(paper, now=self.opening.now()))
        if slips:
            raise InvalidForm(slips)
        person = await self.persons.met(paper.document_kind, normalised(paper.document_number), name=paper.name.strip())
        if person.name != paper.name.strip():
            raise InvalidForm([Issue(("input", "applicant", "name"), Text("issue.name-of-another"))])
        await refuse_kin(person, by.known_person(), self.relatives)
        filing = Filing(person, CHANNELS[by.capacity], received_at=paper.received_at)
        acting = replace(by, on_behalf_of=person.id)
        return await self._known(await self.opening.opened_for(filing, opening, mark, by=acting, language=language), by)

    async def _in_post(self, by: Acting, kinds: Set[CapacityKind] = AT_A_DESK) -> Acting:
        """As the post holds now. Raises NotPermitted."""
        return replace(by, authority=await authority_at_a_desk(by, self.opening.filings.capacities, kinds=kinds))

    def _must_be_certified(self, opening: Opening, by: Acting) -> None:
        """A clerk takes any of their region's services for which they are certified, and no other (A63). Raises NotPermitted."""
        authority, offered = by.authority, [item for id in opening.item_ids if (item := self.opening.catalogues.item(id))]
        elsewhere = any(item.catalogue.region.code != authority.region for item in offered)
        if elsewhere or (authority.items is not None and not authority.items.issuperset(opening.item_ids)):
            raise NotPermitted("post.not-certified")

    def _channel(self, by: Acting) -> FilingChannel:
        """Volunteers (代理办) act for one person as a friend would; a station's helpers as the community's."""
        organisation = self.opening.catalogues.organisation(by.organisation or "")
        volunteers = organisation is not None and organisation.kind is OrganisationKind.VOLUNTEERS
        return FilingChannel.FRIEND_PROXY if volunteers else CHANNELS[by.capacity]

    async def _known(self, case: Case, by: Acting) -> Case:
        """Among those whom the organisation helps, from now on."""
        if by.organisation:
            await self.clients.put(by.organisation, case.beneficiary, by=by.known_person().id)
        return await self.opening.shown(case, by=by)


def _the_one_case(mandate: Mandate) -> str:
    """Named after the mandate, so that a retry meets the same case. It begins like any of the person's (their shard)."""
    prefix, drawn = mandate.principal.id.rpartition("-")[2][:PREFIX], mandate.id.rpartition("-")[2]
    return f"case-{prefix}{''.join(character for character in drawn if character in ALPHABET)}"


def _slips(paper: PaperForm, *, now: datetime) -> Iterator[Issue]:
    if not paper.name.strip():
        yield Issue(("input", "applicant", "name"), Text("issue.required"))
    if len(paper.name) > LONGEST_NAME:
        yield Issue(("input", "applicant", "name"), Text("issue.too-long", {"most": LONGEST_NAME}))
    if not is_document_number(paper.document_kind, normalised(paper.document_number), today=day_in_china(now)):
        yield Issue(("input", "applicant", "documentNumber"), Text("issue.bad-document-number"))
    if paper.received_at > now:
        yield Issue(("input", "receivedAt"), Text("issue.received-later"))
