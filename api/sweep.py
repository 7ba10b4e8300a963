"""Finds what a lost ring did not tell: every few seconds, by index, the cases saved since the last look."""

import asyncio
from datetime import timedelta

import structlog

from domain.clock import Now
from integrations.mongo.cases import MongoCases
from integrations.redis import RedisBells

EVERY = 3.0
OVERLAP = timedelta(seconds=5)
"""Clocks of two processes differ, and a save takes its time."""

log = structlog.stdlib.get_logger("sweep")


async def sweep(cases: MongoCases, bells: RedisBells, now: Now) -> None:
    """Until cancelled."""
    last = now()
    while True:
        await asyncio.sleep(EVERY)
        began = now()
        try:
            if bells.hanging:
                bells.ring_here(*await cases.touched_since(last - OVERLAP))
            last = began
        except Exception as away:  # the store is away: the next look covers this one's time too
            log.warning("the sweep saw nothing", why=type(away).__name__)
