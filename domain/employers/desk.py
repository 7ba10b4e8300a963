"""An employer's agent hands in a list of staff: it is checked at once, and kept for a day so that cases can be opened from it."""

from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256

from domain.acting import Acting, CapacityKind
from domain.catalogue.store import Catalogues
from domain.clock import Now, day_in_china
from domain.employers.checking import check
from domain.employers.headings import SheetWords
from domain.employers.sheet import SheetReader, unreadable
from domain.employers.stores import StaffSheet, StaffSheets
from domain.employers.template import Template, template
from domain.errors import Conflict, InvalidForm, NotPermitted
from domain.policy.law import Law
from domain.requests import checked_request_id
from domain.wording import Wording
from domain.words import Language


@dataclass(frozen=True, slots=True)
class SheetDesk:
    sheets: StaffSheets
    reader: SheetReader
    words: SheetWords
    catalogues: Catalogues
    now: Now
    new_id: Callable[[], str]

    @property
    def most_bytes(self) -> int:
        return self._law.figure("staff-sheet-bytes").number

    @property
    def most_rows(self) -> int:
        return self._law.figure("staff-sheet-rows").number

    async def put(self, content: bytes, *, request: str, by: Acting) -> StaffSheet:
        """The same request with the same content has one effect. Raises InvalidForm, NotPermitted, and Conflict for other content."""
        organisation, request = employer_of(by), checked_request_id(request)
        if len(content) > self.most_bytes:
            raise self.too_large()
        read = await self.reader.read(content, most_rows=self.most_rows)
        checked = check(read, self.words, today=day_in_china(self.now()), most_rows=self.most_rows)
        sheet = StaffSheet(
            id=self.new_id(),
            organisation=organisation,
            by=by.known_person().id,
            request=request,
            at=self.now(),
            content=sha256(content).hexdigest(),
            rows=checked.rows,
            faults=checked.faults,
        )
        kept = await self.sheets.add(sheet)
        if kept.content != sheet.content:
            raise Conflict("staff-sheet.other-content")
        return kept

    def too_large(self) -> InvalidForm:
        return unreadable("too-large", {"kilobytes": self.most_bytes // 1024})

    def template(self, wording: Wording, language: Language) -> Template:
        return template(wording, language, rows=self.most_rows)

    @property
    def _law(self) -> Law:
        return self.catalogues.law(None, day_in_china(self.now()))


def employer_of(by: Acting) -> str:
    """The organisation for which the agent acts. Raises NotPermitted."""
    if by.capacity is not CapacityKind.EMPLOYER or by.organisation is None:
        raise NotPermitted("staff-sheet.not-an-employer")
    return by.organisation
