"""The registers (人口、监护、亲属、账户实名、参保核验): one system that says yes or no, or little more.

POST /oauth/token     as mocks/client_credentials.py says; all else with Authorization: Bearer …
POST /life            {"person": document}             200 {"standing": "ALIVE|DECEASED|INCAPACITATED", "since": date or null}
POST /guardianships   {"guardian": document}           200 {"wards": [{"name", "kind", "number", "since"}]}: who is their ward now
POST /relatives       {"one": document, "other": document}        200 {"answer": whether they are close relatives}
POST /accounts        {"holder": document and name, "account"}    200 {"answer": whether it is theirs}
POST /employments     {"enterprise": code, "person": document}    200 {"answer": whether it insures them now}
  401 {"error": "invalid_token"}; 422 {"error": …}
GET  /_ledger         {"questions": [{"at", "about", "person", "answered"}]}: the last 10,000
POST /_set            {"person": key, "standing", "since": date or null, "guardian": key or null}: what is registered from now on

A document is {"kind": "RESIDENT_ID|PASSPORT|…", "number"}. Nobody is registered as dead whom no register knows: they are ALIVE.
A guardianship holds while the ward is INCAPACITATED and the guardian is ALIVE. The dead are employed nowhere.

Of a rule in mocks.behave it heeds after_ms, silence and reject; its items are the last parts of the paths.
"""

from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Annotated, Literal, TypeVar

import msgspec
from msgspec import Meta, Struct, json
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route
from starlette.types import ASGIApp

from mocks.behave import Behaviour, behaving, keeping_waiting
from mocks.client_credentials import Caller
from mocks.people import Resident, find, resident

CLIENT_SECRET = "development-registers"
LEDGER_LENGTH = 10_000
FAMILIES = (("li", "li-daughter"), ("sun", "sun-husband"), ("wang", "volunteer"))

Filled = Annotated[str, Meta(min_length=1, max_length=200)]
Life = Literal["ALIVE", "DECEASED", "INCAPACITATED"]
Json = dict[str, object]
Asked = TypeVar("Asked", bound=Struct)


class Document(Struct, frozen=True, forbid_unknown_fields=True):
    kind: Filled
    number: Filled

    @property
    def holder(self) -> Resident | None:
        return find(self.kind, self.number)


class Holder(Document, frozen=True, forbid_unknown_fields=True):
    name: Filled


class AboutLife(Struct, frozen=True):
    person: Document


class AboutWards(Struct, frozen=True):
    guardian: Document


class AboutRelatives(Struct, frozen=True):
    one: Document
    other: Document


class AboutAccount(Struct, frozen=True):
    holder: Holder
    account: Filled


class AboutEmployment(Struct, frozen=True):
    enterprise: Filled
    person: Document


class Entry(Struct, frozen=True, forbid_unknown_fields=True):
    """What is registered about one person (by key)."""

    person: Filled
    standing: Life = "ALIVE"
    since: date | None = None
    guardian: Filled | None = None

    def __post_init__(self) -> None:
        for key in filter(None, (self.person, self.guardian)):
            if resident(key) is None:
                raise ValueError(f"nobody has the key {key}")
        if (self.standing == "ALIVE") != (self.since is None):
            raise ValueError("since: of a death or a judgment, and of nothing else")


BEGIN = (Entry("sun", "INCAPACITATED", date(2024, 5, 20), "sun-husband"),)


