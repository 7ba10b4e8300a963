"""The messages of graphql-transport-ws, checked for shape before anything looks inside."""

from dataclasses import dataclass

import orjson

PROTOCOL = "graphql-transport-ws"
LONGEST_ID = 128
LONGEST_REASON = 120
"""A close frame holds 125 bytes, two of them the code."""


class Closing(Exception):
    """The end of a socket, with the code and the reason its peer is told. Without a code the peer is gone."""

    def __init__(self, code: int | None, reason: str = "") -> None:
        super().__init__(f"{code} {reason}")
        self.code = code
        self.reason = reason.encode()[:LONGEST_REASON].decode(errors="ignore")


@dataclass(frozen=True, slots=True)
class ConnectionInit:
    token: str | None
    languages: str | None


@dataclass(frozen=True, slots=True)
class Subscribe:
    id: str
    payload: dict[str, object]


@dataclass(frozen=True, slots=True)
class Complete:
    id: str


@dataclass(frozen=True, slots=True)
class Ping:
    pass


@dataclass(frozen=True, slots=True)
class Pong:
    pass


Message = ConnectionInit | Subscribe | Complete | Ping | Pong


def read_message(text: str | None) -> Message:
    """Raises Closing 4400, saying what was wrong."""
    try:
        sent = orjson.loads(text or "")
    except orjson.JSONDecodeError:
        raise Closing(4400, "Messages are JSON text.") from None
    if not isinstance(sent, dict):
        raise Closing(4400, "A message is a JSON object.")
    payload = sent.get("payload")
    if payload is not None and not isinstance(payload, dict):
        raise Closing(4400, "payload must be an object.")
    return _typed(sent, payload or {})


def _typed(sent: dict[str, object], payload: dict[str, object]) -> Message:
    match sent.get("type"):
        case "connection_init":
            return ConnectionInit(_text(payload, "token"), _text(payload, "language"))
        case "subscribe":
            return Subscribe(_id(sent), payload)
        case "complete":
            return Complete(_id(sent))
        case "ping":
            return Ping()
        case "pong":
            return Pong()
    raise Closing(4400, "type must be one of connection_init, subscribe, complete, ping, pong.")


def _id(sent: dict[str, object]) -> str:
    given = sent.get("id")
    if not isinstance(given, str) or not 0 < len(given) <= LONGEST_ID:
        raise Closing(4400, f"id must be a string of 1 to {LONGEST_ID} characters.")
    return given


def _text(payload: dict[str, object], key: str) -> str | None:
    value = payload.get(key)
    if value is not None and not isinstance(value, str):
        raise Closing(4400, f"payload.{key} must be a string.")
    return value
