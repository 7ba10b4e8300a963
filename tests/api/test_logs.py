"""A line for each request, with its id, and never a person in it."""

import io
import logging
from collections.abc import Callable, Iterator

import httpx2
import orjson
import pytest
import structlog
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Mount, Route
from websockets.exceptions import InvalidStatus

from api.logs import RequestLog, configure, masked, new_id
from tests.security.live import an_app, closed, dial, serving, some_sockets

RESIDENT = "110101199003070011"
MOBILE = "13800138000"
CARD = "6222020200112233445"

Lines = Callable[[], list[dict[str, object]]]


@pytest.fixture
def lines() -> Iterator[Lines]:
    """What is logged while the test runs; afterwards logging is as it was."""
    written = io.StringIO()
    root = logging.getLogger()
    before, level = list(root.handlers), root.level
    configure(stream=written)
    yield lambda: [orjson.loads(line) for line in written.getvalue().splitlines()]
    root.handlers[:], root.level = before, level
    structlog.reset_defaults()


async def answer(request: Request) -> Response:
    structlog.get_logger("work").info("working", about=request.path_params.get("id"))
    return PlainTextResponse("ok")


async def fail(_: Request) -> Response:
    raise RuntimeError(f"cannot find {RESIDENT}")


def a_client() -> httpx2.AsyncClient:
    inner = [Route("/files/{id}", answer), Route("/fail", fail)]
    app = RequestLog(Starlette(routes=[*inner, Mount("/inner", routes=[Route("/{id}", answer)])]), new_id=lambda: "new-request-id")
    return httpx2.AsyncClient(transport=httpx2.ASGITransport(app=app, raise_app_exceptions=False), base_url="http://test")


async def test_a_request_is_one_line_with_its_route_and_no_query(lines: Lines) -> None:
    async with a_client() as client:
        response = await client.get("/files/secret-id", params={"token": "secret"}, headers={"Authorization": "Bearer secret"})

    line = lines()[-1]
    assert (response.status_code, response.headers["x-request-id"]) == (200, "new-request-id")
    assert line.keys() == {"event", "level", "logger", "timestamp", "request_id", "method", "route", "status", "ms"}
    assert (line["event"], line["method"], line["route"], line["status"]) == ("request", "GET", "/files/{id}", 200)
    assert "secret" not in str(line)


async def test_every_line_of_a_request_has_its_id(lines: Lines) -> None:
    async with a_client() as client:
        await client.get("/files/1", headers={"X-Request-Id": "from-the-gateway-1"})

    assert [(line["event"], line["request_id"]) for line in lines()] == [
        ("working", "from-the-gateway-1"),
        ("request", "from-the-gateway-1"),
    ]


async def test_nothing_of_one_request_is_told_in_the_next(lines: Lines) -> None:
    async with a_client() as client:
        structlog.contextvars.bind_contextvars(operation="an earlier request's")
        await client.get("/files/1")

    assert [line for line in lines() if "operation" in line] == []


@pytest.mark.parametrize("sent", ["", "short", "x" * 65, "a b c d e f g h", "../../../etc/passwd", f"id-{MOBILE}", RESIDENT, "-abcdefgh"])
async def test_an_id_from_outside_counts_only_if_it_is_well_formed(lines: Lines, sent: str) -> None:
    async with a_client() as client:
        response = await client.get("/files/1", headers={"X-Request-Id": sent})

    assert response.headers["x-request-id"] == "new-request-id"


async def test_a_path_without_a_route_is_not_told(lines: Lines) -> None:
    async with a_client() as client:
        await client.get(f"/people/{RESIDENT}")

    assert (lines()[-1]["route"], lines()[-1]["status"]) == ("unknown", 404)
    assert RESIDENT not in str(lines())


