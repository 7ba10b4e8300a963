"""GraphQL over WebSocket by graphql-transport-ws: who may open a socket, and how many stand open."""

from dataclasses import dataclass, field

from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse
from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocket

from api.graphql.connection import Connection, Pace
from api.graphql.engine import Engine
from api.graphql.gate import Gate, caller_of
from api.graphql.messages import PROTOCOL

ANY_ORIGIN = frozenset({"*"})


@dataclass(slots=True, kw_only=True)
class GraphQLSockets:
    """An ASGI application for one WebSocketRoute. Mini-programs and apps send no Origin; a page of another site does."""

    engine: Engine
    gate: Gate
    pace: Pace = field(default_factory=Pace)
    allowed_origins: frozenset[str] = ANY_ORIGIN
    at_most: int = 2_000
    open: int = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        socket = WebSocket(scope, receive, send)
        refusal = self._refusal(socket.headers.get("origin"))
        if refusal:
            await socket.receive()
            await socket.send_denial_response(refusal)
        elif PROTOCOL not in scope["subprotocols"]:
            await socket.accept()
            await socket.close(4406, f"Speak {PROTOCOL}.")
        else:
            await socket.accept(subprotocol=PROTOCOL)
            await self._serve(scope, receive, send)

    def _refusal(self, origin: str | None) -> PlainTextResponse | None:
        if self.open >= self.at_most:
            return PlainTextResponse("Too many sockets are open; come back.", status_code=503, headers={"Retry-After": "5"})
        if origin and self.allowed_origins != ANY_ORIGIN and origin not in self.allowed_origins:
            return PlainTextResponse("Pages of this origin may not open a socket.", status_code=403)
        return None

    async def _serve(self, scope: Scope, receive: Receive, send: Send) -> None:
        caller = caller_of(HTTPConnection(scope))
        self.open += 1
        try:
            await Connection(self.engine, self.gate, self.pace, caller=caller, receive=receive, send=send).run()
        finally:
            self.open -= 1
