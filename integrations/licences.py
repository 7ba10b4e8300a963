"""The licence exchange (电子证照共享服务) and the registers behind it. The wire format stands in mocks/licences.py."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Annotated
from urllib.parse import urlencode

import httpx2
import msgspec
from msgspec import Meta, Struct

from domain.clock import Now, day_in_china, whole_milliseconds
from domain.identifiers import DocumentKind
from domain.ports import ConsentProof, Licence, NoAnswer
from integrations.http import Answer, Line, Question, Wiring, open_line
from integrations.moments import Moment, must_be_believable

SYSTEM = "licences"
VALID = "valid"
EXPIRY_MARGIN = timedelta(seconds=30)
LONGEST_TOKEN_SECONDS = 366 * 24 * 3600


class _Token(Struct, frozen=True):
    access_token: Annotated[str, Meta(min_length=1)]
    expires_in: Annotated[int, Meta(ge=1, le=LONGEST_TOKEN_SECONDS)]


class _Holder(Struct, frozen=True):
    kind: str
    number: str


class _Issuer(Struct, frozen=True):
    name: str


class _Found(Struct, frozen=True, rename="camel"):
    type: str
    identifier: str
    issuer: _Issuer
    holder: _Holder
    issued_at: Moment
    valid_until: date | None
    status: str
    attributes: dict[str, str]

    def __post_init__(self) -> None:
        must_be_believable(self.issued_at)

    def holds(self, day: date) -> bool:
        return self.status == VALID and (self.valid_until is None or day <= self.valid_until)


class _Answered(Struct, frozen=True):
    licences: Annotated[tuple[_Found, ...], Meta(max_length=100)]


_TOKEN = msgspec.json.Decoder(_Token)
_ANSWERED = msgspec.json.Decoder(_Answered)


@dataclass(slots=True)
class HttpLicenceExchange:
    line: Line
    client_id: str
    client_secret: str = field(repr=False)
    now: Now
    _token: str = field(default="", init=False, repr=False)
    _good_until: datetime | None = field(default=None, init=False)
    _fetching: asyncio.Task[None] | None = field(default=None, init=False, repr=False)

    async def licence(self, kind: str, *, holder_kind: DocumentKind, holder_number: str, consent: ConsentProof) -> Licence | None:
        body = _question(kind, {"kind": holder_kind.value, "number": holder_number}, consent)
        answer = await self._asked(body)
        if answer.status != httpx2.codes.OK:
            raise self.line.unusable(answer)
        found = self.line.parsed(answer, _ANSWERED).licences
        if any((one.type, one.holder) != (kind, _Holder(holder_kind, holder_number)) for one in found):
            raise NoAnswer(SYSTEM, "answered with somebody else's licence or one of another kind")
        valid = [one for one in found if one.holds(day_in_china(self.now()))]
        return _licence(max(valid, key=lambda one: one.issued_at)) if valid else None

    async def close(self) -> None:
        await self.line.close()

    async def _asked(self, body: bytes) -> Answer:
        """With a new token once, if the exchange no longer knows the one we hold."""
        token = await self._current_token(refused=None)
        answer = await self._ask(body, token)
        if answer.status == httpx2.codes.UNAUTHORIZED:
            answer = await self._ask(body, await self._current_token(refused=token))
        return answer

    async def _ask(self, body: bytes, token: str) -> Answer:
        headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        return await self.line.ask(Question("POST", "/licences/query", repeatable=True, body=body, headers=headers))

    async def _current_token(self, *, refused: str | None) -> str:
        """All who need a new one wait for the same, and nobody in a queue."""
        lives = self._good_until is not None and self.now() < self._good_until
        if not lives or self._token == refused:
            if self._fetching is None or self._fetching.done():
                self._fetching = asyncio.create_task(self._fetch_token())
                self._fetching.add_done_callback(_noticed)
            await asyncio.shield(self._fetching)
        return self._token

    async def _fetch_token(self) -> None:
        form = urlencode({"grant_type": "client_credentials", "client_id": self.client_id, "client_secret": self.client_secret})
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        asked_at = self.now()
        answer = await self.line.ask(Question("POST", "/oauth/token", repeatable=True, body=form.encode(), headers=headers))
        if answer.status != httpx2.codes.OK:
            raise NoAnswer(SYSTEM, f"gave us no token (HTTP {answer.status})")
        token = self.line.parsed(answer, _TOKEN)
        self._token, self._good_until = token.access_token, asked_at + timedelta(seconds=token.expires_in) - EXPIRY_MARGIN


def licence_exchange(url: str, *, client_id: str, client_secret: str, now: Now, wiring: Wiring) -> HttpLicenceExchange:
    return HttpLicenceExchange(open_line(SYSTEM, url, wiring), client_id, client_secret, now)


def _noticed(fetching: asyncio.Task[None]) -> None:
    """If everybody who waited has gone, asyncio would complain that nobody heard of a failure."""
    if not fetching.cancelled():
        fetching.exception()


def _question(kind: str, holder: Mapping[str, str], consent: ConsentProof) -> bytes:
    return msgspec.json.encode(
        {
            "holder": holder,
            "type": kind,
            "purpose": consent.purpose,
            "consent": {"id": consent.consent, "purpose": consent.purpose, "version": consent.version, "at": consent.given_at},
        }
    )


def _licence(found: _Found) -> Licence:
    return Licence(
        kind=found.type,
        identifier=found.identifier,
        issuer=found.issuer.name,
        issued_at=whole_milliseconds(found.issued_at),
        valid_until=found.valid_until,
        attributes=found.attributes,
    )
