"""The histories as a whole: an anchor a day, kept outside the database, and the proof that nothing was altered (`verify-history`)."""

import asyncio
from collections.abc import AsyncIterator, Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from api.children import CannotRun
from api.keys import sealing
from api.settings import Settings
from domain.cases.anchors import Anchor, Head, fault_against, fault_of, make_anchor
from domain.cases.steps import GENESIS
from domain.clock import Now, day_in_china
from domain.ports import NoAnswer
from integrations.anchor_files import AnchorFolder, NotAnAnchor, read_anchor
from integrations.mongo.case_codec import CaseCodec
from integrations.mongo.database import connect, database
from integrations.mongo.histories import MongoHistories

CLOCKS_DIFFER = timedelta(minutes=5)
BEFORE_ALL = datetime(2000, 1, 1, tzinfo=UTC)


async def anchor_of_today(histories: MongoHistories, folder: AnchorFolder, now: Now) -> Anchor | None:
    """Writes it, unless today's is there; for the worker to call as often as it likes. Raises NotAnAnchor if the last one was altered."""
    at, last = now(), folder.newest()
    if last and day_in_china(last.at) >= day_in_china(at):
        return None
    since = last.at - CLOCKS_DIFFER if last else BEFORE_ALL
    heads = [head async for head in histories.heads(changed_since=since)]
    anchor = make_anchor(heads, at=at, previous=last.root if last else GENESIS)
    return anchor if folder.keep(anchor) else None


def verify(settings: Settings, *, anchor: Path | None) -> int:
    """Tells each fault in a line; the exit code. Raises CannotRun."""
    try:
        faults = asyncio.run(_faults_of_all(settings, _heads(anchor) if anchor else ()))
    except NotAnAnchor as why:
        raise CannotRun(str(why)) from why
    except NoAnswer as away:
        raise CannotRun(f"The store does not answer ({away.why}).") from away
    print("\n".join(faults) or "Every history is whole.")
    return 1 if faults else 0


def _heads(file: Path) -> tuple[Head, ...]:
    signed = read_anchor(file)
    print(f"Anchor of {signed.anchor.at.isoformat()}, {len(signed.anchor.heads)} cases, signed by {signed.signer}")
    return signed.anchor.heads


async def _faults_of_all(settings: Settings, heads: Iterable[Head]) -> list[str]:
    client = connect(settings.mongo_url)
    try:
        store = database(client, settings.mongo_database)
        histories = MongoHistories(store, CaseCodec(sealing(settings.sealing_keys)))
        return [fault async for fault in faults(histories, heads)]
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
