"""The troubles that are tried: twenty kinds and seeds, all by `make faults`, one of each kind by default."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from random import Random

import pytest

from tests.faults.tap import When


class Kind(StrEnum):
    """The first five kill, in the middle of a crowd: one API process, one worker, the store, Valkey, or one of each but Valkey at once."""

    API = "api"
    WORKER = "worker"
    STORE = "store"
    VALKEY = "valkey"
    MANY = "many"
    SAVING = "saving"
    SAME = "same"


COMMANDS = {Kind.API: 12, Kind.WORKER: 24, Kind.STORE: 90, Kind.VALKEY: 90, Kind.MANY: 90}
"""What one case costs at least in commands to the store: of the one process that is to be killed, or of all."""
FEW, MANY = 12, 200


@dataclass(frozen=True, slots=True)
class Listed:
    kind: Kind
    seed: int

    def __str__(self) -> str:
        return f"{self.kind}-{self.seed}"

    def moments(self, cases: int) -> Sequence[tuple[int, When]]:
        """Blow after blow: at which command, counted from the one before."""
        chance, blows = Random(str(self)), 1 if cases <= FEW else 3
        most = COMMANDS[self.kind] * cases // 2 // blows
        return [(chance.randint(most // 10, most), chance.choice(list(When))) for _ in range(blows)]


LISTED = [
    *(Listed(Kind.API, seed) for seed in (1, 2, 3, 4)),
    *(Listed(Kind.WORKER, seed) for seed in (5, 6, 7, 8)),
    *(Listed(Kind.STORE, seed) for seed in (9, 10, 11, 12)),
    *(Listed(Kind.VALKEY, seed) for seed in (13, 14)),
    *(Listed(Kind.MANY, seed) for seed in (15, 16)),
    *(Listed(Kind.SAVING, seed) for seed in (17, 18)),
    *(Listed(Kind.SAME, seed) for seed in (19, 20)),
]


def chosen(config: pytest.Config, kinds: Sequence[Kind]) -> list[Listed]:
    listed = [one for one in LISTED if one.kind in kinds]
    if config.getoption("--seeds") == "all":
        return listed
    return [next(one for one in listed if one.kind is kind) for kind in kinds]