@dataclass(slots=True)
class Registers:
    now: Callable[[], datetime]
    behaviour: Behaviour
    client_secret: str = CLIENT_SECRET
    caller: Caller = field(init=False)
    entries: dict[str, Entry] = field(default_factory=lambda: {entry.person: entry for entry in BEGIN})
    ledger: deque[Json] = field(default_factory=lambda: deque(maxlen=LEDGER_LENGTH))

    def __post_init__(self) -> None:
        self.caller = Caller(self.client_secret, self.now)

    @property
    def app(self) -> ASGIApp:
        routes = [
            Route("/oauth/token", self.caller.give_token, methods=["POST"]),
            self._asked("life", AboutLife, lambda about: about.person, self._life),
            self._asked("guardianships", AboutWards, lambda about: about.guardian, self._wards),
            self._asked("relatives", AboutRelatives, lambda about: about.one, self._related),
            self._asked("accounts", AboutAccount, lambda about: about.holder, self._holds),
            self._asked("employments", AboutEmployment, lambda about: about.person, self._employs),
            Route("/_ledger", self._show_ledger),
            Route("/_set", self._set, methods=["POST"]),
        ]
        return behaving(Starlette(routes=routes), self.behaviour)

    def _asked(self, item: str, form: type[Asked], whom: Callable[[Asked], Document], answer: Callable[[Asked], Json]) -> Route:
        async def asked(request: Request) -> JSONResponse:
            if not self.caller.is_known(request):
                return JSONResponse({"error": "invalid_token"}, 401)
            try:
                about = json.decode(await request.body(), type=form)
            except msgspec.MsgspecError as error:
                return JSONResponse({"error": str(error)}, 422)
            person = whom(about).holder
            answering = self.behaviour.answering(person.key if person else None, item)
            await keeping_waiting(answering, request)
            if answering.reject:
                return JSONResponse({"error": "rejected"}, 422)
            return self._noted(item, person, answer(about))

        handler: Callable[[Request], Awaitable[JSONResponse]] = asked
        return Route(f"/{item}", handler, methods=["POST"])

    def _noted(self, item: str, person: Resident | None, answer: Json) -> JSONResponse:
        self.ledger.append({"at": self.now().isoformat(), "about": item, "person": person.key if person else None, "answered": answer})
        return JSONResponse(answer)

    # ------------------------------------------------------------ what is registered

    def _entry(self, person: Resident | None) -> Entry | None:
        return self.entries.get(person.key) if person else None

    def _life(self, about: AboutLife) -> Json:
        entry = self._entry(about.person.holder)
        return (
            {"standing": entry.standing, "since": entry.since.isoformat() if entry.since else None}
            if entry
            else {"standing": "ALIVE", "since": None}
        )

    def _wards(self, about: AboutWards) -> Json:
        guardian = about.guardian.holder
        if guardian is None or self._entry(guardian):
            return {"wards": []}
        return {
            "wards": [
                _ward(entry) for entry in self.entries.values() if (entry.guardian, entry.standing) == (guardian.key, "INCAPACITATED")
            ]
        }

    def _related(self, about: AboutRelatives) -> Json:
        both = {person.key for person in (about.one.holder, about.other.holder) if person}
        return {"answer": len(both) > 1 and any(both <= set(family) for family in FAMILIES)}

    def _holds(self, about: AboutAccount) -> Json:
        person = about.holder.holder
        return {"answer": person is not None and (person.name, person.bank_account) == (about.holder.name, about.account)}

    def _employs(self, about: AboutEmployment) -> Json:
        person, entry = about.person.holder, self._entry(about.person.holder)
        lives = entry is None or entry.standing != "DECEASED"
        return {"answer": person is not None and lives and person.employer_code == about.enterprise}

    # ------------------------------------------------------------ for tests and the demonstration

    async def _set(self, request: Request) -> JSONResponse:
        try:
            entry = json.decode(await request.body(), type=Entry)
        except msgspec.MsgspecError as error:
            return JSONResponse({"error": str(error)}, 400)
        self.entries.pop(entry.person, None)
        if entry.standing != "ALIVE":
            self.entries[entry.person] = entry
        return JSONResponse(msgspec.to_builtins(entry))

    async def _show_ledger(self, request: Request) -> JSONResponse:
        return JSONResponse({"questions": list(self.ledger)})


def _ward(entry: Entry) -> Json:
    ward = resident(entry.person)
    assert ward is not None, "an entry is of somebody"
    since = entry.since.isoformat() if entry.since else None
    return {"name": ward.name, "kind": ward.document_kind, "number": ward.document_number, "since": since}
