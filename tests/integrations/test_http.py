"""One line to an outside system: what it repeats, when it gives up, when it leaves the system alone, and what it never says."""

import asyncio
import logging
import socket
import traceback
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field, replace

import httpx2
import msgspec
import pytest
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import Receive, Scope, Send

from domain.ports import NoAnswer
from integrations.http import Answer, Limits, Line, Outcome, Question, Wiring, open_line

LIMITS = Limits(attempts=2, wait=0.001, failures_to_open=3, pause=10, response_bytes=1000)
READING = Question("GET", "/thing", repeatable=True)
WRITING = Question("POST", "/thing", repeatable=False)
GENEROUS = 20.0
FINE, BROKEN, BUSY = PlainTextResponse("fine"), PlainTextResponse("broken", 500), PlainTextResponse("busy", 429)


@dataclass
class Bureau:
    """Answers what the script says, then fine."""

    script: list[Response] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    silent: bool = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.asked.append(Request(scope).method)
        if self.silent:
            await asyncio.Event().wait()
        await asyncio.sleep(0)  # so that others get a turn, as they would on a network
        await (self.script.pop(0) if self.script else FINE)(scope, receive, send)


@dataclass
class Watch:
    """A clock to turn, and the metrics."""

    seconds: float = 0.0
    counted: list[tuple[str, str]] = field(default_factory=list)

    def __call__(self) -> float:
        return self.seconds

    def observe(self, system: str, seconds: float, outcome: str) -> None:
        self.counted.append((system, outcome))


@pytest.fixture
def bureau() -> Bureau:
    return Bureau()


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def limits() -> Limits:
    return LIMITS


@pytest.fixture
async def line(bureau: Bureau, watch: Watch, limits: Limits) -> AsyncIterator[Line]:
    line = open_line("bureau", "http://bureau.test", Wiring(limits, watch.observe, httpx2.ASGITransport(bureau), watch))
    yield line
    await line.close()


async def test_an_answer_is_an_answer_whatever_it_says(bureau: Bureau, line: Line, watch: Watch) -> None:
    bureau.script = [PlainTextResponse("no such thing", 404)]

    answer = await line.ask(READING)

    assert (answer, watch.counted) == (Answer(404, b"no such thing"), [("bureau", "answered")])


async def test_what_may_be_repeated_is_asked_once_more_when_the_system_is_out_of_order(bureau: Bureau, line: Line) -> None:
    bureau.script = [BROKEN]

    assert await line.ask(READING) == Answer(200, b"fine")
    assert len(bureau.asked) == 2


async def test_a_system_that_stays_out_of_order_is_not_asked_for_ever(bureau: Bureau, line: Line, watch: Watch) -> None:
    bureau.script = [BROKEN] * 10

    with pytest.raises(NoAnswer, match="bureau: answered that it is out of order"):
        await line.ask(READING)

    assert (len(bureau.asked), watch.counted) == (2, [("bureau", "failed")])


async def test_what_may_not_be_repeated_is_asked_once(bureau: Bureau, line: Line) -> None:
    bureau.script = [BROKEN]

    with pytest.raises(NoAnswer):
        await line.ask(WRITING)

    assert bureau.asked == ["POST"]


async def test_a_busy_system_is_not_pressed(bureau: Bureau, line: Line) -> None:
    bureau.script = [BUSY]

    with pytest.raises(NoAnswer, match="too busy"):
        await line.ask(READING)

    assert len(bureau.asked) == 1


@pytest.mark.parametrize("limits", [replace(LIMITS, total=0.05)])
async def test_a_silent_system_is_given_up_after_the_deadline(bureau: Bureau, line: Line, watch: Watch) -> None:
    bureau.silent = True

    with pytest.raises(NoAnswer, match="did not answer in time"):
        await asyncio.wait_for(line.ask(READING), GENEROUS)

    assert watch.counted == [("bureau", "timeout")]


