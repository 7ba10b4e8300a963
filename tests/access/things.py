"""What there is to be wanted: cases in every state, with answers, papers and decisions, and values that are nobody else's business."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from domain.acting import UNLIMITED, Acting, CapacityKind
from domain.cases import outcomes
from domain.cases.case import Case
from domain.cases.changing_payout import NewAccount, ask_change
from domain.cases.consenting import decide_consents
from domain.cases.filing import CHANNELS
from domain.cases.filling import AnswerGiven, fill
from domain.cases.form import Form
from domain.cases.naming import check_digit
from domain.cases.opening import Filing, NewCase, Opening, open_case
from domain.cases.parts import FileRef
from domain.cases.priority import put_first
from domain.cases.submitting import attach, withdraw
from domain.catalogue.types import FilingChannel
from domain.employers.sheet import StaffRow
from domain.people import Person
from domain.ports import ItemOutcome, Working
from domain.visits.visit import Visit, Visitor, VisitReason, VisitStatus
from domain.words import Language
from tests.access.callers import SERVICES
from tests.cases import LICENCES, MONDAY, SAMPLE, a_licence, a_mark, answered_by, at, consents, guangxi, submitted
from tests.officers import taken
from tests.payouts import BANK, NEW
from tests.progress import decided, department_says, granted

ITEM = "normal-retirement"
MATERIAL = "identity-card"


@dataclass(frozen=True)
class Known:
    """What stands in somebody's cases and may be read by few."""

    person: Person
    phone: str
    address: str
    account: str
    employer: str
    """Also the name of an enterprise."""

    def in_case(self, number: int) -> "Known":
        """What stands in that case of theirs and in no other."""
        account = f"{self.account[:14]}{number:04}"
        return replace(
            self, phone=f"{self.phone[:7]}{number:04}", address=f"{self.address}{number:04}室", account=account + check_digit(account)
        )

    @property
    def of_the_case(self) -> frozenset[str]:
        return frozenset({self.phone, self.address, self.account})


def case_id(person: Person, number: int) -> str:
    return f"case-{person.id.removeprefix('person-')[:4]}{number:04}"


THEIR_OWN_TO_ALLOW = {CapacityKind.EMPLOYER, CapacityKind.CLERK}


def begun(whose: Known, number: int, by: Acting) -> Case:
    """A complete draft."""
    known = whose.in_case(number)
    id, person = case_id(known.person, number), known.person
    new = NewCase(id, f"ZB20261123000{number:05}", a_mark(f"open-{id}", person=by.known_person()), Language.ZH_HANS)
    opening = Opening(SERVICES, consents=() if by.capacity in THEIR_OWN_TO_ALLOW else consents())
    everywhere = replace(guangxi(), channels=tuple(FilingChannel))
    case = open_case(
        opening, new, filing=Filing(person, CHANNELS[by.capacity], vouched_at=MONDAY), catalogue=everywhere, by=by, moment=at()
    )
    if not opening.consents:
        oneself = replace(
            by, person=person, capacity=CapacityKind.SELF, on_behalf_of=None, organisation=None, post=None, authority=UNLIMITED
        )
        mark = a_mark(f"consent-{id}", person=person)
        case = decide_consents(case, consents=consents(), catalogue=guangxi(), by=oneself, mark=mark, moment=at())
    for source in LICENCES:
        case = answered_by(case, source, a_licence(source, **_told_by(source, known)))
    return completed(case, known, by)


def _told_by(source: str, known: Known) -> dict[str, str]:
    told = {
        "name": known.person.name,
        "document-number": known.person.document_number,
        "household-address": known.address,
        "bank-account": known.account,
        "employer": known.employer,
        "address": f"{known.address}，旧址",
    }
    return {key: value for key, value in told.items() if key in LICENCES[source] or (key, source) == ("address", "resident-id")}


def completed(case: Case, known: Known, by: Acting) -> Case:
    blanks = [one.rule for section in Form(case, guangxi()).sections for entry in section.entries for one in entry.fields if one.issue]
    formats = {
        "phone": known.phone,
        "bank-account": known.account,
        "document-number": known.person.document_number,
        "division": "45/4501/450103",
    }
    given = []
    for rule in blanks:
        value = rule.options[0].value if rule.options else formats.get(rule.format or "", SAMPLE.get(rule.kind, known.address))
        given.append(AnswerGiven(rule.key, value=value))
    mark = a_mark(f"fill-{case.id}", person=by.known_person())
    return fill(case, given=given, remove_entries=(), catalogue=guangxi(), by=by, mark=mark, revision=case.revision, moment=at(10))


