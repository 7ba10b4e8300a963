"""How large a document and its variables may be, decided before anything dear is done with them.

A fragment spread twice by a fragment that is spread twice, thirty levels deep, is one kilobyte that stands for 2^30 fields. The rules
that come with the libraries walk all of them; these scales weigh every fragment once and add up.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLError,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionNode,
    SelectionSetNode,
    parse,
)

INTROSPECTION = frozenset({"__schema", "__type"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The contract's largest page is about 330 tokens and 220 fields."""

    characters: int = 20_000
    tokens: int = 1_000
    comments: int = 50
    depth: int = 14
    aliases: int = 60
    root_fields: int = 10
    fields: int = 500
    introspection: bool = False
    variable_values: int = 2_000
    variable_depth: int = 16
    variable_characters: int = 20_000

    @property
    def nesting(self) -> int:
        """Levels of fields and fragments together: three fragments a level are plenty."""
        return 4 * self.depth


LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Weight:
    """What a selection asks for with every fragment written out. `top`: the fields of its own level; `nesting`: levels, fragments too."""

    fields: int = 0
    aliases: int = 0
    top: int = 0
    depth: int = 0
    nesting: int = 0

    def beside(self, other: "Weight") -> "Weight":
        depth, nesting = max(self.depth, other.depth), max(self.nesting, other.nesting)
        return Weight(self.fields + other.fields, self.aliases + other.aliases, self.top + other.top, depth, nesting)


class Scales:
    """Weighs a document in one visit of each selection; `visited` counts them."""

    def __init__(self, document: DocumentNode, limits: Limits) -> None:
        self.limits = limits
        self.visited = 0
        self._definitions = [node for node in document.definitions if isinstance(node, OperationDefinitionNode | FragmentDefinitionNode)]
        self._fragments = {node.name.value: node for node in self._definitions if isinstance(node, FragmentDefinitionNode)}
        self._known: dict[int, Weight] = {}
        self._under_way: set[int] = set()

    def errors(self) -> list[GraphQLError]:
        """What is too much, definition by definition; a fragment that nobody spreads is work for the validation too."""
        try:
            return [error for node in self._definitions for error in self._too_much(node)]
        except GraphQLError as error:
            return [error]

    def _too_much(self, node: OperationDefinitionNode | FragmentDefinitionNode) -> Iterator[GraphQLError]:
        weight = self._definition(node, nesting=0)
        asked = {
            "levels": (weight.depth, self.limits.depth),
            "levels of fragments": (weight.nesting, self.limits.nesting),
            "fields": (weight.fields, self.limits.fields),
            "aliases": (weight.aliases, self.limits.aliases),
        }
        if isinstance(node, OperationDefinitionNode):
            asked["root fields"] = (weight.top, self.limits.root_fields)
        for what, (found, allowed) in asked.items():
            if found > allowed:
                yield GraphQLError(f"At most {allowed} {what} are answered at once, fragments written out; ask in several requests.", node)

    def _definition(self, node: OperationDefinitionNode | FragmentDefinitionNode, *, nesting: int) -> Weight:
        if id(node) in self._under_way:
            raise GraphQLError("A fragment may not spread itself, nor one that spreads it.", node)
        if id(node) not in self._known:
            self._under_way.add(id(node))
            self._known[id(node)] = self._selections(node.selection_set, nesting=nesting + 1)
            self._under_way.discard(id(node))
        return self._known[id(node)]

    def _selections(self, selection_set: SelectionSetNode | None, *, nesting: int) -> Weight:
        if nesting > self.limits.nesting:
            raise GraphQLError("Fields and fragments are nested too deeply here.", selection_set)
        weight = Weight()
        for selection in selection_set.selections if selection_set else ():
            self.visited += 1
            weight = weight.beside(self._selection(selection, nesting=nesting))
        return replace(weight, nesting=weight.nesting + 1)

    def _selection(self, selection: SelectionNode, *, nesting: int) -> Weight:
        if isinstance(selection, FieldNode):
            return self._field(selection, nesting=nesting)
        if isinstance(selection, InlineFragmentNode):
            return self._selections(selection.selection_set, nesting=nesting + 1)
        fragment = self._fragments.get(selection.name.value) if isinstance(selection, FragmentSpreadNode) else None
        return self._definition(fragment, nesting=nesting) if fragment else Weight()

    def _field(self, field: FieldNode, *, nesting: int) -> Weight:
        introspects = field.name.value in INTROSPECTION
        if introspects and not self.limits.introspection:
            raise GraphQLError("Introspection is off here; the schema is published as a file.", field)
        below = self._selections(field.selection_set, nesting=nesting + 1)
        depth = 1 if introspects else below.depth + 1
        return Weight(below.fields + 1, below.aliases + (field.alias is not None), top=1, depth=depth, nesting=below.nesting)


def parse_within(text: str, limits: Limits) -> DocumentNode:
    """Raises GraphQLError. The length comes first, then tokens and comments as they are read; an empty selection is a syntax error."""
    return parse(
        text,
        max_source_length=limits.characters,
        max_lexical_tokens=limits.tokens,
        max_comments=limits.comments,
        allow_empty_selection_sets=False,
    )


def variables_fit(variables: dict[str, object], limits: Limits) -> bool:
    """Whether the values are few, shallow and short enough, level by level; none is looked at once one limit is passed."""
    level: Sequence[object] = [variables]
    seen = 0
    for _ in range(limits.variable_depth + 1):
        inside = _inside(level, limits)
        if inside is None:
            return False
        seen += len(inside)
        if seen > limits.variable_values:
            return False
        level = inside
    return not level


def _inside(level: Iterable[object], limits: Limits) -> list[object] | None:
    """What the values of one level hold; None if a text among them is too long."""
    inside: list[object] = []
    for value in level:
        if isinstance(value, str) and len(value) > limits.variable_characters:
            return None
        if isinstance(value, dict):
            inside += value.values()
        elif isinstance(value, list):
            inside += value
    return inside
