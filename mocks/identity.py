"""The stand-in for the province's identity platform (统一身份认证): OpenID Connect, authorization code with PKCE, ES256.

    GET  /.well-known/openid-configuration     GET  /jwks       POST /_rotate   a new signing key in front; the former stay published
    GET  /authorize    a page of people to pick from; `login_hint` = a person's key signs them in at once; `acr_values` says how surely
    POST /token        client_secret_basic; a code is good once, for a minute
    POST /_logout, /_suspend, /_restore    tells the client so: mocks/signals.py; who is suspended cannot sign in
    POST /card-readings    what a helper's device hands in, and gets signed: mocks/card_readings.py

Beside the standard claims its ID tokens hold name, document_kind and document_number. A legal account (法人账号) is `login_hint` =
boss@furnace: the key of a legal representative and of their enterprise (mocks/others.py); the ID token then also holds
organisation_code (a unified social credit code) and organisation_name.
"""

import secrets
from base64 import b64decode
from binascii import Error as NotBase64
from collections.abc import Mapping
from html import escape
from urllib.parse import unquote_plus, urlencode

import httpx2
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from mocks.behave import Behaviour, behaving
from mocks.card_readings import card_readings
from mocks.others import ENTERPRISES, Enterprise, legal_account
from mocks.people import PEOPLE, Resident, resident
from mocks.provider import ALGORITHM, Client, Grant, Provider
from mocks.signals import signal_routes

LEVELS = {"L1": "手机号登录", "L2": "姓名和证件号码核验", "L3": "本人人脸核验", "L4": "窗口现场核验"}
USUAL_LEVEL = "L3"


def identity_app(provider: Provider, behaviour: Behaviour | None = None, *, http: httpx2.AsyncClient | None = None) -> ASGIApp:
    """`http`: by which the client is told what happens; None: it is told nothing."""

    async def configuration(request: Request) -> Response:
        return JSONResponse(_configuration(provider.issuer))

    async def jwks(request: Request) -> Response:
        provider.fetched += 1
        return JSONResponse({"keys": [key.as_dict(private=False) for key in provider.keys]})

    async def authorize(request: Request) -> Response:
        return _authorized(provider, dict(request.query_params))

    async def token(request: Request) -> Response:
        return _token(provider, request.headers.get("authorization", ""), dict(await _form(request)))

    async def rotate(request: Request) -> Response:
        provider.rotate()
        return JSONResponse({"kid": provider.keys[0].kid})

    routes = [
        Route("/.well-known/openid-configuration", configuration),
        Route("/jwks", jwks),
        Route("/authorize", authorize),
        Route("/token", token, methods=["POST"]),
        card_readings(provider),
        Route("/_rotate", rotate, methods=["POST"]),
        *(signal_routes(provider, http) if http else ()),
    ]
    return behaving(Starlette(routes=routes), behaviour or Behaviour())


async def _form(request: Request) -> Mapping[str, str]:
    async with request.form() as form:
        return {name: str(value) for name, value in form.items()}


