"""`verify-history`, over a real store and real files."""

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from api.history import anchor_of_today, faults
from domain.cases.anchors import head_of
from domain.cases.case import Case
from domain.clock import Now
from integrations.anchor_files import AnchorFolder, NotAnAnchor, read_anchor
from integrations.mongo.case_codec import CaseCodec
from integrations.mongo.cases import CASES, MongoCases
from integrations.mongo.collections import apply
from integrations.mongo.database import Database
from integrations.mongo.histories import MongoHistories
from integrations.mongo.looks import ACCESS_LOG, MongoLookLog
from integrations.sealing import Sealing
from integrations.signing import make_development_signer
from tests.cases import MONDAY, a_submitted_case, an_opened_case
from tests.progress import a_finished_case


def awaiting_nobody(case: Case) -> tuple[()]:
    return ()


class Clock:
    def __init__(self) -> None:
        self.at = MONDAY

    def __call__(self):
        return self.at


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def cases(database: Database, sealing: Sealing, clock: Now) -> MongoCases:
    await apply(database, [CASES, ACCESS_LOG])
    return MongoCases(database, CaseCodec(sealing), awaiting_nobody, awaiting_nobody, clock)


@pytest.fixture
def histories(cases: MongoCases) -> MongoHistories:
    return MongoHistories(cases.database, cases.codec)


@pytest.fixture
def log(cases: MongoCases, sealing: Sealing) -> MongoLookLog:
    return MongoLookLog(cases.database, sealing)


@pytest.fixture(scope="module")
def signer(tmp_path_factory: pytest.TempPathFactory):
    return make_development_signer(tmp_path_factory.mktemp("signer"), now=MONDAY)


@pytest.fixture
def folder(tmp_path: Path, signer) -> AnchorFolder:
    return AnchorFolder.of(tmp_path, signer=signer.key, passphrase=signer.passphrase)


async def all_faults(histories: MongoHistories, anchor: Path | None = None) -> list[str]:
    heads = read_anchor(anchor).anchor.heads if anchor else ()
    return [fault async for fault in faults(histories, heads)]


@pytest.mark.row("B07")
async def test_whole_histories_have_no_fault(cases: MongoCases, histories: MongoHistories) -> None:
    await cases.add(a_finished_case(), opening="request-1")

    assert await all_faults(histories) == []


@pytest.mark.row("B07")
async def test_a_step_altered_in_the_store_is_named(cases: MongoCases, histories: MongoHistories) -> None:
    case = await cases.add(a_finished_case(), opening="request-1")
    altered = case.history[2].canonical.replace(b'"v":1', b'"v":2')
    await cases.database[CASES.name].update_one({"_id": case.id}, {"$set": {"case.history.2.0": altered}})

    assert await all_faults(histories) == [f"{case.id}: step 3 was altered, or one before it was"]


async def test_a_case_sealed_for_another_is_named(cases: MongoCases, histories: MongoHistories) -> None:
    case = await cases.add(a_submitted_case(), opening="request-1")
    await cases.database[CASES.name].update_one({"_id": case.id}, {"$set": {"sealed": cases.codec.sealing.seal(b"", about="another")}})

    assert await all_faults(histories) == [f"{case.id} cannot be read: damaged, or sealed under a key that is not here"]


async def test_an_anchor_names_what_was_cut_short_and_what_was_taken_away(
    cases: MongoCases, histories: MongoHistories, log: MongoLookLog, folder: AnchorFolder, clock: Clock
) -> None:
    cut = await cases.add(a_finished_case(), opening="request-1")
    gone = await cases.add(replace(an_opened_case(), id="case-zh8k0002"), opening="request-2")
    await anchor_of_today(histories, log, folder, clock)

    await cases.database[CASES.name].delete_one({"_id": gone.id})
    await cases.save(replace(a_submitted_case(), version=cut.version))

    there, were = len(a_submitted_case().history), len(cut.history)
    assert await all_faults(histories) == []
    assert await all_faults(histories, folder.folder / "anchor-2026-11-23.json") == [
        f"{cut.id}: was cut short: {there} steps of {were} are there",
        f"{gone.id} was taken away",
    ]


async def test_each_day_has_one_anchor_of_what_changed_since_the_last(
    cases: MongoCases, histories: MongoHistories, log: MongoLookLog, folder: AnchorFolder, clock: Clock
) -> None:
    await cases.add(a_submitted_case(), opening="request-1")
    clock.at += timedelta(hours=1)
    first = await anchor_of_today(histories, log, folder, clock)
    assert await anchor_of_today(histories, log, folder, clock) is None

    clock.at += timedelta(days=1)
    later = await cases.add(replace(an_opened_case(), id="case-zh8k0002"), opening="request-2")
    second = await anchor_of_today(histories, log, folder, clock)

    assert first
    assert second
    assert (second.previous, second.heads) == (first.root, (head_of(later),))
    assert sorted(file.name for file in folder.folder.iterdir()) == ["anchor-2026-11-23.json", "anchor-2026-11-24.json"]


async def test_only_one_of_two_workers_writes_the_anchor(
    histories: MongoHistories, log: MongoLookLog, folder: AnchorFolder, clock: Clock
) -> None:
    anchor = await anchor_of_today(histories, log, folder, clock)

    assert anchor
    assert not folder.keep(replace(anchor, at=anchor.at + timedelta(hours=1)))
    assert folder.newest() == anchor


@pytest.mark.parametrize(
    "spoil",
    [
        lambda found: found["anchor"].update(root="0" * 64),
        lambda found: found["anchor"].update(heads=[]),
        lambda found: found.update(signature="AAAA"),
        lambda found: found.update(certificate="none"),
        lambda found: found.clear(),
    ],
    ids=["root", "heads", "signature", "certificate", "all"],
)
async def test_an_altered_anchor_is_refused(
    cases: MongoCases, histories: MongoHistories, log: MongoLookLog, folder: AnchorFolder, clock: Clock, spoil
) -> None:
    await cases.add(an_opened_case(), opening="request-1")
    await anchor_of_today(histories, log, folder, clock)
    file = folder.folder / "anchor-2026-11-23.json"
    found = json.loads(file.read_bytes())
    spoil(found)
    file.write_text(json.dumps(found), encoding="utf-8")

    with pytest.raises(NotAnAnchor):
        read_anchor(file)
