"""What employers' lists need kept, and whom they ask. Races end in the store: one list and one import for each request."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from domain.employers.sheet import Fault, StaffRow
from domain.identifiers import DocumentKind
from domain.organisations.organisation import Organisation
from domain.people import Person


@dataclass(frozen=True, slots=True)
class StaffSheet:
    """A list as it was checked, of one organisation; `by`: the id of the person who sent it; `content`: its hash."""

    id: str
    organisation: str
    by: str
    request: str
    at: datetime
    content: str
    rows: tuple[StaffRow, ...]
    faults: tuple[Fault, ...]


@dataclass(frozen=True, slots=True)
class Import:
    """A request to open cases from a list: its id means this list and these services, however often it is sent."""

    organisation: str
    by: str
    request: str
    fingerprint: str


class StaffSheets(Protocol):
    async def add(self, sheet: StaffSheet) -> StaffSheet:
        """The one that the same request of the same person brought before, if there is one."""
        ...

    async def one(self, id: str, *, organisation: str) -> StaffSheet | None: ...

    async def begun(self, wanted: Import, *, at: datetime) -> Import:
        """The import of that request: this one, or the one that it was before."""
        ...


class Employers(Protocol):
    async def one(self, id: str) -> Organisation | None: ...


class Persons(Protocol):
    async def met(self, kind: DocumentKind, number: str, *, name: str) -> Person:
        """Whoever holds that document; a known person keeps their name."""
        ...
