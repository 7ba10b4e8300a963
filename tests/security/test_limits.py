"""Nobody makes the server work much by asking little (F68)."""

import pytest
from graphql import GraphQLError, OperationType, get_introspection_query, parse

from api.graphql.documents import NONE_REGISTERED, Documents, Prepared, Registered
from api.graphql.errors import Faults, InvalidDocument, Told, UnknownDocument
from api.graphql.limits import LIMITS, Limits, Scales, parse_within, variables_fit
from api.graphql.operations import Operation
from tests.security.small_schema import SCHEMA


def documents(*, limits: Limits = LIMITS, registered: Registered = NONE_REGISTERED) -> Documents:
    return Documents(SCHEMA, limits=limits, registered=registered, faults=Faults(lambda: "error-id"))


def prepare(text: str, *, name: str | None = None, limits: Limits = LIMITS, registered: Registered = NONE_REGISTERED) -> Prepared:
    return documents(limits=limits, registered=registered).prepare(Operation(text, name=name))


def refusal(text: str, *, name: str | None = None, limits: Limits = LIMITS) -> str:
    with pytest.raises(InvalidDocument) as refused:
        prepare(text, name=name, limits=limits)
    return str(refused.value)


def nested(levels: int) -> str:
    """`node` is the first level, `name` the last."""
    return "{node{" + "child{" * (levels - 2) + "name" + "}" * levels


def doubled(times: int, *, leaf: str = "name") -> str:
    """Each fragment spreads the next one twice: 2 to the power of `times` leaves, written in a few words each."""
    links = " ".join(f"fragment f{n} on Node{{...f{n + 1} ...f{n + 1}}}" for n in range(times))
    return f"{{node{{...f0}}}} {links} fragment f{times} on Node{{{leaf}}}"


@pytest.mark.row("F68")
def test_a_query_is_as_deep_as_allowed_and_no_deeper() -> None:
    assert prepare(nested(14)).actions == ("node",)
    assert "At most 14 levels" in refusal(nested(15))


def test_depth_counts_through_fragments_in_any_order() -> None:
    leaf_first = "fragment b on Node{child{child{name}}} fragment a on Node{child{...b}} {node{...a}}"

    assert prepare(leaf_first, limits=Limits(depth=5)).actions == ("node",)
    assert "At most 4 levels" in refusal(leaf_first, limits=Limits(depth=4))


@pytest.mark.row("F68")
def test_fragments_doubled_thirty_times_are_weighed_by_looking_at_each_once() -> None:
    text = doubled(30)
    document = parse(text)
    scales = Scales(document, Limits())

    errors = scales.errors()

    assert len(text) < 1_500
    assert "At most 500 fields" in errors[0].message
    assert scales.visited == 1 + 1 + 2 * 30 + 1  # node, its spread, the two spreads of each of thirty, the name
    assert "At most 500 fields" in refusal(text)


def test_aliases_doubled_by_fragments_are_counted_as_often_as_they_would_be_answered() -> None:
    assert "At most 60 aliases" in refusal(doubled(6, leaf="a: name"))


def test_a_doubled_fragment_that_nobody_spreads_is_refused_as_well() -> None:
    assert "At most 500 fields" in refusal(doubled(20).replace("{node{...f0}}", "{who}", 1))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{" + " ".join(f"a{n}: who" for n in range(11)) + "}", "At most 10 root fields"),
        ("{node{" + " ".join(f"a{n}: name" for n in range(61)) + "}}", "At most 60 aliases"),
        ("{...a} fragment a on Query{" + " ".join("who" for n in range(11)) + "}", "At most 10 root fields"),
        ("{node{" + "name " * 500 + "}}", "At most 500 fields"),
        ("{node{...a}} fragment a on Node{...b} fragment b on Node{...a}", "may not spread itself"),
        ("{node{...a}} fragment a on Node{child{...a}}", "may not spread itself"),
        ("{node{}}", "Syntax Error"),
        ("{}", "Syntax Error"),
        ("{node{" + "...{" * 100 + "name" + "}" * 102, "too deeply"),
        ("{node{" + "...{" * 250 + "name" + "}" * 252, "nested too deeply"),
        ("{who " * 2_000, "Syntax Error"),
        ("{" + "who " * 1_000 + "}", "more than 1000 tokens"),
        ("#\n" * 51 + "{who}", "comments"),
        ("{who}" + " " * 20_000, "20000"),
        ("{__schema{types{name}}}", "Introspection is off"),
        ('{__type(name: "Node"){name}}', "Introspection is off"),
        ("{nodee{name}}", "Cannot query field 'nodee' on type 'Query'."),
        ("{node{nme}}", "Cannot query field 'nme' on type 'Node'."),
        ("type T{a: Int}", "not executable"),
        ("{box(box: {label: null})}", "cannot be explicitly set to null"),
        ('{box(choice: {a: "x", b: "y"})}', "must specify exactly one key"),
        ("query A{who} query B{who}", "operationName must name"),
        ("", "Syntax Error"),
    ],
)
def test_what_is_too_much_or_wrong_is_told_as_it_is(text: str, told: str) -> None:
    assert told in refusal(text)


