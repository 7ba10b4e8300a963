"""The phone: an ordinary client of the public API, over HTTP and WebSocket. Tests, the demonstration and the benchmarks use it.

It does what the contract asks of an app: walks the sign-in page's redirects, refreshes a token that has run out, asks again with the same
requestId when an answer was lost or somebody was quicker, and comes back to a subscription with what it last saw. It knows no server code.
"""

import asyncio
import hashlib
import secrets
from base64 import urlsafe_b64encode
from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from contextlib import aclosing, suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from uuid import uuid4

import httpx2

from mocks import documents
from mocks.answers import (
    Json,
    NoAnswer,
    ProblemAnswer,
    SessionEnded,
    asked_patience,
    asks_for_a_pause,
    data_of,
    is_problem,
    only,
    refuse_problem,
)
from mocks.line import LineLost, TokenNotGood, linger, listen
from mocks.redirects import ticket_at

LAST = frozenset({"FINISHED", "GONE"})
ANSWER_SECONDS = 30.0
PAUSES = (0.05, 0.1, 0.2, 0.4, 0.8, 1.6, 3.2)
MOST_RETRIES = 3


class Phone:
    """`pauses`: seconds before each time that it asks again; after the last it gives up."""

    def __init__(
        self,
        base_url: str,
        *,
        language: str = "zh-Hans",
        browser: str = "zhangban-phone/1",
        transport: httpx2.AsyncBaseTransport | None = None,
        new_id: Callable[[], str] = lambda: uuid4().hex,
        pauses: Sequence[float] = PAUSES,
    ) -> None:
        self.base_url = httpx2.URL(base_url)
        self.language = language
        self.new_id = new_id
        self.pauses = pauses
        self.access_token: str | None = None
        self.refresh_token: str | None = None
        self._refreshing = asyncio.Lock()
        self._http = httpx2.AsyncClient(
            base_url=base_url,
            transport=transport,
            timeout=ANSWER_SECONDS,
            headers={"Accept-Language": language, "User-Agent": browser},
            trust_env=False,
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        await self._http.aclose()

    # ------------------------------------------------------------ signing in

    async def sign_in(self, hint: str, *, return_to: str = "/app") -> Json:
        """As that person, in a new session; the viewer. `hint` is what the identity platform takes for a name."""
        self.forget()
        return await self.prove("/sign-in", hint, return_to=return_to)

    async def prove(self, at: str, hint: str, *, return_to: str = "/app") -> Json:
        """Sign in at this path; with a session under way, as a step-up asks for it, that session is raised."""
        verifier = secrets.token_urlsafe(48)
        challenge = urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
        page = self.base_url.join(at).copy_merge_params({"return_to": return_to, "challenge": challenge, "login_hint": hint})
        ticket = await ticket_at(page, self._http)
        return self._keep(await self.mutate(documents.SIGN_IN, {"input": {"ticket": ticket, "verifier": verifier}}))

    async def act_as(self, capacity: str) -> Json:
        """From now on in another capacity, by its id; the viewer."""
        return self._keep(await self.mutate(documents.ACT_AS, {"capacityId": capacity}))

    async def sign_in_with_mini_program(self, code: str, *, host: str = "wechat") -> Json:
        self.forget()
        return self._keep(await self.mutate(documents.MINI_PROGRAM_SIGN_IN, {"input": {"host": host, "code": code}}))

    async def refresh(self, *, instead_of: str | None = None) -> None:
        """A new access token. Of many that find the same one spent, one asks. Raises SessionEnded."""
        async with self._refreshing:
            if instead_of not in (None, self.access_token):
                return
            await self._refresh()

    async def _refresh(self) -> None:
        asked = {"query": documents.REFRESH_SESSION, "variables": {"requestId": self.new_id(), "refreshToken": self.refresh_token}}
        answer = only(data_of(await self._insist("POST", "/graphql", None, json=asked)))
        if is_problem(answer):
            raise SessionEnded(answer["message"])
        self._keep(answer)

    def forget(self) -> None:
        self.access_token = self.refresh_token = None
        self._http.cookies.clear()

    def _keep(self, session: Json) -> Json:
        self.access_token, self.refresh_token = session["accessToken"], session["refreshToken"]
        viewer: Json = session["viewer"]
        return viewer

    # ------------------------------------------------------------ asking

    async def query(self, document: str, variables: Json | None = None) -> Json:
        """The data. Raises ProblemAnswer if a root field answers with one."""
        data = await self._ask(document, variables or {})
        for answer in data.values():
            refuse_problem(answer)
        return data

    async def mutate(self, document: str, variables: Json | None = None, *, request_id: str | None = None) -> Json:
        """What the one root field answers, after a pause if a Refusal asks for one. Raises ProblemAnswer."""
        asked = {"requestId": request_id or self.new_id(), **(variables or {})}
        answer, left = only(await self._ask(document, asked)), MOST_RETRIES
        while left and asks_for_a_pause(answer):
            await asyncio.sleep(answer["retryAfterSeconds"])
            answer, left = only(await self._ask(document, asked)), left - 1
        refuse_problem(answer)
        return answer

    async def upload(self, what: bytes | Path, *, request_id: str | None = None, at: str = "/files", about: str = "") -> Json:
        """{id, contentType, size, sha256}; `about`: the case of somebody else that it is for. Raises ProblemAnswer."""
        content = await asyncio.to_thread(what.read_bytes) if isinstance(what, Path) else what
        path = f"{at}?requestId={request_id or self.new_id()}" + (f"&caseId={about}" if about else "")
        answer = await self._send("POST", path, files={"file": ("file", content, "application/octet-stream")})
        told: Json = answer.json()
        if answer.status_code >= 400:
            raise ProblemAnswer(told)
        return told

    async def fetch(self, path: str) -> httpx2.Response:
        """What lies at a path of the API, whatever the status."""
        return await self._send("GET", path)

    async def _ask(self, document: str, variables: Json) -> Json:
        return data_of(await self._send("POST", "/graphql", json={"query": document, "variables": variables}))

    async def _send(self, method: str, path: str, **content: Any) -> httpx2.Response:
        """With the session's token; once more with a fresh one if it has run out."""
        token = self.access_token
        answer = await self._insist(method, path, token, **content)
        if answer.status_code != 401 or self.refresh_token is None:
            return answer
        await self.refresh(instead_of=token)
        return await self._insist(method, path, self.access_token, **content)

    async def _insist(self, method: str, path: str, token: str | None, **content: Any) -> httpx2.Response:
        """Asked again, word for word, when the answer was lost or the server asks for patience. Raises NoAnswer."""
        headers = {"Accept": "application/graphql-response+json, application/json;q=0.9, */*;q=0.8"}
        if token:
            headers["Authorization"] = f"Bearer {token}"
        why = ""
        for pause in self.pauses:
            try:
                answer = await self._http.request(method, path, headers=headers, **content)
            except httpx2.TransportError as lost:
                why = f"{type(lost).__name__} {lost}"
            else:
                if answer.status_code not in {429, 503}:
                    return answer
                why = f"{answer.status_code} {answer.text[:200]}"
                pause = asked_patience(answer, otherwise=pause)
            await asyncio.sleep(pause)
        raise NoAnswer(f"{method} {path}: {why}")

    # ------------------------------------------------------------ watching

    async def watch(self, case_id: str, *, after: int = 0) -> AsyncGenerator[Json, None]:
        """The messages of caseProgress, over any number of lines. Close it (aclosing) if you leave before the end."""
        seen = after
        async with aclosing(self._follow(documents.CASE_PROGRESS, lambda: {"caseId": case_id, "after": seen})) as messages:
            async for message in messages:
                progress: Json = message["caseProgress"]
                seen = max([seen, *(step["number"] for step in progress["steps"])])
                yield progress
                if progress["end"] in LAST:
                    return

    async def watch_many(self, seen: Mapping[str, int]) -> AsyncGenerator[Json, None]:
        """The messages of caseChanges. `seen`: the version last seen of each case."""
        known = dict(seen)

        def so_far() -> Json:
            return {"seen": [{"caseId": id, "version": version} for id, version in known.items()]}

        async with aclosing(self._follow(documents.CASE_CHANGES, so_far)) as messages:
            async for message in messages:
                changes: Json = message["caseChanges"]
                known.update({case["id"]: case["version"] for case in changes["cases"]})
                for gone in changes["gone"]:
                    known.pop(gone, None)
                yield changes
                if changes["end"] in LAST:
                    return

    async def _follow(self, document: str, variables: Callable[[], Json]) -> AsyncGenerator[Json, None]:
        """One subscription over many lines; the variables say what was seen so far. Raises SessionEnded, Fault, NoAnswer."""
        missed = 0
        while missed < len(self.pauses):
            token = self.access_token
            line = listen(self._socket_url, token=token, language=self.language, document=document, variables=variables())
            try:
                async with aclosing(line) as messages:
                    async for message in messages:
                        missed = 0
                        yield message
            except TokenNotGood:
                await self.refresh(instead_of=token)
            except LineLost:
                pass
            await asyncio.sleep(self.pauses[missed])
            missed += 1
        raise NoAnswer(f"no line to {self._socket_url} holds")

    async def until_sent_away(self, there: asyncio.Event) -> None:
        """On a line on which nothing is asked, until the session has ended. `there`: told once the line holds."""
        with suppress(SessionEnded):
            await linger(self._socket_url, token=self.access_token, language=self.language, there=there)

    @property
    def _socket_url(self) -> str:
        secure = self.base_url.scheme == "https"
        return str(self.base_url.copy_with(scheme="wss" if secure else "ws").join("/graphql"))
