"""Ctrl-C and SIGTERM end a journey alike: once, and in order, so that a demonstration of its own never outlives it."""

import asyncio
import signal
from collections.abc import Callable, Coroutine
from threading import current_thread, main_thread
from typing import Any

AS_A_SHELL_TELLS_IT = 128


async def until_stopped(journey: Coroutine[Any, Any, int]) -> int:
    """Its exit code, or that of the first signal. Later ones must not disturb the stopping."""
    task, heard = asyncio.create_task(journey), list[int]()

    def hear(number: int) -> None:
        if not heard:
            task.cancel()
        heard.append(number)

    _listen(hear)
    try:
        return await task
    except asyncio.CancelledError:
        if not heard:
            raise
        return AS_A_SHELL_TELLS_IT + heard[0]


def _listen(hear: Callable[[int], None]) -> None:
    """For as long as this loop runs. Signals reach the main thread alone."""
    if current_thread() is main_thread():
        for number in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(number, hear, number)