def test_a_chain_of_fragments_deeper_than_any_page_needs_is_refused_whichever_end_comes_first() -> None:
    chain = [f"fragment f{n} on Node{{...f{n + 1}}}" for n in range(100)] + ["fragment f100 on Node{name}"]

    assert "too deeply" in refusal(" ".join(["{node{...f0}}", *chain]))
    assert "levels of fragments" in refusal(" ".join([*reversed(chain), "{node{...f0}}"]))


def test_no_suggestion_tells_what_the_schema_holds() -> None:
    told = [refusal("{node{nam}}"), refusal("{node(nme: 1){name}}"), refusal("{named{... on Twn{name}}}"), refusal("query($a: Strng){who}")]

    assert [message for message in told if "Did you mean" in message] == []


@pytest.mark.row("F68")
def test_introspection_is_off_unless_it_is_allowed() -> None:
    assert "Introspection is off" in refusal(get_introspection_query())
    assert prepare(get_introspection_query(), limits=Limits(introspection=True)).actions == ("__schema",)


def test_a_page_as_large_as_the_contract_s_largest_passes() -> None:
    text = (
        "query Page($n: String!){node(name: $n){" + " ".join(f"c{n}: child{{name child{{name child{{name}}}}}}" for n in range(30)) + "}}"
    )

    prepared = prepare(text)

    assert (prepared.name, prepared.kind) == ("Page", OperationType.QUERY)


def test_the_operation_that_is_named_is_the_one_prepared() -> None:
    prepared = prepare('query A{who} mutation B{guess(code: "x")}', name="B")

    assert (prepared.kind, prepared.actions) == (OperationType.MUTATION, ("guess",))


def test_actions_are_root_fields_by_their_own_names_however_they_are_written() -> None:
    text = 'mutation{a: guess(code: "1") ... on Mutation{b: guess(code: "1")} ...f} fragment f on Mutation{c: guess(code: "2")}'

    assert prepare(text).actions == ("guess", "guess", "guess")


def test_a_label_is_a_registered_name_or_a_root_field_but_never_what_a_client_made_up() -> None:
    registered = Registered(operation_names=frozenset({"Page"}))

    assert prepare("query Page{who}", registered=registered).label == "Page"
    assert prepare("query Mine1234567{who}", registered=registered).label == "who"


def test_only_valid_documents_are_kept() -> None:
    some = documents()
    first = some.prepare(Operation("{who}"))

    for number in range(600):
        with pytest.raises(Told):
            some.prepare(Operation(f"{{__schema{{a{number}}}}}"))

    assert some.kept(Operation("{who}")) is first
    assert some.kept(Operation("{__schema{a1}}")) is None


def test_of_many_documents_those_used_last_are_kept() -> None:
    some = documents()
    for number in range(600):
        some.prepare(Operation(f"{{a{number}: who}}"))
        some.kept(Operation("{a0: who}"))

    assert [some.kept(Operation(f"{{a{number}: who}}")) is not None for number in (0, 1, 599)] == [True, False, True]


def test_a_registered_document_is_found_by_its_id_and_an_unknown_id_is_told() -> None:
    some = documents(registered=Registered(texts={"one": "{who}"}))

    assert some.prepare(Operation(document_id="one")).actions == ("who",)
    with pytest.raises(UnknownDocument):
        some.prepare(Operation(document_id="two"))


def test_where_only_registered_documents_are_answered_others_are_not_even_parsed() -> None:
    some = documents(registered=Registered(texts={"one": "{who}"}, only=True))

    with pytest.raises(Told, match="Only registered documents"):
        some.prepare(Operation("{{{ no GraphQL at all"))
    assert some.prepare(Operation(document_id="one")).actions == ("who",)


def test_the_source_s_length_comes_before_its_first_token() -> None:
    with pytest.raises(GraphQLError, match="20000"):
        parse_within("\x00" * 20_001, Limits())


@pytest.mark.parametrize(
    ("variables", "fit"),
    [
        ({"a": list(range(1_999))}, True),
        ({"a": list(range(2_000))}, False),
        ({"a": [[] for _ in range(500)], "b": [[0, 0, 0] for _ in range(400)]}, False),
        ({"a": "x" * 20_000}, True),
        ({"a": "x" * 20_001}, False),
        ({"a": {"b": {"c": [1, {"d": None}]}}}, True),
    ],
)
def test_variables_are_few_and_short(variables: dict[str, object], *, fit: bool) -> None:
    assert variables_fit(variables, Limits()) is fit


def test_variables_are_shallow() -> None:
    value: object = 1
    for _ in range(17):
        value = [value]

    assert not variables_fit({"a": value}, Limits())
