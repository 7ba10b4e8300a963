"""How a stand-in knows its one caller: OAuth2 client credentials for a token of ten minutes.

POST …/oauth/token    form: grant_type=client_credentials, client_id, client_secret
  200 {"access_token", "token_type": "Bearer", "expires_in": seconds}; 401 {"error": "invalid_client"}
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hmac import compare_digest
from secrets import token_urlsafe

from starlette.requests import Request
from starlette.responses import JSONResponse

CLIENT_ID = "zhangban"
TOKEN_SECONDS = 600


@dataclass(slots=True)
class Caller:
    secret: str
    now: Callable[[], datetime]
    tokens: dict[str, datetime] = field(default_factory=dict)

    async def give_token(self, request: Request) -> JSONResponse:
        async with request.form() as form:
            given = {name: str(value) for name, value in form.items()}
        wanted = {"grant_type": "client_credentials", "client_id": CLIENT_ID, "client_secret": self.secret}
        if not all(compare_digest(given.get(name, "").encode(), value.encode()) for name, value in wanted.items()):
            return JSONResponse({"error": "invalid_client"}, 401)
        token = token_urlsafe(24)
        self.tokens = {known: until for known, until in self.tokens.items() if until > self.now()}
        self.tokens[token] = self.now() + timedelta(seconds=TOKEN_SECONDS)
        return JSONResponse({"access_token": token, "token_type": "Bearer", "expires_in": TOKEN_SECONDS})

    def is_known(self, request: Request) -> bool:
        until = self.tokens.get(request.headers.get("Authorization", "").removeprefix("Bearer "))
        return until is not None and self.now() < until