def with_paper(case: Case, file: FileRef, by: Acting) -> Case:
    mark = a_mark(f"attach-{case.id}", person=by.known_person())
    return attach(case, material=MATERIAL, files=(file,), catalogue=guangxi(), by=by, mark=mark, moment=at(15))


def put_before_others(case: Case, paper: FileRef, by: Acting) -> Case:
    """He served; it lies in the case."""
    file, mark = replace(paper, id="file-of-his-service"), a_mark(f"first-{case.id}", person=by.known_person())
    return put_first(case, basis="VETERAN", file=file, catalogue=guangxi(), by=by, mark=mark, moment=at(60))


def to_be_paid_elsewhere(case: Case, by: Acting) -> Case:
    mark, by = a_mark(f"payout-{case.id}", person=by.known_person()), replace(by, proved_at=at(60).at)
    return ask_change(case, new=NewAccount(BANK, NEW), catalogue=guangxi(), by=by, mark=mark, moment=at(60))


def withdrawn(case: Case, by: Acting) -> Case:
    mark = a_mark(f"withdraw-{case.id}", person=by.known_person())
    return withdraw(case, reason="想晚点再退休", catalogue=guangxi(), by=by, mark=mark, moment=at(60))


def finished(case: Case, certificate: str) -> Case:
    for item in ("household-check", ITEM, "deemed-years", "pension", "medical-deemed-years"):
        case = department_says(case, item, decided(ItemOutcome.FOUND if item == "household-check" else ItemOutcome.GRANTED))
    case = outcomes.certificate_issued(case, answer=certificate, catalogue=guangxi(), moment=at(40))
    for item in ("medical-transfer", "housing-fund-withdrawal", "family-planning-reward"):
        case = department_says(case, item, granted(), 50)
    return case


def cases(his: Known, theirs: Known, who: Mapping[str, Acting], *, paper: FileRef, certificate: str) -> Iterator[tuple[str, Case]]:
    """By name. He has one of each; the stranger one that is open."""
    oneself, stranger = who["applicant"], who["stranger"]
    helper = replace(who["helper"], on_behalf_of=his.person.id, mandate="mandate-00000010")
    yield "draft", with_paper(begun(his, 1, oneself), paper, oneself)
    yield "done", finished(submitted(begun(his, 2, oneself), by=oneself), certificate)
    yield "withdrawn", withdrawn(submitted(begun(his, 3, oneself), by=oneself), oneself)
    helped = with_paper(begun(his, 4, helper), replace(paper, id="file-of-the-helper"), helper)
    helped = department_says(submitted(helped, by=helper), ITEM, Working(1))
    yield "helped", put_before_others(taken(helped, who["officer who took it"], item=ITEM), paper, helper)
    yield "employed", begun(his, 5, replace(who["agent"], on_behalf_of=his.person.id))
    yield "counter", begun(his, 6, replace(who["clerk"], on_behalf_of=his.person.id))
    yield "strangers", to_be_paid_elsewhere(department_says(submitted(begun(theirs, 1, stranger), by=stranger), ITEM, Working(1)), stranger)


def staff_row(known: Known) -> StaffRow:
    return StaffRow(2, known.person.name, known.person.document_kind, known.person.document_number, mobile=known.phone)


def a_visit(id: str, known: Known, by: Acting, now: datetime) -> Visit:
    """Booked by the station for its client, and taken."""
    comes = Visitor(by.known_person(), by.capacity, by.post, now)
    begins, mark = now + timedelta(days=3), a_mark("visit", person=by.known_person())
    where = {"address": known.in_case(77).address, "organisation": by.organisation or "", "reason": VisitReason.DISABLED}
    return Visit(
        id, known.person, from_=begins, to=begins + timedelta(hours=1), booked_at=now, booked_by=by.actor(), visitor=comes, marks=(mark,),
        status=VisitStatus.TAKEN, note="请按两次门铃", division="45/4501/450103", assisted_by=by.known_person().id, **where,
    )  # fmt: skip
