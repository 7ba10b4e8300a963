"""One line to one outside system: own connections, deadlines, few retries, a circuit breaker, so that a dead bureau costs nobody else.

Whatever goes wrong becomes NoAnswer. No exception text and no log line holds what was asked: addresses, bodies and headers may name people.
"""

import asyncio
import ssl
import time
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from typing import TypeVar

import httpx2
import msgspec
import stamina

from domain.ports import NoAnswer

Form = TypeVar("Form")


class Outcome(StrEnum):
    """How a question ended, as the metrics count it."""

    ANSWERED = "answered"
    TIMEOUT = "timeout"
    UNREACHABLE = "unreachable"
    FAILED = "failed"
    BUSY = "busy"
    OVERLONG = "overlong"
    LEFT_ALONE = "left-alone"


_WHY = {
    Outcome.TIMEOUT: "did not answer in time",
    Outcome.UNREACHABLE: "could not be reached, or broke off",
    Outcome.FAILED: "answered that it is out of order",
    Outcome.BUSY: "answered that it is too busy",
    Outcome.OVERLONG: "answered more than is accepted",
    Outcome.LEFT_ALONE: "has failed several times in a row and is left alone for a moment",
}

Observe = Callable[[str, float, str], None]
"""Told the system, the seconds and the Outcome of every question."""
Monotonic = Callable[[], float]


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds, unless said. `attempts` and `wait` are for what may be repeated; the worker comes again later anyway."""

    connections: int = 40
    connect: float = 2.0
    read: float = 5.0
    total: float = 8.0
    attempts: int = 2
    wait: float = 0.1
    response_bytes: int = 1_000_000
    failures_to_open: int = 5
    pause: float = 10.0


@dataclass(slots=True)
class Breaker:
    """Open after so many failures in a row; then, once in each pause, one question finds out whether the system lives.

    Ours, because the libraries seen (purgatory, aiobreaker) bring factories, stores and listeners for these ten lines.
    """

    failures_to_open: int
    pause: float
    monotonic: Monotonic
    failures: int = 0
    shut_until: float = 0.0

    def admits(self) -> bool:
        if self.failures < self.failures_to_open:
            return True
        if self.monotonic() < self.shut_until:
            return False
        self._shut()  # for the others, while this one looks; if it is cancelled, the next looks after a pause
        return True

    def failed(self) -> None:
        self.failures += 1
        self._shut()

    def succeeded(self) -> None:
        self.failures = 0

    def _shut(self) -> None:
        self.shut_until = self.monotonic() + self.pause


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    body: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Question:
    """`repeatable`: asking twice has the effect of asking once."""

    method: str
    path: str
    repeatable: bool
    body: bytes = field(default=b"", repr=False)
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)


class _Failure(Exception):
    def __init__(self, outcome: Outcome) -> None:
        super().__init__(outcome.value)
        self.outcome = outcome


class _MayPass(_Failure):
    """Worth a second attempt at once."""


@dataclass(frozen=True, slots=True)
class Line:
    """Made by `open_line`. Every method may raise NoAnswer."""

    system: str
    http: httpx2.AsyncClient
    limits: Limits
    breaker: Breaker
    observe: Observe
    monotonic: Monotonic

    async def ask(self, question: Question) -> Answer:
        """Any answer below 500 but 429, whatever it says."""
        if not self.breaker.admits():
            raise self._told(Outcome.LEFT_ALONE, seconds=0.0)
        started = self.monotonic()
        answer = await self._within_the_deadline(question)
        seconds = self.monotonic() - started
        if isinstance(answer, Outcome):
            self.breaker.failed()
            raise self._told(answer, seconds=seconds)
        self.breaker.succeeded()
        self.observe(self.system, seconds, Outcome.ANSWERED)
        return answer

    def parsed(self, answer: Answer, form: msgspec.json.Decoder[Form]) -> Form:
        try:
            return form.decode(answer.body)
        except (msgspec.MsgspecError, UnicodeDecodeError):
            pass  # whose text may quote the answer
        raise self.unusable(answer)

    def unusable(self, answer: Answer) -> NoAnswer:
        return NoAnswer(self.system, f"answered HTTP {answer.status} in a form that was not agreed")

    async def close(self) -> None:
        await self.http.aclose()

    def _told(self, outcome: Outcome, *, seconds: float) -> NoAnswer:
        self.observe(self.system, seconds, outcome)
        return NoAnswer(self.system, _WHY[outcome])

    async def _within_the_deadline(self, question: Question) -> Answer | Outcome:
        try:
            async with asyncio.timeout(self.limits.total):
                return await self._attempts(question)
        except TimeoutError:
            return Outcome.TIMEOUT
        except _Failure as failure:
            return failure.outcome

    async def _attempts(self, question: Question) -> Answer:
        # A context, not stamina's caller: the caller's log line repeats its arguments.
        attempts = self.limits.attempts if question.repeatable else 1
        wait = self.limits.wait
        async for attempt in stamina.retry_context(_MayPass, attempts=attempts, wait_initial=wait, wait_jitter=wait, wait_max=4 * wait):
            with attempt:
                return await self._attempt(question)
        raise AssertionError("the last attempt answers or raises")

    async def _attempt(self, question: Question) -> Answer:
        try:
            answer = await self._exchange(question)
        except httpx2.TimeoutException:
            raise _MayPass(Outcome.TIMEOUT) from None
        except httpx2.RequestError:
            raise _MayPass(Outcome.UNREACHABLE) from None
        if answer.status >= 500:
            raise _MayPass(Outcome.FAILED)
        if answer.status == httpx2.codes.TOO_MANY_REQUESTS:
            raise _Failure(Outcome.BUSY)
        return answer

    async def _exchange(self, question: Question) -> Answer:
        asked = self.http.stream(question.method, question.path, content=question.body, headers=question.headers)
        async with asked as response:
            return Answer(response.status_code, await _whole(response.aiter_raw(), most=self.limits.response_bytes))


async def _whole(chunks: AsyncIterator[bytes], *, most: int) -> bytes:
    body = bytearray()
    async for chunk in chunks:
        body += chunk
        if len(body) > most:
            raise _Failure(Outcome.OVERLONG)
    return bytes(body)


def nobody_counts(system: str, seconds: float, outcome: str) -> None:
    """The Observe of a test."""


@dataclass(frozen=True, slots=True)
class Wiring:
    """What all lines share. `transport`: in a test, the stand-in itself instead of the network."""

    limits: Limits = field(default_factory=Limits)
    observe: Observe = nobody_counts
    transport: httpx2.AsyncBaseTransport | None = None
    monotonic: Monotonic = time.monotonic


@cache
def _authorities() -> ssl.SSLContext:
    """Read once for all lines: each time takes a twentieth of a second."""
    return httpx2.create_ssl_context(trust_env=False)


def open_line(system: str, url: str, wiring: Wiring) -> Line:
    """`system` is the metrics' label: a fixed word, never about a person. No compression: a small answer could unpack into a huge one."""
    limits = wiring.limits
    http = httpx2.AsyncClient(
        base_url=url,
        headers={"Accept": "application/json", "Accept-Encoding": "identity"},
        timeout=httpx2.Timeout(limits.read, connect=limits.connect, pool=limits.total),  # our own queue is not the system's silence
        limits=httpx2.Limits(max_connections=limits.connections, max_keepalive_connections=limits.connections),
        transport=wiring.transport,
        verify=_authorities(),
        trust_env=False,
    )
    breaker = Breaker(limits.failures_to_open, limits.pause, wiring.monotonic)
    return Line(system, http, limits, breaker, wiring.observe, wiring.monotonic)
