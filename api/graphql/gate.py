"""Who asks: what the two transports need from the assembly to let somebody in. The assembly satisfies `Gate` by shape."""

from dataclasses import dataclass
from typing import Protocol

from starlette.requests import HTTPConnection

from api.graphql.errors import Unauthenticated
from domain.acting import Acting

LONGEST_TOKEN = 8_192


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """What somebody says of themselves, before anyone has believed it. `languages` is as in Accept-Language."""

    token: str | None = None
    languages: str = ""
    address: str = ""
    browser: str = ""


class Gate(Protocol):
    async def identify(self, caller: Caller) -> Acting | None:
        """Whose token it is; None without a token. Raises Unauthenticated for a bad one, Overloaded."""
        ...

    async def renewed(self, acting: Acting) -> Acting | None:
        """The same session's authority as it is now; None: it has ended. Asked for each event of a socket, so cached by whoever answers."""
        ...

    def counting_key(self, caller: Caller, acting: Acting | None) -> str:
        """Under which their actions are counted: the user, or a keyed hash of the address. No personal data."""
        ...

    def context(self, caller: Caller, acting: Acting | None) -> object:
        """A fresh context, made for each operation and for each event of a subscription."""
        ...


def caller_of(connection: HTTPConnection, *, token: str | None = None) -> Caller:
    return Caller(
        token=token,
        languages=connection.headers.get("accept-language", ""),
        address=connection.client.host if connection.client else "",
        browser=connection.headers.get("user-agent", ""),
    )


def bearer_token(authorization: str | None) -> str | None:
    """Raises Unauthenticated for an Authorization that is no bearer token."""
    if authorization is None:
        return None
    scheme, _, token = authorization.partition(" ")
    if scheme.lower() != "bearer":
        raise Unauthenticated("Send the access token as 'Authorization: Bearer …'.")
    return checked_token(token.strip())


def checked_token(token: str) -> str:
    """Its length is looked at before any library sees it."""
    if not 0 < len(token) <= LONGEST_TOKEN:
        raise Unauthenticated
    return token
