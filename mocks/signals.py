"""What the identity platform's stand-in tells its client by itself, and when somebody asks it to.

    POST /_logout   {"person": key}   signed out everywhere; with "session": "last", only where they signed in last
    POST /_suspend  {"person": key}   no sign-in any more, and every session ends
    POST /_restore  {"person": key}

Each answers what the client answered: {"status": 200}, and 502 if it could not be reached.
"""

import httpx2
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from mocks.people import Resident, resident
from mocks.provider import SUSPENDED, Provider, subject_of


def signal_routes(provider: Provider, http: httpx2.AsyncClient) -> list[Route]:
    async def logout(request: Request) -> Response:
        asked = await request.json()
        person = resident(str(asked.get("person")))
        return await _told(provider, http, _logout(provider, person, last=asked.get("session") == "last") if person else None)

    async def suspend(request: Request) -> Response:
        person = await _person(request)
        if person:
            provider.suspended.add(person.document_number)
        return await _told(provider, http, provider.logout_token({"sub": subject_of(person)}, SUSPENDED) if person else None)

    async def restore(request: Request) -> Response:
        person = await _person(request)
        if person:
            provider.suspended.discard(person.document_number)
        return await _told(provider, http, provider.restored_token({"sub": subject_of(person)}) if person else None)

    told = {"/_logout": logout, "/_suspend": suspend, "/_restore": restore}
    return [Route(path, endpoint, methods=["POST"]) for path, endpoint in told.items()]


async def _person(request: Request) -> Resident | None:
    return resident(str((await request.json()).get("person")))


def _logout(provider: Provider, person: Resident, *, last: bool) -> str:
    subject = subject_of(person)
    sessions = provider.sessions.get(subject, [])
    return provider.logout_token({"sub": subject} | ({"sid": sessions[-1]} if last and sessions else {}))


async def _told(provider: Provider, http: httpx2.AsyncClient, token: str | None) -> Response:
    address = provider.client.backchannel_logout_uri
    if token is None or address is None:
        return JSONResponse({"error": "nobody of that name, or no client to tell"}, 404)
    try:
        answer = await http.post(address, data={"logout_token": token})
    except httpx2.HTTPError as away:
        return JSONResponse({"error": type(away).__name__}, 502)
    return JSONResponse({"status": answer.status_code})
