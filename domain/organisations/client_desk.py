"""An organisation's list of the people it helps (F13, F14): whoever works there finds a client, and first those who wait for something."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from domain.acting import Acting, CapacityKind
from domain.cases.book import catalogue_of
from domain.catalogue.store import Catalogues
from domain.clock import Now, day_in_china
from domain.errors import InvalidForm, Issue, NotPermitted
from domain.keeping.retention import years_later
from domain.looks.look import Looks, Purpose, look_of
from domain.organisations.client import (
    Client,
    Helped,
    HelpedPage,
    Keyed,
    Sought,
    birth_date_of,
    client_id,
    order_of,
    told_before,
)
from domain.organisations.stores import CasesThere, Clients
from domain.people import Person
from domain.words import Text

LARGEST_PAGE = 50
MAY_SEE = frozenset({CapacityKind.HELPER, CapacityKind.CLERK, CapacityKind.SUPERVISOR})


@dataclass(frozen=True, slots=True)
class ClientDesk:
    clients: Clients
    cases: CasesThere
    catalogues: Catalogues
    keyed: Keyed
    looks: Looks
    now: Now

    async def put(self, organisation: str, person: Person, *, by: str, birth_date: date | None = None) -> None:
        """On the organisation's list from now on, or seen again: once a case begins there for them, or their card is read there."""
        id, at = client_id(organisation, person.id, self.keyed), self.now()
        born = birth_date or birth_date_of(person)
        client = Client(id, organisation, person, added_at=at, added_by=by, seen_at=at, birth_date=born)
        await self.clients.put(client, forget_at=self._kept_until(at))

    def _kept_until(self, seen_at: datetime) -> datetime:
        return years_later(seen_at, self.catalogues.law(None, day_in_china(seen_at)).figure("kept-clients-years").number)

    async def page(self, sought: Sought | None, *, first: int, after: str | None, by: Acting) -> HelpedPage:
        """Exactly those sought, by two reads; without a search, all of them, and first those who wait for their side."""
        organisation = _theirs(by)
        size, order = max(1, min(first, LARGEST_PAGE)), order_of(after)
        found = await self.clients.find(organisation, sought, first=size + 1, after=order) if sought else None
        if found is None:
            found = await self._by_need(organisation, first=size + 1, after=order)
        shown = found[:size]
        await self._note(shown, by)
        return HelpedPage(await self._helped(organisation, shown), more=len(found) > size, later=order is not None)

    async def _note(self, shown: Sequence[Client], by: Acting) -> None:
        """Each of them can read that somebody looked."""
        at = self.now()
        looks = (look_of(by, person=client.person.id, purpose=Purpose.SEARCH_CLIENTS, at=at) for client in shown)
        await self.looks.note([look for look in looks if look])

    async def _by_need(self, organisation: str, *, first: int, after: str | None) -> Sequence[Client]:
        persons = await self.cases.waiting(organisation)
        ids = [client_id(organisation, person, self.keyed) for person in persons]
        found = {client.id: client for client in await self.clients.several(organisation, ids)} if ids else {}
        waiting = [found[id] for id in ids if id in found]
        needy = waiting[told_before(waiting, after) :]
        if len(needy) >= first:
            return needy[:first]
        below = None if after in {client.order for client in waiting} else after
        return [*needy, *await self.clients.others(organisation, than=ids, first=first - len(needy), after=below)]

    async def _helped(self, organisation: str, clients: Sequence[Client]) -> Sequence[Helped]:
        cases = await self.cases.of(organisation, [client.person.id for client in clients]) if clients else ()
        for case in cases:
            await catalogue_of(case, self.catalogues)
        return [Helped(client, tuple(case for case in cases if case.person == client.person.id)) for client in clients]


def _theirs(by: Acting) -> str:
    """Of the session's own organisation; nobody can ask for another's list."""
    if by.capacity not in MAY_SEE or by.organisation is None:
        raise NotPermitted("client.for-helpers")
    return by.organisation


def sought_by(*, name: str, surname: str, birth_date: date | None) -> Sought:
    """Raises InvalidForm unless exactly one of them is given."""
    given = [name, surname, birth_date]
    if sum(map(bool, given)) != 1:
        raise InvalidForm([Issue(("search",), Text("issue.search-by-one"))])
    return Sought(name, surname, birth_date)
