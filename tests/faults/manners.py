"""How departments and registers answer a crowd: some at once, some late, twice, in the wrong order; some refuse; some requests are lost."""

from collections.abc import Iterator, Sequence
from random import Random

from mocks.decisions import DEPARTMENTS
from tests.whole.applicant import Json, Outside

LOST = 0.08
"""The share of requests answered 503, of which half have taken effect. Rare enough that no circuit breaker opens."""


async def misbehave(outside: Outside, keys: Sequence[str], seed: int) -> None:
    for system, manner in _manners(keys, Random(f"manners-{seed}")):
        await outside.behave(system, **manner)


def _manners(keys: Sequence[str], chance: Random) -> Iterator[tuple[str, Json]]:
    for code in DEPARTMENTS:
        rules = [{"person": key, **_of_department(chance)} for key in keys]
        yield f"departments/{code}", {"error_rate": LOST, "seed": chance.randrange(1000), "rules": rules}
    slow = [{"person": key, "after_ms": chance.choice((0, 0, 100, 600, 2_500, 4_000))} for key in keys]
    yield "licences", {"error_rate": LOST, "seed": chance.randrange(1000), "rules": slow}
    yield "messages", {"error_rate": LOST, "seed": chance.randrange(1000)}


def _of_department(chance: Random) -> Json:
    late = chance.randint(50, 1_500)
    return chance.choice(
        (
            {},
            {},
            {"after_ms": late},
            {"after_ms": late, "times": 3},
            {"after_ms": late, "out_of_order": True},
            {"out_of_order": True, "times": 2},
            {"outcome": "REFUSED", "reasons": ["材料与档案不一致"]},
            {"after_ms": late, "outcome": "REFUSED", "reasons": ["还差七个月"], "times": 2},
        )
    )
