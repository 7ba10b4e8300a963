"""One JSON line for each thing that happened, with the request's id in it and no personal data.

Nothing personal is ever logged on purpose. Should it slip into a message or a traceback all the same, whatever looks like an identity
number, a mobile or a bank card is masked before the line is written.
"""

import logging
import re
import secrets
import sys
import time
from collections.abc import Callable, Mapping
from typing import TextIO

import orjson
import structlog
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from structlog.typing import EventDict, Processor, WrappedLogger

REQUEST_ID = "X-Request-Id"
log = structlog.stdlib.get_logger("access")

_LONG_NUMBER = re.compile(r"(?<!\d)\d(?:[ -]?\d){13,18}[Xx]?(?!\d)")
_DIGITS = re.compile(r"\d(?:[ -]?\d){10}")
"""The least that any of the two takes."""
_MOBILE = re.compile(r"(?<!\d)(?:86)?(1[3-9]\d)[ -]?\d{4}[ -]?(\d{4})(?!\d)")
_ACCEPTABLE_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{7,63}")
_OF_STRANGERS = frozenset({"ASGI callable returned without completing handshake.", "Invalid UTF-8 sequence received from client."})
"""What uvicorn calls an error and anybody can bring about: a socket that is refused, which was answered; a message that is no text."""
_AS_LETTERS = str.maketrans("0123456789abcdef", "abcdefghjkmnpqrs")


def configure(*, level: int = logging.INFO, stream: TextIO = sys.stdout) -> None:
    """Once for the process: our own lines and those of every library, in one form, on one stream."""
    before: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    structlog.configure(
        processors=[*before, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(stream)
    handler.setFormatter(_formatter(before))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    _quieten_libraries()


def _formatter(before: list[Processor]) -> logging.Formatter:
    after: list[Processor] = [
        structlog.stdlib.ProcessorFormatter.remove_processors_meta,
        structlog.processors.format_exc_info,
        mask_personal_data,
        structlog.processors.JSONRenderer(serializer=_json),
    ]
    return structlog.stdlib.ProcessorFormatter(foreign_pre_chain=before, processors=after)


def _quieten_libraries() -> None:
    """uvicorn and the HTTP client tell whole URLs, queries and all; uvicorn those of sockets even without its access log."""
    for name in ("uvicorn", "uvicorn.error", "uvicorn.access", "httpx2", "httpcore2"):
        logger = logging.getLogger(name)
        logger.handlers.clear()
        logger.propagate = True
        logger.setLevel(logging.WARNING)
    logging.getLogger("uvicorn.error").addFilter(_is_ours)


def _is_ours(record: logging.LogRecord) -> bool:
    return record.msg not in _OF_STRANGERS


def _json(event: EventDict, **_: object) -> str:
    return orjson.dumps(event, default=str, option=orjson.OPT_NON_STR_KEYS).decode()


def masked(text: str) -> str:
    if not _DIGITS.search(text):
        return text
    return _MOBILE.sub(r"\1****\2", _LONG_NUMBER.sub(_first_and_last, text))


def _first_and_last(found: re.Match[str]) -> str:
    return f"{found[0][:3]}***{found[0][-2:]}"


def mask_personal_data(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    return {key: _clean(value) for key, value in event.items()}


def _clean(value: object) -> object:
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        return masked(value)
    if isinstance(value, Mapping):
        return {str(_clean(key)): _clean(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_clean(inner) for inner in value]
    told = str(value)
    safe = masked(told)
    return value if isinstance(value, int | float) and safe == told else safe


def new_id() -> str:
    """Easy to read out over a telephone, and made of letters alone so that no mask ever takes it for a number."""
    return secrets.token_hex(8).translate(_AS_LETTERS)


class RequestLog:
    """ASGI middleware around the whole application: the request's id in every line and in the answer, and one line for each request."""

    def __init__(self, app: ASGIApp, *, new_id: Callable[[], str] = new_id) -> None:
        self._app = app
        self._new_id = new_id

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        seen = _Seen(send, self._request_id(scope))
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=seen.request_id)
        try:
            await self._app(scope, receive, seen.send)
        except Exception:
            log.exception("unhandled")
            if seen.status is None:
                raise
        finally:
            log.info("request", method=scope.get("method", "SOCKET"), route=_route(scope), status=seen.status, ms=seen.milliseconds())

    def _request_id(self, scope: Scope) -> str:
        sent = Headers(scope=scope).get(REQUEST_ID, "")
        good = _ACCEPTABLE_ID.fullmatch(sent) and masked(sent) == sent
        return sent if good else self._new_id()


class _Seen:
    def __init__(self, send: Send, request_id: str) -> None:
        self._send = send
        self._began = time.perf_counter()
        self.request_id = request_id
        self.status: int | None = None

    async def send(self, message: Message) -> None:
        match message["type"]:
            case "http.response.start" | "websocket.http.response.start":
                self.status = message["status"]
                MutableHeaders(scope=message)[REQUEST_ID] = self.request_id
            case "websocket.accept":
                self.status = 101
            case "websocket.close":
                self.status = message.get("code")
        await self._send(message)

    def milliseconds(self) -> float:
        return round((time.perf_counter() - self._began) * 1000, 1)


def _route(scope: Scope) -> str:
    """The route's template; a path that has none may hold anything, and is not told."""
    return str(getattr(scope.get("route"), "path", "unknown"))
