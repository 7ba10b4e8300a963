"""What somebody is told when they ask for everything there is to select, field by field, and in which case or mandate it stands."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from tests.access.rules import QUERIES, Rule
from tests.access.world import Json, World
from tests.access.written import root, selection

ROOT_FIELDS = tuple(name for rule, names in QUERIES.items() if rule is not Rule.PUBLIC for name in names.split())
BY_ID = {"case": "case", "mandate": "mandate", "certificate": "certificate"}
"""Which take an id, and of what."""


@dataclass(frozen=True)
class Told:
    """`field`: as Type.field; `case`, `mandate`: the innermost in which it stands."""

    field: str
    case: str | None = None
    mandate: str | None = None


@cache
def question(name: str, of: str = "Query") -> str:
    """With everything below. Pages are asked whole."""
    field = root(of).fields[name]
    head, asked = {"id": ("($id: ID!)", "(id: $id)"), "caseId": ("($id: ID!)", "(caseId: $id)"), "seen": _SEEN}.get(
        next(iter(field.args), ""), ("", "(first: 50)" if "first" in field.args else "")
    )
    below = selection(field.type)
    inside = below if below.startswith("{") else f"{{ __typename{below} }}"
    return f"{'subscription' if of == 'Subscription' else 'query'}{head} {{ {name}{asked} {inside} }}"


_SEEN = ("($id: ID!)", "(seen: [{ caseId: $id, version: -1 }])")


def ids(world: World) -> dict[str, list[str]]:
    """Of all things that can be asked for by their id."""
    return {
        "case": [case.id for case in world.cases.values()],
        "mandate": [mandate.id for mandate in world.mandates.values()],
        "certificate": [certificate.id for certificate in world.certificates.values()],
    }


async def everything(world: World, who: str) -> list[Json]:
    """Every answer to every question that is not the same for all."""
    answers = []
    for name in ROOT_FIELDS:
        asked = [{"id": id} for id in ids(world)[BY_ID[name]]] if name in BY_ID else [{}]
        answers += [await world.ask(who, question(name), **variables) for variables in asked]
    watched = [world.cases[name].id for name in ("draft", "helped", "strangers")]
    for name in ("caseProgress", "caseChanges"):
        answers += [await world.ask(who, question(name, "Subscription"), id=id) for id in watched]
    return answers


def told(answer: object, *, case: str | None = None, mandate: str | None = None) -> Iterator[Told]:
    if isinstance(answer, list):
        for one in answer:
            yield from told(one, case=case, mandate=mandate)
    if not isinstance(answer, dict):
        return
    case = answer.get("Case__id") or _beside(answer) or case
    mandate = answer.get("Mandate__id", mandate)
    for key, value in answer.items():
        if "__" in key.strip("_") and value not in (None, [], {}):
            yield Told(key.replace("__", "."), case, mandate)
        yield from told(value, case=case, mandate=mandate)


def _beside(answer: Json) -> str | None:
    """The case that stands beside what is told of it, as in an entry of a queue."""
    cases = (value for key, value in answer.items() if key.endswith("__case") and isinstance(value, dict))
    return next((str(case["Case__id"]) for case in cases if "Case__id" in case), None)
