"""Staff begin cases: one under a card that was read, exactly one; and one from a paper form, for whom it names."""

from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest

from domain.acting import Acting, CapacityKind
from domain.cases.case import Case
from domain.cases.filing_desk import FilingDesk, PaperForm
from domain.cases.opening import Opening
from domain.catalogue.types import FilingChannel
from domain.errors import Conflict, InvalidForm, NotFound, NotPermitted
from domain.identifiers import DocumentKind
from domain.mandates.mandate import Mandate, MandateEnd
from domain.mandates.use import MandateUse
from domain.organisations.organisation import Organisation, OrganisationKind
from domain.organisations.post import Post
from domain.people import Person
from domain.words import Language, Words
from tests.capacities import STATION, MemoryMandates, Shelf, a_mandate, a_post, at_post
from tests.cases import MONDAY, ZHANG, loaded, slips, somebody
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
class Hall:
    """A counter of the tests' region, at which a clerk and a helper have posts."""

    shelf: Shelf = field(default_factory=Shelf)
    store: MemoryCases = field(default_factory=MemoryCases)
    people: Met = field(default_factory=lambda: Met({ZHANG.document_number: ZHANG}))
    clients: Listed = field(default_factory=Listed)

    @property
    def desk(self) -> FilingDesk:
        use = MandateUse(SavedMandates(self.shelf), lambda: MONDAY)
        return FilingDesk(desk_of(self.shelf, self.store), use, self.people, self.clients)

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


@pytest.fixture
def hall() -> Hall:
    return Hall()


def paper(**said: object) -> PaperForm:
    form = PaperForm(ZHANG.name, DocumentKind.RESIDENT_ID, ZHANG.document_number, MONDAY - timedelta(days=2))
    return replace(form, **said)


# ---------------------------------------------------------------- under a card that was read


@pytest.mark.row("F11", "A80")
async def test_a_card_that_was_read_is_good_for_exactly_one_case(hall: Hall) -> None:
    clerk = hall.acts(CLERK, CapacityKind.CLERK)
    mandate = hall.read_card(clerk)

    case = await hall.in_person(mandate, clerk)
    again = await hall.in_person(mandate, clerk)

    by = case.filed_by
    assert (case.person, by.person, by.on_behalf_of, by.mandate, by.organisation) == (ZHANG.id, CLERK.id, ZHANG.id, mandate.id, COUNTER.id)
    assert (again.id, list(hall.store.kept), hall.shelf.mandates[mandate.id].scope.case) == (case.id, [case.id], case.id)
    assert hall.clients.put_down == [(COUNTER.id, ZHANG.id)] * 2
    with pytest.raises(NotPermitted) as refused:
        await hall.in_person(mandate, clerk, request="request-9876543210")
    assert refused.value.text.key == "refusal.mandate-for-one-case"


async def test_another_member_of_the_organisation_goes_on_with_what_a_card_began(hall: Hall) -> None:
    clerk, other = hall.acts(CLERK, CapacityKind.CLERK), hall.acts(HELPER, CapacityKind.CLERK)
    case = await hall.in_person(hall.read_card(clerk), clerk)

    assert (await hall.desk.opening.book.authority.acting_on(case, other)).authority.actions is not None


async def test_a_card_read_by_another_organisation_is_not_there(hall: Hall) -> None:
    clerk, stranger = hall.acts(CLERK, CapacityKind.CLERK), hall.acts(HELPER, CapacityKind.HELPER, STATION)
    mandate = hall.read_card(clerk)

    with pytest.raises(NotFound):
        await hall.in_person(mandate, stranger)


@pytest.mark.parametrize(
    "terms", [{"ended_at": MONDAY, "ended_because": MandateEnd.REVOKED}, {"begin_by": MONDAY}], ids=["revoked", "its minutes are over"]
)
async def test_a_mandate_that_has_ended_begins_nothing(hall: Hall, terms: dict[str, object]) -> None:
    clerk = hall.acts(CLERK, CapacityKind.CLERK)

    with pytest.raises(NotPermitted):
        await hall.in_person(hall.read_card(clerk, **terms), clerk)
    assert hall.store.kept == {}


