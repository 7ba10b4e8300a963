"""Any bytes as a sheet, or a refusal that says what to do. Off the event loop, few at a time, so that memory stays bounded."""

import asyncio
from dataclasses import dataclass, field

from domain.employers.sheet import HEADINGS_WITHIN, Sheet, unreadable
from integrations.spreadsheets.delimited import delimited
from integrations.spreadsheets.limits import TooManyRows
from integrations.spreadsheets.workbook import workbook

AT_ONCE = 2

_ZIP = b"PK\x03\x04"
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_OTHERS = (b"%PDF", b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"PK\x05\x06")
"""What people pick by mistake: papers, photographs, archives."""


@dataclass(frozen=True, slots=True)
class Spreadsheets:
    """The `SheetReader` of domain/employers/sheet.py."""

    _turns: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(AT_ONCE), init=False)

    async def read(self, content: bytes, *, most_rows: int) -> Sheet:
        async with self._turns:
            return await asyncio.to_thread(sheet_of, content, most_rows=most_rows)


def sheet_of(content: bytes, *, most_rows: int) -> Sheet:
    """Raises InvalidForm. Names and declared types are not asked: what it is, the bytes say."""
    if not content:
        raise unreadable("empty")
    if content.startswith(_OLD_OFFICE):
        raise unreadable("encrypted" if _ENCRYPTED in content else "old-format")
    if content.startswith(_OTHERS):
        raise unreadable("kind-not-accepted")
    read = workbook if content.startswith(_ZIP) else delimited
    try:
        return read(content, most_rows=most_rows + HEADINGS_WITHIN)
    except TooManyRows:
        raise unreadable("too-many-rows", {"most": most_rows}) from None
