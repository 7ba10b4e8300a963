"""The short way of execution answers as the long way does: the same data, the same errors in the same places."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

import pytest
import strawberry
from graphql import ExecutionResult, execute, parse
from strawberry import Info, Parent
from strawberry.permission import BasePermission
from strawberry.schema.schema import StrawberryGraphQLCoreExecutionContext

from schema.execution import QuickExecutor


class Colour(StrEnum):
    RED = "red"
    GREEN = "green"


@dataclass
class Leaf:
    colour: Colour = Colour.RED
    size: int | None = 3
    name: str | None = "leaf"


@dataclass
class Tree:
    id: str
    leaves: Sequence[Leaf | None] = (Leaf(), Leaf(Colour.GREEN, None))
    neighbours: Sequence["Tree"] = ()
    first: Leaf | None = field(default_factory=Leaf)


def falls(tree: Parent[Tree]) -> str:
    raise LookupError(f"{tree.id} fell")


def fault(tree: Parent[Tree]) -> str:
    return ValueError("returned")  # type: ignore[return-value]


def nothing(tree: Parent[Tree]) -> str:
    return None  # type: ignore[return-value]


async def later(tree: Parent[Tree]) -> str:
    return f"{tree.id} later"


def greeting(tree: Parent[Tree], info: Info[Any, None]) -> str:
    return f"{info.context['greeting']} {tree.id}"


def own_name(tree: Parent[Tree], info: Info[Any, None]) -> str:
    return info.field_name


def how(tree: Parent[Tree], info: Info[Any, None]) -> str:
    return type(info).__name__


def some(tree: Parent[Tree], first: int = 2) -> Sequence[Tree]:
    return [Tree(f"{tree.id}{place}") for place in range(first)]


def other_class(tree: Parent[Tree]) -> Leaf:
    return tree  # type: ignore[return-value]


class Nobody(BasePermission):
    message = "not for you"

    def has_permission(self, source: object, info: Info[Any, None], **arguments: object) -> bool:
        return False


strawberry.enum(Colour)


@strawberry.interface
class Named:
    name: str | None


@strawberry.type(name="Leaf")
class LeafType(Named):
    colour: Colour
    size: int | None
    needed_size: int = strawberry.field(resolver=lambda self: self.size)

    @classmethod
    def is_type_of(cls, obj: object, info: object) -> bool:
        return isinstance(obj, Leaf)


@strawberry.type(name="Tree")
class TreeType:
    id: strawberry.ID
    leaves: list[LeafType | None]
    first: LeafType | None
    neighbours: list["TreeType"]
    number: int = strawberry.field(resolver=lambda: 7)
    fall: str = strawberry.field(resolver=falls)
    may_fall: str | None = strawberry.field(resolver=falls)
    fault: str | None = strawberry.field(resolver=fault)
    nothing: str = strawberry.field(resolver=nothing)
    later: str = strawberry.field(resolver=later)
    greeting: str = strawberry.field(resolver=greeting)
    own_name: str = strawberry.field(resolver=own_name)
    how: str = strawberry.field(resolver=how)
    some = strawberry.field(graphql_type=list["TreeType"], resolver=some)
    named = strawberry.field(graphql_type=Named, resolver=lambda self: self.first)
    hidden: str | None = strawberry.field(resolver=lambda self: self.id, permission_classes=[Nobody])
    needed_first = strawberry.field(graphql_type=LeafType, resolver=lambda self: self.first)
    wrong = strawberry.field(graphql_type=LeafType | None, resolver=other_class)


def tree() -> Tree:
    return Tree("oak", neighbours=(Tree("elm", first=None), Tree("ash", leaves=(None,))))


@strawberry.type
class Query:
    tree = strawberry.field(graphql_type=TreeType | None, resolver=tree)


SCHEMA = strawberry.Schema(query=Query, types=[LeafType])

QUESTIONS = (
    "{ tree { id number greeting leaves { colour size name } first { colour } } }",
    "{ tree { __typename kind: __typename leaves { __typename } } }",
    "{ tree { neighbours { id first { colour } leaves { colour } neighbours { id } } } }",
    "{ tree { b: number a: id later c: number } }",
    "{ tree { neighbours { later id } number } }",
    "{ tree { id mayFall number } }",
    "{ tree { id fall } }",
    "{ tree { id fault } }",
    "{ tree { neighbours { id nothing } } }",
    "{ tree { neighbours { id mayFall leaves { neededSize } } number } }",
    "{ tree { first { neededSize } leaves { neededSize } } }",
    "{ tree { some { id } } }",
    "{ tree { some(first: 1) { id some { id } } } }",
    "query ($n: Int! = 3) { tree { some(first: $n) { id number } } }",
    "{ tree { ownName id } }",
    "{ tree { named { name ... on Leaf { colour } } id } }",
    "{ tree { hidden id } }",
    "{ tree { wrong { __typename } id } }",
    "{ tree { neighbours { id neededFirst { size } } } }",
    "{ tree { ...A neighbours { ...A number } } } fragment A on Tree { id first { ...B size } } fragment B on Leaf { colour }",
    "{ a: tree { first { size } } b: tree { first { colour } } tree { first { size } } tree { first { name } } }",
)


async def answered(executor: type, question: str, **variables: object) -> tuple[object, list[dict[str, object]]]:
    document = parse(question)
    result = execute(
        SCHEMA._schema,
        document,
        context_value={"greeting": "hello"},
        variable_values=variables,
        executor_class=executor,
    )
    told = result if isinstance(result, ExecutionResult) else await result
    return told.data, [error.formatted for error in told.errors or []]


@pytest.mark.parametrize("question", QUESTIONS)
async def test_both_ways_answer_alike(question: str) -> None:
    long = await answered(StrawberryGraphQLCoreExecutionContext, question)

    short = await answered(QuickExecutor, question)

    assert short == long
    assert str(short) == str(long), "in the same order"


@pytest.mark.parametrize("wanted", [True, False])
async def test_what_a_directive_leaves_out_is_left_out_however_it_was_asked_before(wanted: bool) -> None:
    document = parse(
        "query ($wanted: Boolean!) { tree { id first { size ...Dyed @include(if: $wanted) } } } fragment Dyed on Leaf { colour }"
    )

    for each in (not wanted, wanted):
        result = execute(SCHEMA._schema, document, variable_values={"wanted": each}, executor_class=QuickExecutor)

    assert isinstance(result, ExecutionResult)
    assert result.data == {"tree": {"id": "oak", "first": {"size": 3} | ({"colour": "RED"} if wanted else {})}}


async def test_a_plain_resolver_is_spared_the_long_way() -> None:
    data, _ = await answered(QuickExecutor, "{ tree { how neighbours { how } } }")

    assert data == {"tree": {"how": "Asking", "neighbours": [{"how": "Asking"}] * 2}}
