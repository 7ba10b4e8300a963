"""The fixed part of the API, without the operations that are not there yet and what only those need."""

from collections.abc import Iterator
from pathlib import Path

from graphql import (
    DefinitionNode,
    DocumentNode,
    FieldDefinitionNode,
    GraphQLSchema,
    NamedTypeNode,
    ObjectTypeDefinitionNode,
    Visitor,
    build_ast_schema,
    parse,
    visit,
)

HERE = Path(__file__).parent
TEXT = (HERE / "contract.graphql").read_text(encoding="utf-8")
RELEASED = (HERE / "released.graphql").read_text(encoding="utf-8")
ROOTS = ("Query", "Mutation", "Subscription")


def pending() -> frozenset[str]:
    """Operations of the contract that are not there yet, as `Query.guide`. The list only shrinks."""
    lines = (HERE / "pending.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))


def operations(schema: GraphQLSchema) -> frozenset[str]:
    roots = (schema.query_type, schema.mutation_type, schema.subscription_type)
    return frozenset(f"{root.name}.{field}" for root in roots if root for field in root.fields)


def due_now(left_out: frozenset[str]) -> GraphQLSchema:
    """The contract as far as it must be met already."""
    definitions = [kept for definition in parse(TEXT).definitions if (kept := _without(definition, left_out))]
    needed = _reachable(definitions)
    return build_ast_schema(DocumentNode(definitions=tuple(one for one in definitions if one.name.value in needed)))


def _without(definition: DefinitionNode, left_out: frozenset[str]) -> DefinitionNode | None:
    if definition.name.value not in ROOTS:
        return definition
    fields: tuple[FieldDefinitionNode, ...] = tuple(
        field for field in definition.fields if f"{definition.name.value}.{field.name.value}" not in left_out
    )
    return ObjectTypeDefinitionNode(name=definition.name, fields=fields) if fields else None


def _reachable(definitions: list[DefinitionNode]) -> set[str]:
    names = {one.name.value: set(_named(one)) for one in definitions}
    found: set[str] = set()
    ahead = [root for root in ROOTS if root in names]
    while ahead:
        name = ahead.pop()
        if name in names and name not in found:
            found.add(name)
            ahead.extend(names[name])
    return found


def _named(definition: DefinitionNode) -> Iterator[str]:
    seen: list[str] = []

    class Names(Visitor):
        def enter_named_type(self, node: NamedTypeNode, *_: object) -> None:
            seen.append(node.name.value)

    visit(definition, Names())
    return iter(seen)
