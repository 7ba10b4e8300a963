"""Every operation that takes an id, asked with whichever id: with what the schema demands beside it, made up from the schema."""

from collections.abc import Mapping
from datetime import timedelta
from functools import cache
from itertools import count

from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLUnionType,
    get_named_type,
    is_required_argument,
    is_required_input_field,
)

from domain.clock import day_in_china, system_now
from tests.access.callers import CODE, SERVICES
from tests.access.world import Json, World
from tests.access.written import root
from tests.organisations import a_number

PROBLEM = """... on Refusal { message spoken refusalCode remedy retryAfterSeconds reasons { text } current { id } }
 ... on InvalidForm { message spoken issues { path about code message } }"""
_numbers = count(1)

SAID: Mapping[str, object] = {
    "code": CODE,
    "documentKind": "RESIDENT_ID",
    "documentNumber": a_number(order=77),
    "delegateDocumentNumber": a_number(order=78),
    "kind": "HELPER",
    "actions": ["VIEW"],
    "itemIds": list(SERVICES[:1]),
    "outcome": "GRANTED",
    "basis": "VETERAN",
    "given": True,
    "seen": [],
    "receivedAt": "2026-11-17T10:00:00+08:00",
}
"""What is said where the schema asks for something of that name."""


@cache
def document(of: str, name: str, where: str = "") -> str:
    """Only the kind of the answer is asked, and every word of a refusal."""
    field = root(of).fields[name]
    said = {one: argument for one, argument in field.args.items() if is_required_argument(argument) or one == where.partition(".")[0]}
    heads = ", ".join(f"${one}: {argument.type}" for one, argument in said.items())
    given = ", ".join(f"{one}: ${one}" for one in said)
    kind = {"Query": "query", "Mutation": "mutation", "Subscription": "subscription"}[of]
    below = get_named_type(field.type)
    inside = f"{{ __typename {PROBLEM if isinstance(below, GraphQLUnionType) else _plain(below)} }}"
    asked = f"{kind}({heads}) {{ {name}({given})" if said else f"{kind} {{ {name}"
    return f"{asked} {inside} }}"


def _plain(type: object) -> str:
    """For answers that are no problem: what tells one from another."""
    names = {"Case": "id", "CaseProgress": "end steps { id } case { id }", "CaseChanges": "gone end cases { id }"}
    return names.get(type.name, "") if isinstance(type, GraphQLObjectType) else ""


def variables(of: str, name: str, where: str = "", id: str = "") -> Json:
    """All that must be said, and the id there."""
    made: Json = {}
    head, _, rest = where.partition(".")
    for one, argument in root(of).fields[name].args.items():
        if one == "requestId":
            made[one] = f"request-{next(_numbers):012}"
        elif one == head:
            made[one] = _with(argument.type, one, rest, id)
        elif is_required_argument(argument):
            made[one] = _said(argument.type, one)
    return made


def _with(type: GraphQLInputType, name: str, where: str, id: str) -> object:
    inner = type.of_type if isinstance(type, GraphQLNonNull) else type
    if not where:
        return id
    head, _, rest = where.partition(".")
    if isinstance(inner, GraphQLList):
        return [_with(inner.of_type, name, rest, id)]
    assert isinstance(inner, GraphQLInputObjectType)
    alone = inner.is_one_of
    made = {one: _said(field.type, one) for one, field in inner.fields.items() if is_required_input_field(field) and not alone}
    return made | {head: _with(inner.fields[head].type, head, rest, id)}


def _said(type: GraphQLInputType, name: str) -> object:
    inner = type.of_type if isinstance(type, GraphQLNonNull) else type
    if name in SAID:
        return SAID[name]
    if isinstance(inner, GraphQLList):
        return []
    if isinstance(inner, GraphQLInputObjectType):
        if inner.is_one_of:
            return {"itemIds": list(SERVICES[:1])}
        return {one: _said(field.type, one) for one, field in inner.fields.items() if is_required_input_field(field)}
    if isinstance(inner, GraphQLEnumType):
        return next(iter(inner.values))
    today = day_in_china(system_now())
    return {"Int": 0, "Boolean": True, "Date": f"{today + timedelta(days=30):%Y-%m-%d}", "DateTime": "2026-11-17T10:00:00+08:00"}.get(
        get_named_type(inner).name, "为核对申请人本人的情况"
    )


async def asked(world: World, who: str, of: str, name: str, where: str = "", id: str = "") -> Json:
    return await world.ask(who, document(of, name, where), **variables(of, name, where, id))


def is_declined(answer: Json, name: str) -> bool:
    """Nothing was told and nothing done."""
    data = answer.get("data")
    told = data.get(name) if isinstance(data, dict) else None
    return not told or (isinstance(told, dict) and (told["__typename"] in {"Refusal", "InvalidForm"} or told.get("end") == "GONE"))
