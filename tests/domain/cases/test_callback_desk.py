"""A department calls back: its word is in the case once, however often it comes, and whoever has no say in it changes nothing."""

import asyncio
from dataclasses import dataclass, field

import pytest
from msgspec import json

from domain.cases.callbacks import Callback, CallbackDesk
from domain.cases.case import Case
from domain.cases.parts import ItemStatus
from domain.cases.patience import PATIENCE
from integrations.departments import read_callback
from tests.cases import MONDAY, a_complete_case, a_submitted_case, kinds, loaded
from tests.memory import MemoryCases, a_book

ITEM = "normal-retirement"


@dataclass
class Kept:
    """Callbacks that are in their cases."""

    finished: list[str] = field(default_factory=list)

    async def keep(self, callback: Callback) -> bool:
        raise NotImplementedError

    async def one(self, id: str) -> Callback | None:
        raise NotImplementedError

    async def done(self, id: str) -> None:
        self.finished.append(id)


@pytest.fixture
def desk() -> CallbackDesk:
    book = a_book(a_submitted_case())
    return CallbackDesk(Kept(), book, loaded().catalogues, read_callback, PATIENCE, lambda: bytes(32), book.now)


def cases(desk: CallbackDesk) -> MemoryCases:
    return desk.book.store


def the_case(desk: CallbackDesk) -> Case:
    return cases(desk).kept["case-zh8k0001"]


KEY = "case-zh8k0001.normal-retirement.1"


def a_callback(key: str = KEY, *, department: str = "hrss", status: str = "decided", sequence: int = 3, id: str = "hrss.1") -> Callback:
    decided = {"outcome": "GRANTED", "at": "2026-11-23T10:00:30+08:00", "text": "同意", "reasons": ["材料齐全"]}
    said = {"key": key, "status": status, "sequence": sequence, **(decided if status == "decided" else {})}
    return Callback(id, department, json.encode(said), MONDAY)


@pytest.mark.row("A28")
async def test_a_callback_is_in_its_case_and_done(desk: CallbackDesk) -> None:
    await desk.fold_in(a_callback())

    assert (the_case(desk).item(ITEM).status, the_case(desk).private.results[ITEM].text) == (ItemStatus.DONE, "同意")
    assert desk.store.finished == ["hrss.1"]


@pytest.mark.row("A28")
async def test_the_same_result_twice_even_at_once_is_one_entry_of_the_history(desk: CallbackDesk) -> None:
    await asyncio.gather(*(desk.fold_in(a_callback(id=f"hrss.{number}")) for number in range(10)))
    await desk.fold_in(a_callback())

    assert kinds(the_case(desk)).count("item-decided") == 1
    assert len(desk.store.finished) == 11


async def test_what_comes_out_of_order_changes_nothing_any_more(desk: CallbackDesk) -> None:
    await desk.fold_in(a_callback(sequence=3))
    decided = the_case(desk)

    await desk.fold_in(a_callback(status="working", sequence=2, id="hrss.2"))

    assert (the_case(desk), desk.store.finished) == (decided, ["hrss.1", "hrss.2"])


@pytest.mark.parametrize(
    "stray",
    [
        a_callback("nonsense"),
        a_callback("case-zh8k0001.normal-retirement.x"),
        a_callback("case-none.normal-retirement.1"),
        a_callback("case-zh8k0001.special-post-retirement.1"),
        a_callback("case-zh8k0001.no-such-item.1"),
        a_callback("case-zh8k0001.normal-retirement.2"),
        a_callback(department="police"),
        a_callback("case-zh8k0001.pension.1"),
    ],
    ids=["no key", "no round", "no case", "no such item here", "no such item", "another round", "another department", "not handed over"],
)
async def test_what_is_about_nothing_of_ours_changes_nothing_and_is_done(desk: CallbackDesk, stray: Callback) -> None:
    before = the_case(desk)

    await desk.fold_in(stray)

    assert (the_case(desk), desk.store.finished) == (before, ["hrss.1"])


async def test_a_department_cannot_move_a_draft(desk: CallbackDesk) -> None:
    draft = cases(desk).put(a_complete_case())

    await desk.fold_in(a_callback())

    assert the_case(desk) == draft
