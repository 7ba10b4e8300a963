"""The schema as it is printed, and what can be asked of it: all there is to select, and all that takes an id."""

from collections.abc import Iterator
from functools import cache

from graphql import (
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLOutputType,
    GraphQLSchema,
    GraphQLUnionType,
    build_schema,
    get_named_type,
    is_required_argument,
)

from schema import schema as ours
from tests.access.rules import RULES, Rule

ROOTS = ("Query", "Mutation", "Subscription")
DEEPEST = 8


@cache
def printed() -> GraphQLSchema:
    return build_schema(str(ours))


def objects() -> dict[str, GraphQLObjectType | GraphQLInterfaceType]:
    """That have fields; without those of the language itself."""
    kinds = (GraphQLObjectType, GraphQLInterfaceType)
    return {name: type for name, type in printed().type_map.items() if isinstance(type, kinds) and not name.startswith("__")}


def root(name: str) -> GraphQLObjectType:
    found = printed().type_map[name]
    assert isinstance(found, GraphQLObjectType)
    return found


# ---------------------------------------------------------------- what can be selected


def selection(type: GraphQLOutputType, *, path: tuple[str, ...] = ()) -> str:
    """Everything below, each field under a name that says whose it is: `Case__number`. No type twice on one way down.

    Of what is the same to everybody only the plain values are asked.
    """
    found = get_named_type(type)
    if isinstance(found, GraphQLUnionType):
        return "".join(f" ... on {member.name} {{ __typename{_fields(member, path)} }}" for member in found.types)
    return f"{{ __typename{_fields(found, path)} }}" if isinstance(found, GraphQLObjectType) else ""


def _fields(type: GraphQLObjectType, path: tuple[str, ...]) -> str:
    said = ""
    for name, field in type.fields.items():
        inner = get_named_type(field.type)
        below = isinstance(inner, GraphQLObjectType | GraphQLUnionType)
        if below and (inner.name in path or len(path) > DEEPEST or _needs_more(field) or _is_public(type.name)):
            continue
        inside = selection(field.type, path=(*path, type.name, inner.name)) if below else ""
        if below and isinstance(inner, GraphQLUnionType):
            inside = f"{{ __typename{inside} }}"
        said += f" {type.name}__{name}: {name} {inside}"
    return said


def _needs_more(field: GraphQLField) -> bool:
    return any(is_required_argument(argument) for argument in field.args.values())


def _is_public(type: str) -> bool:
    return all(rule is Rule.PUBLIC for key, rule in RULES.items() if key.startswith(f"{type}."))


# ---------------------------------------------------------------- what takes an id


def ids_in(operation: str, *, of: str = "Mutation") -> Iterator[str]:
    """Where in its arguments an id stands, as `input.caseId`; not the request's own."""
    for name, argument in root(of).fields[operation].args.items():
        if name != "requestId":
            yield from _ids(argument.type, name, ())


def _ids(type: GraphQLInputType, where: str, seen: tuple[str, ...]) -> Iterator[str]:
    inner = type.of_type if isinstance(type, GraphQLNonNull) else type
    if isinstance(inner, GraphQLList):
        yield from _ids(inner.of_type, f"{where}.*", seen)
    elif isinstance(inner, GraphQLInputObjectType) and inner.name not in seen:
        for name, field in inner.fields.items():
            yield from _ids(field.type, f"{where}.{name}", (*seen, inner.name))
    elif get_named_type(inner).name == "ID":
        yield where
