"""What must be true once everything has settled: in the store itself, in the departments' own ledgers, and as each person sees it."""

import asyncio
import sys
from asyncio.subprocess import PIPE, STDOUT
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from api.keys import sealing
from domain.cases.anchors import fault_of
from domain.cases.case import Case
from domain.cases.errands import handoff_key, read_handoff_key
from domain.cases.parts import ITEM_OVER, CaseStatus, ItemState, ItemStatus
from domain.clock import system_now
from integrations.mongo.callbacks import CALLBACKS
from integrations.mongo.case_codec import CaseCodec
from integrations.mongo.cases import CASES
from integrations.mongo.certificates import CERTIFICATE_FILES, CERTIFICATES
from integrations.mongo.database import Database, connect, database
from integrations.mongo.histories import MongoHistories
from integrations.mongo.leases import LONG_AGO
from mocks import documents
from mocks.decisions import DEPARTMENTS
from tests.faults.crowd import Walker
from tests.faults.house import House
from tests.whole.applicant import Json, Outside

ROOT = Path(__file__).parents[2]
SAID_YES = frozenset({"GRANTED", "FOUND", "NOT_FOUND", "TOLD"})
SETTLED_SECONDS, REST_SECONDS, LOOK_EVERY = 180.0, 30.0, 0.2
SOON = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Kept:
    """All cases there are; certificates and their files by the case they are of; what departments hold, by case and item; the keys of
    what the message provider has sent, by case."""

    cases: Mapping[str, Case]
    certificates: Counter[str]
    printed: Counter[str]
    held: Mapping[tuple[str, str], Sequence[Json]]
    sent: Mapping[str, Sequence[str]]


async def settled(house: House, outside: Outside) -> Kept:
    """What is there when nothing is left to be done soon: for no case, and for nothing that a department called back."""
    client = connect(house.settings.mongo_url)
    try:
        store = database(client, house.settings.mongo_database)
        async with asyncio.timeout(SETTLED_SECONDS):
            await _until_nothing_is_left(store)
        return Kept(await _cases(store, house), *await _certificates(store), await _held(outside), await _sent(outside))
    finally:
        client.close()


async def _until_nothing_is_left(store: Database) -> None:
    left = 1
    while left:
        await asyncio.sleep(LOOK_EVERY)
        soon = {"next_due": {"$gt": LONG_AGO, "$lt": system_now() + SOON}}
        left = sum([await store[name].count_documents(soon) for name in (CASES.name, CALLBACKS.name)])


async def _cases(store: Database, house: House) -> Mapping[str, Case]:
    histories = MongoHistories(store, CaseCodec(sealing(house.settings.sealing_keys)))
    found = {id: case async for id, case in histories.every()}
    assert None not in found.values(), "a case cannot be read"
    return found  # type: ignore[return-value]


async def _certificates(store: Database) -> tuple[Counter[str], Counter[str]]:
    case_of = {found["_id"]: found["case"] async for found in store[CERTIFICATES.name].find({}, {"case": 1})}
    files = [found["_id"] async for found in store[CERTIFICATE_FILES.name].find({}, {"_id": 1})]
    return Counter(case_of.values()), Counter(case_of[id] for id in files)


async def _held(outside: Outside) -> Mapping[tuple[str, str], Sequence[Json]]:
    held = defaultdict(list)
    for code in DEPARTMENTS:
        for entry in await outside.ledger(code):
            case, item, _ = read_handoff_key(entry["key"])
            held[case, item].append(entry)
    return held


async def _sent(outside: Outside) -> Mapping[str, Sequence[str]]:
    sent = defaultdict(list)
    for message in await outside.messages():
        sent[message["key"].partition(".")[0]].append(message["key"])
    return sent


async def verify_history(house: House) -> tuple[int, str]:
    """As an operator proves it: the command, its exit code and its words."""
    command = (sys.executable, "-m", "api", "verify-history")
    process = await asyncio.create_subprocess_exec(*command, cwd=ROOT, env=house.environment, stdout=PIPE, stderr=STDOUT)
    said, _ = await process.communicate()
    return process.returncode or 0, said.decode().strip()


# ---------------------------------------------------------------- one person's case


async def check(walker: Walker, kept: Kept) -> None:
    """Everything that was promised to this person."""
    assert walker.submitted, f"{walker.person.key} has not submitted"
    case = kept.cases[walker.submitted["id"]]
    assert [each.id for each in kept.cases.values() if each.person == case.person] == [case.id]
    assert case.number == walker.submitted["number"]
    assert fault_of(case) is None
    check_steps(case)
    for item in case.items:
        check_item(case, item, kept.held.get((case.id, item.code), []))
    check_certificate(case, kept)
    check_notices(case, kept.sent.get(case.id, []))
    await _check_seen(walker, case)


def check_steps(case: Case) -> None:
    """What happens once has happened once, and in the end all of it."""
    kinds = Counter(step.kind for step in case.history)
    of_items = Counter((step.kind, step.item) for step in case.history if step.kind in {"handed-off", "item-decided", "item-not-started"})
    assert (case.status, kinds["opened"], kinds["submitted"], kinds["completed"]) == (CaseStatus.DONE, 1, 1, 1)
    assert [what for what, times in of_items.items() if times > 1] == []


def check_item(case: Case, item: ItemState, held: Sequence[Json]) -> None:
    """The department has it once, under the one key, and the case says what the department says."""
    where = f"{item.code} of {case.number} is {item.status}; the department holds {held}"
    assert item.status in ITEM_OVER, where
    if item.status is ItemStatus.NOT_STARTED:
        assert held == [], where
        assert item.because, where
        return
    assert [entry["key"] for entry in held] == [handoff_key(case, item.code)], where
    assert (held[0]["status"], item.status is ItemStatus.DONE) == ("decided", held[0]["outcome"] in SAID_YES), where
    assert held[0]["outcome"] == item.outcome, where


def check_certificate(case: Case, kept: Kept) -> None:
    due = sum(item.code == "pension" and item.status is ItemStatus.DONE for item in case.items)
    issued = sum(step.kind == "certificate-issued" for step in case.history)
    assert (issued, kept.certificates[case.id], kept.printed[case.id], int(case.certificate is not None)) == (due,) * 4


def check_notices(case: Case, sent: Sequence[str]) -> None:
    """Whatever was sent is in the history as sent, once; and whatever the history says was sent."""
    told = [f"{case.id}.{step.data['notice']}" for step in case.history if step.kind == "notice-sent"]
    assert (sorted(told), case.notices) == (sorted(sent), ())
    assert {f"{case.id}.submitted", f"{case.id}.completed"} <= set(told)


async def _check_seen(walker: Walker, case: Case) -> None:
    """What the line brought live, and then the rest, is the whole history: each step once, in order."""
    async with asyncio.timeout(REST_SECONDS), aclosing(walker.person.phone.watch(case.id, after=len(walker.steps))) as messages:
        rest = [step async for message in messages for step in message["steps"]]
    seen = [(step["number"], step["kind"]) for step in [*walker.steps, *rest]]
    assert seen == [(step.number, step.kind) for step in case.history]
    certificates = (await walker.person.phone.query(documents.CERTIFICATES))["certificates"]
    assert len(certificates) == (case.certificate is not None)
