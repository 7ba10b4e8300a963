"""One GraphQL socket from its first message to its last. Every task it starts ends with it.

One task reads, one writes from a bounded queue, one keeps watch, and each operation has one of its own. Whichever first finds a reason
to end raises Closing; the group then cancels the others and waits for them, so that no subscription outlives its socket.
"""

import asyncio
from collections.abc import Callable
from contextlib import aclosing, suppress
from dataclasses import dataclass, replace
from typing import NoReturn, TypeVar

import orjson
from starlette.types import Receive, Send

from api.graphql.engine import Engine
from api.graphql.errors import Json, Told, Unauthenticated
from api.graphql.gate import Caller, Gate, checked_token
from api.graphql.messages import Closing, Complete, ConnectionInit, Message, Ping, Subscribe, read_message
from domain.acting import Acting

AWAY = 503
E = TypeVar("E", bound=BaseException)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """Seconds and counts. `check`: how often the session is looked at; `patience`: how long a full queue may stay full;
    `idle`: how long a socket of nobody may have no operation.
    """

    init: float = 5
    idle: float = 60
    check: float = 2
    ping: float = 20
    patience: float = 1
    goodbye: float = 1
    queue: int = 100
    operations: int = 10


PassTo = Callable[[str], bool]
"""The socket is from now on that counting key's; False if they have too many already."""


def _nobody_counts(_: str) -> bool:
    return True


