"""Staff lists as employers send them: of invented people, in every kind of file, by another writer than ours."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import cache
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from domain.employers.headings import SheetWords
from domain.identifiers import resident_check_digit
from domain.wording import Wording
from integrations.catalogue_files import load

TODAY = date(2026, 11, 23)
HEADINGS = ("姓名", "证件类型", "证件号码", "手机号码", "岗位类别", "计划退休日期")

Fill = Callable[[Workbook, Worksheet], None]


@cache
def wording() -> Wording:
    return load(today=TODAY).wording


@cache
def words() -> SheetWords:
    return SheetWords.of(wording())


def a_number(order: int) -> str:
    """A resident number of nobody, each order another."""
    first = f"450103{date(1966 + order // 300 % 10, 1 + order // 25 % 12, 1 + order % 25):%Y%m%d}{order % 1000:03}"
    return first + resident_check_digit(first)


def somebody(order: int = 0, **other: str) -> tuple[str, ...]:
    values = {
        "姓名": "测试" + "甲乙丙丁戊己庚辛壬癸"[order % 10] + "一二三四五六七八九十"[order // 10 % 10],
        "证件类型": "居民身份证",
        "证件号码": a_number(order),
        "手机号码": f"139{order:08}",
        "岗位类别": "工人",
        "计划退休日期": "2027-03-31",
    }
    return tuple((values | other)[heading] for heading in HEADINGS)


def staff(count: int) -> list[tuple[str, ...]]:
    return [HEADINGS, *(somebody(order) for order in range(count))]


def as_csv(rows: Sequence[Sequence[str]], *, encoding: str = "utf-8-sig", delimiter: str = ",") -> bytes:
    return "".join(delimiter.join(row) + "\r\n" for row in rows).encode(encoding)


def as_xlsx(rows: Sequence[Sequence[str]], fill: Fill | None = None) -> bytes:
    """`fill` does more to the book and its sheet."""
    written = BytesIO()
    with Workbook(written, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row, None)
        if fill:
            fill(book, sheet)
    return written.getvalue()


def edited(content: bytes, part: str, edit: Callable[[bytes], bytes], compression: int = ZIP_DEFLATED) -> bytes:
    written = BytesIO()
    with ZipFile(BytesIO(content)) as old, ZipFile(written, "w", compression) as new:
        for name in old.namelist():
            new.writestr(name, edit(old.read(name)) if name == part else old.read(name))
    return written.getvalue()


def a_zip(**parts: bytes) -> bytes:
    written = BytesIO()
    with ZipFile(written, "w", ZIP_DEFLATED) as new:
        for name, content in parts.items():
            new.writestr(name, content)
    return written.getvalue()
