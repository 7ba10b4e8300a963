"""graphql-core's executor, with a short way for what most of a page is: fields without arguments, without waiting, of one known type.

The long way makes a path, an Info and a dictionary of arguments for every single field, through six calls of strawberry's. The short way
makes each selection of a document, once, into plain functions that read an object. What they cannot do goes the long way, and so does a
field in which anything goes wrong, because only the long way tells errors: a resolver without arguments may be called twice, so it only
reads. Of its Info it has the context; one that asks for more is answered the long way too.
"""

from collections import OrderedDict
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from inspect import Parameter
from typing import Any

from graphql import (
    BREAK,
    ExecutableDefinitionNode,
    FragmentDefinitionNode,
    GraphQLEnumType,
    GraphQLField,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLOutputType,
    GraphQLScalarType,
    OperationDefinitionNode,
    Visitor,
    visit,
)
from graphql.execution.collect_fields import FieldDetailsList, GroupedFieldSet
from graphql.pyutils import AwaitableOrValue, Path
from strawberry.schema.schema import StrawberryGraphQLCoreExecutionContext
from strawberry.types.field import StrawberryField
from strawberry.types.fields.resolver import INFO_PARAMSPEC

KEPT = 128
"""Documents whose plans are kept; the apps send few."""

TEXTS = frozenset({"String", "ID"})


@dataclass(frozen=True, slots=True)
class Asking:
    """As much of an Info as resolvers look at."""

    context: object


Read = Callable[[Any, Any], object]
"""From an object and an Asking, or from a resolved value and an Asking, to what stands in the answer."""

Plan = Mapping[str, Read | None]
"""By response name; None: the long way."""


class QuickExecutor(StrawberryGraphQLCoreExecutionContext):
    def execute_fields(
        self,
        parent_type: GraphQLObjectType,
        source_value: Any,
        path: Path | None,
        grouped_field_set: GroupedFieldSet,
        position_context: Any,
    ) -> AwaitableOrValue[dict[str, Any]]:
        plan = self._plan(parent_type, grouped_field_set) if path else {}
        told = _told(plan, source_value, Asking(self.context_value))
        if len(told) == len(grouped_field_set):
            return told
        left = {name: details for name, details in grouped_field_set.items() if name not in told}
        rest = super().execute_fields(parent_type, source_value, path, left, position_context)
        if isinstance(rest, dict):
            return _in_order(grouped_field_set, told | rest)
        return _awaited(grouped_field_set, told, rest)

    def _plan(self, parent_type: GraphQLObjectType, fields: GroupedFieldSet) -> Plan:
        """The same nodes below the same type always ask the same, unless a directive leaves something out."""
        kept = _plans.of(self.operation, self.fragment_definitions)
        if kept.conditional:
            return {}
        key = (parent_type, *(id(each.node) for details in fields.values() for each in details))
        if key not in kept.plans:
            kept.plans[key] = {name: self._field(parent_type, details) for name, details in fields.items()}
        return kept.plans[key]

    def _field(self, parent_type: GraphQLObjectType, details: FieldDetailsList) -> Read | None:
        name = details[0].node.name.value
        if name == "__typename":
            return lambda source, asking: parent_type.name
        definition = parent_type.fields[name]
        finish = None if details[0].node.arguments else self._finish(definition.type, details)
        return finish and _resolved(definition, finish)

    def _finish(self, kind: GraphQLOutputType, details: FieldDetailsList) -> Read | None:
        """From the resolved value to what stands in the answer."""
        match kind:
            case GraphQLNonNull(of_type=GraphQLEnumType() | GraphQLScalarType() as leaf):
                return _leaf(leaf)
            case GraphQLNonNull():
                inner = self._finish(kind.of_type, details)
                return inner and _present(inner)
            case GraphQLList():
                inner = self._finish(kind.of_type, details)
                return inner and _each(inner)
            case GraphQLObjectType():
                return self._object(kind, details)
            case GraphQLEnumType() | GraphQLScalarType():
                return _optional(_leaf(kind))
            case _:
                return None

    def _object(self, kind: GraphQLObjectType, details: FieldDetailsList) -> Read | None:
        fields = self.collect_subfields(kind, details).grouped_field_set
        reads = {name: read for name, each in fields.items() if (read := self._field(kind, each))}
        if len(reads) < len(fields):
            return None

        def finish(value: Any, asking: Asking) -> object:
            if kind.is_type_of and not kind.is_type_of(value, asking):  # type: ignore[arg-type]
                raise TypeError(kind.name)
            return {name: read(value, asking) for name, read in reads.items()}

        return _optional(finish)


