"""Somebody else is always faster: what is decided again, and when it is given up with words."""

from dataclasses import dataclass, replace

import pytest

from domain.errors import Conflict, NotFound
from domain.mandates.changing import TRIES, changed, numbered
from domain.mandates.mandate import Mandate
from domain.mandates.stores import NumberTaken
from tests.capacities import a_mandate
from tests.domain.mandates.test_mandate import MARK


@dataclass
class Busy:
    """A store in which others are faster so many times."""

    kept: Mandate
    faster: int = 0
    reads: int = 0

    async def one(self, id: str) -> Mandate | None:
        self.reads += 1
        return self.kept if id == self.kept.id else None

    async def save(self, mandate: Mandate) -> Mandate | None:
        self.faster -= 1
        return mandate if self.faster < 0 else None

    async def last_number(self, principal: str) -> int:
        self.reads += 1
        return self.reads

    async def given(self, principal: str) -> list[Mandate]:
        return []

    async def add(self, mandate: Mandate) -> Mandate:
        self.faster -= 1
        if self.faster < 0:
            return mandate
        raise NumberTaken


def coded(mandate: Mandate) -> Mandate:
    return replace(mandate, code="12345678")


@pytest.mark.parametrize("faster", [0, 1, TRIES - 1])
async def test_it_is_decided_again_on_what_there_is_then(faster: int) -> None:
    store = Busy(a_mandate(), faster)

    assert (await changed(store, "mandate-1", coded)).code == "12345678"
    assert store.reads == faster + 1


async def test_what_changes_nothing_is_not_saved() -> None:
    assert await changed(Busy(a_mandate(), faster=100), "mandate-1", lambda mandate: mandate) == a_mandate()


async def test_it_is_given_up_in_words() -> None:
    with pytest.raises(Conflict):
        await changed(Busy(a_mandate(), faster=TRIES), "mandate-1", coded)
    with pytest.raises(NotFound):
        await changed(Busy(a_mandate()), "mandate-none", coded)
    with pytest.raises(Conflict):
        await numbered(Busy(a_mandate(), faster=TRIES), a_mandate(), MARK, judge=lambda given: None)


async def test_whoever_lost_the_number_takes_the_next() -> None:
    assert (await numbered(Busy(a_mandate(), faster=2), a_mandate(), MARK, judge=lambda given: None)).number == 4
