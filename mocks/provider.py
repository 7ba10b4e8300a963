"""Who the identity platform's stand-in is: its keys, its one client, its codes, the tokens it signs, and who is suspended."""

import secrets
from base64 import urlsafe_b64encode
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256
from urllib.parse import urlsplit

from joserfc import jwt
from joserfc.jwk import ECKey

from mocks.others import Enterprise
from mocks.people import Resident

ALGORITHM = "ES256"
CODE_LIVES = timedelta(minutes=1)
TOKEN_LIVES = timedelta(minutes=5)
SIGNED_OUT = "http://schemas.openid.net/event/backchannel-logout"
SUSPENDED = "https://schemas.openid.net/secevent/risc/event-type/account-disabled"
RESTORED = "https://schemas.openid.net/secevent/risc/event-type/account-enabled"
LOOPBACK = {"127.0.0.1", "localhost", "::1"}


@dataclass(frozen=True, slots=True)
class Client:
    """An application that people sign in to. On loopback a registered address stands for every port (RFC 8252 §7.3)."""

    id: str
    secret: str
    redirect_uris: Sequence[str]
    backchannel_logout_uri: str | None = None

    def may_return_to(self, uri: str) -> bool:
        return any(uri == registered or _same_but_for_port(uri, registered) for registered in self.redirect_uris)


@dataclass(frozen=True, slots=True)
class Grant:
    """What a code stands for. `enterprise`: the person signed in with its legal account."""

    person: Resident
    acr: str
    at: datetime
    redirect_uri: str
    nonce: str
    challenge: str
    enterprise: Enterprise | None = None


def new_key() -> ECKey:
    return ECKey.generate_key("P-256", {"use": "sig", "alg": ALGORITHM, "kid": secrets.token_hex(8)})


@dataclass(slots=True)
class Provider:
    """`keys`: the first signs. `fetched` counts how often they were asked for.

    `suspended`: document numbers. `sessions`: the platform sessions of each subject, the newest last.
    """

    issuer: str
    client: Client
    now: Callable[[], datetime]
    keys: list[ECKey] = field(default_factory=lambda: [new_key()])
    fetched: int = 0
    suspended: set[str] = field(default_factory=set)
    sessions: dict[str, list[str]] = field(default_factory=dict)
    _grants: dict[str, Grant] = field(default_factory=dict)

    def code(self, grant: Grant) -> str:
        code = secrets.token_urlsafe(32)
        self._grants[code] = grant
        return code

    def redeem(self, code: str, *, redirect_uri: str, verifier: str) -> Grant | None:
        """Whatever is wrong, the code is used up."""
        grant = self._grants.pop(code, None)
        if grant is None or self.now() - grant.at > CODE_LIVES:
            return None
        return grant if (grant.redirect_uri, grant.challenge) == (redirect_uri, _s256(verifier)) else None

    def rotate(self) -> None:
        self.keys.insert(0, new_key())

    def claims(self, grant: Grant) -> dict[str, object]:
        now = int(self.now().timestamp())
        return {
            "iss": self.issuer,
            "aud": self.client.id,
            "sub": subject_of(grant.person),
            "iat": now,
            "exp": now + int(TOKEN_LIVES.total_seconds()),
            "auth_time": int(grant.at.timestamp()),
            "nonce": grant.nonce,
            "acr": grant.acr,
            "sid": self._new_session(grant.person),
            "name": grant.person.name,
            "document_kind": grant.person.document_kind,
            "document_number": grant.person.document_number,
            **_organisation(grant.enterprise),
        }

    def _new_session(self, person: Resident) -> str:
        sid = secrets.token_hex(16)
        self.sessions.setdefault(subject_of(person), []).append(sid)
        return sid

    def logout_token(self, about: Mapping[str, object], *events: str) -> str:
        """Back-Channel Logout 1.0 §2.4; a suspension names a second event."""
        return self._signal("logout+jwt", about, (SIGNED_OUT, *events))

    def restored_token(self, about: Mapping[str, object]) -> str:
        return self._signal("secevent+jwt", about, (RESTORED,))

    def _signal(self, typ: str, about: Mapping[str, object], events: Sequence[str]) -> str:
        now = int(self.now().timestamp())
        claims = {
            "iss": self.issuer,
            "aud": self.client.id,
            "iat": now,
            "exp": now + 120,
            "jti": secrets.token_hex(16),
            "events": {event: {} for event in events},
        }
        return self.signed({**claims, **about}, typ)

    def signed(self, claims: dict[str, object], typ: str) -> str:
        return jwt.encode({"alg": ALGORITHM, "kid": self.keys[0].kid, "typ": typ}, claims, self.keys[0], algorithms=[ALGORITHM])

    def id_token(self, grant: Grant) -> str:
        return jwt.encode({"alg": ALGORITHM, "kid": self.keys[0].kid}, self.claims(grant), self.keys[0], algorithms=[ALGORITHM])


def _organisation(enterprise: Enterprise | None) -> dict[str, object]:
    return {"organisation_code": enterprise.code, "organisation_name": enterprise.name} if enterprise else {}


def subject_of(person: Resident) -> str:
    return sha256(person.document_number.encode()).hexdigest()[:32]


def _s256(verifier: str) -> str:
    return urlsafe_b64encode(sha256(verifier.encode()).digest()).rstrip(b"=").decode()


def _same_but_for_port(uri: str, registered: str) -> bool:
    ours, theirs = urlsplit(registered), urlsplit(uri)
    alike = (ours.scheme, ours.hostname, ours.path) == (theirs.scheme, theirs.hostname, theirs.path)
    return alike and ours.hostname in LOOPBACK and not theirs.query and "@" not in theirs.netloc