def _told(plan: Plan, source: object, asking: Asking) -> dict[str, object]:
    """Whatever can be read the short way, and goes well."""
    told: dict[str, object] = {}
    for name, read in plan.items():
        if read:
            try:
                told[name] = read(source, asking)
            except Exception:  # the long way meets it again, and tells it
                continue
    return told


def _in_order(fields: GroupedFieldSet, told: dict[str, Any]) -> dict[str, Any]:
    return {name: told[name] for name in fields if name in told}


async def _awaited(fields: GroupedFieldSet, told: dict[str, Any], rest: Awaitable[dict[str, Any]]) -> dict[str, Any]:
    return _in_order(fields, told | await rest)


# ---------------------------------------------------------------- one field


def _resolved(definition: GraphQLField, finish: Read) -> Read | None:
    """As strawberry resolves it, for a plain function of the object and its Info, or of less; arguments that are not given are left out."""
    bound = definition.extensions.get("strawberry-definition")
    if not isinstance(bound, StrawberryField) or bound.is_async or bound.extensions:
        return None
    if bound.base_resolver is None:
        look, name = bound.default_resolver, bound.python_name
        return lambda source, asking: finish(look(source, name), asking)
    resolver, function = bound.base_resolver, bound.base_resolver.wrapped_func
    if isinstance(function, staticmethod | classmethod):
        return None
    info = resolver.reserved_parameters.get(INFO_PARAMSPEC)
    match [given is info for given in resolver.signature.parameters.values() if given.default is Parameter.empty]:
        case []:
            return lambda source, asking: finish(function(), asking)
        case [False]:
            return lambda source, asking: finish(function(source), asking)
        case [False, True]:
            return lambda source, asking: finish(function(source, asking), asking)
        case _:
            return None


def _leaf(kind: GraphQLEnumType | GraphQLScalarType) -> Read:
    """Of a value that must be there."""
    write = cache(kind.coerce_output_value) if isinstance(kind, GraphQLEnumType) else kind.coerce_output_value
    if kind.name in TEXTS:
        return lambda value, asking: value if value.__class__ is str else write(value)

    def finish(value: object, asking: Asking) -> object:
        if value is None:
            raise TypeError(kind.name)
        return write(value)

    return finish


def _optional(inner: Read) -> Read:
    return lambda value, asking: None if value is None else inner(value, asking)


def _each(inner: Read) -> Read:
    return _optional(lambda values, asking: [inner(value, asking) for value in values])


def _present(inner: Read) -> Read:
    def finish(value: object, asking: Asking) -> object:
        told = inner(value, asking)
        if told is None:
            raise TypeError
        return told

    return finish


# ---------------------------------------------------------------- the plans of a document


@dataclass(frozen=True, slots=True)
class Plans:
    """Of one operation, which is held so that its nodes' ids stay theirs. `conditional`: it holds directives."""

    operation: OperationDefinitionNode
    conditional: bool
    plans: dict[tuple[object, ...], Plan] = field(default_factory=dict)


class _KeptPlans:
    def __init__(self) -> None:
        self._kept: OrderedDict[int, Plans] = OrderedDict()

    def of(self, operation: OperationDefinitionNode, fragments: Mapping[str, FragmentDefinitionNode]) -> Plans:
        if id(operation) not in self._kept:
            self._kept[id(operation)] = Plans(operation, any(map(_has_directive, (operation, *fragments.values()))))
            if len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        self._kept.move_to_end(id(operation))
        return self._kept[id(operation)]


class _Directives(Visitor):
    found = False

    def enter_directive(self, *_: object) -> object:
        self.found = True
        return BREAK


def _has_directive(node: ExecutableDefinitionNode) -> bool:
    looking = _Directives()
    visit(node, looking)
    return looking.found


_plans = _KeptPlans()
