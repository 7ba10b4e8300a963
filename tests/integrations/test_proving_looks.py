"""`verify-history` and the access log: the first bad entry is named; against an anchor also what was cut off or taken away."""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from api.development import environment
from api.history import anchor_of_today, faults_in_looks, verify
from api.keys import sealing as read_sealing
from api.settings import Settings
from domain.cases.anchors import make_anchor
from domain.looks.chain import Link, Tip
from integrations.anchor_files import AnchorFolder, read_anchor
from integrations.mongo.case_codec import CaseCodec
from integrations.mongo.cases import CASES
from integrations.mongo.collections import apply
from integrations.mongo.database import Database, connect
from integrations.mongo.database import database as database_of
from integrations.mongo.histories import MongoHistories
from integrations.mongo.looks import ACCESS_LOG, MongoLookLog, MongoLooks, document_of
from integrations.sealing import Sealing
from integrations.signing import make_development_signer
from tests.cases import MONDAY, numbers
from tests.looks import KEPT, a_chain, a_look
from tests.memory import Clock

OVER = MONDAY + KEPT


class Archive:
    """The log, those who write it, and the folder of anchors."""

    def __init__(self, database: Database, sealing: Sealing, folder: AnchorFolder) -> None:
        self.database, self.sealing, self.folder, self.clock = database, sealing, folder, Clock()
        self.log, self.histories = MongoLookLog(database, sealing), MongoHistories(database, CaseCodec(sealing))
        self.entries = database[ACCESS_LOG.name]

    async def looked(self, chain: str, *seconds: int) -> None:
        looks = MongoLooks(self.database, self.sealing, lambda: chain, lambda at: OVER, pause=0)
        await looks.note([a_look(second) for second in seconds])

    async def anchored(self) -> Path:
        self.clock.at += timedelta(days=1)
        anchor = await anchor_of_today(self.histories, self.log, self.folder, self.clock)
        assert anchor
        return sorted(self.folder.folder.iterdir())[-1]

    async def faults(self, anchor: Path | None = None, *, now=MONDAY) -> list[str]:
        links: Sequence[Link] = read_anchor(anchor).anchor.looks if anchor else ()
        return [fault async for fault in faults_in_looks(self.log, links, now=now)]


@pytest.fixture(scope="module")
def signer(tmp_path_factory: pytest.TempPathFactory):
    return make_development_signer(tmp_path_factory.mktemp("signer"), now=MONDAY)


@pytest.fixture
async def archive(database: Database, sealing: Sealing, tmp_path: Path, signer) -> Archive:
    await apply(database, [CASES, ACCESS_LOG])
    return Archive(database, sealing, AnchorFolder.of(tmp_path, signer=signer.key, passphrase=signer.passphrase))


@pytest.mark.row("B07")
async def test_a_whole_log_has_no_fault_alone_or_against_its_anchor(archive: Archive) -> None:
    await archive.looked("looks-1", 0, 1, 2)
    await archive.looked("looks-2", 3)
    anchor = await archive.anchored()

    assert await archive.faults() == []
    assert await archive.faults(anchor) == []
    assert [(link.chain, link.number) for link in read_anchor(anchor).anchor.looks] == [("looks-1", 3), ("looks-2", 1)]


@pytest.mark.row("B07")
@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"entry": b"{}"}, "looks-1: looks-1.00000002 was altered, moved, or sealed under a key that is not here"),
        ({"person": "person-other"}, "looks-1: looks-1.00000002 was altered, moved, or sealed under a key that is not here"),
        ({"until": MONDAY}, "looks-1: looks-1.00000002 was altered, moved, or sealed under a key that is not here"),
        ({"order": "0"}, "looks-1: looks-1.00000002 was altered, moved, or sealed under a key that is not here"),
        ({"sealed": b"\x00"}, "looks-1: looks-1.00000002 was altered, moved, or sealed under a key that is not here"),
        ({"number": 9}, "looks-1: entry 2 is missing: number 3 stands in its place"),
    ],
    ids=["bytes", "another person's", "kept for less", "moved in time", "sealed for another", "reordered"],
)
async def test_an_entry_altered_in_the_store_is_named(archive: Archive, change: dict[str, object], said: str) -> None:
    await archive.looked("looks-1", 0, 1, 2)
    await archive.entries.update_one({"_id": "looks-1.00000002"}, {"$set": change})

    assert await archive.faults() == [f"access log, {said}"]


@pytest.mark.row("B07")
async def test_an_entry_with_another_purpose_and_a_fresh_hash_is_named_by_the_next(archive: Archive) -> None:
    await archive.looked("looks-1", 0, 1, 2)
    forged = a_chain([a_look(0), replace(a_look(1), by="person-nobody")])[1]
    await archive.entries.replace_one({"_id": "looks-1.00000002"}, document_of(forged, archive.sealing))

    assert await archive.faults() == ["access log, looks-1: entry 2 does not go on from the one before it: one of the two was altered"]


