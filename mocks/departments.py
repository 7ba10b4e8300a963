"""The departments: one technical standard for all, one server each (hrss, medical, tax …), at /departments/{code}.

Everything that is sent, either way, is signed after Standard Webhooks with that department's secret (mocks.webhooks); else 401.

POST /handoffs, with the header Idempotency-Key equal to `key`; every field is there, the document's number of any length:
    {"key", "department", "item", "caseNumber", "region",
     "applicant": {"name", "document-kind", "document-number"}, "answers": {key: text or [texts]}, "materials": [{…}], "callback": URL}
  200 {"sequence": 1, "status": "decided", "at", "outcome": "GRANTED|REFUSED|FOUND|NOT_FOUND|TOLD", "text", "reasons": […]}
  202 {"sequence": 1, "status": "accepted", "at"}         the department will call back
  `item` may be payout-change instead of a service: money for the service that `answers.item` names goes to another account from now on.
  4xx {"status": "rejected", "reasons": […]}              the hand-off itself is wrong; 409: that key holds something else, or is cancelled
  401 {"status": "not-believed"}
  The same hand-off again gets the answer as it now stands; `text` and `reasons` are left out where empty.
POST {callback}                                           signed; again, later and later, until it is answered 2xx
    {"key", "sequence", "status": "working|decided", "at", "outcome", "text", "reasons"}     a later word has a higher sequence
POST /handoffs/{key}/cancel   {"key"}
  200 {"status": "cancelled"}, also for a key never seen, which is refused from then on; 409 {"status": "too-late"}: it is decided
GET  /_ledger                 {"handoffs": [{"key", "item", "received", "status", "outcome", "told", "cancelled"}]}; `received`: how often

Usually all decide at once, from what mocks.people says; what mocks.decisions leaves to officers, never.
For lateness, silence, refusals, repetition see mocks.behave.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from hashlib import sha256
from typing import Annotated

import msgspec
from msgspec import Meta, Struct, json, structs
from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp

from mocks.behave import Answering, Behaviour, behaving
from mocks.callbacks import Callbacks
from mocks.decisions import BY_HAND, WRONG_NUMBER, Decide, verdict
from mocks.ledger import Again, Cancelled, Entry, Ledger, Received, Statement
from mocks.people import find
from mocks.webhooks import believed

CHINA = timezone(timedelta(hours=8))
_TEXT = {"GRANTED": "准予办理", "REFUSED": "不予通过", "FOUND": "已查到", "NOT_FOUND": "没有查到", "TOLD": "已告知"}

Filled = Annotated[str, Meta(min_length=1, max_length=200)]


class Applicant(Struct, frozen=True, rename="kebab"):
    name: Filled
    document_kind: Filled
    document_number: Filled


class Handoff(Struct, frozen=True, rename="camel"):
    key: Filled
    department: Filled
    item: Filled
    case_number: Filled
    region: Filled
    applicant: Applicant
    answers: dict[str, str | list[str]]
    materials: list[dict[str, str]]
    callback: Filled


class _Cancelling(Struct, frozen=True):
    key: str


class _NotBelieved(Exception):
    pass


class _Rejected(Exception):
    def __init__(self, reason: str, status: int = 422) -> None:
        super().__init__(reason)
        self.reason = reason
        self.status = status


@dataclass(frozen=True, slots=True)
class Department:
    code: str
    secret: str
    items: dict[str, Decide]
    ledger: Ledger
    behaviour: Behaviour
    callbacks: Callbacks
    now: Callable[[], datetime]

    @property
    def app(self) -> ASGIApp:
        routes = [
            Route("/handoffs", self._receive, methods=["POST"]),
            Route("/handoffs/{key:path}/cancel", self._cancel, methods=["POST"]),
            Route("/_ledger", self._show_ledger),
        ]
        return behaving(Starlette(routes=routes, exception_handlers={ClientDisconnect: _hung_up}), self.behaviour)

    async def close(self) -> None:
        await self.callbacks.stop()
        self.ledger.close()

    async def _receive(self, request: Request) -> Response:
        try:
            said = self._received(await self._believed_body(request), request.headers.get("Idempotency-Key"))
            return _json(said, 200 if said.status == "decided" else 202)
        except _NotBelieved:
            return _json({"status": "not-believed"}, 401)
        except _Rejected as rejected:
            return _json({"status": "rejected", "reasons": [rejected.reason]}, rejected.status)

    async def _believed_body(self, request: Request) -> bytes:
        body = await request.body()
        if not believed(self.secret, request.headers, body):
            raise _NotBelieved
        return body

    def _received(self, body: bytes, idempotency_key: str | None) -> Statement:
        handoff, digest = _read(body), _digest(body)
        if handoff.key != idempotency_key:
            raise _Rejected("幂等键与交办编号不一致")
        known = self.ledger.entries.get(handoff.key)
        if known is None:
            return self._taken_on(handoff, digest)
        if known.digest != digest or known.cancelled:
            raise _Rejected("此编号已撤回" if known.cancelled else "此编号已用于另一份交办内容", 409)
        self.ledger.write(Again(handoff.key))
        return known.stands(self.now())

    def _taken_on(self, handoff: Handoff, digest: str) -> Statement:
        if handoff.key in self.ledger.cancelled_unseen:
            raise _Rejected("此编号已撤回", 409)
        entry = self._judged(handoff, digest)
        self.ledger.write(Received(entry))
        self.callbacks.begin(entry)
        return entry.statements[0]

    def _judged(self, handoff: Handoff, digest: str) -> Entry:
        decide = self.items.get(handoff.item)
        if decide is None or handoff.department != self.code:
            raise _Rejected(f"本部门不办理事项 {handoff.item}")
        self._look_at_number(handoff.applicant)
        person = find(handoff.applicant.document_kind, handoff.applicant.document_number)
        answering = self.behaviour.answering(person.key if person else None, handoff.item)
        if answering.reject:
            raise _Rejected("；".join(answering.reasons or ("交办内容不符合要求",)))
        found = verdict(decide, person, self.now().astimezone(CHINA).date())
        decided = _as_told(Statement(1, "decided", self.now(), found.outcome, found.text, found.reasons), answering)
        statements, calls = _course(decided, answering, by_hand=handoff.item in BY_HAND)
        return Entry(handoff.key, handoff.item, digest, handoff.callback, statements, calls)

    def _look_at_number(self, applicant: Applicant) -> None:
        look = WRONG_NUMBER.get(self.code)
        wrong = look(applicant.document_kind, applicant.document_number) if look else None
        if wrong:
            raise _Rejected(wrong)

    async def _cancel(self, request: Request) -> Response:
        key = request.path_params["key"]
        try:
            named = json.decode(await self._believed_body(request), type=_Cancelling).key
        except (_NotBelieved, msgspec.MsgspecError):
            named = None
        if named != key:
            return _json({"status": "not-believed"}, 401)
        entry = self.ledger.entries.get(key)
        if entry and entry.stands(self.now()).status == "decided":
            return _json({"status": "too-late"}, 409)
        self.ledger.write(Cancelled(key))
        return _json({"status": "cancelled"}, 200)

    async def _show_ledger(self, request: Request) -> Response:
        return _json({"handoffs": [_shown(entry, self.now()) for entry in self.ledger.entries.values()]}, 200)


def _read(body: bytes) -> Handoff:
    try:
        return json.decode(body, type=Handoff)
    except msgspec.MsgspecError as error:
        raise _Rejected(f"交办内容不符合技术标准：{error}") from None


def _digest(body: bytes) -> str:
    """Of what is handed over; our caller may have moved since."""
    content = {name: value for name, value in json.decode(body).items() if name != "callback"}
    return sha256(json.encode(content, order="sorted")).hexdigest()


def _as_told(decided: Statement, answering: Answering) -> Statement:
    if answering.outcome is None:
        return decided
    reasons = answering.reasons or ()
    text = answering.text or "：".join((_TEXT[answering.outcome], *(("；".join(reasons),) if reasons else ())))
    return structs.replace(decided, outcome=answering.outcome, text=text, reasons=reasons)


def _course(decided: Statement, answering: Answering, *, by_hand: bool) -> tuple[tuple[Statement, ...], tuple[int, ...]]:
    """What is said in turn, and which of it is called back in which order."""
    accepted = Statement(1, "accepted", decided.at)
    untold = answering.outcome is None and answering.after_ms is None
    if answering.silence or (by_hand and untold):
        return (accepted,), ()
    if answering.after_ms is None and not answering.out_of_order:
        return (decided,), ()
    later = decided.at + timedelta(milliseconds=answering.after_ms or 0)
    said = (accepted, Statement(2, "working", later), structs.replace(decided, sequence=3, at=later))
    called = (3, 2) if answering.out_of_order else (3,)
    return said, tuple(sequence for sequence in called for _ in range(answering.times or 1))


def _shown(entry: Entry, now: datetime) -> dict[str, object]:
    said = entry.stands(now)
    return {
        "key": entry.key,
        "item": entry.item,
        "received": entry.received,
        "status": said.status,
        "outcome": said.outcome,
        "told": entry.told,
        "cancelled": entry.cancelled,
    }


async def _hung_up(request: Request, _: Exception) -> Response:
    """Whoever asked did not wait until we read it: nothing is taken on, and nobody hears this answer."""
    return Response(status_code=400)


def _json(content: object, status: int) -> Response:
    return Response(json.encode(content), status, media_type="application/json")
