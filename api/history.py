"""The histories and the access log as a whole: an anchor a day, kept outside the database, and the proof that nothing was altered.

`python -m api verify-history`.
"""

import asyncio
from collections.abc import AsyncIterator, Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from api.children import CannotRun
from api.keys import sealing
from api.settings import Settings
from domain.cases.anchors import Anchor, Head, fault_against, fault_of, make_anchor
from domain.cases.steps import GENESIS
from domain.clock import Now, day_in_china, system_now
from domain.looks import chain as looks
from domain.looks.chain import Link
from domain.ports import NoAnswer
from integrations.anchor_files import AnchorFolder, NotAnAnchor, read_anchor
from integrations.mongo.case_codec import CaseCodec
from integrations.mongo.database import connect, database
from integrations.mongo.histories import MongoHistories
from integrations.mongo.looks import MongoLookLog

CLOCKS_DIFFER = timedelta(minutes=5)
BEFORE_ALL = datetime(2000, 1, 1, tzinfo=UTC)


async def anchor_of_today(histories: MongoHistories, log: MongoLookLog, folder: AnchorFolder, now: Now) -> Anchor | None:
    """Writes it, unless today's is there; for the worker to call as often as it likes. Raises NotAnAnchor if the last one was altered."""
    at, last = now(), folder.newest()
    if last and day_in_china(last.at) >= day_in_china(at):
        return None
    since = last.at - CLOCKS_DIFFER if last else BEFORE_ALL
    heads = [head async for head in histories.heads(changed_since=since)]
    anchor = make_anchor(heads, await _ends(log, since), at=at, previous=last.root if last else GENESIS)
    return anchor if folder.keep(anchor) else None


async def _ends(log: MongoLookLog, since: datetime) -> list[Link]:
    """Of the chains that went on since."""
    ends = [await log.last(chain) for chain in await log.chains()]
    return [entry.link for entry in ends if entry and entry.look.at > since]


def verify(settings: Settings, *, anchor: Path | None) -> int:
    """Tells each fault in a line; the exit code. Raises CannotRun."""
    try:
        faults = asyncio.run(_faults_of_all(settings, _read(anchor) if anchor else None))
    except NotAnAnchor as why:
        raise CannotRun(str(why)) from why
    except NoAnswer as away:
        raise CannotRun(f"The store does not answer ({away.why}).") from away
    print("\n".join(faults) or "Every history is whole.")
    return 1 if faults else 0


def _read(file: Path) -> Anchor:
    signed = read_anchor(file)
    holds = f"{len(signed.anchor.heads)} cases, {len(signed.anchor.looks)} chains of the access log"
    print(f"Anchor of {signed.anchor.at.isoformat()}, {holds}, signed by {signed.signer}")
    return signed.anchor


async def _faults_of_all(settings: Settings, anchor: Anchor | None) -> list[str]:
    client = connect(settings.mongo_url)
    try:
        store = database(client, settings.mongo_database)
        keys = sealing(settings.sealing_keys)
        histories, log = MongoHistories(store, CaseCodec(keys)), MongoLookLog(store, keys)
        in_cases = [fault async for fault in faults(histories, anchor.heads if anchor else ())]
        return in_cases + [fault async for fault in faults_in_looks(log, anchor.looks if anchor else (), now=system_now())]
    finally:
        client.close()


async def faults(histories: MongoHistories, heads: Iterable[Head] = ()) -> AsyncIterator[str]:
    """Each case that is not what its steps say, or does not go on from the head that an anchor holds of it."""
    anchored = {head.case: head for head in heads}
    async for id, case in histories.every():
        head = anchored.pop(id, None)
        if case is None:
            yield f"{id} cannot be read: damaged, or sealed under a key that is not here"
        elif fault := fault_of(case) or (head and fault_against(head, case)):
            yield f"{id}: {fault}"
    for id in anchored:
        yield f"{id} was taken away"


async def faults_in_looks(log: MongoLookLog, ends: Iterable[Link] = (), *, now: datetime) -> AsyncIterator[str]:
    """The first bad entry of each chain; and each chain that does not go on from where an anchor, or a later chain, saw it."""
    walked = {chain: await _walk(log, chain, now=now) for chain in await log.chains()}
    for chain, (fault, _) in walked.items():
        if fault:
            yield f"access log, {chain}: {fault}"
    for link in sorted({*ends, *(link for _, link in walked.values() if link)}):
        fault = looks.fault_against(link, await log.one(link.chain, link.number), now=now)
        if fault and link.chain not in walked:
            yield f"access log, {link.chain} was taken away"
        elif fault and not walked[link.chain][0]:
            yield f"access log, {link.chain} {fault}"


async def _walk(log: MongoLookLog, chain: str, *, now: datetime) -> tuple[str | None, Link | None]:
    """What is wrong first; and the chain from which this one goes on, and where."""
    before, begun_from = None, None
    async for id, entry in log.entries(chain):
        if entry is None:
            return f"{id} was altered, moved, or sealed under a key that is not here", begun_from
        if fault := looks.fault_of(entry, after=before, now=now):
            return fault, begun_from
        if entry.before and entry.before.chain != chain:
            begun_from = entry.before
        before = entry
    return None, begun_from