@pytest.mark.row("B07")
@pytest.mark.parametrize(
    ("gone", "said"), [(1, "entry 1 is missing: number 2 stands in its place"), (2, "entry 2 is missing: number 3 stands in its place")]
)
async def test_an_entry_that_was_removed_is_named(archive: Archive, gone: int, said: str) -> None:
    await archive.looked("looks-1", 0, 1, 2)
    await archive.entries.delete_one({"_id": f"looks-1.{gone:08}"})

    assert await archive.faults() == [f"access log, looks-1: {said}"]


async def cut_short(archive: Archive) -> None:
    await archive.entries.delete_many({"chain": "looks-1", "number": {"$gte": 3}})


async def written_anew(archive: Archive) -> None:
    await archive.entries.delete_many({"chain": "looks-1"})
    anew = Tip("looks-1").entries([replace(a_look(second), by="person-nobody") for second in range(3)], until=OVER, random=numbers())
    await archive.entries.insert_many([document_of(entry, archive.sealing) for entry in anew])


async def taken_away(archive: Archive) -> None:
    await archive.entries.delete_many({"chain": "looks-1"})


@pytest.mark.row("B07")
@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (cut_short, "looks-1 was cut short: entry 3 is not there"),
        (written_anew, "looks-1 was rewritten, up to entry 3 or before it"),
        (taken_away, "looks-1 was taken away"),
    ],
)
async def test_an_anchor_names_what_a_chain_alone_cannot(archive: Archive, wrong: Callable, said: str) -> None:
    await archive.looked("looks-1", 0, 1, 2)
    await archive.looked("looks-2", 3)
    anchor = await archive.anchored()

    await wrong(archive)

    assert await archive.faults() == []
    assert await archive.faults(anchor) == [f"access log, {said}"]


async def test_a_chain_that_goes_on_from_another_shows_that_its_end_was_cut(archive: Archive) -> None:
    await archive.looked("looks-1", 0, 1, 2)
    last = await archive.log.last("looks-1")
    assert last
    (goes_on,) = Tip("looks-2", last.link).entries([a_look(9)], until=OVER, random=numbers())
    await archive.entries.insert_one(document_of(goes_on, archive.sealing))
    assert await archive.faults() == []

    await cut_short(archive)

    assert await archive.faults() == ["access log, looks-1 was cut short: entry 3 is not there"]


async def test_what_the_store_let_go_after_its_years_is_not_missed(archive: Archive) -> None:
    await archive.looked("looks-1", 0, 1, 2)
    await archive.looked("looks-2", 3)
    anchor = await archive.anchored()
    await archive.entries.delete_many({"chain": "looks-1", "number": {"$lte": 2}})
    await archive.entries.delete_many({"chain": "looks-2"})

    assert await archive.faults(anchor, now=OVER) == []
    assert await archive.faults(anchor, now=OVER - timedelta(seconds=1)) == [
        "access log, looks-1: entry 1 is missing: number 3 stands in its place",
        "access log, looks-2 was taken away",
    ]


async def test_an_anchor_holds_the_chains_that_went_on_since_the_one_before(archive: Archive) -> None:
    await archive.looked("looks-1", 0)
    first = read_anchor(await archive.anchored()).anchor
    await archive.looked("looks-2", 2 * 24 * 3600)
    second = read_anchor(await archive.anchored()).anchor

    assert [link.chain for link in first.looks] == ["looks-1"]
    assert [link.chain for link in second.looks] == ["looks-2"]
    assert second.previous == first.root


async def test_an_anchor_from_before_there_was_a_log_is_still_read(archive: Archive) -> None:
    old = make_anchor([], at=MONDAY)
    archive.folder.keep(old)
    file = archive.folder.folder / "anchor-2026-11-23.json"
    without = file.read_bytes().replace(b',"looks":[]', b"")
    assert without != file.read_bytes()
    file.write_bytes(without)

    assert read_anchor(file).anchor == old


@pytest.mark.row("B07")
async def test_one_command_names_the_first_bad_entry_and_ends_with_a_failure(mongo_url: str, tmp_path: Path, capsys) -> None:
    port = int(mongo_url.rpartition(":")[2])
    settings = Settings.from_environment(environment(tmp_path, port=1, ports={"store": port, "valkey": 2, "mocks": 3, "worker": 4}))
    settings = replace(settings, mongo_database=f"test_{uuid4().hex}")
    with closing(connect(mongo_url)) as client:
        database = database_of(client, settings.mongo_database)
        signer = settings.signer, settings.signer_passphrase.encode()
        folder = AnchorFolder.of(settings.anchors, signer=signer[0], passphrase=signer[1])
        archive = Archive(database, read_sealing(settings.sealing_keys), folder)
        await apply(database, [CASES, ACCESS_LOG])
        await archive.looked("looks-1", 0, 1, 2)
        anchor = await archive.anchored()

        sound = await asyncio.to_thread(verify, settings, anchor=anchor)
        told_sound = capsys.readouterr().out
        await cut_short(archive)
        cut = await asyncio.to_thread(verify, settings, anchor=anchor)
        told_cut = capsys.readouterr().out
        await client.drop_database(settings.mongo_database)

    assert (sound, told_sound.split("\n")[1]) == (0, "Every history is whole.")
    assert "0 cases, 1 chains of the access log, signed by" in told_sound
    assert (cut, told_cut.split("\n")[1]) == (1, "access log, looks-1 was cut short: entry 3 is not there")
