"""An account of a mini-program host, and how a one-time code of its app leads to it."""

from dataclasses import dataclass
from datetime import datetime

from domain.errors import NotPermitted, Remedy, Unavailable
from domain.ports import MiniProgramLogin, NoAnswer, NotProven


@dataclass(frozen=True, slots=True)
class Account:
    """A mini-program account: whose host it is (wechat …) and who it is there."""

    host: str
    openid: str


@dataclass(frozen=True, slots=True)
class Link:
    """That an account of that host is somebody's, since when; which one it is there stays out."""

    host: str
    at: datetime


async def account_behind(code: str, *, host: str, login: MiniProgramLogin) -> Account:
    """Raises NotPermitted for a code that is bad or used, Unavailable."""
    try:
        return Account(host, (await login.account(host=host, code=code)).openid)
    except NotProven as used:
        raise NotPermitted("sign-in.mini-program-code", remedy=Remedy.RETRY) from used
    except NoAnswer as away:
        raise Unavailable("sign-in.mini-program-away", retry_after_seconds=30) from away
