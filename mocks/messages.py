"""The message provider: SMS, mini-program subscription messages, voice calls, all invented and sent to nobody.

POST /messages        {"key", "channel": "SMS|MINI_PROGRAM|VOICE|PERSON", "to", "text"}
  202 {"id"}; the same key again: the same id, and nothing more is sent; 422 {"error"}
GET  /messages/{id}   {"id", "status": "accepted|delivered|failed"}: accepted for as long as after_ms of a rule for the channel, or of all,
                      says; failed if the rule rejects
GET  /_sent           {"messages": [{"id", "key", "channel", "to", "text", "at", "asked": how often}]}
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Annotated, Literal

import msgspec
from msgspec import Meta, Struct, json
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route
from starlette.types import ASGIApp

from mocks.behave import Behaviour, behaving


class Message(Struct, frozen=True):
    key: Annotated[str, Meta(min_length=1, max_length=200)]
    channel: Literal["SMS", "MINI_PROGRAM", "VOICE", "PERSON"]
    to: Annotated[str, Meta(min_length=1, max_length=200)]
    text: Annotated[str, Meta(min_length=1, max_length=2000)]


@dataclass(slots=True)
class Sent:
    id: str
    message: Message
    at: datetime
    asked: int = 1


@dataclass(slots=True)
class MessageProvider:
    now: Callable[[], datetime]
    behaviour: Behaviour
    sent: dict[str, Sent] = field(default_factory=dict)

    @property
    def app(self) -> ASGIApp:
        routes = [
            Route("/messages", self._accept, methods=["POST"]),
            Route("/messages/{id}", self._tell),
            Route("/_sent", self._show),
        ]
        return behaving(Starlette(routes=routes), self.behaviour)

    async def _accept(self, request: Request) -> JSONResponse:
        try:
            message = json.decode(await request.body(), type=Message)
        except msgspec.MsgspecError as error:
            return JSONResponse({"error": str(error)}, 422)
        known = self.sent.get(message.key)
        if known:
            known.asked += 1
        else:
            known = self.sent[message.key] = Sent(f"message-{len(self.sent) + 1}", message, self.now())
        return JSONResponse({"id": known.id}, 202)

    async def _tell(self, request: Request) -> JSONResponse:
        wanted = request.path_params["id"]
        found = next((sent for sent in self.sent.values() if sent.id == wanted), None)
        if found is None:
            return JSONResponse({"error": "unknown"}, 404)
        return JSONResponse({"id": found.id, "status": self._status(found)})

    def _status(self, sent: Sent) -> str:
        answering = self.behaviour.answering(None, sent.message.channel)
        if self.now() < sent.at + timedelta(milliseconds=answering.after_ms or 0):
            return "accepted"
        return "failed" if answering.reject else "delivered"

    async def _show(self, request: Request) -> JSONResponse:
        shown = [
            {**msgspec.to_builtins(sent.message), "id": sent.id, "at": sent.at.isoformat(), "asked": sent.asked}
            for sent in self.sent.values()
        ]
        return JSONResponse({"messages": shown})
