"""How a stand-in misbehaves, on demand and repeatably.

Every stand-in has, beside its own paths:
    GET    …/_behave    how it behaves now
    POST   …/_behave    changes what the JSON object names, e.g. {"latency_ms": 300, "error_rate": 0.2, "seed": 7}
    DELETE …/_behave    well-behaved again
Paths whose last part begins with an underscore (…/_ledger, …/_sent) always answer: a test has to see what happened during an outage.
"""

import asyncio
import random
from typing import Annotated, Literal

import msgspec
from msgspec import Meta, Struct, json, structs
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

Milliseconds = Annotated[int, Meta(ge=0)]


class Answering(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How one question is answered; null: as usual.

    after_ms: a department accepts (202) and decides so much later; a register is that slow. silence: accepted, and never heard of
    again. times: each callback so often. out_of_order: "working" is called back after "decided". reject: refused as ill-formed (4xx).
    outcome, text, reasons: what is decided. attributes: what a licence says differently.
    """

    after_ms: Milliseconds | None = None
    silence: bool | None = None
    times: Annotated[int, Meta(ge=1, le=10)] | None = None
    out_of_order: bool | None = None
    reject: bool | None = None
    outcome: Literal["GRANTED", "REFUSED", "FOUND", "NOT_FOUND", "TOLD"] | None = None
    text: str | None = None
    reasons: tuple[str, ...] | None = None
    attributes: dict[str, str] | None = None


class Rule(Answering, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """For one person (their key in mocks.people), one item or kind of licence, or both; null: any."""

    person: str | None = None
    item: str | None = None

    def covers(self, person: str | None, item: str) -> bool:
        return self.person in (None, person) and self.item in (None, item)


class Manner(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """error_rate: the share of requests answered 503, of which half take effect first and half never arrive; `seed` makes it repeatable.

    outage: "503" answers so, "drop" breaks the connection off. The first of `rules` that covers a question goes before the rest.
    """

    latency_ms: Milliseconds = 0
    error_rate: Annotated[float, Meta(ge=0, le=1)] = 0.0
    seed: int = 0
    outage: Literal["503", "drop"] | None = None
    after_ms: Milliseconds | None = None
    silence: bool = False
    duplicate: bool = False
    out_of_order: bool = False
    rules: tuple[Rule, ...] = ()


class Behaviour:
    """The changing manner of one stand-in."""

    def __init__(self, manner: Manner | None = None) -> None:
        self.set(manner or Manner())

    def set(self, manner: Manner) -> None:
        self.manner = manner
        self._chance = random.Random(manner.seed)

    def change(self, changes: dict[str, object]) -> None:
        """Raises msgspec.ValidationError, and then nothing has changed."""
        self.set(msgspec.convert({**msgspec.to_builtins(self.manner), **changes}, Manner))

    def answering(self, person: str | None, item: str) -> Answering:
        manner = self.manner
        usual = Answering(
            after_ms=manner.after_ms,
            silence=manner.silence,
            times=2 if manner.duplicate else 1,
            out_of_order=manner.out_of_order,
        )
        rule = next((rule for rule in manner.rules if rule.covers(person, item)), Rule())
        special = {name: getattr(rule, name) for name in Answering.__struct_fields__}
        return structs.replace(usual, **{name: value for name, value in special.items() if value is not None})

    def fails(self) -> bool:
        return self._chance.random() < self.manner.error_rate

    def fails_after_the_effect(self) -> bool:
        return self._chance.random() < 0.5


def behaving(app: ASGIApp, behaviour: Behaviour) -> ASGIApp:
    """The stand-in with its /_behave, and with what that asks for."""

    async def behaved(scope: Scope, receive: Receive, send: Send) -> None:
        last = scope["path"].rpartition("/")[2] if scope["type"] == "http" else "_"
        if last == "_behave":
            answer = await _told_how(behaviour, Request(scope, receive))
            await answer(scope, receive, send)
        elif last.startswith("_"):
            await app(scope, receive, send)
        else:
            await _misbehave(app, behaviour, scope, receive, send)

    return behaved


async def keeping_waiting(answering: Answering, request: Request) -> None:
    """A register that is silent answers nobody who is still there."""
    while answering.silence and (await request.receive())["type"] != "http.disconnect":
        pass
    await asyncio.sleep((answering.after_ms or 0) / 1000)


async def _told_how(behaviour: Behaviour, request: Request) -> Response:
    if request.method == "POST":
        try:
            behaviour.change(json.decode(await request.body(), type=dict[str, object]))
        except msgspec.MsgspecError as error:
            return JSONResponse({"error": str(error)}, 400)
    if request.method == "DELETE":
        behaviour.set(Manner())
    return Response(json.encode(behaviour.manner), media_type="application/json")


async def _misbehave(app: ASGIApp, behaviour: Behaviour, scope: Scope, receive: Receive, send: Send) -> None:
    await asyncio.sleep(behaviour.manner.latency_ms / 1000)
    if behaviour.manner.outage == "drop":
        await _break_off(send)
        return
    failed = behaviour.manner.outage == "503" or behaviour.fails()
    if failed and behaviour.manner.outage is None and behaviour.fails_after_the_effect():
        await app(scope, receive, _unheard)
    await (_AWAY if failed else app)(scope, receive, send)


_AWAY = JSONResponse({"error": "away"}, 503, {"Retry-After": "1"})


async def _unheard(message: Message) -> None:
    """The answer is lost on the way."""


async def _break_off(send: Send) -> None:
    """A server closes the connection on which an answer was begun and not ended."""
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"2")]})
    await send({"type": "http.response.body", "body": b"", "more_body": True})
