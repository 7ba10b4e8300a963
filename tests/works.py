"""An employer in the process alone: its list of five, the register that knows who works there, and the desk that opens cases from lists."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from domain.acting import Acting, CapacityKind
from domain.cases.filing import Filings
from domain.employers.opening import OpenStaff, StaffDesk, StaffImport
from domain.employers.sheet import Fault, StaffRow
from domain.employers.stores import Import, StaffSheet
from domain.identifiers import DocumentKind
from domain.looks.look import Look
from domain.organisations.organisation import Organisation, OrganisationKind
from domain.people import Person
from domain.ports import NoAnswer
from domain.words import Language, Words
from tests.capacities import Shelf, a_post, at_post, capacities
from tests.cases import MONDAY, somebody
from tests.domain.cases.test_opening_desk import a_desk, kept
from tests.memory import MemoryCases
from tests.staff_sheets import a_number

REQUEST = "import-0123456789"
ITEMS = ("item-guangxi-pension",)
FACTORY = Organisation("org-factory", OrganisationKind.EMPLOYER, Words("甲厂", "甲廠", "Works A"), code="91450100MA5L0AAA0X")
MILL = replace(FACTORY, id="org-mill", code="91450100MA5L0BBB0X")
POST = a_post(somebody("person-ag8k2m4n", "钱经办"), organisation=FACTORY, kind=CapacityKind.EMPLOYER)
AGENT = at_post(POST)


@dataclass
class MemorySheets:
    sheets: dict[str, StaffSheet] = field(default_factory=dict)
    imports: dict[tuple[str, str, str], Import] = field(default_factory=dict)

    async def add(self, sheet: StaffSheet) -> StaffSheet:
        same = (
            one for one in self.sheets.values() if (one.organisation, one.by, one.request) == (sheet.organisation, sheet.by, sheet.request)
        )
        return next(same, None) or self.sheets.setdefault(sheet.id, sheet)

    async def one(self, id: str, *, organisation: str) -> StaffSheet | None:
        sheet = self.sheets.get(id)
        return sheet if sheet and sheet.organisation == organisation else None

    async def begun(self, wanted: Import, *, at: datetime) -> Import:
        return self.imports.setdefault((wanted.organisation, wanted.by, wanted.request), wanted)


@dataclass
class Registers:
    """`strangers`: numbers of people who are insured elsewhere; `away`: for so many questions."""

    strangers: set[str] = field(default_factory=set)
    away: int = 0
    asked: list[str] = field(default_factory=list)

    async def employs(self, code: str, *, document_kind: DocumentKind, document_number: str) -> bool:
        await asyncio.sleep(0)
        self.asked.append(code)
        if self.away:
            self.away -= 1
            raise NoAnswer("registers", "away")
        return document_number not in self.strangers


@dataclass
class MemoryPersons:
    known: dict[str, Person] = field(default_factory=dict)

    async def met(self, kind: DocumentKind, number: str, *, name: str) -> Person:
        return self.known.setdefault(number, Person(f"person-{number[6:]}", name, kind, number))


@dataclass
class MemoryEmployers:
    async def one(self, id: str) -> Organisation | None:
        return next((one for one in (FACTORY, MILL) if one.id == id), None)


@dataclass
class MemoryLooks:
    kept: list[Look] = field(default_factory=list)

    async def note(self, looks: Sequence[Look]) -> None:
        self.kept += looks


@dataclass
class Works:
    """An employer with a list of five."""

    store: MemoryCases = field(default_factory=MemoryCases)
    registers: Registers = field(default_factory=Registers)
    persons: MemoryPersons = field(default_factory=MemoryPersons)
    sheets: MemorySheets = field(default_factory=MemorySheets)
    looks: MemoryLooks = field(default_factory=MemoryLooks)
    shelf: Shelf = field(default_factory=lambda: Shelf(posts={POST.id: POST}))

    def __post_init__(self) -> None:
        self.opening = replace(a_desk(self.store), filings=Filings(capacities(self.shelf)))
        self.desk = StaffDesk(self.sheets, MemoryEmployers(), self.registers, self.persons, self.opening, self.looks)
        self.bring("sheet-1", *(a_row(order) for order in range(5)))

    def bring(self, id: str, *rows: StaffRow) -> None:
        self.sheets.sheets[id] = a_sheet(id, *rows)

    async def open(self, request: str = REQUEST, *, by: Acting = AGENT, **wanted: object) -> StaffImport:
        asked = replace(OpenStaff("sheet-1", ITEMS), **wanted)
        return await self.desk.open(request, asked, by=by, language=Language.ZH_HANS)

    def numbers_of_cases(self) -> list[str]:
        return sorted(case.beneficiary.document_number for case in kept(self.opening).kept.values())


def a_row(order: int, **other: object) -> StaffRow:
    return replace(StaffRow(order + 2, f"职工{'甲乙丙丁戊'[order % 5]}", DocumentKind.RESIDENT_ID, a_number(order)), **other)


FIVE = sorted(a_number(order) for order in range(5))


def a_sheet(id: str, *rows: StaffRow, organisation: str = FACTORY.id) -> StaffSheet:
    faults = (Fault(9, "C", "twice", {"row": 9, "other": 8}),)
    return StaffSheet(id, organisation, "person-1", f"request-{id}", MONDAY, "hash", rows or (a_row(1),), faults)


def an_import(request: str, *, organisation: str = FACTORY.id) -> Import:
    return Import(organisation, "person-1", request, "fingerprint")