async def test_a_failure_is_told_once_with_its_traceback_and_the_request_s_id(lines: Lines) -> None:
    async with a_client() as client:
        response = await client.get("/fail")

    failure, access = lines()
    assert (response.status_code, response.headers["x-request-id"]) == (500, "new-request-id")
    assert (failure["event"], failure["request_id"], access["status"]) == ("unhandled", "new-request-id", 500)
    assert "RuntimeError: cannot find 110***11" in str(failure["exception"])


@pytest.mark.parametrize(
    "value",
    [
        f"number {RESIDENT} is taken",
        "11010119900307001X",
        "11010119900307001x,",
        f"身份证{RESIDENT}号",
        f"ID{RESIDENT}",
        int(RESIDENT),
        MOBILE,
        f"+86{MOBILE}",
        f"+86 {MOBILE}",
        "138 0013 8000",
        "138-0013-8000",
        int(MOBILE),
        float(MOBILE),
        CARD,
        "6222 0202 0011 2233 445",
        {"nested": [{"deeper": (MOBILE, RESIDENT)}]},
        {MOBILE: "as a key"},
        {MOBILE},
        ValueError(RESIDENT),
        MOBILE.encode(),
    ],
    ids=str,
)
def test_what_looks_like_a_person_is_masked_wherever_it_slipped_in(lines: Lines, value: object) -> None:
    structlog.get_logger().info(f"about {value}", value=value)
    logging.getLogger("a.library").warning("about %s", value)

    told = str([{**line, "timestamp": ""} for line in lines()])

    assert len(lines()) == 2
    for secret in (RESIDENT, RESIDENT[:-1], MOBILE, CARD, "0013", "0202", "19900307"):
        assert secret not in told


@pytest.mark.parametrize(
    "harmless", ["case-01JD8Z", "2026-11-22T10:00:00.123456Z", "HTTP/1.1 200", "1763780000", 1763780000, 12.5, True, None, "port 27017"]
)
def test_what_names_nobody_stays_as_it_is(lines: Lines, harmless: object) -> None:
    structlog.get_logger().info("about", value=harmless)

    assert lines()[0]["value"] == harmless


def test_an_id_of_ours_is_never_taken_for_a_number() -> None:
    ids = {new_id() for _ in range(200)}

    assert len(ids) == 200
    assert [each for each in ids if masked(each) != each or not each.isalpha()] == []


@pytest.mark.parametrize("library", ["uvicorn.access", "uvicorn.error", "httpx2"])
def test_libraries_that_tell_whole_urls_are_heard_only_when_something_is_wrong(lines: Lines, library: str) -> None:
    logging.getLogger(library).info("GET /files?token=secret")
    logging.getLogger(library).error("cannot go on")

    assert [(line["event"], line["logger"]) for line in lines()] == [("cannot go on", library)]


# ---------------------------------------------------------------- what strangers can bring about is no error


NO_TEXT = b"\x81\x82\x00\x00\x00\x00\xff\xfe"
"""A frame that says it is text, and is not UTF-8."""


async def test_a_socket_that_is_refused_is_a_line_as_any_request_s_and_no_error(lines: Lines) -> None:
    sockets = some_sockets(allowed_origins=frozenset({"https://ours.example"}))
    async with serving(RequestLog(an_app(sockets))) as (_, port):
        with pytest.raises(InvalidStatus):
            await dial(port, origin="https://theirs.example")

    assert [(line["level"], line["event"], line["status"]) for line in lines()] == [("info", "request", 403)]


async def test_a_message_that_is_no_text_closes_its_socket_and_is_no_error(lines: Lines) -> None:
    async with serving(RequestLog(an_app(some_sockets()))) as (_, port), dial(port) as socket:
        socket.transport.write(NO_TEXT)
        code, _ = await closed(socket)

    assert code == 1007
    assert [(line["level"], line["event"]) for line in lines()] == [("info", "request")]


def test_whatever_else_the_server_calls_an_error_is_heard(lines: Lines) -> None:
    logging.getLogger("uvicorn.error").error("Exception in ASGI application\n")

    assert [(line["level"], line["logger"]) for line in lines()] == [("error", "uvicorn.error")]
