"""Everything that the store of handed-in files is asked."""

from datetime import timedelta

from domain.uploads import KEPT, Piece, Upload, UploadDesk
from integrations.mongo.database import Database
from integrations.mongo.files import MongoFiles
from integrations.mongo.upload_pieces import MongoPieces
from integrations.sealing import Sealing
from tests import papers
from tests.cases import MONDAY
from tests.filing_papers import a_case_of, a_file_desk
from tests.memory import Clock

OTHERS = 25
LATER = MONDAY + timedelta(days=3_650)
"""What the store lets go by its own clock, it does not while the test runs."""


async def everything_about_files(database: Database, sealing: Sealing) -> None:
    clock, files = Clock(), MongoFiles(database, sealing)
    desk = a_file_desk(files, now=clock)
    for number in range(OTHERS):
        file = await desk.put(papers.JPEG, request=f"{papers.REQUEST}-{number}", by=papers.LI)
        await desk.attach([file.id], case=a_case_of(papers.LI), by=papers.LI)
    for _ in range(2):
        file = await desk.put(papers.JPEG, request=papers.REQUEST, by=papers.ZHANG)
    _, pieces = await desk.read(file.id, by=papers.ZHANG)
    assert b"".join([piece async for piece in pieces]) == papers.JPEG
    await _pieces(database, sealing, clock)
    clock.at += timedelta(days=2)
    assert await files.purge(due=clock.at, limit=10) == 2
    await files.release("case-1", person=papers.LI.known_person().id, at=clock.at)
    assert await files.of_person(papers.LI.known_person().id) == []
    assert await files.let_go(papers.LI.known_person().id, at=clock.at) == OTHERS
    assert await files.purge(due=clock.at, limit=1) == 1


async def _pieces(database: Database, sealing: Sealing, clock: Clock) -> None:
    files = a_file_desk(MongoFiles(database, sealing), now=clock, new_id=lambda: "file-in-pieces")
    desk = UploadDesk(files, MongoPieces(database, sealing), lambda: LATER)
    content = papers.large(600_000)
    half = {"offset": 0, "total": len(content)}
    for number in range(OTHERS):
        await desk.put(content[:1000], request=f"{papers.REQUEST}-half-{number}", by=papers.LI, **half)
    request = f"{papers.REQUEST}-pieces"
    for _ in range(2):
        await desk.pieces.add(Upload("person-zhang", "person-zhang", request), PIECE, content[:1000], expires_at=LATER + KEPT)
    await desk.put(content[1000:400_000], request=request, offset=1000, total=len(content), by=papers.ZHANG)
    await desk.progress(request, by=papers.ZHANG)
    await desk.put(content[400_000:], request=request, offset=400_000, total=len(content), by=papers.ZHANG)


PIECE = Piece(0, len(papers.large(600_000)), 1000, "")
