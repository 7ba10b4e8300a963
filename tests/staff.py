"""Cases that staff begin for somebody: an employer's agent, a clerk at a counter, a helper of a station."""

from dataclasses import replace
from datetime import datetime

from domain.acting import Acting, CapacityKind
from domain.cases import confirming
from domain.cases.case import Case
from domain.cases.consenting import decide_consents
from domain.cases.filing import CHANNELS
from domain.cases.opening import Filing, NewCase, Opening, open_case
from domain.catalogue.types import FilingChannel
from domain.organisations.organisation import Organisation, OrganisationKind
from domain.words import Language, Words
from tests.capacities import STATION, a_post, at_post
from tests.cases import LICENCES, MONDAY, ZHANG, a_licence, a_mark, acting, answered_by, at, completed, consents, guangxi, somebody

FACTORY = Organisation(
    "org-factory", OrganisationKind.EMPLOYER, Words("甲市机械厂", "甲市機械廠", "Machine works A"), code="91450100MA5L0AAA0X"
)
COUNTER = Organisation("org-guangxi-counter", OrganisationKind.COUNTER, Words("甲市窗口", "甲市窗口", "Counter A"), region="guangxi")
AGENT, CLERK, HELPER = somebody("person-ag8k2m4n", "钱经办"), somebody("person-cl8k2m4n", "孙窗口"), somebody("person-he8k2m4n", "周帮办")
ITEMS = ("normal-retirement", "household-check")


def staff(kind: CapacityKind) -> Acting:
    person, where = {
        CapacityKind.EMPLOYER: (AGENT, FACTORY),
        CapacityKind.CLERK: (CLERK, COUNTER),
        CapacityKind.HELPER: (HELPER, STATION),
    }[kind]
    return replace(at_post(a_post(person, organisation=where, kind=kind)), on_behalf_of=ZHANG.id)


def begun(kind: CapacityKind, *, items: tuple[str, ...] = ITEMS, received_at: datetime | None = None) -> Case:
    """A complete draft that staff began for Zhang."""
    by = staff(kind)
    new = NewCase("case-zh8k0001", "ZB2026112300000017", a_mark("open", person=by.known_person()), Language.ZH_HANS)
    opening = Opening(tuple(f"item-guangxi-{code}" for code in items), consents=consents() if kind is CapacityKind.HELPER else ())
    filing = Filing(ZHANG, CHANNELS[kind], vouched_at=MONDAY, received_at=received_at)
    case = open_case(opening, new, filing=filing, catalogue=replace(guangxi(), channels=tuple(FilingChannel)), by=by, moment=at())
    if kind is not CapacityKind.HELPER:  # the person's own to allow
        case = decide_consents(case, consents=consents(), catalogue=guangxi(), by=acting(), mark=a_mark("consent"), moment=at())
    for source in LICENCES:
        case = answered_by(case, source, a_licence(source))
    return completed(case)


def does(verb: str, case: Case, by: Acting, seconds: float = 30, mark: str = "") -> Case:
    """confirm, stamp or hand_over."""
    asked = a_mark(mark or verb, person=by.known_person())
    return getattr(confirming, verb)(case, catalogue=guangxi(), by=by, mark=asked, moment=at(seconds))
