"""What an operator sees at GET /metrics."""

from collections.abc import Sequence

import httpx2
from starlette.applications import Starlette
from starlette.routing import Route

from api.metrics import Backlog, Metrics


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
    backlogs = [[Backlog("HEALTH_INSURANCE", 3, 90.5)], []]

    async def read() -> Sequence[Backlog]:
        return backlogs.pop(0)

    metrics = Metrics()
    metrics.watch_backlogs(read)
    first, second = await told(metrics), await told(metrics)

    assert first['zhangban_backlog{department="HEALTH_INSURANCE"}'] == 3
    assert first['zhangban_backlog_oldest_seconds{department="HEALTH_INSURANCE"}'] == 90.5
    assert [name for name in second if "department" in name] == []
    assert (first["zhangban_backlog_known"], second["zhangban_backlog_known"]) == (1, 1)


async def test_a_store_that_is_away_hides_its_own_figures_and_no_others() -> None:
    async def read() -> Sequence[Backlog]:
        raise ConnectionError("away")

    metrics = Metrics()
    metrics.watch_backlogs(read)
    metrics.count_errand("HAND_OFF", "DONE")

    figures = await told(metrics)

    assert figures["zhangban_backlog_known"] == 0
    assert figures['zhangban_errands_total{kind="HAND_OFF",outcome="DONE"}'] == 1


async def test_open_sockets_are_asked_for_when_somebody_looks() -> None:
    open_sockets = [3, 5]
    metrics = Metrics()
    metrics.watch_sockets(lambda: open_sockets.pop(0))

    assert [(await told(metrics))["zhangban_sockets_open"] for _ in range(2)] == [3, 5]
