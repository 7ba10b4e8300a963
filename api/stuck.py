"""For operators: what a worker put off after a fault of ours, what could not be handed to a department, and handing it over once more."""

import asyncio
from collections.abc import AsyncIterator
from functools import partial

from api.children import CannotRun
from api.parts import parts, seed
from api.settings import Settings
from domain.cases.operating import retry_handoff
from domain.cases.recording import Moment
from domain.clock import CHINA, system_now
from domain.errors import Refusal, StepNotAllowed
from domain.ports import NoAnswer
from integrations.mongo.callbacks import CALLBACKS
from integrations.mongo.cases import CASES
from integrations.mongo.database import Database, connect, database
from integrations.mongo.stuck import failed_handoffs, put_off


def tell(settings: Settings) -> int:
    """A line for each; the exit code is 1 if there is any. Raises CannotRun."""
    try:
        lines = asyncio.run(_lines(settings))
    except NoAnswer as why:
        raise CannotRun(str(why)) from why
    print("\n".join(lines) or "Nothing is stuck.")
    return 1 if lines else 0


async def _lines(settings: Settings) -> list[str]:
    client = connect(settings.mongo_url)
    try:
        return [line async for line in _all(database(client, settings.mongo_database), tuple(settings.department_secrets))]
    finally:
        client.close()


async def _all(store: Database, departments: tuple[str, ...]) -> AsyncIterator[str]:
    for collection in (CASES.name, CALLBACKS.name):
        async for one in put_off(store, collection):
            at = one.at.astimezone(CHINA).isoformat(timespec="seconds")
            yield f"{collection} {one.id}: put off {one.failures} times, last at {at}, error {one.error_id}"
    for department in departments:
        async for number, item in failed_handoffs(store, department):
            yield f"{department} {number}: '{item}' could not be handed over"


def retry(settings: Settings, *, number: str, item: str) -> int:
    """Raises CannotRun, if there is nothing of that name to hand over."""
    asyncio.run(_retry(settings, number, item))
    print(f"'{item}' of {number} is handed over once more.")
    return 0


async def _retry(settings: Settings, number: str, item: str) -> None:
    async with parts(settings, lambda *_: None) as made:
        id = await made.cases.id_of(number)
        if id is None:
            raise CannotRun(f"There is no application with the number {number}.")
        try:
            await made.book.change(id, partial(retry_handoff, item=item, moment=Moment(system_now(), seed())))
        except StepNotAllowed:
            raise CannotRun(f"'{item}' of {number} has not failed, so nothing was changed. `stuck` lists what has.") from None
        except Refusal as why:
            raise CannotRun(f"{number} could not be changed ({why.code}). Try again in a moment.") from None
