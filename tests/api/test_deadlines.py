"""Deadlines as a phone reads them."""

from collections.abc import Mapping
from datetime import UTC, datetime

from domain.days.calendar import CalendarStatus, CalendarYear
from domain.days.calendars import Calendars
from domain.words import Language
from integrations.calendar_files import shipped_years
from resolvers.context import Context
from schema import schema
from tests.applicants import an_applicant_desk
from tests.cases import MONDAY, a_submitted_case, acting, loaded
from tests.days import Imported
from tests.desks import some_desks
from tests.memory import a_book
from tests.places import some_places

CASE = """{
  case(id: "case-zh8k0001") {
    deadline { ...told }
    items { code statutoryDeadline { ...told } promisedDeadline { ...told } }
  }
}
fragment told on Deadline { limit { amount unit startEvent text } at overdue provisional suspendedSince suspendedText }"""

PENSION = {
    "limit": {"amount": 20, "unit": "WORKING_DAYS", "startEvent": "accepted", "text": "Within 20 working days of acceptance"},
    "at": "2026-12-21T23:59:59+08:00",
    "overdue": False,
    "provisional": False,
    "suspendedSince": None,
    "suspendedText": None,
}


async def read_case(*, now: datetime = MONDAY, imported: Imported | None = None) -> Mapping[str, object]:
    book, calendars = a_book(a_submitted_case(items=("pension", "medical-transfer"))), Calendars(shipped_years(), imported or Imported())
    await calendars.refresh()
    places = some_places()
    applicant = an_applicant_desk(book, places=places)
    context = Context(
        desks=some_desks(applicant=applicant, places=places, calendars=calendars),
        catalogues=loaded().catalogues,
        wording=loaded().wording,
        acting=acting(),
        language=Language.EN,
        now=now,
        caller="",
        address="",
        certificates=None,
    )
    result = await schema.execute(CASE, context_value=context)
    assert result.errors is None
    return result.data["case"]


async def test_a_case_and_its_items_tell_by_when() -> None:
    case = await read_case()

    assert case["deadline"] == PENSION
    assert case["items"] == [
        {"code": "pension", "statutoryDeadline": PENSION, "promisedDeadline": None},
        {"code": "medical-transfer", "statutoryDeadline": None, "promisedDeadline": None},
    ]


async def test_after_it_the_case_is_overdue() -> None:
    case = await read_case(now=datetime(2026, 12, 21, 16, tzinfo=UTC))

    assert case["deadline"] == {**PENSION, "overdue": True}


async def test_a_correction_of_the_notice_moves_it() -> None:
    off = dict.fromkeys(shipped_years()[2026].off, "x") | {datetime(2026, 12, 21, tzinfo=UTC).date(): "x"}
    corrected = CalendarYear(2026, CalendarStatus.OFFICIAL, "a correction", off, {})

    case = await read_case(imported=Imported(corrected))

    assert case["deadline"] == {**PENSION, "at": "2026-12-22T23:59:59+08:00"}
