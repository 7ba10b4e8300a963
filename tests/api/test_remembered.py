"""What is the same for whoever asks is worked out once in a while, and nothing else is kept (decision 14)."""

import asyncio
from collections.abc import Callable, Sequence
from typing import Any

import pytest
import strawberry

from api.app import SAME_FOR_ALL
from api.graphql.counters import ActionCounters
from api.graphql.engine import Engine
from api.graphql.remembered import MOST_ANSWERS, Remembered
from schema import schema
from tests.security.asking import a_client, ask
from tests.security.small_gate import Observed
from tests.security.small_schema import SECRET

worked_out: list[str] = []


@pytest.fixture(autouse=True)
def _nothing_worked_out() -> None:
    worked_out.clear()


def law(info: strawberry.Info[Any, None], of: str) -> str:
    worked_out.append(of)
    return f"{of} {info.context.who}"


def fails() -> str | None:
    worked_out.append("fails")
    raise RuntimeError(SECRET)


@strawberry.type
class Query:
    law: str = strawberry.field(resolver=law)
    mine: str = strawberry.field(resolver=lambda: worked_out.append("mine") or "mine")
    fails: str | None = strawberry.field(resolver=fails)


def by_reader(context: Any) -> Sequence[str]:
    return (context.who,)


def an_engine(
    *, observed: Observed | None = None, circumstances: Callable[[Any], Sequence[str]] = by_reader, **limits: float
) -> tuple[Engine, Remembered]:
    remembered = Remembered(frozenset({"law", "fails"}), circumstances, **limits)  # type: ignore[arg-type]
    engine = Engine(
        strawberry.Schema(query=Query),
        new_error_id=lambda: "error-id",
        counters=ActionCounters(),
        observe=observed or Observed(),
        remembered=remembered,
    )
    return engine, remembered


LAW = "query($of: String!) { law(of: $of) }"


async def test_the_same_question_is_answered_alike_and_worked_out_once_and_each_is_observed() -> None:
    observed = Observed()
    async with a_client(an_engine(observed=observed)[0]) as client:
        answers = [(await ask(client, LAW, token="mei", variables={"of": "2026"})).json() for _ in range(3)]

    assert answers == [{"data": {"law": "2026 mei/"}}] * 3
    assert worked_out == ["2026"]
    assert observed.labels == [("law", "ok")] * 3


async def test_other_arguments_another_document_and_another_reader_are_other_questions() -> None:
    async with a_client(an_engine()[0]) as client:
        of_2026 = await ask(client, LAW, token="mei", variables={"of": "2026"})
        of_2027 = await ask(client, LAW, token="mei", variables={"of": "2027"})
        renamed = await ask(client, "query($of: String!) { a: law(of: $of) }", token="mei", variables={"of": "2026"})
        of_bo = await ask(client, LAW, token="bo", variables={"of": "2026"})

    assert [each.json()["data"] for each in (of_2026, of_2027, renamed, of_bo)] == [
        {"law": "2026 mei/"},
        {"law": "2027 mei/"},
        {"a": "2026 mei/"},
        {"law": "2026 bo/"},
    ]


async def test_what_is_asked_beside_anything_personal_and_what_failed_is_not_kept() -> None:
    engine, remembered = an_engine()
    async with a_client(engine) as client:
        for _ in range(2):
            await ask(client, '{ law(of: "2026") mine }')
            await ask(client, "{ fails }")

    assert worked_out == ["2026", "mine", "fails", "2026", "mine", "fails"]
    assert remembered._answers == {}


async def test_an_answer_is_forgotten_by_itself_and_no_question_is_kept_in_words() -> None:
    engine, remembered = an_engine(seconds=0.02)
    async with a_client(engine) as client:
        await ask(client, LAW, variables={"of": "1966-06-15"})
        kept = repr(list(remembered._answers))
        await asyncio.sleep(0.05)

    assert "1966" not in kept
    assert remembered._answers == {}


async def test_no_more_are_kept_than_there_is_room_for() -> None:
    _, remembered = an_engine()
    for number in range(MOST_ANSWERS + 5):
        remembered.keep(number.to_bytes(2), {"data": {}})
    remembered.keep(b"too large", {"data": "x" * 70_000})

    assert len(remembered._answers) == MOST_ANSWERS


def test_every_answer_that_is_kept_is_of_a_query_of_the_schema() -> None:
    assert set(schema._schema.query_type.fields) >= SAME_FOR_ALL  # type: ignore[union-attr]
