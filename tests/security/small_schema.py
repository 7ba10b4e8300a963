"""A schema as small as can hold everything the edge must cope with."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Annotated, NewType

import strawberry
from strawberry.schema.config import StrawberryConfig
from strawberry.schema.exception_handlers import ExceptionHandler
from strawberry.types.field import StrawberryField

from schema.execution import QuickExecutor

SECRET = "the neighbour's 110101199003070011"


@dataclass
class Streams:
    """How many subscription generators were begun and ended."""

    begun: int = 0
    ended: int = 0


@dataclass
class Context:
    who: str
    streams: Streams
    number: int


Info = strawberry.Info[Context, None]


class Declined(Exception):
    pass


class StoreAway(Exception):
    """As a driver raises it when nobody answers; its text names hosts."""


def refuse_all(_: object) -> str:
    raise RuntimeError(SECRET)


Odd = NewType("Odd", str)
ODD = strawberry.scalar(name="Odd", serialize=str, parse_value=refuse_all)


@strawberry.input
class Box:
    width: int = 1
    label: strawberry.Maybe[str]


@strawberry.input(one_of=True)
class Choice:
    a: str | None = strawberry.UNSET
    b: str | None = strawberry.UNSET


@strawberry.interface
class Named:
    name: str


@strawberry.type
class Town(Named):
    people: int = 7


@strawberry.type
class Node(Named):
    @strawberry.field
    def children(self, first: int = 2) -> list["Node"]:
        return [Node(name=f"{self.name}.{place}") for place in range(first)]

    @strawberry.field
    def child(self) -> "Node":
        return Node(name=f"{self.name}.0")

    @strawberry.field
    def broken(self) -> str | None:
        raise RuntimeError(SECRET)


@strawberry.type
class Refused(Named):
    pass


Answer = Annotated[Node | Refused, strawberry.union("Answer")]


@strawberry.type
class Query:
    @strawberry.field
    def node(self, name: str = "n") -> Node:
        return Node(name=name)

    @strawberry.field
    def named(self) -> list[Named]:
        return [Town(name="town"), Node(name="node")]

    @strawberry.field
    def who(self, info: Info) -> str:
        return info.context.who

    @strawberry.field
    def size(self, numbers: list[int]) -> int:
        return len(numbers)

    @strawberry.field
    def box(self, box: Box | None = None, choice: Choice | None = None, odd: Odd | None = None) -> bool:
        return True

    @strawberry.field
    def broken(self) -> str:
        raise RuntimeError(SECRET)

    @strawberry.field
    def kept(self) -> str | None:
        raise StoreAway(SECRET)

    @strawberry.field
    def declined(self) -> Answer:
        raise Declined


@strawberry.type
class Mutation:
    @strawberry.mutation
    def guess(self, code: str) -> bool:
        return code == "right"


@strawberry.type
class Subscription:
    @strawberry.subscription
    async def count(self, info: Info, to: int = 3, size: int = 1) -> AsyncIterator[str]:
        async with Counted(info.context.streams):
            for number in range(to):
                yield f"{number}".rjust(size)

    @strawberry.subscription
    async def wait(self, info: Info) -> AsyncIterator[str]:
        async with Counted(info.context.streams):
            yield "begun"
            await asyncio.Event().wait()

    @strawberry.subscription
    async def contexts(self) -> AsyncIterator[Annotated["Fresh", strawberry.lazy("tests.security.small_schema")]]:
        for _ in range(3):
            yield Fresh()

    @strawberry.subscription
    async def news(self) -> AsyncIterator[str]:
        yield "one"
        raise StoreAway(SECRET)

    @strawberry.subscription
    async def breaks(self) -> AsyncIterator[str]:
        yield "one"
        raise RuntimeError(SECRET)


@strawberry.type
class Fresh:
    @strawberry.field
    def number(self, info: Info) -> int:
        return info.context.number


class Counted:
    """Around the body of a subscription's generator."""

    def __init__(self, streams: Streams) -> None:
        self.streams = streams

    async def __aenter__(self) -> None:
        self.streams.begun += 1

    async def __aexit__(self, *_: object) -> None:
        self.streams.ended += 1


class TellDeclined(ExceptionHandler[Declined, Refused]):
    def handle(self, exception: Declined, *, field: StrawberryField, info: Info) -> Refused:
        return Refused(name="declined")


SCHEMA = strawberry.Schema(
    query=Query,
    mutation=Mutation,
    subscription=Subscription,
    types=[Town],
    exception_handlers=[TellDeclined()],
    config=StrawberryConfig(scalar_map={Odd: ODD}),
    execution_context_class=QuickExecutor,
)
