"""Whether this process lives, and whether it can work: /healthz and /readyz. What is away is named."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

PATIENCE = 2.0
"""Seconds for all of it."""


def health_routes(
    needed: Mapping[str, Callable[[], Awaitable[object]]], wanted: Mapping[str, Callable[[], Awaitable[object]]]
) -> list[Route]:
    """Without what is `needed` it is not ready; without what is `wanted` everything works, a little slower."""

    async def lives(_: Request) -> Response:
        return JSONResponse({"alive": True})

    async def ready(_: Request) -> Response:
        away = {name for name, alive in zip(checks, await asyncio.gather(*map(_answers, checks.values())), strict=True) if not alive}
        status = 503 if away & needed.keys() else 200
        return JSONResponse({"ready": status == 200, "away": sorted(away)}, status_code=status, headers={"Cache-Control": "no-store"})

    checks = {**needed, **wanted}
    return [Route("/healthz", lives), Route("/readyz", ready)]


async def _answers(ask: Callable[[], Awaitable[object]]) -> bool:
    try:
        async with asyncio.timeout(PATIENCE):
            await ask()
    except Exception:  # whatever a driver raises, it is away
        return False
    return True
