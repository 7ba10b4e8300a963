"""A document's text becomes something to execute: registered or sent, within limits, valid, and kept, as apps send few and often."""

from collections import OrderedDict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import strawberry
from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLError,
    InlineFragmentNode,
    OperationType,
    SelectionSetNode,
    get_operation_ast,
    specified_rules,
    validate,
)
from strawberry.schema.validation_rules.maybe_null import MaybeNullValidationRule
from strawberry.schema.validation_rules.one_of import OneOfInputValidationRule

from api.graphql.errors import Faults, InvalidDocument, Told, UnknownDocument
from api.graphql.limits import Limits, Scales, parse_within
from api.graphql.operations import Operation

RULES = (*specified_rules, MaybeNullValidationRule, OneOfInputValidationRule)
KEPT = 512
MOST_ERRORS = 10


@dataclass(frozen=True, slots=True)
class Prepared:
    """`actions` are the root fields by their own names; `label` is one of few: a registered operation's name, or the first root field."""

    document: DocumentNode
    name: str | None
    kind: OperationType
    actions: tuple[str, ...]
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Registered:
    """Documents the apps were built with, by id. `only`: nothing else is even parsed."""

    texts: Mapping[str, str] = field(default_factory=dict)
    operation_names: frozenset[str] = frozenset()
    only: bool = False


NONE_REGISTERED = Registered()


class Documents:
    def __init__(self, schema: strawberry.Schema, *, limits: Limits, registered: Registered, faults: Faults) -> None:
        self._schema = schema._schema
        self._limits = limits
        self._registered = registered
        self._faults = faults
        self._kept: OrderedDict[tuple[str, str | None], Prepared] = OrderedDict()

    def kept(self, operation: Operation) -> Prepared | None:
        """What was prepared before costs nothing. Raises Told if such a document is not answered at all."""
        key = self._text(operation), operation.name
        if key in self._kept:
            self._kept.move_to_end(key)
        return self._kept.get(key)

    def prepare(self, operation: Operation) -> Prepared:
        """May cost a tenth of a second of the processor at worst. Raises Told; only what is valid is kept."""
        text = self._text(operation)
        prepared = self._kept[text, operation.name] = self._prepare(text, operation.name)
        if len(self._kept) > KEPT:
            self._kept.popitem(last=False)
        return prepared

    def _text(self, operation: Operation) -> str:
        if operation.query is not None:
            if self._registered.only:
                raise Told("Only registered documents are answered here; send documentId.", code="ONLY_REGISTERED_DOCUMENTS")
            return operation.query
        text = self._registered.texts.get(operation.document_id or "")
        if text is None:
            raise UnknownDocument
        return text

    def _prepare(self, text: str, name: str | None) -> Prepared:
        document = self._valid(text)
        chosen = get_operation_ast(document, name)
        if chosen is None:
            raise InvalidDocument([GraphQLError("operationName must name an operation of the document, if that holds more than one.")])
        actions = tuple(_root_fields(chosen.selection_set, document))
        spoken_name = chosen.name.value if chosen.name else None
        label = spoken_name if spoken_name in self._registered.operation_names else actions[0]
        return Prepared(document, spoken_name, chosen.operation, actions, label or actions[0])

    def _valid(self, text: str) -> DocumentNode:
        try:
            document = parse_within(text, self._limits)
        except GraphQLError as error:
            raise InvalidDocument([error]) from None
        too_much = Scales(document, self._limits).errors()
        if too_much:
            raise InvalidDocument(too_much)
        invalid = self._invalid(document)
        if invalid:
            raise self._faults.of_request(invalid)
        return document

    def _invalid(self, document: DocumentNode) -> list[GraphQLError]:
        return validate(self._schema, document, RULES, max_errors=MOST_ERRORS, hide_suggestions=True, allow_empty_selection_sets=False)


def _root_fields(selection_set: SelectionSetNode, document: DocumentNode) -> Iterator[str]:
    for selection in selection_set.selections:
        if isinstance(selection, FieldNode):
            yield selection.name.value
        elif isinstance(selection, InlineFragmentNode):
            yield from _root_fields(selection.selection_set, document)
        elif isinstance(selection, FragmentSpreadNode):
            yield from _root_fields(_fragment(selection.name.value, document).selection_set, document)


def _fragment(name: str, document: DocumentNode) -> FragmentDefinitionNode:
    return next(node for node in document.definitions if isinstance(node, FragmentDefinitionNode) and node.name.value == name)