async def test_other_services_than_those_on_the_mandate_are_refused(hall: Hall) -> None:
    clerk = hall.acts(CLERK, CapacityKind.CLERK)

    with pytest.raises(NotPermitted) as refused:
        await hall.in_person(hall.read_card(clerk), clerk, Opening(("item-guangxi-household-check",)))

    assert refused.value.text.key == "refusal.items-outside-mandate"


async def test_slips_in_what_was_asked_can_be_mended_under_the_same_card(hall: Hall) -> None:
    clerk = hall.acts(CLERK, CapacityKind.CLERK)
    mandate = replace(
        hall.read_card(clerk), scope=replace(hall.read_card(clerk).scope, items=("item-guangxi-pension", "item-guangxi-none"))
    )
    hall.shelf.mandates[mandate.id] = mandate

    with pytest.raises(InvalidForm):
        await hall.in_person(mandate, clerk, Opening(("item-guangxi-none",)))

    assert (await hall.in_person(mandate, clerk, request="request-9876543210")).person == ZHANG.id


@pytest.mark.row("A80")
async def test_volunteers_file_as_a_friend_would(hall: Hall) -> None:
    known = loaded().catalogues.in_force("guangxi").organisations
    volunteers = next(one for one in known.values() if one.kind is OrganisationKind.VOLUNTEERS)
    volunteer = hall.acts(HELPER, CapacityKind.HELPER, volunteers)

    assert (await hall.in_person(hall.read_card(volunteer), volunteer)).channel is FilingChannel.FRIEND_PROXY


# ---------------------------------------------------------------- from a paper form


@pytest.mark.row("F19", "A04")
async def test_a_paper_form_is_the_citizens_case_received_when_it_came(hall: Hall) -> None:
    clerk = hall.acts(CLERK, CapacityKind.CLERK)
    case = await hall.on_paper(paper(), clerk)

    assert (case.person, case.channel, case.received_at, case.opened_at) == (
        ZHANG.id,
        FilingChannel.COUNTER,
        MONDAY - timedelta(days=2),
        MONDAY,
    )
    assert (case.filed_by.person, case.filed_by.capacity) == (CLERK.id, CapacityKind.CLERK)
    assert (await hall.on_paper(paper(), clerk)).id == case.id
    with pytest.raises(Conflict):
        await hall.on_paper(paper(received_at=MONDAY), clerk)


@pytest.mark.row("A04")
async def test_every_slip_on_the_paper_is_named_at_once(hall: Hall) -> None:
    clerk = hall.acts(CLERK, CapacityKind.CLERK)

    with pytest.raises(InvalidForm) as refused:
        await hall.on_paper(paper(name=" ", document_number="450102", received_at=MONDAY + timedelta(minutes=1)), clerk)

    assert slips(refused) == [
        (("input", "applicant", "name"), "required"),
        (("input", "applicant", "documentNumber"), "bad-document-number"),
        (("input", "receivedAt"), "received-later"),
    ]


async def test_a_number_that_belongs_to_somebody_of_another_name_is_a_slip(hall: Hall) -> None:
    with pytest.raises(InvalidForm) as refused:
        await hall.on_paper(paper(name="张守天"), hall.acts(CLERK, CapacityKind.CLERK))

    assert slips(refused) == [(("input", "applicant", "name"), "name-of-another")]


@pytest.mark.row("A04")
async def test_only_a_clerk_in_post_enters_paper_forms(hall: Hall) -> None:
    gone = hall.acts(CLERK, CapacityKind.CLERK)
    hall.shelf.posts.clear()
    others = [hall.acts(HELPER, kind) for kind in (CapacityKind.HELPER, CapacityKind.EMPLOYER, CapacityKind.OFFICER)]

    for by in (gone, *others):
        with pytest.raises(NotPermitted):
            await hall.on_paper(paper(), by)
    assert hall.store.kept == {}


@pytest.mark.row("A63")
async def test_a_clerk_enters_only_what_they_are_certified_for(hall: Hall) -> None:
    with pytest.raises(NotPermitted) as refused:
        await hall.on_paper(paper(), hall.acts(CLERK, CapacityKind.CLERK, items=("household-check",)))

    assert refused.value.text.key == "post.not-certified"
