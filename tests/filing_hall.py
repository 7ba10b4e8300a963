"""A hall in which staff begin cases, with memory for stores."""

from dataclasses import dataclass, field, replace
from datetime import timedelta

from domain.acting import Acting, CapacityKind
from domain.cases.case import Case
from domain.cases.filing_desk import FilingDesk, PaperForm
from domain.cases.opening import Opening
from domain.identifiers import DocumentKind
from domain.mandates.mandate import Mandate
from domain.mandates.use import MandateUse
from domain.organisations.organisation import Organisation, OrganisationKind
from domain.organisations.post import Post
from domain.people import Person
from domain.ports import NoAnswer
from domain.words import Language, Words
from tests.capacities import MemoryMandates, Shelf, a_mandate, a_post, at_post
from tests.cases import MONDAY, ZHANG, somebody
from tests.domain.cases.test_acting_for_others import desk_of
from tests.memory import MemoryCases

HELPER, CLERK = somebody("person-he8k2m4n", "周帮办"), somebody("person-cl8k2m4n", "孙窗口")
COUNTER = Organisation("org-guangxi-counter", OrganisationKind.COUNTER, Words("甲市窗口", "甲市窗口", "Counter A"), region="guangxi")
PENSION = Opening(("item-guangxi-pension",))
REQUEST = "request-0123456789"


@dataclass
class SavedMandates(MemoryMandates):
    async def save(self, mandate: Mandate) -> Mandate:
        self.shelf.mandates[mandate.id] = mandate
        return mandate


@dataclass
class Met:
    """People by their number; a new one is as they are named."""

    known: dict[str, Person] = field(default_factory=dict)

    async def met(self, kind: DocumentKind, number: str, *, name: str) -> Person:
        return self.known.setdefault(number, Person(f"person-me{len(self.known):02}0000", name, kind, number))


@dataclass
class Listed:
    put_down: list[tuple[str, str]] = field(default_factory=list)

    async def put(self, organisation: str, person: Person, *, by: str) -> None:
        self.put_down.append((organisation, person.id))


@dataclass
class Kin:
    """Who is whose relative, by their ids."""

    pairs: set[tuple[str, str]] = field(default_factory=set)
    away: bool = False

    async def related(self, one: Person, other: Person) -> bool:
        if self.away:
            raise NoAnswer("registers", "did not answer in time")
        return (one.id, other.id) in self.pairs


@dataclass
class Hall:
    """A counter of the tests' region, at which a clerk and a helper have posts."""

    shelf: Shelf = field(default_factory=Shelf)
    store: MemoryCases = field(default_factory=MemoryCases)
    people: Met = field(default_factory=lambda: Met({ZHANG.document_number: ZHANG}))
    clients: Listed = field(default_factory=Listed)
    kin: Kin = field(default_factory=Kin)

    @property
    def desk(self) -> FilingDesk:
        use = MandateUse(SavedMandates(self.shelf), lambda: MONDAY)
        return FilingDesk(desk_of(self.shelf, self.store), use, self.people, self.clients, self.kin)

    def acts(self, person: Person, kind: CapacityKind, where: Organisation = COUNTER, items: tuple[str, ...] = ()) -> Acting:
        post: Post = replace(a_post(person, id=f"post-{person.id}", organisation=where, kind=kind), items=items)
        self.shelf.posts[post.id] = post
        return at_post(post)

    def read_card(self, by: Acting, **terms: object) -> Mandate:
        items, id = PENSION.item_ids, f"mandate-{len(self.shelf.mandates) + 1}00000000000"
        mandate = a_mandate(id=id, items=items, delegate=by.person, in_person=True, organisation=by.organisation, **terms)
        self.shelf.mandates[id] = mandate
        return mandate

    async def in_person(self, mandate: Mandate, by: Acting, opening: Opening = PENSION, request: str = REQUEST) -> Case:
        return await self.desk.in_person(request, mandate.id, opening, by=by, language=Language.ZH_HANS)

    async def on_paper(self, paper: PaperForm, by: Acting, request: str = REQUEST) -> Case:
        return await self.desk.at_counter(request, paper, PENSION, by=by, language=Language.ZH_HANS)


def paper(**said: object) -> PaperForm:
    form = PaperForm(ZHANG.name, DocumentKind.RESIDENT_ID, ZHANG.document_number, MONDAY - timedelta(days=2))
    return replace(form, **said)
