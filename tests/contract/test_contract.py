"""Is what we serve still what the phone app, the counter and the departments' staff were built against? (B16)"""

from hashlib import sha256
from pathlib import Path

import pytest
from graphql import GraphQLSchema, GraphQLUnionType, build_schema
from graphql.utilities import DangerousChange, DangerousChangeType, find_breaking_changes, find_dangerous_changes

from schema import schema
from tests.contract.contract import HERE, RELEASED, TEXT, due_now, operations, pending

ROOT = Path(__file__).parents[2]
HARMLESS = {
    DangerousChangeType.OPTIONAL_INPUT_FIELD_ADDED,
    DangerousChangeType.OPTIONAL_ARG_ADDED,
    DangerousChangeType.IMPLEMENTED_INTERFACE_ADDED,
}
CONTRACT_SHA256 = "b69df8a021b45de67d9f7156837d6408602d5d2b66f5631782cb446b1eba9d02"
STILL_PENDING = frozenset[str]()
"""What pending.txt may name at most. An operation that has been there once is never pending again: take its name out here too."""


@pytest.fixture(scope="module")
def ours() -> GraphQLSchema:
    return build_schema(schema.as_str())


def breaks(contract: GraphQLSchema, served: GraphQLSchema) -> list[str]:
    """What an app built against the contract would stumble over."""
    dangerous = [change for change in find_dangerous_changes(contract, served) if hurts(change, contract)]
    return [change.description for change in (*find_breaking_changes(contract, served), *dangerous)]


def hurts(change: DangerousChange, contract: GraphQLSchema) -> bool:
    """Enums may grow unless the contract calls them closed; a union never does, since there is never a third kind of problem."""
    if change.type is not DangerousChangeType.VALUE_ADDED_TO_ENUM:
        return change.type not in HARMLESS
    enum = change.description.removeprefix("Enum value ").partition(".")[0]
    return "Closed" in (contract.type_map[enum].description or "")


@pytest.mark.row("B16")
def test_what_is_served_breaks_nothing_of_the_contract(ours: GraphQLSchema) -> None:
    assert breaks(due_now(left_out=pending()), ours) == []


@pytest.mark.row("B16")
def test_what_is_served_breaks_nothing_of_what_was_released(ours: GraphQLSchema) -> None:
    """released.graphql is schema/schema.graphql as it was last released: what a phone may use beyond the contract stands there too.

    Copy schema/schema.graphql over it at a release and at no other time, while this test passes: then it has additions only.
    """
    assert breaks(build_schema(RELEASED), ours) == []


@pytest.mark.row("B16")
@pytest.mark.parametrize(
    ("was", "becomes"),
    [
        ("lastStep: Step!", "lastStep: Step"),
        ("now: DateTime!", "today: DateTime!"),
        ("ASSURANCE_TOO_LOW  ", ""),
        ("enum Remedy { NONE", "enum Remedy { NONE SING"),
        ("union CaseResult = Case | Refusal | InvalidForm", "union CaseResult = Case | Refusal"),
        ("union CaseResult = Case | Refusal", "union CaseResult = Case | Step | Refusal"),
        ('host: String! = "wechat"', "host: String!"),
        ("input WithdrawCaseInput { caseId: ID!", "input WithdrawCaseInput { caseId: ID! mood: String!"),
        ("steps(after: Int! = 0", "steps(after: Int! = 1"),
        ("type Refusal implements Problem", "type Refusal"),
    ],
)
def test_a_change_that_would_break_an_older_app_is_found(was: str, becomes: str) -> None:
    assert was in TEXT
    changed = TEXT.replace(was, becomes)

    assert breaks(build_schema(TEXT), build_schema(changed)) != []


def test_a_field_or_an_open_enum_may_be_added() -> None:
    grown = TEXT.replace("type Case {", "type Case { weather: String").replace("enum CaseStatus { DRAFT", "enum CaseStatus { DRAFT PAUSED")

    assert breaks(build_schema(TEXT), build_schema(grown)) == []


@pytest.mark.row("B16")
def test_no_operation_becomes_pending_again() -> None:
    assert sorted(pending() - STILL_PENDING) == []


def test_an_operation_that_is_there_is_not_pending(ours: GraphQLSchema) -> None:
    assert sorted(pending() & operations(ours)) == []


def test_only_operations_of_the_contract_are_pending() -> None:
    assert sorted(pending() - operations(build_schema(TEXT))) == []


def test_the_committed_schema_is_what_is_served() -> None:
    committed = (ROOT / "schema" / "schema.graphql").read_text(encoding="utf-8")

    assert committed == schema.as_str() + "\n", "run 'make schema' and look at the difference"


def test_in_the_members_of_one_union_a_field_name_has_one_type(ours: GraphQLSchema) -> None:
    unions = [kind for kind in ours.type_map.values() if isinstance(kind, GraphQLUnionType)]

    assert [clash for union in unions for clash in clashes(union)] == []


def clashes(union: GraphQLUnionType) -> list[str]:
    kinds: dict[str, set[str]] = {}
    for member in union.types:
        for name, field in member.fields.items():
            kinds.setdefault(name, set()).add(str(field.type))
    return [f"{union.name}.{name}: {sorted(found)}" for name, found in kinds.items() if len(found) > 1]


@pytest.mark.row("B16")
def test_the_contract_is_the_one_that_was_agreed() -> None:
    """Also where the shared one is not beside this clone."""
    assert sha256((HERE / "contract.graphql").read_bytes()).hexdigest() == CONTRACT_SHA256


@pytest.mark.parametrize(
    ("shared", "copy"),
    [("contract.graphql", "tests/contract/contract.graphql"), ("requirements.md", "docs/requirements.md")],
)
def test_our_copy_is_the_shared_one(shared: str, copy: str) -> None:
    original = ROOT.parent / "shared" / shared
    if not original.exists():
        pytest.skip(f"the shared {shared} is not beside this clone")

    assert (ROOT / copy).read_bytes() == original.read_bytes()
