"""Card readings: a device reads somebody's identity card, the platform sees that its living holder is there, and signs what it saw.

POST /card-readings   {"person": key, "nonce": 16 to 200 characters, "device": its id, "liveness": one of LIVENESS}
  201 {"reading": a compact JWS: ES256, a published key, typ card-reading+jwt}; 422 {"error": …}
  403 {"error": "suspended"}: their identity is; 404 {"error": …}: nobody has that key

Its claims: iss, aud (our client id), iat, nonce, device, liveness (passed or failed), and with
    passed    name, document_kind, document_number
    failed    reason; whose card it was is not said, because nobody knows
"""

from typing import Annotated, Literal, get_args

import msgspec
from joserfc import jwt
from msgspec import Meta, Struct, json
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from mocks.people import Resident, resident
from mocks.provider import ALGORITHM, Provider

TYPE = "card-reading+jwt"
Liveness = Literal["passed", "face-mismatch", "not-live", "card-expired", "card-damaged", "card-lost"]
LIVENESS = get_args(Liveness)


class Attempt(Struct, frozen=True, forbid_unknown_fields=True):
    person: Annotated[str, Meta(min_length=1, max_length=50)]
    nonce: Annotated[str, Meta(min_length=16, max_length=200)]
    device: Annotated[str, Meta(min_length=1, max_length=100)] = "demonstration-device"
    liveness: Liveness = "passed"


def card_readings(provider: Provider) -> Route:
    async def read(request: Request) -> JSONResponse:
        try:
            attempt = json.decode(await request.body(), type=Attempt)
        except msgspec.MsgspecError as error:
            return JSONResponse({"error": str(error)}, 422)
        person = resident(attempt.person)
        if person is None:
            return JSONResponse({"error": "nobody has that key"}, 404)
        if person.document_number in provider.suspended:
            return JSONResponse({"error": "suspended"}, 403)
        return JSONResponse({"reading": signed(provider, claims(provider, attempt, person))}, 201, {"Cache-Control": "no-store"})

    return Route("/card-readings", read, methods=["POST"])


def claims(provider: Provider, attempt: Attempt, person: Resident) -> dict[str, object]:
    about = {
        "iss": provider.issuer,
        "aud": provider.client.id,
        "iat": int(provider.now().timestamp()),
        "nonce": attempt.nonce,
        "device": attempt.device,
    }
    if attempt.liveness != "passed":
        return about | {"liveness": "failed", "reason": attempt.liveness}
    who = {"name": person.name, "document_kind": person.document_kind, "document_number": person.document_number}
    return about | {"liveness": "passed"} | who


def signed(provider: Provider, about: dict[str, object]) -> str:
    key = provider.keys[0]
    return jwt.encode({"alg": ALGORITHM, "kid": key.kid, "typ": TYPE}, about, key, algorithms=[ALGORITHM])
