"""The page on which anybody checks a certificate, without an account, an app or a script.

Opening it asks nothing and uses nothing up: a link preview would otherwise burn the code. Only the button does.
"""

from base64 import b64encode
from dataclasses import dataclass
from hashlib import sha256
from html import escape
from pathlib import Path
from urllib.parse import parse_qs

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from domain.certificates.certificate import CertificateStatus
from domain.certificates.checking import CheckDesk
from domain.certificates.codes import grouped, read_code
from domain.certificates.showing import Check, Keyed, verifier_at
from domain.certificates.views import LONGEST_PURPOSE
from domain.clock import day_in_china
from domain.errors import InvalidForm, TooManyAttempts
from domain.wording import Wording, day, language_of
from domain.words import Language, Text, Words

STYLE = Path(__file__).with_suffix(".css").read_text(encoding="utf-8")

LONGEST_BODY = 4096

_HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex",
    "Vary": "Accept-Language",
    "Content-Security-Policy": (
        f"default-src 'none'; style-src 'sha256-{b64encode(sha256(STYLE.encode()).digest()).decode()}'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
}


@dataclass(frozen=True, slots=True)
class _Voice:
    """Words in the reader's language, safe to stand in HTML."""

    wording: Wording
    language: Language

    def say(self, key: str) -> str:
        return self.text(Text(f"certificate.page.{key}"))

    def text(self, said: Text | Words | str) -> str:
        match said:
            case Text():
                said = self.wording.say(said, self.language)
            case Words():
                said = said.in_(self.language)
        return escape(said)

    def page(self, *parts: str, status: int = 200, retry_after: int | None = None) -> Response:
        title = self.say("title")
        head = f'<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{title}</title><style>{STYLE}</style>'
        body = f"<main><h1>{title}</h1>{''.join(parts)}</main>"
        html = f'<!doctype html><html lang="{self.language}"><head>{head}</head><body>{body}</body></html>'
        wait = {"Retry-After": str(retry_after)} if retry_after else {}
        return HTMLResponse(html, status, _HEADERS | {"Content-Language": self.language.value} | wait)


@dataclass(frozen=True, slots=True)
class _CheckPage:
    checks: CheckDesk
    wording: Wording
    keyed: Keyed

    async def get(self, request: Request) -> Response:
        voice, typed = self._voice(request), request.path_params.get("code", "")
        return voice.page(_form(voice, typed))

    async def post(self, request: Request) -> Response:
        voice, fields = self._voice(request), parse_qs((await request.body())[:LONGEST_BODY].decode(errors="replace"))
        typed = request.path_params.get("code") or fields.get("code", [""])[0]
        try:
            check = await self._checked(request, typed, purpose=fields.get("purpose", [None])[0])
        except InvalidForm as slip:
            return voice.page(_stopped(voice, slip.issues[0].text), _form(voice, typed), status=422)
        except TooManyAttempts as locked:
            return voice.page(_stopped(voice, locked.text), status=429, retry_after=locked.retry_after_seconds)
        return voice.page(_result(voice, check))

    async def _checked(self, request: Request, typed: str, *, purpose: str | None) -> Check:
        address = request.client.host if request.client else ""
        verifier = verifier_at(address, request.headers.get("user-agent", ""), self.keyed)
        return await self.checks.check(typed, by=verifier, purpose=purpose)

    def _voice(self, request: Request) -> _Voice:
        return _Voice(self.wording, language_of(request.headers.get("accept-language")))


def check_routes(checks: CheckDesk, wording: Wording, keyed: Keyed) -> list[Route]:
    page = _CheckPage(checks, wording, keyed)
    return [
        route
        for path in ("/check", "/check/{code}")
        for route in (Route(path, page.get, methods=["GET"]), Route(path, page.post, methods=["POST"]))
    ]


def _form(voice: _Voice, typed: str) -> str:
    """The code that was shown stands there; without one it is asked for."""
    code = read_code(typed)
    action = f"/check/{grouped(code)}" if code else "/check"
    fixed = f'<p>{voice.say("code")}<br><span class="code">{grouped(code)}</span></p>' if code else ""
    asked = fixed or _input(voice, "code", f'value="{escape(typed)}" required maxlength="40" autocapitalize="characters" class="code"')
    purpose = _input(voice, "purpose", f'maxlength="{LONGEST_PURPOSE}"')
    button = f"<button>{voice.say('button')}</button>"
    return f'<p>{voice.say("explanation")}</p><form method="post" action="{action}">{asked}{purpose}{button}</form>'


def _input(voice: _Voice, name: str, attributes: str) -> str:
    return f'<label for="{name}">{voice.say(name)}</label><input id="{name}" name="{name}" autocomplete="off" {attributes}>'


def _result(voice: _Voice, check: Check) -> str:
    if not check.genuine or check.status is None or check.issuer is None or check.issued_at is None:
        return _verdict(voice, "nothing", good=False) + f"<p>{voice.say('nothing-why')}</p>" + _another(voice)
    valid = check.status is CertificateStatus.VALID
    told: dict[str, Text | Words | str] = {
        "status": Text(f"certificate.status.{check.status}"),
        "holder": check.holder or "",
        "issuer": check.issuer,
        "issued-on": day(day_in_china(check.issued_at)),
    }
    facts = "".join(f"<dt>{voice.say(key)}</dt><dd>{voice.text(value)}</dd>" for key, value in told.items())
    compare = f"<p>{voice.say('compare')}</p>" if valid else ""
    return _verdict(voice, "genuine" if valid else "not-valid", good=valid) + f"<dl>{facts}</dl>{compare}" + _another(voice)


def _stopped(voice: _Voice, why: Text) -> str:
    return _verdict(voice, "stopped", good=False) + f"<p>{voice.text(why)}</p>"


def _verdict(voice: _Voice, key: str, *, good: bool) -> str:
    mark = "✓" if good else "✗"
    return f'<p role="status" class="verdict {"yes" if good else "no"}"><span aria-hidden="true">{mark} </span>{voice.say(key)}</p>'


def _another(voice: _Voice) -> str:
    return f'<a class="again" href="/check">{voice.say("another")}</a>'
