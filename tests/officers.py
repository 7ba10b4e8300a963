"""Officers, clerks and supervisors of the tests' region, and what they do with an item."""

from dataclasses import replace

from domain.acting import Acting, CapacityKind
from domain.cases.case import Case
from domain.cases.happened import Happening, ItemPutBack, ItemReviewed, ItemTaken, PutFirst, ReviewWaived
from domain.cases.joining import introduced
from domain.cases.officers import Deciding, decide_item, put_back, take, waive
from domain.catalogue.types import Catalogue, GradedReview, ReviewGrade
from domain.organisations.organisation import Organisation, OrganisationKind
from domain.people import Person
from domain.ports import ItemOutcome, Working
from domain.words import Words
from tests.capacities import a_post, at_post
from tests.cases import a_mark, a_submitted_case, at, guangxi, somebody
from tests.progress import department_says

WEI, TAN, MENG = somebody("person-of0000000001", "韦明"), somebody("person-of0000000002", "覃芳"), somebody("person-of0000000003", "蒙远")
HRSS = Organisation(
    "org-guangxi-hrss", OrganisationKind.DEPARTMENT, Words("人社局", "人社局", "Social security"), region="guangxi", department="hrss"
)
MEDICAL = replace(HRSS, id="org-guangxi-medical", name=Words("医保局", "醫保局", "Healthcare security"), department="medical")
HALL = Organisation("org-guangxi-hall", OrganisationKind.COUNTER, Words("政务大厅", "政務大廳", "Service hall"), region="guangxi")
GRANTED = Deciding(ItemOutcome.GRANTED, "同意")
REFUSED = Deciding(ItemOutcome.REFUSED, reasons=("年限不够",))
ITEM = "normal-retirement"


def an_officer(
    person: Person = WEI, *, of: Organisation = HRSS, kind: CapacityKind = CapacityKind.OFFICER, items: tuple[str, ...] = ()
) -> Acting:
    post = replace(a_post(person, id=f"post-{of.id}-{person.id}", organisation=of, kind=kind), items=items)
    return at_post(post, session=f"session-{person.id}")


def a_clerk(person: Person = MENG, *, items: tuple[str, ...] = ()) -> Acting:
    return an_officer(person, of=HALL, kind=CapacityKind.CLERK, items=items)


def a_supervisor(person: Person = MENG, *, of: Organisation = HRSS) -> Acting:
    return an_officer(person, of=of, kind=CapacityKind.SUPERVISOR)


def at_departments(*items: str) -> Case:
    """Submitted, and these items handed over."""
    case = a_submitted_case()
    for item in items or (ITEM,):
        case = department_says(case, item, Working(1))
    return case


def by_counter(case: Case) -> Case:
    """As if a clerk of the hall had filed it."""
    return replace(case, filed_by=replace(case.filed_by, capacity=CapacityKind.CLERK, person=MENG.id, organisation=HALL.id))


def taken(
    case: Case, by: Acting | None = None, *, item: str = ITEM, mark: str = "take", seconds: float = 40, catalogue: Catalogue | None = None
) -> Case:
    by = by or an_officer()
    met = introduced(case, by, moment=at(seconds))
    mark_ = a_mark(mark, person=by.known_person())
    after = take(met, item=item, catalogue=catalogue or guangxi(), by=by, mark=mark_, moment=at(seconds))
    return case if after == met else after


def put_again(case: Case, by: Acting | None = None, *, item: str = ITEM, mark: str = "put-back", seconds: float = 45) -> Case:
    by = by or an_officer()
    return put_back(case, item=item, catalogue=guangxi(), by=by, mark=a_mark(mark, person=by.known_person()), moment=at(seconds))


def ruled(
    case: Case,
    deciding: Deciding = GRANTED,
    by: Acting | None = None,
    *,
    item: str = ITEM,
    mark: str = "decide",
    seconds: float = 50,
    catalogue: Catalogue | None = None,
) -> Case:
    by = by or an_officer()
    mark_ = a_mark(mark, person=by.known_person())
    return decide_item(case, item=item, deciding=deciding, catalogue=catalogue or guangxi(), by=by, mark=mark_, moment=at(seconds))


def waived(
    case: Case,
    by: Acting | None = None,
    *,
    item: str = ITEM,
    reason: str = "本月只有一名审核人员在岗",
    mark: str = "waive",
    seconds: float = 55,
    catalogue: Catalogue | None = None,
) -> Case:
    by = by or a_supervisor()
    met = introduced(case, by, moment=at(seconds))
    mark_ = a_mark(mark, person=by.known_person())
    return waive(met, item=item, reason=reason, catalogue=catalogue or guangxi(), by=by, mark=mark_, moment=at(seconds))


def graded(code: str = ITEM) -> Catalogue:
    """The region's catalogue, with a review in three grades of that item."""
    catalogue = guangxi()
    review = GradedReview(tuple(ReviewGrade), "for tests")
    return replace(catalogue, items={**catalogue.items, code: replace(catalogue.items[code], review=review)})


def by_officers(item: str) -> tuple[Happening, ...]:
    """Everything that they can make happen, besides deciding."""
    return (
        ItemTaken(item=item),
        ItemPutBack(item=item),
        ItemReviewed(item=item, grade=ReviewGrade.FIRST_REVIEW),
        ReviewWaived(item=item, reason="人手不够"),
        PutFirst(basis="VETERAN", evidence="file-1"),
    )
