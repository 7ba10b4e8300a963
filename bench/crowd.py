"""Invented people, signed in, each with a submitted case: made by the domain's own functions and put straight into the store."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from secrets import token_bytes

from api.names import new_name
from api.parts import seed
from bench.house import House
from domain.acting import Assurance
from domain.cases.case import Case
from domain.cases.consenting import Consenting
from domain.cases.filling import AnswerGiven, fill
from domain.cases.form import Form
from domain.cases.naming import CaseNames
from domain.cases.opening import Filing, NewCase, Opening, needed_consents, open_case
from domain.cases.outcomes import department_answered, notice_sent, register_answered
from domain.cases.parts import FileRef, MaterialStatus, RequestMark
from domain.cases.patience import PATIENCE
from domain.cases.reading import materials_of
from domain.cases.recording import Moment
from domain.cases.submitting import attach, submit
from domain.catalogue.types import AnswerKind, Catalogue, FieldRule
from domain.clock import day_in_china, system_now
from domain.identifiers import DocumentKind
from domain.people import Person
from domain.ports import Licence, Working
from domain.sessions.session import Proof, Session
from domain.words import Language
from integrations.mongo.sessions import MongoSessions
from mocks.papers import KINDS
from mocks.people import Resident, anyone

AT_ONCE = 8
REGION = "guangxi"
FIRST_SEED = 5_000


@dataclass(frozen=True, slots=True)
class Member:
    token: str
    case: Case


@dataclass(frozen=True, slots=True)
class Making:
    """One case in the making: what each of its verbs is given."""

    resident: Resident
    session: Session
    person: Person
    catalogue: Catalogue
    now: datetime

    @property
    def moment(self) -> Moment:
        return Moment(self.now, seed())

    def mark(self, name: str) -> RequestMark:
        return RequestMark(f"bench-{name}-request", self.person.id, name)

    def submitted(self, items: Sequence[str]) -> Case:
        """Prefilled, completed and handed in."""
        case = self._opened([self.catalogue.items[code].id for code in items])
        for state in case.prefill:
            answer = self._licence(state.source)
            case = register_answered(
                case, source=state.source, answer=answer, catalogue=self.catalogue, patience=PATIENCE, moment=self.moment
            )
        case = self._with_papers(self._filled(case))
        agreed = [declaration.id for declaration in self.catalogue.declarations]
        by, mark = self.session.acting(), self.mark("submit")
        return submit(case, revision=case.revision, declarations=agreed, catalogue=self.catalogue, by=by, mark=mark, moment=self.moment)

    def _opened(self, item_ids: Sequence[str]) -> Case:
        items = [item for item in self.catalogue.items.values() if item.id in item_ids]
        consents = tuple(Consenting(text.purpose, text.version, given=True) for text in needed_consents(items, self.catalogue))
        names = CaseNames(token_bytes)
        new = NewCase(names.case_id(self.person.id), names.number(self.now), self.mark("open"), Language.ZH_HANS)
        opening, by = Opening(tuple(item_ids), consents=consents), self.session.acting()
        return open_case(
            opening, new, catalogue=self.catalogue, filing=Filing(self.person, vouched_at=self.moment.at), by=by, moment=self.moment
        )

    def _licence(self, source: str) -> Licence | None:
        held = KINDS[source].attributes(self.resident)
        if held is None:
            return None
        told = {name: value for name, value in held.items() if value is not None}
        return Licence(source, f"1.2.156.3005.2.bench.{source}", "演示机关", self.now - timedelta(days=900), None, told)

    def _filled(self, case: Case) -> Case:
        sections = Form(case, self.catalogue).sections
        open_fields = [field for section in sections for entry in section.entries for field in entry.fields if field.issue]
        given = [_typed(field.rule, self.resident) for field in open_fields]
        by, mark = self.session.acting(), self.mark("fill")
        return fill(case, given=given, catalogue=self.catalogue, by=by, mark=mark, revision=case.revision, moment=self.moment)

    def _with_papers(self, case: Case) -> Case:
        by = self.session.acting()
        for material in materials_of(case, self.catalogue):
            if material.status(day_in_china(self.now)) is MaterialStatus.NEEDED:
                paper = FileRef(new_name("file")(), "image/png", 40_000, "0" * 64, self.now, by.actor())
                mark = self.mark(material.code)
                case = attach(case, material=material.code, files=[paper], catalogue=self.catalogue, by=by, mark=mark, moment=self.moment)
        return case

    def at_departments(self, items: Sequence[str]) -> Case:
        """As a worker leaves it when every department has said 202: nothing is due, and callbacks are to come."""
        case = self.submitted(items)
        for notice in case.notices:
            case = notice_sent(case, key=notice.key, answer=None, channel="SMS", moment=self.moment)
        for item in case.items:
            if item.hand_off_at:
                case = department_answered(
                    case, item=item.code, round=1, answer=Working(1), catalogue=self.catalogue, patience=PATIENCE, moment=self.moment
                )
        return case


def _typed(rule: FieldRule, resident: Resident) -> AnswerGiven:
    """Something good, whatever is asked."""
    if rule.kind is AnswerKind.CHOICES:
        return AnswerGiven(rule.key, values=(rule.options[0].value,))
    by_format = {
        "phone": resident.mobile,
        "bank-account": resident.bank_account,
        "document-number": resident.document_number,
        "division": "45/4501/450103",
    }
    by_kind = {
        AnswerKind.DATE: resident.retires_on.isoformat(),
        AnswerKind.MONTH: "1999-07",
        AnswerKind.NUMBER: "12",
        AnswerKind.YES_NO: "YES",
    }
    value = rule.options[0].value if rule.options else by_format.get(rule.format or "") or by_kind.get(rule.kind, "虚构")
    return AnswerGiven(rule.key, value=value)


async def plant(house: House, size: int, *, items: Sequence[str], due: bool) -> list[Member]:
    """So many people with a case of these items each. `due`: submitted just now; else at the departments already."""
    slots = asyncio.Semaphore(AT_ONCE)

    async def one(place: int) -> Member:
        async with slots:
            return await _planted(house, anyone(FIRST_SEED + place), items, due=due)

    return await asyncio.gather(*(one(place) for place in range(size)))


async def _planted(house: House, resident: Resident, items: Sequence[str], *, due: bool) -> Member:
    now, made = system_now(), house.made
    person = Person(new_name("person")(), resident.name, DocumentKind(resident.document_kind), resident.document_number)
    proof = Proof(Assurance.L3, now, person)
    session = Session(new_name("session")(), proof, began_at=now, expires_at=now + timedelta(days=1))
    making = Making(resident, session, person, made.catalogues.in_force(REGION), now)
    case = making.submitted(items) if due else making.at_departments(items)
    await MongoSessions(made.database, made.sealing).add(session)
    kept = await made.cases.add(case, opening=f"{person.id}.bench")
    return Member(house.tokens.issue(session.id, now=now), kept)
