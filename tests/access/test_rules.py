"""Access is written down for every field, and nothing is written down that is not there."""

from tests.access.callers import CALLERS
from tests.access.may import ALL, MUTATIONS
from tests.access.rules import FIELDS, QUERIES, RULES, SUBSCRIPTIONS, Rule, named
from tests.access.wanted import of_nobody_knows_what
from tests.access.written import ROOTS, objects, root

ADD = "declare who may see it in tests/access/rules.py"
TAKE_AWAY = "there is no such field any more; take it out of tests/access/rules.py"


def test_every_field_has_a_rule_and_every_rule_a_field() -> None:
    there = {f"{name}.{field}" for name, type in objects().items() if name not in ROOTS for field in type.fields}

    assert sorted(there - RULES.keys()) == [], ADD
    assert sorted(RULES.keys() - there) == [], TAKE_AWAY


def test_every_operation_has_a_rule_and_every_rule_an_operation() -> None:
    mutations = {name for names in MUTATIONS.values() for name in names.split()}
    stated = {"Query": set(named(QUERIES)), "Mutation": mutations, "Subscription": set(named(SUBSCRIPTIONS))}

    assert {name: sorted(root(name).fields.keys() - stated[name]) for name in ROOTS} == {name: [] for name in ROOTS}, ADD
    assert {name: sorted(stated[name] - root(name).fields.keys()) for name in ROOTS} == {name: [] for name in ROOTS}, TAKE_AWAY


def test_nothing_has_two_rules() -> None:
    fields = [f"{type}.{field}" for type, rules in FIELDS.items() for names in rules.values() for field in names.split()]
    operations = [name for table in (QUERIES, SUBSCRIPTIONS, MUTATIONS) for names in table.values() for name in names.split()]

    assert len(fields) == len(set(fields)) == len(RULES)
    assert len(operations) == len(set(operations))


def test_the_rules_speak_of_the_callers_that_there_are() -> None:
    assert frozenset(CALLERS) == ALL
    assert set(Rule) == {*RULES.values(), *named(QUERIES).values()}


def test_of_every_id_it_is_said_what_it_is_of() -> None:
    assert of_nobody_knows_what() == [], "say it in tests/access/wanted.py, and put one of another's into the world"