def _configuration(issuer: str) -> dict[str, object]:
    return {
        "issuer": issuer,
        "authorization_endpoint": f"{issuer}/authorize",
        "token_endpoint": f"{issuer}/token",
        "jwks_uri": f"{issuer}/jwks",
        "response_types_supported": ["code"],
        "grant_types_supported": ["authorization_code"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": [ALGORITHM],
        "code_challenge_methods_supported": ["S256"],
        "token_endpoint_auth_methods_supported": ["client_secret_basic"],
        "acr_values_supported": list(LEVELS),
        "authorization_response_iss_parameter_supported": True,
        "backchannel_logout_supported": True,
        "backchannel_logout_session_supported": True,
    }


# ---------------------------------------------------------------- the page


def _authorized(provider: Provider, asked: dict[str, str]) -> Response:
    """To a caller whose address is not registered, a page: nothing must be sent there."""
    client, redirect_uri = provider.client, asked.get("redirect_uri", "")
    if asked.get("client_id") != client.id or not client.may_return_to(redirect_uri):
        return HTMLResponse(_page("无法登录", "<p>这个应用或它的返回地址没有登记。</p>"), 400)
    back = {"state": asked.get("state", ""), "iss": provider.issuer}
    if error := _error(asked):
        return _redirect(redirect_uri, {"error": error} | back)
    person, enterprise = _signing_in(asked.get("login_hint", ""))
    if person is None:
        return HTMLResponse(_people(asked))
    if person.document_number in provider.suspended:
        return _redirect(redirect_uri, {"error": "access_denied", "error_description": "suspended"} | back)
    grant = Grant(person, _level(asked), provider.now(), redirect_uri, asked.get("nonce", ""), asked["code_challenge"], enterprise)
    return _redirect(redirect_uri, {"code": provider.code(grant)} | back)


def _signing_in(hint: str) -> tuple[Resident | None, Enterprise | None]:
    """Nobody: that is nobody's key, or no legal account of theirs."""
    if "@" not in hint:
        return resident(hint), None
    account = legal_account(hint)
    return (resident(account[0]), account[1]) if account else (None, None)


def _error(asked: Mapping[str, str]) -> str | None:
    if asked.get("cancel"):
        return "access_denied"
    if asked.get("response_type") != "code":
        return "unsupported_response_type"
    if "openid" not in asked.get("scope", "").split():
        return "invalid_scope"
    if asked.get("code_challenge_method") != "S256" or len(asked.get("code_challenge", "")) != 43:
        return "invalid_request"
    return None


def _level(asked: Mapping[str, str]) -> str:
    return next((level for level in asked.get("acr_values", "").split() if level in LEVELS), USUAL_LEVEL)


def _redirect(uri: str, answer: Mapping[str, str]) -> Response:
    return RedirectResponse(f"{uri}?{urlencode(answer)}", 303, {"Cache-Control": "no-store"})


def _people(asked: Mapping[str, str]) -> str:
    def link(change: Mapping[str, str], text: str) -> str:
        return f'<a href="?{escape(urlencode({**asked, **change}))}">{escape(text)}</a>'

    people = "".join(f"<li>{link({'login_hint': key}, person.name)} {escape(key)}</li>" for key, person in PEOPLE.items())
    accounts = "".join(f"<li>{link({'login_hint': f'{one.representative}@{key}'}, one.name)}</li>" for key, one in ENTERPRISES.items())
    levels = " · ".join(link({"acr_values": level}, f"{level} {how}") for level, how in LEVELS.items())
    level = _level(asked)
    return _page(
        "您是谁?",
        f"<p>演示用的身份平台, 人物均为虚构。本次核验: {level} {escape(LEVELS[level])}</p><ul>{people}</ul>"
        f"<p>法人账号:</p><ul>{accounts}</ul>"
        f"<p>换一种核验方式: {levels}</p><p>{link({'cancel': '1'}, '取消登录')}</p>",
    )


def _page(title: str, body: str) -> str:
    head = '<meta charset="utf-8"><meta name="viewport" content="width=device-width">'
    style = "<style>body{font:20px/1.8 sans-serif;max-width:32em;margin:2em auto;padding:0 1em}</style>"
    return f'<!doctype html><html lang="zh-Hans"><head>{head}<title>{title}</title>{style}</head><body><h1>{title}</h1>{body}</body></html>'


# ---------------------------------------------------------------- the token


def _token(provider: Provider, authorization: str, asked: Mapping[str, str]) -> Response:
    if not _is_client(provider.client, authorization):
        return JSONResponse({"error": "invalid_client"}, 401)
    if asked.get("grant_type") != "authorization_code":
        return JSONResponse({"error": "unsupported_grant_type"}, 400)
    redirect_uri, verifier = asked.get("redirect_uri", ""), asked.get("code_verifier", "")
    grant = provider.redeem(asked.get("code", ""), redirect_uri=redirect_uri, verifier=verifier)
    if grant is None:
        return JSONResponse({"error": "invalid_grant"}, 400)
    tokens = {"access_token": secrets.token_urlsafe(32), "token_type": "Bearer", "expires_in": 300, "id_token": provider.id_token(grant)}
    return JSONResponse(tokens, headers={"Cache-Control": "no-store"})


def _is_client(client: Client, authorization: str) -> bool:
    try:
        given = b64decode(authorization.removeprefix("Basic "), validate=True)
    except NotBase64:
        return False
    return secrets.compare_digest(unquote_plus(given.decode(errors="replace")).encode(), f"{client.id}:{client.secret}".encode())
