"""GraphQL over WebSocket by graphql-transport-ws: who may open a socket, and how many."""

from dataclasses import dataclass, field

from starlette.responses import PlainTextResponse
from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocket

from api.graphql.connection import Connection, Pace
from api.graphql.engine import Engine
from api.graphql.gate import Gate, caller_of
from api.graphql.messages import PROTOCOL
from api.graphql.places import Places

ANY_ORIGIN = frozenset({"*"})
LATER = {"Retry-After": "5"}


@dataclass(slots=True, kw_only=True)
class GraphQLSockets:
    """An ASGI application for one WebSocketRoute. Mini-programs and apps send no Origin; a page of another site does."""

    engine: Engine
    gate: Gate
    pace: Pace = field(default_factory=Pace)
    allowed_origins: frozenset[str] = ANY_ORIGIN
    at_most: int = 2_000
    places: Places = field(default_factory=lambda: Places(each=50))

    @property
    def open(self) -> int:
        return self.places.taken()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        socket = WebSocket(scope, receive, send)
        caller = caller_of(socket)
        key = self.gate.counting_key(caller, None)
        refusal = self._refusal(socket.headers.get("origin"), key)
        if refusal:
            await socket.receive()
            await socket.send_denial_response(refusal)
        elif PROTOCOL not in scope["subprotocols"]:
            await socket.accept()
            await socket.close(4406, f"Speak {PROTOCOL}.")
        else:
            await socket.accept(subprotocol=PROTOCOL)
            with self.places.place_of(key) as place:
                await Connection(self.engine, self.gate, self.pace, caller=caller, receive=receive, send=send, pass_to=place.pass_to).run()

    def _refusal(self, origin: str | None, key: str) -> PlainTextResponse | None:
        if origin and self.allowed_origins != ANY_ORIGIN and origin not in self.allowed_origins:
            return PlainTextResponse("Pages of this origin may not open a socket.", status_code=403)
        if self.open >= self.at_most:
            return PlainTextResponse("Too many sockets are open; come back.", status_code=503, headers=LATER)
        if not self.places.any_left_for(key):
            return PlainTextResponse("Too many sockets are open from here; close some.", status_code=429, headers=LATER)
        return None
