"""The identity platform (统一身份认证): OpenID Connect, authorization code with PKCE. Nothing it says is believed before it is verified.

Authlib words the request and checks the standard claims; joserfc verifies the signature, always, with a key that the platform publishes.
"""

from base64 import b64encode
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Annotated
from urllib.parse import quote_plus, urlencode

import httpx2
import msgspec
from authlib.oauth2.rfc6749.parameters import prepare_grant_uri
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from authlib.oidc.core import CodeIDToken
from joserfc import jws, jwt
from joserfc.errors import JoseError
from msgspec import Meta, Struct

from domain.acting import Assurance
from domain.clock import Now, day_in_china
from domain.identifiers import DocumentKind, is_credit_code, is_document_number, normalised
from domain.organisations.organisation import Enterprise
from domain.ports import Attempt, NotProven, ProvenIdentity
from integrations.http import Line, Question, Wiring, open_line
from integrations.identity_keys import ALGORITHM, PublishedKeys

SYSTEM = "identity"
SCOPE = "openid profile"
SKEW = timedelta(seconds=60)
"""How far the platform's clock may differ from ours."""
PROVED_WITHIN = timedelta(minutes=10)
"""We ask for a new proof each time (max_age=0), and no attempt lives longer."""

ShortText = Annotated[str, Meta(min_length=1, max_length=200)]


class _Tokens(Struct, frozen=True):
    id_token: Annotated[str, Meta(max_length=8_192)]
    access_token: str


class _Claims(Struct, frozen=True):
    """Those about the person; the standard ones are Authlib's to check."""

    sub: ShortText
    name: ShortText
    document_kind: DocumentKind
    document_number: ShortText
    acr: Assurance
    auth_time: int
    sid: ShortText | None = None
    organisation_code: ShortText | None = None
    organisation_name: ShortText | None = None


_TOKENS = msgspec.json.Decoder(_Tokens)


@dataclass(frozen=True, slots=True)
class OpenIdPlatform:
    """The `IdentityPlatform` of domain/ports.py."""

    line: Line
    published: PublishedKeys
    client_id: str
    client_secret: str = field(repr=False)
    redirect_uri: str
    now: Now

    async def authorisation_url(self, attempt: Attempt, *, login_hint: str | None, assurance: Assurance | None) -> str:
        address = (await self.published.metadata()).authorization_endpoint
        url: str = prepare_grant_uri(
            address,
            self.client_id,
            "code",
            self.redirect_uri,
            SCOPE,
            attempt.state,
            nonce=attempt.nonce,
            code_challenge=create_s256_code_challenge(attempt.verifier),
            code_challenge_method="S256",
            max_age="0",
            login_hint=login_hint,
            acr_values=assurance.value if assurance else None,
        )
        return url

    async def prove(self, attempt: Attempt, *, code: str, issuer: str | None) -> ProvenIdentity:
        if issuer != self.published.issuer:
            raise NotProven("the answer does not say that it is the platform's (RFC 9207)")
        tokens = await self._tokens(attempt, code)
        try:
            return self._identity(await self._claims(tokens, attempt))
        except (JoseError, msgspec.ValidationError) as fault:
            raise NotProven(f"the ID token cannot be believed: {type(fault).__name__}") from None

    async def close(self) -> None:
        await self.line.close()

    async def _tokens(self, attempt: Attempt, code: str) -> _Tokens:
        form = {"grant_type": "authorization_code", "code": code, "redirect_uri": self.redirect_uri, "code_verifier": attempt.verifier}
        address = (await self.published.metadata()).token_endpoint
        question = Question("POST", address, repeatable=False, body=urlencode(form).encode(), headers=self._headers())
        answer = await self.line.ask(question)
        if answer.status == httpx2.codes.BAD_REQUEST:
            raise NotProven("the platform refused the code")
        if answer.status != httpx2.codes.OK:
            raise self.line.unusable(answer)
        return self.line.parsed(answer, _TOKENS)

    def _headers(self) -> dict[str, str]:
        """client_secret_basic; RFC 6749 §2.3.1 wants both parts form-encoded first."""
        account = b64encode(f"{quote_plus(self.client_id)}:{quote_plus(self.client_secret)}".encode()).decode()
        return {"Authorization": f"Basic {account}", "Content-Type": "application/x-www-form-urlencoded"}

    async def _claims(self, tokens: _Tokens, attempt: Attempt) -> _Claims:
        """Raises JoseError, ValidationError, NotProven."""
        header = jws.extract_compact(tokens.id_token.encode()).headers()
        key = await self.published.key(str(header.get("kid")))
        if key is None:
            raise NotProven("the ID token is signed with a key that the platform does not publish")
        token = jwt.decode(tokens.id_token, key, algorithms=[ALGORITHM])
        wanted = {"iss": {"essential": True, "value": self.published.issuer}, "aud": {"essential": True, "value": self.client_id}}
        known = {"nonce": attempt.nonce, "client_id": self.client_id, "access_token": tokens.access_token}
        claims = CodeIDToken(token.claims, token.header, wanted, known)
        claims.validate(now=int(self.now().timestamp()), leeway=int(SKEW.total_seconds()))
        return msgspec.convert(dict(claims), _Claims)

    def _identity(self, claims: _Claims) -> ProvenIdentity:
        now, proved_at = self.now(), datetime.fromtimestamp(claims.auth_time, UTC)
        if not -SKEW <= now - proved_at <= PROVED_WITHIN + SKEW:
            raise NotProven("who it is was not proved now")
        number = normalised(claims.document_number)
        if not is_document_number(claims.document_kind, number, today=day_in_china(now)):
            raise NotProven("the document number is none of its kind")
        return ProvenIdentity(
            subject=claims.sub,
            name=claims.name,
            document_kind=claims.document_kind,
            document_number=number,
            assurance=claims.acr,
            proved_at=min(now, proved_at),
            platform_session=claims.sid,
            enterprise=_enterprise(claims),
        )


def _enterprise(claims: _Claims) -> Enterprise | None:
    """Of a legal account. Raises NotProven for half of one, which must not pass for a person's own account."""
    if claims.organisation_code is None and claims.organisation_name is None:
        return None
    code = normalised(claims.organisation_code or "")
    if not (claims.organisation_name and is_credit_code(code)):
        raise NotProven("the legal account names no enterprise")
    return Enterprise(code, claims.organisation_name)


def identity_platform(issuer: str, *, client_id: str, client_secret: str, redirect_uri: str, now: Now, wiring: Wiring) -> OpenIdPlatform:
    line = open_line(SYSTEM, issuer, wiring)
    return OpenIdPlatform(line, PublishedKeys(line, issuer, now), client_id, client_secret, redirect_uri, now)
