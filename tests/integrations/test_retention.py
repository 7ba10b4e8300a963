"""What is kept no longer is gone from the store itself: opened with its key, nothing personal is left, nor any file."""

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.cases.case import PrivatePart
from domain.cases.filling import AnswerGiven
from domain.cases.outcomes import draft_expired
from domain.cases.parts import FileRef
from domain.cases.recording import Moment
from domain.cases.stores import Lease
from integrations.mongo.cases import CASE_NUMBERS, CASES
from integrations.mongo.collections import apply
from integrations.mongo.database import Database
from integrations.mongo.files import COLLECTIONS, CONTENTS, FILES, PIECES, MongoFiles
from integrations.mongo.leases import Leases
from integrations.sealing import Sealing
from tests import papers
from tests.back_office import Outside, a_house
from tests.cases import ZHANG, a_prefilled_case, acting, attached, filled, guangxi
from tests.filing_papers import a_file_desk
from tests.memory import Clock
from tests.stored_cases import a_case_store

EXPIRED, ERASED = timedelta(days=90), timedelta(days=97)


@pytest.mark.row("F29", "F67")
async def test_of_a_draft_that_was_never_submitted_only_its_number_and_what_was_done_are_left(database: Database, sealing: Sealing) -> None:
    clock, outside = Clock(), Outside()
    began = clock.at
    store = await a_case_store(database, sealing, clock)
    await apply(database, COLLECTIONS)
    files = MongoFiles(database, sealing)
    file = await a_file_desk(files, now=clock).put(papers.JPEG, request=papers.REQUEST, by=acting())
    await files.attach([file.id], person=ZHANG.id, case="case-zh8k0001")
    draft = filled(a_prefilled_case(), AnswerGiven("mobile", value="13900000001"))
    draft = attached(draft, "identity-card", FileRef(file.id, file.content_type, file.size, file.sha256, file.at, file.by))
    await store.reserve_number(draft.number, case=draft.id)
    kept = await store.add(draft, opening="opening-1")
    kept = await store.save(draft_expired(kept, catalogue=guangxi(), moment=Moment(began + EXPIRED, bytes(32))))
    assert kept is not None
    office = replace(a_house(outside).office, files=files, now=clock)
    office = replace(office, book=replace(office.book, store=store, now=clock))
    clock.at = began + ERASED

    for _ in range(2):
        for due in await Leases(database, CASES.name, "worker-1", clock).due(10):
            lease = await Leases(database, CASES.name, "worker-1", clock).take(due)
            assert isinstance(lease, Lease)
            found = await store.one(due)
            assert found is not None
            await office.attend(found, guangxi(), lease)
        await files.purge(due=clock.at, limit=10)

    document = await database[CASES.name].find_one({"_id": draft.id})
    gone = await store.one(draft.id)
    assert gone is not None
    assert (gone.private, [step.kind for step in gone.history].count("erased")) == (PrivatePart(), 1)
    assert all(personal not in repr(document) for personal in (ZHANG.name, ZHANG.document_number, "13900000001", "中国工商银行"))
    assert [await database[one.name].count_documents({}) for one in (FILES, CONTENTS, PIECES)] == [0, 0, 0]
    assert await database[CASE_NUMBERS.name].count_documents({"_id": draft.number}) == 1
    assert not await store.reserve_number(draft.number, case="case-zh8k0002")
