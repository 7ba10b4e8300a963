"""What a sign-in page is asked for, what we keep while the person is at the identity platform, and the ticket that it ends in."""

import re
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from domain.acting import Assurance
from domain.errors import Expired, InvalidForm, Issue, NotPermitted, Remedy
from domain.ports import Attempt
from domain.sessions.session import REMEMBERED, Proof
from domain.words import Text

ATTEMPT_LIVES = timedelta(minutes=10)
TICKET_LIVES = timedelta(minutes=2)

# A path of ours as RFC 3986 spells one: no second slash in front (another host), no backslash (browsers take it for a slash),
# no fragment (the ticket goes there).
_OUR_PATH = re.compile(r"/(?:[A-Za-z0-9\-._~!$&'()*+,;=:@%?][A-Za-z0-9\-._~!$&'()*+,;=:@%?/]{0,510})?", re.ASCII)
_CHALLENGE = re.compile(r"[A-Za-z0-9_-]{43}", re.ASCII)
_VERIFIER = re.compile(r"[A-Za-z0-9\-._~]{43,128}", re.ASCII)
_HINT = re.compile(r"[\w.:@-]{1,64}")


@dataclass(frozen=True, slots=True)
class Wish:
    """What the app asks the sign-in page for. `challenge`: the SHA-256 of a verifier that only the app knows."""

    return_to: str
    challenge: str
    login_hint: str | None = None
    assurance: Assurance | None = None


@dataclass(frozen=True, slots=True)
class SignInAttempt:
    """`browser`: digest of the cookie of the browser that began it, the only one that may end it."""

    secrets: Attempt
    wish: Wish
    browser: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Ticket:
    """Exchanged once, by who knows the verifier, for a session. `id`: digest of the ticket, which itself is kept nowhere."""

    id: str
    challenge: str
    proof: Proof
    expires_at: datetime
    redeemed_by: str | None = None

    def must_be_good(self, *, request: str, verifier: str, now: datetime) -> None:
        """Good for whoever made the challenge: once, and again for the request that used it and lost the answer."""
        if challenge_of(verifier) != self.challenge:
            raise NotPermitted("sign-in.ticket-of-another", remedy=Remedy.NONE)
        expires_at = self.expires_at + REMEMBERED if self.redeemed_by else self.expires_at
        if self.redeemed_by not in {None, request} or now >= expires_at:
            raise ticket_gone()


def ticket_gone() -> Expired:
    return Expired("sign-in.ticket-gone", remedy=Remedy.RETRY)


def digest(secret: str) -> str:
    """How a one-time secret is kept: to be known again, not to be read."""
    return sha256(secret.encode()).hexdigest()


def challenge_of(verifier: str) -> str:
    return urlsafe_b64encode(sha256(verifier.encode()).digest()).rstrip(b"=").decode()


def read_wish(*, return_to: str, challenge: str, login_hint: str | None, assurance: str | None) -> Wish:
    """Raises InvalidForm for anything but a path of ours, a SHA-256 challenge, a plain hint and a level that exists."""
    slips = list(_slips(return_to=return_to, challenge=challenge, login_hint=login_hint, assurance=assurance))
    if slips:
        raise InvalidForm(slips)
    return Wish(return_to, challenge, login_hint or None, Assurance(assurance) if assurance else None)


def _slips(*, return_to: str, challenge: str, login_hint: str | None, assurance: str | None) -> Iterator[Issue]:
    if not _OUR_PATH.fullmatch(return_to):
        yield Issue(("return_to",), Text("sign-in.return-to"))
    if not _CHALLENGE.fullmatch(challenge):
        yield Issue(("challenge",), Text("sign-in.challenge"))
    if login_hint and not _HINT.fullmatch(login_hint):
        yield Issue(("login_hint",), Text("sign-in.login-hint"))
    if assurance and assurance not in set(Assurance):
        yield Issue(("acr",), Text("sign-in.assurance"))


def check_verifier(verifier: str) -> None:
    if not _VERIFIER.fullmatch(verifier):
        raise InvalidForm([Issue(("input", "verifier"), Text("sign-in.verifier"))])
