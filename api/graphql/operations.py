"""The shape of one GraphQL request, the same in an HTTP body and in a socket's subscribe message."""

from dataclasses import dataclass, field

from api.graphql.errors import Told
from api.graphql.limits import Limits, variables_fit


@dataclass(frozen=True, slots=True)
class Operation:
    """Exactly one of `query` and `document_id` is there."""

    query: str | None = None
    document_id: str | None = None
    name: str | None = None
    variables: dict[str, object] = field(default_factory=dict)
    extensions: dict[str, object] = field(default_factory=dict)


def read_operation(asked: object, limits: Limits) -> Operation:
    """Raises Told, naming the first thing that is not as it should be."""
    if isinstance(asked, list):
        raise Told("Batches are not answered; send one operation per request.")
    if not isinstance(asked, dict):
        raise Told('Send a JSON object: {"query": "…", "variables": {…}}.')
    query, document_id = _text(asked, "query"), _text(asked, "documentId")
    if (query is None) == (document_id is None):
        raise Told("Send either query, the text of a document, or documentId, the id of a registered one.")
    variables = _object(asked, "variables")
    if not variables_fit(variables, limits):
        raise Told("The variables hold too many values, too deep nesting or too long a text.")
    return Operation(query, document_id, _text(asked, "operationName"), variables, _object(asked, "extensions"))


def _text(asked: dict[str, object], key: str) -> str | None:
    value = asked.get(key)
    if value is not None and not isinstance(value, str):
        raise Told(f"{key} must be a string.")
    return value


def _object(asked: dict[str, object], key: str) -> dict[str, object]:
    value = asked.get(key)
    if value is not None and not isinstance(value, dict):
        raise Told(f"{key} must be an object.")
    return value or {}
