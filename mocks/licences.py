"""The licence exchange (电子证照共享服务), with the registers that can be asked in the same way.

POST /oauth/token     as mocks/client_credentials.py says
POST /licences/query  Authorization: Bearer …; consent is the holder's, recorded on our side
    {"holder": {"kind": "RESIDENT_ID|PASSPORT|…", "number": of any length}, "type", "purpose",
     "consent": {"id", "purpose", "version", "at": RFC 3339}}
  200 {"licences": [licence, …]}: all that were ever issued, also expired ones; [] if there is none
  401 {"error": "invalid_token"}; 403 {"error": "consent-required"}; 422 {"error": …}
GET  /_ledger         {"questions": [{"at", "holder", "type", "purpose", "consent", "answered"}]}: the last 10,000

A licence, metadata after GB/T 36903, identifier after GB/T 36904:
    {"licenceName", "type", "typeCode", "identifier", "number", "issuer": {"name", "code"}, "regionCode",
     "holder": {"name", "kind", "number", "type"}, "issuedAt": RFC 3339, "validFrom", "validUntil": date or null,
     "status": "valid|expired|revoked", "attributes": {name: text}}
Types and their attributes; one that is not known is left out:
    resident-id           name, sex (MALE|FEMALE), ethnicity, birth-date, document-number, address
    household-register    household-address, registration
    portrait              portrait (PNG, base64)
    social-security-card  bank, bank-account, card-number
    contribution-record   contribution-months, deemed-months, work-started (a date), employer, employer-code, post, insured-place,
                          only-child (YES|NO)

Of a rule in mocks.behave it heeds after_ms, silence, reject, outcome (NOT_FOUND) and attributes.
"""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Annotated, Any

import msgspec
from msgspec import Meta, Struct, json
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route
from starlette.types import ASGIApp

from mocks.behave import Answering, Behaviour, behaving, keeping_waiting
from mocks.client_credentials import Caller
from mocks.papers import CHINA, KINDS, papers
from mocks.people import Resident, find

CLIENT_SECRET = "development-licences"
LEDGER_LENGTH = 10_000

Filled = Annotated[str, Meta(min_length=1, max_length=200)]


class Holder(Struct, frozen=True):
    kind: Filled
    number: Filled


class Consent(Struct, frozen=True):
    id: Filled
    purpose: Filled
    version: Filled
    at: Annotated[datetime, Meta(tz=True)]


class Query(Struct, frozen=True):
    holder: Holder
    type: Filled
    purpose: Filled
    consent: dict[str, Any] | None = None

    def consent_given(self, now: datetime) -> bool:
        try:
            consent = msgspec.convert(self.consent, Consent)
        except msgspec.ValidationError:
            return False
        return consent.purpose == self.purpose and consent.at <= now + timedelta(minutes=1)


@dataclass(slots=True)
class LicenceExchange:
    now: Callable[[], datetime]
    behaviour: Behaviour
    client_secret: str = CLIENT_SECRET
    caller: Caller = field(init=False)
    ledger: deque[dict[str, object]] = field(default_factory=lambda: deque(maxlen=LEDGER_LENGTH))

    def __post_init__(self) -> None:
        self.caller = Caller(self.client_secret, self.now)

    @property
    def app(self) -> ASGIApp:
        routes = [
            Route("/oauth/token", self.caller.give_token, methods=["POST"]),
            Route("/licences/query", self._answer, methods=["POST"]),
            Route("/_ledger", self._show_ledger),
        ]
        return behaving(Starlette(routes=routes), self.behaviour)

    async def _answer(self, request: Request) -> JSONResponse:
        if not self.caller.is_known(request):
            return JSONResponse({"error": "invalid_token"}, 401)
        try:
            query = json.decode(await request.body(), type=Query)
        except msgspec.MsgspecError as error:
            return JSONResponse({"error": str(error)}, 422)
        if query.type not in KINDS:
            return JSONResponse({"error": f"no licence of type {query.type}"}, 422)
        if not query.consent_given(self.now()):
            self._note(query, "refused")
            return JSONResponse({"error": "consent-required"}, 403)
        return await self._look_up(query, request)

    async def _look_up(self, query: Query, request: Request) -> JSONResponse:
        person = find(query.holder.kind, query.holder.number)
        answering = self.behaviour.answering(person.key if person else None, query.type)
        await keeping_waiting(answering, request)
        if answering.reject:
            return JSONResponse({"error": "rejected"}, 422)
        found = self._found(query, person, answering)
        self._note(query, "found" if found else "nothing")
        return JSONResponse({"licences": found})

    def _found(self, query: Query, person: Resident | None, answering: Answering) -> list[dict[str, object]]:
        if person is None or answering.outcome == "NOT_FOUND":
            return []
        return [_differently(paper, answering) for paper in papers(KINDS[query.type], person, self.now().astimezone(CHINA).date())]

    def _note(self, query: Query, answered: str) -> None:
        about = msgspec.to_builtins(query)
        self.ledger.append({"at": self.now().isoformat(), **about, "answered": answered})

    async def _show_ledger(self, request: Request) -> JSONResponse:
        return JSONResponse({"questions": list(self.ledger)})


def _differently(paper: dict[str, Any], answering: Answering) -> dict[str, object]:
    return {**paper, "attributes": {**paper["attributes"], **(answering.attributes or {})}}
