"""What organisations keep about a person is told as well: the entry on their own list, and nobody else's."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from hashlib import sha256

import pytest

from domain.keeping.deletion import Asking, Disposal
from domain.keeping.holdings import ClientHolding
from domain.keeping.sections import ClientSection
from domain.organisations.client import Client, client_id
from domain.organisations.organisation import Organisation, OrganisationKind
from domain.words import Language, Text, Words
from tests.cases import MONDAY, ZHANG, a_mark, acting, an_opened_case, loaded, somebody
from tests.memory import MemoryCases

HALL = Organisation("org-hall", OrganisationKind.COMMUNITY, Words("河畔帮办站", "河畔幫辦站", "Riverside hall"))


class Plainly:
    def fingerprint(self, value: str, *, purpose: str) -> str:
        return sha256(f"{purpose} {value}".encode()).hexdigest()


@dataclass
class Lists:
    clients: Sequence[Client]

    async def several(self, organisation: str, ids: Sequence[str]) -> Sequence[Client]:
        return [client for client in self.clients if client.organisation == organisation and client.id in ids]

    async def one(self, id: str) -> Organisation | None:
        return HALL if id == HALL.id else None

    async def forget(self, client: Client) -> None:
        self.clients = [one for one in self.clients if one != client]


class NoMandates:
    async def page(self, *, first: int, after: object, person: str) -> "NoMandates":
        return self

    mandates: Sequence[object] = ()
    more = False


def entry(person: str, organisation: str) -> Client:
    who = replace(ZHANG, id=person)
    return Client(client_id(organisation, person, Plainly()), organisation, who, added_at=MONDAY, added_by="person-helper", seen_at=MONDAY)


def say(said: Text | Words) -> str:
    return said.in_(Language.EN) if isinstance(said, Words) else loaded().wording.say(said, Language.EN)


@pytest.mark.row("F66")
async def test_the_entry_on_the_list_of_an_organisation_that_helped_is_told_and_no_other() -> None:
    case = an_opened_case()
    store = MemoryCases()
    store.put(replace(case, filed_by=replace(case.filed_by, organisation=HALL.id)))
    lists = Lists([entry(ZHANG.id, HALL.id), entry(somebody("person-li").id, HALL.id), entry(ZHANG.id, "org-elsewhere")])

    told = await ClientSection(store, NoMandates(), lists, lists, Plainly()).of(ZHANG, say)

    assert told == [{"organisation": "Riverside hall", "added_at": MONDAY, "seen_at": MONDAY, "birth_date": None}]


@pytest.mark.row("F66")
async def test_that_entry_goes_when_the_person_has_their_data_deleted_and_no_other() -> None:
    case = an_opened_case()
    store = MemoryCases()
    store.put(replace(case, filed_by=replace(case.filed_by, organisation=HALL.id)))
    theirs, others = entry(ZHANG.id, HALL.id), entry(somebody("person-li").id, HALL.id)
    lists = Lists([theirs, others])
    holding = ClientHolding(store, NoMandates(), lists, Plainly())

    (line,) = await holding.plan(ZHANG, by=acting())
    await holding.delete(Asking(ZHANG, acting(), a_mark(), MONDAY))

    assert (line.kind, line.count, line.disposal) == ("clients", 1, Disposal.DELETED)
    assert all(loaded().wording.say(said, language) for said in (line.title, line.why) for language in Language)
    assert lists.clients == [others]
