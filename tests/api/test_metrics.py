"""What an operator sees at GET /metrics."""

import asyncio
from collections.abc import Sequence
from pathlib import Path

import httpx2
import pytest
from starlette.applications import Starlette
from starlette.routing import Route

from api.metrics import KEPT, STALE, Backlog, Metrics


async def told(metrics: Metrics) -> dict[str, float]:
    app = Starlette(routes=[Route("/metrics", metrics.endpoint)])
    async with httpx2.AsyncClient(transport=httpx2.ASGITransport(app=app), base_url="http://test") as client:
        response = await client.get("/metrics")
    assert response.headers["content-type"].startswith("text/plain")
    lines = [line.rsplit(" ", 1) for line in response.text.splitlines() if line.startswith("zhangban_")]
    return {name: float(value) for name, value in lines}


async def test_operations_outside_systems_and_errands_are_counted_by_outcome() -> None:
    metrics = Metrics()
    metrics.observe_operation("submitCase", 0.02, "ok")
    metrics.observe_operation("submitCase", 3, "fault")
    metrics.observe("SOCIAL_INSURANCE", 0.4, "NO_ANSWER")
    metrics.count_errand("HAND_OFF", "DONE")
    metrics.count_errand("HAND_OFF", "DONE")

    figures = await told(metrics)

    assert figures['zhangban_operation_seconds_bucket{le="0.025",operation="submitCase",outcome="ok"}'] == 1
    assert figures['zhangban_operation_seconds_sum{operation="submitCase",outcome="fault"}'] == 3
    assert figures['zhangban_outside_seconds_count{outcome="NO_ANSWER",system="SOCIAL_INSURANCE"}'] == 1
    assert figures['zhangban_errands_total{kind="HAND_OFF",outcome="DONE"}'] == 2


async def test_the_backlog_is_read_when_somebody_looks_and_what_is_gone_is_gone() -> None:
    backlogs, moment = [[Backlog("HEALTH_INSURANCE", 3, 90.5)], []], [0.0]

    async def read() -> Sequence[Backlog]:
        return backlogs.pop(0)

    metrics = Metrics()
    metrics.watch_backlogs(read, clock=lambda: moment[0])
    first = await told(metrics)
    moment[0] += KEPT
    second = await told(metrics)

    assert first['zhangban_backlog{department="HEALTH_INSURANCE"}'] == 3
    assert first['zhangban_backlog_oldest_seconds{department="HEALTH_INSURANCE"}'] == 90.5
    assert [name for name in second if "department" in name] == []
    assert (first["zhangban_backlog_known"], second["zhangban_backlog_known"]) == (1, 1)


async def test_many_who_look_within_half_a_minute_are_told_one_reading() -> None:
    moment, readings = [0.0], []

    async def read() -> Sequence[Backlog]:
        readings.append(moment[0])
        await asyncio.sleep(0.02)
        return [Backlog("HEALTH_INSURANCE", len(readings), 1)]

    metrics = Metrics()
    metrics.watch_backlogs(read, clock=lambda: moment[0])
    at_once = await asyncio.gather(told(metrics), told(metrics), told(metrics))
    moment[0] = KEPT - 1
    soon = await told(metrics)
    moment[0] = KEPT
    later = await told(metrics)

    assert [figures['zhangban_backlog{department="HEALTH_INSURANCE"}'] for figures in (*at_once, soon, later)] == [1, 1, 1, 1, 2]
    assert readings == [0, KEPT]


async def test_nobody_waits_for_a_store_that_hangs_and_its_answer_is_told_to_whoever_looks_next() -> None:
    answers, readings = asyncio.Event(), []

    async def read() -> Sequence[Backlog]:
        readings.append(1)
        await answers.wait()
        return [Backlog("HEALTH_INSURANCE", 3, 90.5)]

    metrics = Metrics()
    metrics.watch_backlogs(read, patience=0.02)
    async with asyncio.timeout(1):
        hanging = [await told(metrics), await told(metrics)]
    answers.set()
    answered = await told(metrics)

    assert [figures["zhangban_backlog_known"] for figures in hanging] == [0, 0]
    assert (answered["zhangban_backlog_known"], answered['zhangban_backlog{department="HEALTH_INSURANCE"}']) == (1, 3)
    assert readings == [1]


@pytest.mark.parametrize(("seconds", "known"), [(STALE - 1, 1), (STALE, 0)])
async def test_while_the_next_reading_hangs_the_last_is_told_for_a_little_and_then_no_more(seconds: float, known: int) -> None:
    moment, answers = [0.0], asyncio.Event()
    answers.set()

    async def read() -> Sequence[Backlog]:
        await answers.wait()
        return [Backlog("HEALTH_INSURANCE", 3, 90.5)]

    metrics = Metrics()
    metrics.watch_backlogs(read, clock=lambda: moment[0], patience=0.02)
    await told(metrics)
    answers.clear()
    moment[0] += seconds
    hanging = await told(metrics)
    answers.set()

    assert hanging["zhangban_backlog_known"] == known
    assert len([name for name in hanging if "department" in name]) == 2 * known


async def test_a_store_that_is_away_hides_its_own_figures_and_no_others() -> None:
    moment, backlogs = [0.0], [[Backlog("HEALTH_INSURANCE", 3, 90.5)]]

    async def read() -> Sequence[Backlog]:
        return backlogs.pop() if backlogs else await gone()

    async def gone() -> Sequence[Backlog]:
        raise ConnectionError("away")

    metrics = Metrics()
    metrics.watch_backlogs(read, clock=lambda: moment[0])
    metrics.count_errand("HAND_OFF", "DONE")
    await told(metrics)
    moment[0] += KEPT

    figures = await told(metrics)

    assert [name for name in figures if "department" in name] == []
    assert figures["zhangban_backlog_known"] == 0
    assert figures['zhangban_errands_total{kind="HAND_OFF",outcome="DONE"}'] == 1


async def test_who_watches_no_backlog_tells_none_and_gives_no_alarm() -> None:
    assert [name for name in await told(Metrics()) if "backlog" in name] == []


async def test_open_sockets_are_asked_for_when_somebody_looks() -> None:
    open_sockets = [3, 5]
    metrics = Metrics()
    metrics.watch_sockets(lambda: open_sockets.pop(0))

    assert [(await told(metrics))["zhangban_sockets_open"] for _ in range(2)] == [3, 5]


def test_operating_tells_of_what_the_api_watches() -> None:
    metrics = Metrics()
    plain = {family.name for family in metrics.registry.collect()}
    metrics.watch_sockets(lambda: 0)
    metrics.watch_backlogs(nothing_waits)

    watched = {family.name for family in metrics.registry.collect()} - plain
    operating = (Path(__file__).parents[2] / "docs" / "operating.md").read_text(encoding="utf-8")

    assert len(watched) == 4
    assert [name for name in watched if f"`{name}`" not in operating] == []


async def nothing_waits() -> Sequence[Backlog]:
    return []
