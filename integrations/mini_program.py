"""A mini-program host's login: a one-time code becomes an account (code2session). Trouble comes as 200 with an errcode."""

from dataclasses import dataclass, field
from typing import Annotated
from urllib.parse import urlencode

import httpx2
import msgspec
from msgspec import Meta, Struct

from domain.ports import MiniProgramAccount, NoAnswer, NotProven
from integrations.http import Line, Question, Wiring, open_line

SYSTEM = "mini-program"
BAD_CODE, USED_CODE, BLOCKED_ACCOUNT = 40029, 40163, 40226

ShortText = Annotated[str, Meta(min_length=1, max_length=128)]


class _Answered(Struct, frozen=True):
    openid: ShortText | None = None
    unionid: ShortText | None = None
    errcode: int = 0


_ANSWERED = msgspec.json.Decoder(_Answered)


@dataclass(frozen=True, slots=True)
class Code2Session:
    """The `MiniProgramLogin` of domain/ports.py, for one app of one host."""

    line: Line
    host: str
    app_id: str
    secret: str = field(repr=False)

    async def account(self, *, host: str, code: str) -> MiniProgramAccount:
        if host != self.host:
            raise NotProven("no app of ours runs in that host")
        asked = {"appid": self.app_id, "secret": self.secret, "js_code": code, "grant_type": "authorization_code"}
        answer = await self.line.ask(Question("GET", f"/sns/jscode2session?{urlencode(asked)}", repeatable=False))
        if answer.status != httpx2.codes.OK:
            raise self.line.unusable(answer)
        return _account(self.line.parsed(answer, _ANSWERED))

    async def close(self) -> None:
        await self.line.close()


def _account(answered: _Answered) -> MiniProgramAccount:
    if answered.errcode in {BAD_CODE, USED_CODE, BLOCKED_ACCOUNT}:
        raise NotProven(f"the host refused the code ({answered.errcode})")
    if answered.errcode or answered.openid is None:
        raise NoAnswer(SYSTEM, f"answered with errcode {answered.errcode}")
    return MiniProgramAccount(answered.openid, answered.unionid)


def mini_program_login(url: str, *, host: str, app_id: str, secret: str, wiring: Wiring) -> Code2Session:
    return Code2Session(open_line(SYSTEM, url, wiring), host, app_id, secret)
