"""The sealing key changes while people work: nobody notices, and afterwards the former key is needed by nothing."""

import asyncio
import json

from api.development import CANARY
from api.keys import sealing
from tests.demonstration import Show
from tests.whole.applicant import Applicant


async def typing(person: Applicant, done: asyncio.Event) -> int:
    """How often they saved meanwhile."""
    times = 0
    while not done.is_set():
        times += 1
        await person.fills({"key": "email", "value": f"{times}@b.cn"})
    return times


async def test_keys_change_while_people_save_and_the_former_one_can_go(show: Show, somebody) -> None:
    person, done = await somebody(), asyncio.Event()
    await person.opens(["normal-retirement", "household-check"])
    keys = show.data / "keys" / "sealing.json"
    former = json.loads(keys.read_text(encoding="utf-8"))["current"]

    saving = asyncio.create_task(typing(person, done))
    code, told = await show.operator("rotate-keys", "--new-key", "--pause", "0.2")
    done.set()
    times = await saving

    found = json.loads(keys.read_text(encoding="utf-8"))
    assert code == 0, told
    assert f"Nothing is under key {former} any more." in told
    assert (found["current"] != former, list(found["keys"])) == (True, [found["current"], former])
    keys.write_text(json.dumps(found | {"keys": {found["current"]: found["keys"][found["current"]]}}), encoding="utf-8")
    assert sealing(keys).open((show.data / CANARY).read_bytes(), about=CANARY)
    await person.rereads()
    assert person.question("email")["value"] == f"{times}@b.cn"
    keys.write_text(json.dumps(found), encoding="utf-8")
