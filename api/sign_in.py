"""Signing in as the browser sees it: away to the identity platform, back with a ticket in the fragment; and the keys of our tokens.

A cookie binds each attempt to the browser that began it, so that nobody can be signed in with somebody else's answer.
"""

import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from functools import partial
from html import escape

import structlog
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from domain.errors import Expired, InvalidForm, NotPermitted, Refusal, Unavailable
from domain.ports import NoAnswer, NotProven
from domain.sessions.attempt import ATTEMPT_LIVES, read_wish
from domain.sessions.browser import SignInPages, attempt_gone
from domain.sessions.ending import SignalDesk
from domain.wording import Wording, language_of
from domain.words import Text

CALLBACK = "/sign-in/callback"
BACK_CHANNEL = "/sign-in/back-channel-logout"
_COOKIE = re.compile(r"[A-Za-z0-9_-]{43}", re.ASCII)

_HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
}

_STATUS: Mapping[type[Exception], int] = {InvalidForm: 400, Expired: 400, NotPermitted: 403, Unavailable: 503}

log = structlog.stdlib.get_logger("sign-in")

Keys = Callable[[], Mapping[str, object]]
Step = Callable[[Request], Awaitable[Response]]


@dataclass(frozen=True, slots=True)
class _Door:
    """`secure`: the public URL is https. Over plain http (a laptop) browsers never send a `__Host-` cookie back."""

    pages: SignInPages
    wording: Wording
    secure: bool

    async def begin(self, request: Request) -> Response:
        asked = request.query_params
        wish = read_wish(
            return_to=asked.get("return_to", ""),
            challenge=asked.get("challenge", ""),
            login_hint=asked.get("login_hint"),
            assurance=asked.get("acr"),
        )
        browser = self._cookie(request) or self.pages.secret()
        response = RedirectResponse(await self.pages.begin(wish, browser=browser), 303, _HEADERS)
        response.set_cookie(
            self._name, browser, max_age=int(ATTEMPT_LIVES.total_seconds()), path="/", secure=self.secure, httponly=True, samesite="lax"
        )
        return response

    async def finish(self, request: Request) -> Response:
        answer = request.query_params
        if "error" in answer:
            raise NotPermitted("sign-in.cancelled")
        browser = self._cookie(request)
        if not (browser and "state" in answer and "code" in answer):
            raise attempt_gone()
        address = await self.pages.finish(state=answer["state"], code=answer["code"], issuer=answer.get("iss"), browser=browser)
        return RedirectResponse(address, 303, _HEADERS)

    def kindly(self, step: Step) -> Step:
        """What is declined is told on a page that repeats nothing of what was sent."""

        async def told(request: Request) -> Response:
            try:
                return await step(request)
            except (Refusal, InvalidForm) as problem:
                return self._page(problem, request)

        return told

    def _page(self, problem: Refusal | InvalidForm, request: Request) -> Response:
        language = language_of(request.headers.get("accept-language"))
        why = [issue.text for issue in problem.issues] if isinstance(problem, InvalidForm) else [problem.text]
        title, *paragraphs = [
            escape(self.wording.say(text, language)) for text in (Text("sign-in.page-title"), *why, Text("sign-in.what-next"))
        ]
        told = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
        status = _STATUS.get(type(problem), 400)
        return HTMLResponse(_PAGE.format(language=language.value, title=title, told=told), status, _HEADERS | _retry_after(problem))

    def _cookie(self, request: Request) -> str | None:
        value = request.cookies.get(self._name, "")
        return value if _COOKIE.fullmatch(value) else None

    @property
    def _name(self) -> str:
        return "__Host-sign-in" if self.secure else "sign-in"


def sign_in_routes(pages: SignInPages, *, signals: SignalDesk, wording: Wording, public_url: str, public_keys: Keys) -> list[Route]:
    door = _Door(pages, wording, secure=public_url.startswith("https://"))

    async def keys(request: Request) -> Response:
        return JSONResponse(public_keys(), headers={"Cache-Control": "public, max-age=60"})

    return [
        Route("/sign-in", door.kindly(door.begin)),
        Route(CALLBACK, door.kindly(door.finish)),
        Route(BACK_CHANNEL, partial(_told_by_the_platform, signals), methods=["POST"]),
        Route("/.well-known/jwks.json", keys),
    ]


async def _told_by_the_platform(signals: SignalDesk, request: Request) -> Response:
    """As Back-Channel Logout 1.0 §2.8 has it: 200, or 400 with the reason; 503: the platform may ask again."""
    no_store = {"Cache-Control": "no-store"}
    try:
        async with request.form(max_files=0, max_fields=20, max_part_size=16_384) as form:
            token = form.get("logout_token")
        obeyed = await signals.obey(token if isinstance(token, str) else "")
    except (NotProven, HTTPException) as doubtful:
        log.warning("a signal of the identity platform is not believed", why=str(doubtful))
        return JSONResponse({"error": "invalid_request", "error_description": str(doubtful)}, 400, no_store)
    except NoAnswer:
        return JSONResponse({"error": "temporarily_unavailable"}, 503, no_store | {"Retry-After": "5"})
    log.info("the identity platform has been obeyed", signal=obeyed.kind.value)
    return Response(status_code=200, headers=no_store)


def _retry_after(problem: Refusal | InvalidForm) -> dict[str, str]:
    seconds = problem.retry_after_seconds if isinstance(problem, Refusal) else None
    return {"Retry-After": str(seconds)} if seconds else {}


_PAGE = (
    '<!doctype html><html lang="{language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
    "<title>{title}</title><style>body{{font:1.3rem/1.7 sans-serif;max-width:34em;margin:2em auto;padding:0 1em}}</style></head>"
    "<body><h1>{title}</h1>{told}</body></html>"
)
