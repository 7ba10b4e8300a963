"""Everything that the store of handed-in files is asked."""

from datetime import timedelta

from integrations.mongo.database import Database
from integrations.mongo.files import MongoFiles
from integrations.sealing import Sealing
from tests import papers
from tests.filing_papers import a_case_of, a_file_desk
from tests.memory import Clock

OTHERS = 25


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
    clock.at += timedelta(days=2)
    assert await files.purge(due=clock.at, limit=10) == 1
    await files.release("case-1", person=papers.LI.known_person().id, at=clock.at)
    assert await files.of_person(papers.LI.known_person().id) == []
    assert await files.let_go(papers.LI.known_person().id, at=clock.at) == OTHERS
    assert await files.purge(due=clock.at, limit=1) == 1
