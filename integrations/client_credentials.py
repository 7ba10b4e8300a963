"""A line to a system that wants an OAuth2 token of client credentials: fetched once for all who wait, replaced before it runs out."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Annotated
from urllib.parse import urlencode

import httpx2
import msgspec
from msgspec import Meta, Struct

from domain.clock import Now
from domain.ports import NoAnswer
from integrations.http import Answer, Line, Question

EXPIRY_MARGIN = timedelta(seconds=30)
LONGEST_TOKEN_SECONDS = 366 * 24 * 3600
FORM: Mapping[str, str] = {"Content-Type": "application/x-www-form-urlencoded"}
JSON: Mapping[str, str] = {"Content-Type": "application/json"}


class _Token(Struct, frozen=True):
    access_token: Annotated[str, Meta(min_length=1)]
    expires_in: Annotated[int, Meta(ge=1, le=LONGEST_TOKEN_SECONDS)]


_TOKEN = msgspec.json.Decoder(_Token)


@dataclass(slots=True)
class AuthorisedLine:
    """Every method may raise NoAnswer."""

    line: Line
    client_id: str
    client_secret: str = field(repr=False)
    now: Now
    _token: str = field(default="", init=False, repr=False)
    _good_until: datetime | None = field(default=None, init=False)
    _fetching: asyncio.Task[None] | None = field(default=None, init=False, repr=False)

    async def post(self, path: str, body: bytes) -> Answer:
        """A question that may be asked twice; with a new token once, if the system no longer knows the one we hold."""
        question = Question("POST", path, repeatable=True, body=body, headers=JSON)
        token = await self._current_token(refused=None)
        answer = await self._ask(question, token)
        if answer.status == httpx2.codes.UNAUTHORIZED:
            answer = await self._ask(question, await self._current_token(refused=token))
        return answer

    async def close(self) -> None:
        await self.line.close()

    async def _ask(self, question: Question, token: str) -> Answer:
        return await self.line.ask(replace(question, headers={**question.headers, "Authorization": f"Bearer {token}"}))

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
        asked_at = self.now()
        answer = await self.line.ask(Question("POST", "/oauth/token", repeatable=True, body=form.encode(), headers=FORM))
        if answer.status != httpx2.codes.OK:
            raise NoAnswer(self.line.system, f"gave us no token (HTTP {answer.status})")
        token = self.line.parsed(answer, _TOKEN)
        self._token, self._good_until = token.access_token, asked_at + timedelta(seconds=token.expires_in) - EXPIRY_MARGIN


def _noticed(fetching: asyncio.Task[None]) -> None:
    """If everybody who waited has gone, asyncio would complain that nobody heard of a failure."""
    if not fetching.cancelled():
        fetching.exception()
