"""What is fetched by one person alone, over plain HTTP: its headers, and a refusal in the reader's language as a small JSON body."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from domain.acting import Acting
from domain.errors import InvalidForm, Refusal, RefusalCode
from domain.wording import Wording, language_of
from domain.words import Text

ActingOf = Callable[[Request], Awaitable[Acting | None]]

PRIVATE = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "same-origin",
}

_STATUS: Mapping[str, int] = {
    "too-large": 413,
    "bad-piece": 422,
    "kind-not-accepted": 415,
    "damaged": 422,
    "empty": 422,
    RefusalCode.NOT_FOUND: 404,
    RefusalCode.NOT_PERMITTED: 403,
    RefusalCode.ASSURANCE_TOO_LOW: 403,
    RefusalCode.CONFLICT: 409,
    RefusalCode.TOO_MANY_ATTEMPTS: 429,
    RefusalCode.UNAVAILABLE: 503,
}


@dataclass(frozen=True, slots=True)
class PrivateEdge:
    """Lets in who is signed in, and tells what the domain declines."""

    acting_of: ActingOf
    wording: Wording

    async def answered(self, request: Request, act: Callable[[Request, Acting], Awaitable[Response]], *, not_signed_in: str) -> Response:
        acting = await self.acting_of(request)
        if acting is None:
            return self._problem(request, Text(not_signed_in), code="NOT_SIGNED_IN", status=401)
        try:
            return await act(request, acting)
        except Refusal as refusal:
            return self._problem(request, refusal.text, code=refusal.code, retry_after=refusal.retry_after_seconds)
        except InvalidForm as slip:
            return self._problem(request, slip.issues[0].text, code=slip.issues[0].code)

    def _problem(self, request: Request, text: Text, *, code: str, status: int | None = None, retry_after: int | None = None) -> Response:
        language = language_of(request.headers.get("Accept-Language"))
        body = {"message": self.wording.say(text, language), "spoken": self.wording.speak(text, language), "code": code}
        headers = PRIVATE | {"Content-Language": language.value}
        if retry_after is not None:
            headers["Retry-After"] = str(retry_after)
        return JSONResponse(body, status or _STATUS.get(code, 400), headers)


async def store_away(request: Request, _: Exception) -> Response:
    """For whatever page or path it was. `app.state.wording` is set before anything is asked."""
    language = language_of(request.headers.get("Accept-Language"))
    told = request.app.state.wording.say(Text("refusal.unavailable"), language)
    headers = {"Retry-After": "1", "Cache-Control": "no-store", "Content-Language": language.value}
    return PlainTextResponse(told, 503, headers)
