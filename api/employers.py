"""Staff lists over plain HTTP: the empty one to download, and a filled one handed in, which is answered row by row."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from api.names import new_name
from api.parts import Parts
from api.people import persons_of
from api.problems import PRIVATE, ActingOf, PrivateEdge
from api.receiving import Room, received
from domain.acting import Acting
from domain.cases.opening_desk import OpeningDesk
from domain.clock import system_now
from domain.employers.desk import SheetDesk, employer_of
from domain.employers.headings import SheetWords
from domain.employers.opening import StaffDesk
from domain.employers.sheet import Fault
from domain.wording import Wording, language_of
from domain.words import Language
from integrations.mongo.organisations import MongoOrganisations
from integrations.mongo.staff_sheets import MongoStaffSheets
from integrations.spreadsheets.reading import Spreadsheets
from integrations.spreadsheets.template import as_csv, as_workbook

_WRITTEN = {
    "xlsx": (as_workbook, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "csv": (as_csv, "text/csv; charset=utf-8"),
}


@dataclass(frozen=True, slots=True)
class _StaffEdge:
    desk: SheetDesk
    edge: PrivateEdge
    wording: Wording

    async def post(self, request: Request) -> Response:
        return await self.edge.answered(request, self._take, not_signed_in="staff-sheet.not-signed-in")

    async def template(self, request: Request) -> Response:
        """It says nothing of anybody, so anybody may have it."""
        language, ending = _language(request), request.url.path.rpartition(".")[2]
        empty = self.desk.template(self.wording, language)
        write, media_type = _WRITTEN[ending]
        name = quote(f"{empty.file}.{ending}")
        headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{name}", "Content-Language": language.value}
        return Response(write(empty), media_type=media_type, headers=headers | {"Vary": "Accept-Language"})

    async def _take(self, request: Request, acting: Acting) -> Response:
        """Whoever is no employer is told so before anything is read."""
        employer_of(acting)
        content = await received(request, Room(self.desk.most_bytes, self.desk.too_large()))
        sheet = await self.desk.put(content, request=request.query_params.get("requestId", ""), by=acting)
        language = _language(request)
        told = {"id": sheet.id, "rows": len(sheet.rows), "faults": self._told(sheet.faults, language)}
        return JSONResponse(told, headers=PRIVATE | {"Content-Language": language.value})

    def _told(self, faults: Sequence[Fault], language: Language) -> list[dict[str, object]]:
        return [
            {
                "row": fault.row,
                "column": fault.column,
                "code": fault.code,
                "message": self.wording.say(fault.text, language),
                "spoken": self.wording.speak(fault.text, language),
            }
            for fault in faults
        ]


def staff_routes(desk: SheetDesk, acting_of: ActingOf, wording: Wording) -> list[Route]:
    edge = _StaffEdge(desk, PrivateEdge(acting_of, wording), wording)
    return [
        Route("/employers/staff-sheets", edge.post, methods=["POST"]),
        *(Route(f"/employers/staff-template.{ending}", edge.template, methods=["GET"]) for ending in _WRITTEN),
    ]


def sheet_desk(made: Parts) -> SheetDesk:
    sheets = MongoStaffSheets(made.database, made.sealing)
    return SheetDesk(sheets, Spreadsheets(), SheetWords.of(made.wording), made.catalogues, system_now, new_name("staff-sheet"))


def staff_desk(made: Parts, opening: OpeningDesk) -> StaffDesk:
    return StaffDesk(
        sheets=MongoStaffSheets(made.database, made.sealing),
        employers=MongoOrganisations(made.database, made.sealing, made.catalogues),
        employments=made.registers,
        persons=persons_of(made.database, made.sealing),
        opening=opening,
        looks=made.looks,
    )


def _language(request: Request) -> Language:
    return language_of(request.headers.get("Accept-Language"))
