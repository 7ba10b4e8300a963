"""Cases for tests: a believable person, the real catalogue, and short ways to bring a case as far as a test needs."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import count

import pytest

from domain.acting import Acting, Assurance
from domain.cases import outcomes
from domain.cases.case import Case
from domain.cases.consenting import Consenting, decide_consents
from domain.cases.filling import AnswerGiven, fill
from domain.cases.form import Form, FormField
from domain.cases.naming import check_digit
from domain.cases.opening import Filing, NewCase, Opening, open_case
from domain.cases.parts import FileRef, ItemStatus, OfferReason, RequestMark
from domain.cases.patience import PATIENCE
from domain.cases.recording import Moment, replay
from domain.cases.submitting import attach, submit
from domain.catalogue.types import AnswerKind, Catalogue
from domain.errors import InvalidForm
from domain.identifiers import DocumentKind, resident_check_digit
from domain.people import Person
from domain.ports import Licence
from domain.words import Language
from integrations.catalogue_files import Loaded, load

MONDAY = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
ALL_ITEMS = (
    "normal-retirement", "deemed-years", "pension", "medical-transfer", "medical-deemed-years",
    "housing-fund-withdrawal", "family-planning-reward", "household-check",
)  # fmt: skip

ACCOUNT = "622202000000000001" + check_digit("622202000000000001")
FIRST_17 = "45010219660615001"
ZHANG = Person("person-zh8k2m4n6p8q", "张守田", DocumentKind.RESIDENT_ID, FIRST_17 + resident_check_digit(FIRST_17))


RETIRED = (AnswerGiven("retired-already", value="YES"),)
"""What lets somebody choose joint services alone."""


def somebody(id: str, name: str = "李秋") -> Person:
    return Person(id, name, DocumentKind.PASSPORT, "E12345678")


def numbers() -> Callable[[int], bytes]:
    """As random as a test needs: 1, 2, 3 …"""
    each = count(1)
    return lambda length: next(each).to_bytes(length, "big")


@cache
def loaded() -> Loaded:
    return load(today=date(2026, 11, 23))


def guangxi() -> Catalogue:
    return loaded().catalogues.in_force("guangxi")


def at(seconds: float = 0, seed: int = 0) -> Moment:
    return Moment(MONDAY + timedelta(seconds=seconds), bytes([seed]) * 32)


def acting(person: Person = ZHANG, *, session: str = "session-1", assurance: Assurance = Assurance.L3) -> Acting:
    return Acting(session=session, assurance=assurance, proved_at=MONDAY, person=person)


def a_mark(name: str = "request", *, asked: str = "asked", person: Person = ZHANG) -> RequestMark:
    return RequestMark(f"{name}-0123456789abcdef", person.id, asked)


def consents(*, given: bool = True) -> tuple[Consenting, ...]:
    return tuple(Consenting(text.purpose, text.version, given) for text in guangxi().consents)


def an_opened_case(
    *,
    items: tuple[str, ...] = ALL_ITEMS,
    by: Acting | None = None,
    consenting: bool = True,
    answers: tuple[AnswerGiven, ...] = (),
    id: str = "case-zh8k0001",
    mark: str = "open",
) -> Case:
    by = by or acting()
    opening = Opening(tuple(f"item-guangxi-{code}" for code in items), answers, consents() if consenting else ())
    person = by.known_person()
    new = NewCase(id, "ZB2026112300000017", a_mark(mark, person=person), Language.ZH_HANS)
    return open_case(opening, new, filing=Filing(person, vouched_at=by.proved_at), catalogue=guangxi(), by=by, moment=at())


LICENCES = {
    "resident-id": {
        "name": "张守田", "sex": "MALE", "ethnicity": "壮族", "birth-date": "1966-06-15", "document-number": ZHANG.document_number,
    },
    "household-register": {"household-address": "广西壮族自治区甲市乙区丙路1号", "registration": "非农业家庭户口"},
    "portrait": {"portrait": "aGVsbG8="},
    "social-security-card": {"bank": "中国工商银行", "bank-account": ACCOUNT, "card-number": "A1"},
    "contribution-record": {
        "contribution-months": "412", "deemed-months": "38", "work-started": "1992-07-01", "employer": "甲市机械厂", "employer-code": "",
        "post": "钳工", "insured-place": "甲市", "only-child": "YES",
    },
}  # fmt: skip


def a_licence(kind: str, *, valid_until: date | None = None, **attributes: str) -> Licence:
    issued = datetime(2020, 1, 1, tzinfo=UTC)
    return Licence(kind, f"1.2.156.3005.2.{kind}", "甲市公安局", issued, valid_until, {**LICENCES[kind], **attributes})


def answered_by(case: Case, source: str, licence: Licence | None, seconds: float = 1) -> Case:
    return outcomes.register_answered(case, source=source, answer=licence, catalogue=guangxi(), patience=PATIENCE, moment=at(seconds))


def register_is_silent(case: Case, source: str, seconds: float = 1) -> Case:
    return outcomes.register_silent(case, source=source, patience=PATIENCE, moment=at(seconds))


def consented(case: Case, *decisions: Consenting, mark: str = "consent", seconds: float = 5) -> Case:
    return decide_consents(case, consents=decisions, catalogue=guangxi(), by=acting(), mark=a_mark(mark), moment=at(seconds))


def a_prefilled_case(**opening: object) -> Case:
    case = an_opened_case(**opening)  # type: ignore[arg-type]
    for source in LICENCES:
        case = answered_by(case, source, a_licence(source))
    return case


def filled(
    case: Case,
    *answers: AnswerGiven,
    by: Acting | None = None,
    mark: str = "fill",
    seconds: float = 10,
    revision: int | None = None,
    removing: tuple[str, ...] = (),
) -> Case:
    by = by or acting()
    made, seen = a_mark(mark, person=by.known_person()), case.revision if revision is None else revision
    return fill(case, given=answers, remove_entries=removing, catalogue=guangxi(), by=by, mark=made, revision=seen, moment=at(seconds))


def field(case: Case, key: str) -> FormField:
    sections = Form(case, guangxi()).sections
    return next(one for section in sections for entry in section.entries for one in entry.fields if one.rule.key == key)


SAMPLE = {AnswerKind.DATE: "2026-11-15", AnswerKind.MONTH: "1992-07", AnswerKind.NUMBER: "1", AnswerKind.YES_NO: "YES"}


def a_complete_case(**opening: object) -> Case:
    return completed(a_prefilled_case(**opening))


def completed(case: Case) -> Case:
    """Every question that is still open answered with something good."""
    blanks = [one.rule for section in Form(case, guangxi()).sections for entry in section.entries for one in entry.fields if one.issue]
    given = []
    for rule in blanks:
        formats = {"phone": "13900000001", "bank-account": ACCOUNT, "document-number": ZHANG.document_number, "division": "45/4501/450103"}
        value = rule.options[0].value if rule.options else formats.get(rule.format or "", SAMPLE.get(rule.kind, "甲市乙区"))
        given.append(AnswerGiven(rule.key, value=value))
    return filled(case, *given, mark="complete")


def a_file(id: str = "file-1") -> FileRef:
    return FileRef(id, "image/png", 100, "0" * 64, MONDAY, acting().actor())


def attached(case: Case, material: str, *files: FileRef, mark: str = "attach", seconds: float = 15) -> Case:
    return attach(case, material=material, files=files, catalogue=guangxi(), by=acting(), mark=a_mark(mark), moment=at(seconds))


def submitted(
    case: Case,
    *,
    mark: str = "submit",
    seconds: float = 20,
    by: Acting | None = None,
    revision: int | None = None,
    declaring: tuple[str, ...] | None = None,
    catalogue: Catalogue | None = None,
) -> Case:
    agreed = [declaration.id for declaration in guangxi().declarations] if declaring is None else declaring
    seen = case.revision if revision is None else revision
    return submit(
        case, revision=seen, declarations=agreed, catalogue=catalogue or guangxi(), by=by or acting(), mark=a_mark(mark), moment=at(seconds)
    )


def a_submitted_case(**opening: object) -> Case:
    return submitted(a_complete_case(**opening))


def kinds(case: Case) -> list[str]:
    """What has happened, in order."""
    return [step.kind for step in case.history]


def statuses(case: Case) -> dict[str, ItemStatus]:
    return {item.code: item.status for item in case.items}


def rebuilt(case: Case) -> Case:
    """From its history alone, and the autosaves that are no step yet."""
    return replay(case.history, case.private.secrets, case_id=case.id, pending=case.private.pending)


def offers(case: Case) -> list[tuple[str, OfferReason, str, str]]:
    return [(offer.place, offer.why, offer.value, offer.source.name) for offer in case.private.offers]


def slips(refused: pytest.ExceptionInfo[InvalidForm]) -> list[tuple[tuple[str, ...], str]]:
    return [(issue.path, issue.code) for issue in refused.value.issues]


def fill_slips(case: Case, *given: AnswerGiven, removing: tuple[str, ...] = ()) -> list[tuple[tuple[str, ...], str]]:
    """Why these answers are refused; fails if they are not."""
    with pytest.raises(InvalidForm) as refused:
        filled(case, *given, removing=removing, mark="refused")
    return slips(refused)