async def test_a_system_that_is_not_there_is_no_answer(unused_port: int) -> None:
    line = open_line("bureau", f"http://127.0.0.1:{unused_port}", Wiring(LIMITS))

    with pytest.raises(NoAnswer, match="could not be reached"):
        await line.ask(READING)

    await line.close()


async def test_more_than_is_accepted_is_not_read(bureau: Bureau, line: Line) -> None:
    bureau.script = [PlainTextResponse("x" * 1001)]

    with pytest.raises(NoAnswer, match="more than is accepted"):
        await line.ask(READING)


async def test_nobody_is_followed_elsewhere(bureau: Bureau, line: Line) -> None:
    bureau.script = [RedirectResponse("http://elsewhere.test/")]

    answer = await line.ask(READING)

    assert (answer.status, len(bureau.asked)) == (307, 1)


async def exhaust(bureau: Bureau, line: Line) -> None:
    bureau.script = [BROKEN] * LIMITS.failures_to_open
    for _ in range(LIMITS.failures_to_open):
        with pytest.raises(NoAnswer):
            await line.ask(WRITING)
    bureau.asked.clear()


async def test_a_system_that_keeps_failing_is_left_alone(bureau: Bureau, line: Line, watch: Watch) -> None:
    await exhaust(bureau, line)

    with pytest.raises(NoAnswer, match="left alone for a moment"):
        await line.ask(WRITING)

    assert (bureau.asked, watch.counted[-1]) == ([], ("bureau", Outcome.LEFT_ALONE))


async def test_after_the_pause_one_question_finds_out_and_all_may_ask_again(bureau: Bureau, line: Line, watch: Watch) -> None:
    await exhaust(bureau, line)
    watch.seconds += LIMITS.pause

    await line.ask(WRITING)
    await line.ask(WRITING)

    assert len(bureau.asked) == 2


async def test_while_one_question_finds_out_the_others_wait(bureau: Bureau, line: Line, watch: Watch) -> None:
    await exhaust(bureau, line)
    watch.seconds += LIMITS.pause

    answers = await asyncio.gather(*(line.ask(WRITING) for _ in range(5)), return_exceptions=True)

    assert len(bureau.asked) == 1
    assert [type(answer) for answer in answers] == [Answer, NoAnswer, NoAnswer, NoAnswer, NoAnswer]


async def test_a_system_that_still_fails_is_left_alone_for_another_pause(bureau: Bureau, line: Line, watch: Watch) -> None:
    await exhaust(bureau, line)
    watch.seconds += LIMITS.pause
    bureau.script = [BROKEN]

    for _ in range(3):
        with pytest.raises(NoAnswer):
            await line.ask(WRITING)

    assert len(bureau.asked) == 1


async def test_failures_that_are_not_in_a_row_open_nothing(bureau: Bureau, line: Line) -> None:
    for _ in range(4):
        bureau.script = [BROKEN] * (LIMITS.failures_to_open - 1)
        for _ in range(LIMITS.failures_to_open - 1):
            with pytest.raises(NoAnswer):
                await line.ask(WRITING)
        await line.ask(WRITING)


@pytest.mark.parametrize(
    "trouble", [BROKEN, BUSY, PlainTextResponse("450101196606159319" * 100), PlainTextResponse('["450101196606159319"]')]
)
async def test_no_error_and_no_log_line_tells_who_was_asked_about(
    bureau: Bureau, line: Line, trouble: Response, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    number = "450101196606159319"
    bureau.script = [trouble, trouble]
    question = replace(READING, body=number.encode(), headers={"x-number": number})
    caplog.set_level(logging.DEBUG)

    with pytest.raises(NoAnswer) as caught:
        line.parsed(await line.ask(question), msgspec.json.Decoder(int))

    told = "".join([*traceback.format_exception(caught.value), caplog.text, *capsys.readouterr(), repr(question)])
    assert number not in told


@pytest.fixture
def unused_port() -> Iterator[int]:
    """Held, but not listened to."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        yield held.getsockname()[1]