class Connection:
    def __init__(
        self,
        engine: Engine,
        gate: Gate,
        pace: Pace,
        *,
        caller: Caller,
        receive: Receive,
        send: Send,
        pass_to: PassTo = _nobody_counts,
    ) -> None:
        self._engine = engine
        self._gate = gate
        self._pace = pace
        self._caller = caller
        self._receive = receive
        self._send = send
        self._pass_to = pass_to
        self._queue: asyncio.Queue[str] = asyncio.Queue(pace.queue)
        self._tasks = asyncio.TaskGroup()
        self._operations: dict[str, asyncio.Task[None]] = {}
        self._greeted = asyncio.Event()
        self._let_in = asyncio.Event()
        self._acting: Acting | None = None
        self._idle = 0.0

    async def run(self) -> int | None:
        """The code the socket was closed with; None if the peer went first."""
        closing = Closing(None)
        try:
            async with self._tasks:
                for work in (self._read, self._write, self._watch):
                    self._tasks.create_task(work())
        except* Closing as reasons:
            closing = _first(reasons)
        except* Exception as bugs:
            closing = _closing(self._engine.faults.outside(_first(bugs)))
        await self._say_goodbye(closing)
        return closing.code

    async def _read(self) -> None:
        while True:
            frame = await self._receive()
            if frame["type"] == "websocket.disconnect":
                raise Closing(None)
            await self._take(read_message(frame.get("text")))

    async def _write(self) -> None:
        while True:
            text = await self._queue.get()
            try:
                await self._send({"type": "websocket.send", "text": text})
            except OSError:
                raise Closing(None) from None

    async def _watch(self) -> None:
        try:
            async with asyncio.timeout(self._pace.init):
                await self._greeted.wait()
        except TimeoutError:
            raise Closing(4408, "connection_init did not come in time.") from None
        await self._let_in.wait()  # how long we take to look at the token is not the caller's doing
        quiet = 0.0
        while True:
            await asyncio.sleep(self._pace.check)
            await self._check_session()
            self._check_use()
            quiet += self._pace.check
            if quiet >= self._pace.ping:
                quiet = 0.0
                await self._tell({"type": "ping"})

    async def _check_session(self) -> None:
        """Whoever has proved more of themselves meanwhile may more from now on."""
        if self._acting:
            self._acting = await self._gate.renewed(self._acting) or _ended()

    def _check_use(self) -> None:
        """A session's socket lives as long as the session; nobody's is there for operations, and no ping keeps it open without one."""
        self._idle = 0.0 if self._acting or self._operations else self._idle + self._pace.check
        if self._idle >= self._pace.idle:
            raise Closing(1012, "Nothing is asked for here; come back when there is something.")

    async def _take(self, message: Message) -> None:
        match message:
            case ConnectionInit():
                await self._greet(message)
            case Subscribe():
                await self._begin(message)
            case Complete():
                self._end(message.id)
            case Ping():
                await self._tell({"type": "pong"})

    async def _greet(self, init: ConnectionInit) -> None:
        if self._greeted.is_set():
            raise Closing(4429, "connection_init came twice.")
        self._greeted.set()
        try:
            token = None if init.token is None else checked_token(init.token)
            self._caller = replace(self._caller, token=token, languages=init.languages or self._caller.languages)
            self._acting = await self._gate.identify(self._caller)
        except Unauthenticated as refused:
            raise Closing(4401, str(refused)) from None
        except Told as told:
            raise Closing(1012, str(told)) from None
        if not self._pass_to(self._gate.counting_key(self._caller, self._acting)):
            raise Closing(1012, "Too many of your sockets are open; close some.")
        self._let_in.set()
        await self._tell({"type": "connection_ack"})

    async def _begin(self, message: Subscribe) -> None:
        if not self._let_in.is_set():
            raise Closing(4401, "Send connection_init, and wait for connection_ack.")
        if message.id in self._operations:
            raise Closing(4409, f"Subscriber for {message.id} already exists")
        if len(self._operations) >= self._pace.operations:
            too_many = Told(f"At most {self._pace.operations} operations run on one socket at once.", code="TOO_MANY_OPERATIONS")
            await self._tell({"type": "error", "id": message.id, "payload": too_many.errors})
            return
        self._idle = 0.0
        self._operations[message.id] = self._tasks.create_task(self._operate(message))

    def _end(self, operation_id: str) -> None:
        task = self._operations.pop(operation_id, None)
        if task:
            task.cancel()

    async def _operate(self, message: Subscribe) -> None:
        ending: Json = {"type": "complete", "id": message.id}
        try:
            await self._answer(message)
        except Closing:
            raise
        except Exception as refused:
            told = refused if isinstance(refused, Told) else self._engine.faults.outside(refused)
            if told.status == AWAY:
                raise _closing(told) from None
            ending = {"type": "error", "id": message.id, "payload": told.errors}
        self._forget(message.id)
        await self._tell(ending)

    def _forget(self, operation_id: str) -> None:
        """The id is free before its last message leaves; it may already be another operation's."""
        if self._operations.get(operation_id) is asyncio.current_task():
            del self._operations[operation_id]

    async def _answer(self, message: Subscribe) -> None:
        operation = self._engine.read(message.payload)
        prepared = await self._engine.admit(operation, key=self._gate.counting_key(self._caller, self._acting))
        answers = self._engine.stream(prepared, operation, lambda: self._gate.context(self._caller, self._acting))
        async with aclosing(answers):
            async for answer in answers:
                await self._check_session()
                await self._tell({"type": "next", "id": message.id, "payload": answer})

    async def _tell(self, message: Json) -> None:
        text = orjson.dumps(message).decode()
        try:
            self._queue.put_nowait(text)
        except asyncio.QueueFull:
            await self._wait_for_room(text)

    async def _wait_for_room(self, text: str) -> None:
        """A burst may fill the queue of a quick reader, who empties it in no time; a slow one does not."""
        try:
            async with asyncio.timeout(self._pace.patience):
                await self._queue.put(text)
        except TimeoutError:
            raise Closing(1012, "Read faster; come back and go on where you stopped.") from None

    async def _say_goodbye(self, closing: Closing) -> None:
        if closing.code is None:
            return
        with suppress(TimeoutError, OSError):
            async with asyncio.timeout(self._pace.goodbye):
                await self._send({"type": "websocket.close", "code": closing.code, "reason": closing.reason})


def _ended() -> NoReturn:
    raise Closing(4403, "The session has ended.")


def _closing(told: Told) -> Closing:
    """An app knows 1012: it comes back, and goes on with what it last saw."""
    return Closing(1012, str(told)) if told.status == AWAY else Closing(1011, "Something went wrong on our side; come back.")


def _first(group: BaseExceptionGroup[E]) -> E:
    reason = group.exceptions[0]
    return _first(reason) if isinstance(reason, BaseExceptionGroup) else reason
