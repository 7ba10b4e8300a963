"""The stand-in for a mini-program host's login, in the shape of code2session.

    GET  /sns/jscode2session?appid=…&secret=…&js_code=…&grant_type=authorization_code   always 200; trouble is an errcode
    POST /_code   {"openid": …, "busy": n}: what the app's login call would hand out; "busy" times it then answers -1 first

errcode: 40029 not a code, 40163 used, 40013 / 40125 not that app or secret, -1 busy.
"""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256

import msgspec
from msgspec import Struct
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from mocks.behave import Behaviour, behaving

CODE_LIVES = timedelta(minutes=5)

Answer = dict[str, str | int]


class Wanted(Struct, forbid_unknown_fields=True):
    openid: str
    busy: int = 0


@dataclass(slots=True)
class Code:
    openid: str
    at: datetime
    busy: int
    used: bool = False


@dataclass(slots=True)
class Host:
    app_id: str
    secret: str
    now: Callable[[], datetime]
    _codes: dict[str, Code] = field(default_factory=dict)

    def code(self, wanted: Wanted) -> str:
        code = secrets.token_urlsafe(24)
        self._codes[code] = Code(wanted.openid, self.now(), wanted.busy)
        return code

    def session(self, asked: dict[str, str]) -> Answer:
        if asked.get("appid") != self.app_id:
            return _trouble(40013, "invalid appid")
        if asked.get("secret") != self.secret:
            return _trouble(40125, "invalid appsecret")
        return self._exchanged(self._codes.get(asked.get("js_code", "")))

    def _exchanged(self, code: Code | None) -> Answer:
        if code is None or self.now() - code.at > CODE_LIVES:
            return _trouble(40029, "invalid code")
        if code.busy:
            code.busy -= 1
            return _trouble(-1, "system busy")
        if code.used:
            return _trouble(40163, "code been used")
        code.used = True
        unionid = sha256(code.openid.encode()).hexdigest()[:28]
        return {"openid": code.openid, "unionid": unionid, "session_key": secrets.token_urlsafe(16)}


def _trouble(errcode: int, errmsg: str) -> Answer:
    return {"errcode": errcode, "errmsg": errmsg}


def mini_program_app(host: Host, behaviour: Behaviour | None = None) -> ASGIApp:
    async def session(request: Request) -> Response:
        return JSONResponse(host.session(dict(request.query_params)))

    async def code(request: Request) -> Response:
        try:
            wanted = msgspec.json.decode(await request.body(), type=Wanted)
        except msgspec.MsgspecError as error:
            return JSONResponse({"error": str(error)}, 400)
        return JSONResponse({"code": host.code(wanted)})

    routes = [Route("/sns/jscode2session", session), Route("/_code", code, methods=["POST"])]
    return behaving(Starlette(routes=routes), behaviour or Behaviour())
