"""Does a region's catalogue hold together? Each check yields one line per fault; together they find every name that leads nowhere."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise

from domain.catalogue.points import stated_twice
from domain.catalogue.questions import DIVISION, DIVISIONS, AnswerKind, FieldRule
from domain.catalogue.tables import Tables
from domain.catalogue.types import Parameter
from domain.days import opening_hours
from domain.organisations.organisation import OrganisationKind

FORMATS = frozenset(
    {"document-number", "phone", "email", "bank-account", "money", "months", DIVISION, "employer", "employer-code", "portrait"}
)

OPTION_LISTS = frozenset({DIVISIONS})
"""What Query.options answers."""

REFERENCES = (
    ("items", "department", "departments", "a department"),
    ("items", "waits_for", "items", "an item"),
    ("items", "materials", "materials", "a material"),
    ("items", "fields", "fields", "a field"),
    ("items", "only_with", "items", "an item"),
    ("materials", "searched_by", "departments", "a department"),
    ("materials", "owner", "departments", "a department"),
    ("guide", "fields", "fields", "a field"),
    ("materials", "satisfied_by", "licences", "a licence"),
    ("consents", "licences", "licences", "a licence"),
    ("sections", "fields", "fields", "a field"),
    ("organisations", "department", "departments", "a department"),
    ("priorities", "licences", "licences", "a licence"),
    ("priorities", "materials", "materials", "a material"),
)
"""Where names stand (group, key), and the group in which they must be."""

Lines = Iterator[str]


@dataclass(frozen=True, slots=True)
class Known:
    """What lies outside the tables: rules by name, the functions that a parameter may name, messages by key, and today."""

    rules: Collection[str]
    named: Mapping[str, Collection[str]]
    messages: Collection[str]
    today: date


def faults_in(tables: Tables, known: Known) -> Lines:
    yield from _names(tables)
    yield from _origins(tables)
    yield from _rules(tables, known)
    yield from _searches(tables)
    yield from _events(tables, known)
    yield from _waiting(tables)
    yield from _places(tables)
    yield from _questions(tables)
    yield from _consents(tables)
    yield from _parameters(tables, known)
    yield from _totals(tables)
    yield from _points(tables)
    yield from _organisations(tables)


def _names(tables: Tables) -> Lines:
    for group, key, target, noun in REFERENCES:
        for code, entry in tables.groups[group].items():
            for name in _listed(entry.table.get(key)):
                if name not in tables.groups[target]:
                    yield tables.fault(f"{group}.{code}.{key}", f"names '{name}', which is not {noun} of {tables.region}")


def _listed(value: object) -> list[object]:
    if isinstance(value, list):
        return value
    return [] if value is None else [value]


def _origins(tables: Tables) -> Lines:
    for key, rule in tables.fields.items():
        for origin in rule.origins:
            place, licence = f"fields.{key}.origins", tables.licences.get(origin.licence)
            if origin.licence not in tables.groups["licences"]:
                yield tables.fault(place, f"names '{origin.licence}', which is not a licence of {tables.region}")
            elif licence and origin.attribute not in licence.attributes:
                yield tables.fault(place, f"names '{origin.attribute}', which is not an attribute of {origin.licence}")


RULE_NAMES = (
    ("items", "recommended_if"),
    ("items", "conditions"),
    ("materials", "needed_if"),
    ("materials", "searched_if"),
    ("fields", "asked_if"),
)
"""Where rules are named (group, key)."""


def _rules(tables: Tables, known: Known) -> Lines:
    for group, key in RULE_NAMES:
        for code, entry in tables.groups[group].items():
            for name in _listed(entry.table.get(key)):
                if name not in known.rules:
                    yield tables.fault(f"{group}.{code}.{key}", f"names '{name}', which is not a rule of domain/policy")


def _searches(tables: Tables) -> Lines:
    """What is lost is searched for by somebody."""
    for code, material in tables.materials.items():
        if bool(material.searched_if) != bool(material.searched_by):
            yield tables.fault(f"materials.{code}", "needs both searched_if and searched_by, or neither")


def _events(tables: Tables, known: Known) -> Lines:
    for code, item in tables.items.items():
        for limit in (item.statutory_limit, item.promise):
            if limit and f"event.{limit.start_event}" not in known.messages:
                yield tables.fault(
                    f"items.{code}", f"starts a clock at '{limit.start_event}', and no message event.{limit.start_event} says that"
                )
            if limit and (limit.amount < 1 or not limit.source.strip()):
                yield tables.fault(f"items.{code}", f"has a limit of {limit.amount} {limit.unit}; it needs at least 1, and a source")


def _waiting(tables: Tables) -> Lines:
    for code, item in tables.items.items():
        for name in set(item.after) - set(item.waits_for):
            yield tables.fault(f"items.{code}.after", f"names '{name}', which waits_for does not")
    try:
        TopologicalSorter({code: item.waits_for for code, item in tables.items.items()}).prepare()
    except CycleError as error:
        circle = list(reversed(error.args[1]))
        yield tables.fault(f"items.{circle[0]}.waits_for", f"goes round in a circle: {' waits for '.join(circle)}")


def _places(tables: Tables) -> Lines:
    """A31: no question is asked twice, and what an item needs has a place in the form."""
    placed = Counter(name for section in tables.sections.values() for name in section.fields)
    for name, times in placed.items():
        if times > 1:
            where = " and ".join(key for key, section in tables.sections.items() if name in section.fields)
            yield tables.fault(f"fields.{name}", f"stands {times} times in the form ({where})")
    for code, item in tables.items.items():
        for name in item.fields:
            if name in tables.fields and not placed[name]:
                yield tables.fault(f"items.{code}.fields", f"names '{name}', which stands in no section")


def _questions(tables: Tables) -> Lines:
    for key, rule in tables.fields.items():
        yield from (tables.fault(f"fields.{key}", what) for what in _wrong_question(rule))
    for key, section in tables.sections.items():
        if not section.fields:
            yield tables.fault(f"sections.{key}.fields", "is empty")
        if section.repeats and not 0 <= section.repeats.min <= section.repeats.max:
            yield tables.fault(f"sections.{key}.repeats", "must have 0 ≤ min ≤ max")


def _wrong_question(rule: FieldRule) -> Lines:
    chosen = rule.kind in {AnswerKind.CHOICE, AnswerKind.CHOICES}
    if chosen and bool(rule.options) == bool(rule.option_list):
        yield "is a choice and needs either options or an option_list"
    if (rule.options and not chosen) or (rule.option_list and not chosen and rule.kind is not AnswerKind.TEXT):
        yield "has options but is no choice"
    if rule.option_list and rule.option_list not in OPTION_LISTS:
        yield f"has the option_list '{rule.option_list}', which is none of {', '.join(sorted(OPTION_LISTS))}"
    if len({option.value for option in rule.options}) < len(rule.options):
        yield "has the same option twice"
    if rule.format and rule.format not in FORMATS:
        yield f"has the format '{rule.format}', which is none of {', '.join(sorted(FORMATS))}"
    if rule.locked and not rule.origins:
        yield "is locked, but nothing fills it"


def _consents(tables: Tables) -> Lines:
    """Nothing is fetched without a consent that names it."""
    covered = {name for consent in tables.consents.values() for name in consent.licences}
    covered |= {name for name, licence in tables.licences.items() if licence.vouched}
    filling = [(f"fields.{key}.origins", origin.licence) for key, rule in tables.fields.items() for origin in rule.origins]
    proving = [(f"materials.{code}.satisfied_by", name) for code, material in tables.materials.items() for name in material.satisfied_by]
    for place, name in filling + proving:
        if name in tables.groups["licences"] and name not in covered:
            yield tables.fault(place, f"uses '{name}', which no consent covers")


def _parameters(tables: Tables, known: Known) -> Lines:
    for key, parameter in tables.parameters.items():
        yield from (tables.fault(f"parameters.{key}.values", what) for what in _wrong_dates(parameter, known.today))
        yield from (tables.fault(f"parameters.{key}.values", what) for what in _wrong_names(parameter, known))


def _wrong_names(parameter: Parameter, known: Known) -> Lines:
    functions = known.named.get(parameter.key)
    if functions is not None:
        unknown = sorted({str(value.value) for value in parameter.values} - set(functions))
        yield from (f"names '{name}', which is none of {', '.join(sorted(functions))}" for name in unknown)


def _wrong_dates(parameter: Parameter, today: date) -> Lines:
    for earlier, later in pairwise(value.since for value in parameter.values):
        if later == earlier:
            yield f"has two values since {later.isoformat()}"
        if later < earlier:
            yield f"must stand in the order of their dates; {later.isoformat()} comes after {earlier.isoformat()}"
    if any(not value.source.strip() for value in parameter.values):
        yield "has a value without a source"
    if all(value.since > today for value in parameter.values):
        yield f"has no value on {today.isoformat()}"


def _totals(tables: Tables) -> Lines:
    if tables.about and tables.about.declared_total < len(tables.groups["items"]):
        yield tables.fault("region.about.declared_total", f"is less than the {len(tables.groups['items'])} items that are named")
    if tables.about and tables.about.declared_total and not tables.groups["items"]:
        yield tables.fault("items", f"has no item of the {tables.about.declared_total} declared")
    certifying = [code for code, item in tables.items.items() if item.certificate]
    if len(certifying) > 1:
        yield tables.fault(
            f"items.{certifying[1]}.certificate", f"cannot stand beside that of {certifying[0]}: one certificate for one case"
        )
    for key in tables.groups["region"].keys() - {"about"}:
        yield tables.fault(f"region.{key}", "is not a key known here")


def _points(tables: Tables) -> Lines:
    for code, point in tables.points.items():
        yield from (tables.fault(f"points.{code}.{place}", what) for place, what in opening_hours.faults_in(point.hours))
    for code, matter in tables.matters.items():
        yield from (tables.fault(f"matters.{code}.parts", f"has {twice} twice") for twice in stated_twice(matter))


def _organisations(tables: Tables) -> Lines:
    for code, entry in tables.organisations.items():
        if entry.kind is OrganisationKind.EMPLOYER:
            yield tables.fault(f"organisations.{code}.kind", "is an employer, which comes by its legal account and not from the catalogue")
        elif (entry.kind is OrganisationKind.DEPARTMENT) != bool(entry.department):
            yield tables.fault(f"organisations.{code}.department", "belongs to organisations of kind DEPARTMENT, each of which names one")
        elif bool(entry.name) == bool(entry.department):
            yield tables.fault(f"organisations.{code}.name", "is that of the department, and is stated only where there is none")
