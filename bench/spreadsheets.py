"""Staff lists: reading one of 1,000 employees and refusing one of 100,000, seconds and memory; and opening a case for each of the 1,000."""

import tracemalloc
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from io import BytesIO
from time import perf_counter

from xlsxwriter import Workbook

from api.desks import offices
from api.employers import sheet_desk, staff_desk
from api.organisations import posts_of
from bench.figures import Figures
from bench.house import House, house
from domain.acting import Acting, Assurance, CapacityKind
from domain.clock import day_in_china, system_now
from domain.employers.checking import check
from domain.employers.headings import SheetWords
from domain.employers.opening import MOST_AT_ONCE, OpenStaff
from domain.errors import InvalidForm
from domain.identifiers import DocumentKind, resident_check_digit
from domain.organisations.organisation import Enterprise
from domain.organisations.post import Post, PostStatus
from domain.people import Person
from domain.words import Language
from integrations.catalogue_files import load
from integrations.mongo.organisations import MongoOrganisations
from integrations.spreadsheets.reading import sheet_of

STAFF, FAR_TOO_MANY, MOST = 1_000, 100_000, 2_000
HEADINGS = ("姓名", "证件号码", "手机号码", "计划退休日期")
ITEMS = ("item-guangxi-normal-retirement",)
REQUEST = "bench-import-00000001"

Row = tuple[str, ...]
Write = Callable[[Iterator[Row]], bytes]


async def measure() -> Figures:
    words = SheetWords.of(load(today=day_in_china(system_now())).wording)
    rows: list[tuple[str, ...]] = []
    for name, write in WRITTEN.items():
        rows += [(f"{name}: {what}", *took) for what, took in _read(write, words)]
    async with house() as home:
        rows.append((f"opening a case for each of {STAFF:,}, {MOST_AT_ONCE} in a call", *await _opened(home)))
    notes = (
        "Memory: the most that tracemalloc counts beside the file itself, in a run of its own.",
        "Opening: the embedded store, one process, everybody employed; the register's own time is not in it.",
    )
    return Figures("Staff lists", ("what", "size", "takes", "memory"), rows, notes)


# ---------------------------------------------------------------- reading


def _read(write: Write, words: SheetWords) -> Iterator[tuple[str, tuple[str, str, str]]]:
    def checked(content: bytes) -> None:
        today = day_in_china(system_now())
        assert len(check(sheet_of(content, most_rows=MOST), words, today=today, most_rows=MOST).rows) == STAFF

    def refused(content: bytes) -> None:
        try:
            sheet_of(content, most_rows=MOST)
        except InvalidForm:
            return
        raise AssertionError("taken")

    yield f"{STAFF:,} rows read and checked", _took(write(_rows(STAFF)), checked)
    yield f"{FAR_TOO_MANY:,} rows refused", _took(write(_rows(FAR_TOO_MANY)), refused)


def _took(content: bytes, use: Callable[[bytes], None]) -> tuple[str, str, str]:
    began = perf_counter()
    use(content)
    seconds = perf_counter() - began
    tracemalloc.start()
    use(content)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return f"{len(content) / 1024:,.0f} kB", f"{1000 * seconds:.0f} ms", f"{most / 1e6:.1f} MB"


def _rows(count: int) -> Iterator[Row]:
    """Of nobody."""
    yield HEADINGS
    for order in range(count):
        born = date(1966, 1, 1) + timedelta(days=order // 999)
        first = f"450103{born:%Y%m%d}{order % 999 + 1:03}"
        yield "测试" + "甲乙丙丁戊己庚辛壬癸"[order % 10], first + resident_check_digit(first), f"139{order:08}", "2027-03-31"


def _workbook(rows: Iterator[Row]) -> bytes:
    written = BytesIO()
    with Workbook(written, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return written.getvalue()


def _csv(rows: Iterator[Row]) -> bytes:
    return "".join(",".join(row) + "\r\n" for row in rows).encode("gb18030")


WRITTEN: dict[str, Write] = {"XLSX": _workbook, "CSV in GB 18030": _csv}

# ---------------------------------------------------------------- opening


@dataclass(frozen=True, slots=True)
class Everybody:
    """The register, to whom everybody is this employer's own."""

    async def employs(self, code: str, *, document_kind: DocumentKind, document_number: str) -> bool:
        return True


async def _opened(home: House) -> tuple[str, str, str]:
    made, content = home.made, _workbook(_rows(STAFF))
    employer = await MongoOrganisations(made.database, made.sealing, made.catalogues).enterprise(Enterprise("91450100MA5L0AAA0X", "甲厂"))
    person = Person("person-0benchagent0", "测试经办", DocumentKind.PASSPORT, "E12345678")
    post = Post(f"post-{employer.id}-bench", person, employer, CapacityKind.EMPLOYER, system_now(), status=PostStatus.ACTIVE)
    await posts_of(made.database, made.sealing, made.catalogues).add(post)
    agent = Acting("session-bench", Assurance.L3, system_now(), person, post.kind, organisation=employer.id, post=post.id)
    async with offices(made, lambda *told: None) as office:
        desk = replace(staff_desk(made, office.desks.opening), employments=Everybody())
        sheet = await sheet_desk(made).put(content, request=REQUEST, by=agent)
        began, after, waiting = perf_counter(), 0, STAFF
        while waiting:
            done = await desk.open(REQUEST, OpenStaff(sheet.id, ITEMS, after=after), by=agent, language=Language.ZH_HANS)
            assert done.opened == len(done.rows), done.rows[0].problem
            after, waiting = done.rows[-1].row.row, done.waiting
    return f"{STAFF:,} cases", f"{perf_counter() - began:.1f} s", ""
