"""From parsed files to catalogues: layered, read, checked as a whole, and joined. Pure; all faults of a run are raised together."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256

import msgspec

from domain.catalogue.check import Known, faults_in
from domain.catalogue.faults import CatalogueFaults, fault
from domain.catalogue.layers import GROUPS, Entry, Files, Groups, layered, misplaced, regions_of
from domain.catalogue.messages import messages_of
from domain.catalogue.questions import SectionRule
from domain.catalogue.read import Hant, Reader
from domain.catalogue.tables import Tables, tables_of
from domain.catalogue.types import Catalogue, LicenceKind, Region
from domain.organisations.organisation import Organisation
from domain.wording import check_templates
from domain.words import Message

AS_NOW = frozenset({"parameters", "organisations", "queues", "priorities"})
VERSIONED = tuple(group for group in GROUPS if group not in AS_NOW)
"""What a version is made of. Law is not: it has dates instead, and old cases follow it; nor is who works there and in which order."""


@dataclass(frozen=True, slots=True)
class Built:
    """The catalogues in force by region, the content that each version can be built from again, and the messages."""

    catalogues: Mapping[str, Catalogue]
    contents: Mapping[str, bytes]
    messages: Mapping[str, Message]


def build(files: Files, *, hant: Hant, rules: Collection[str], named: Mapping[str, Collection[str]], today: date) -> Built:
    """Raises CatalogueFaults with every fault of the run."""
    reader = Reader(hant)
    reader.faults.extend(misplaced(files))
    messages = messages_of(files, reader)
    reader.faults.extend(fault("national/messages", key, what) for key, what in check_templates(messages))
    regions = {region: tables_of(region, layered(files, region), reader) for region in regions_of(files)}
    known = Known(rules, named, messages, today)
    _refuse([*reader.faults, *(line for tables in regions.values() for line in faults_in(tables, known))])
    contents = {region: content_of(tables.groups) for region, tables in regions.items()}
    catalogues = {region: _joined(tables, version=version_of(contents[region])) for region, tables in regions.items()}
    return Built(catalogues, contents, messages)


def rebuild(content: bytes, *, now_in_force: Catalogue, hant: Hant, known: Known) -> Catalogue:
    """An earlier version of the same region, with the law as it is written today. Raises CatalogueFaults."""
    reader, version = Reader(hant), version_of(content)
    groups = _groups_of(content, path=f"(stored) {now_in_force.region.code} {version}")
    tables = tables_of(now_in_force.region.code, groups, reader)
    _refuse([*reader.faults, *faults_in(tables, known)])
    joined, now = _joined(replace(tables, parameters=now_in_force.parameters), version=version), now_in_force
    return replace(joined, organisations=now.organisations, queues=now.queues, priorities=now.priorities)


def content_of(groups: Groups) -> bytes:
    """All that makes a version: the merged tables, canonically. The order of keys within an entry does not count, that of entries does."""
    tables = {group: [(key, entry.table) for key, entry in groups[group].items()] for group in VERSIONED}
    return msgspec.json.encode(tables, order="deterministic")


def version_of(content: bytes) -> str:
    return sha256(content).hexdigest()[:12]


def _groups_of(content: bytes, *, path: str) -> Groups:
    tables = msgspec.json.decode(content, type=dict[str, list[tuple[str, dict[str, object]]]])
    return {group: {key: Entry(path, table) for key, table in tables.get(group, [])} for group in GROUPS}


def _refuse(faults: list[str]) -> None:
    if faults:
        raise CatalogueFaults(dict.fromkeys(faults))


def _joined(tables: Tables, *, version: str) -> Catalogue:
    about = tables.about
    assert about, "refused before, if it is missing"
    return Catalogue(
        region=Region(tables.region, about.name),
        version=version,
        title=about.title,
        source=about.source,
        declared_total=about.declared_total,
        channels=about.channels,
        departments={code: replace(department, region=tables.region) for code, department in tables.departments.items()},
        licences=tables.licences,
        items={code: replace(item, region=tables.region) for code, item in tables.items.items()},
        materials={
            code: replace(material, licence_kinds=_kinds(tables, material.satisfied_by)) for code, material in tables.materials.items()
        },
        sections=tuple(
            SectionRule(section.key, section.title, tuple(tables.fields[name] for name in section.fields), section.spoken, section.repeats)
            for section in tables.sections.values()
        ),
        guide=tuple(tables.fields[name] for entry in tables.guide.values() for name in entry.fields),
        consents=tuple(replace(consent, licence_kinds=_kinds(tables, consent.licences)) for consent in tables.consents.values()),
        declarations=tuple(tables.declarations.values()),
        parameters=tables.parameters,
        points=tuple(replace(point, region=tables.region) for point in tables.points.values()),
        matters=tuple(tables.matters.values()),
        organisations=_organisations(tables),
        queues=tables.queues,
        priorities=tables.priorities,
    )


def _organisations(tables: Tables) -> dict[str, Organisation]:
    """By id. Each has a name: the checks saw to it."""
    named = ((entry, entry.name or tables.departments[entry.department or ""].name) for entry in tables.organisations.values())
    made = (entry.organisation(tables.region, name) for entry, name in named)
    return {organisation.id: organisation for organisation in made}


def _kinds(tables: Tables, codes: tuple[str, ...]) -> tuple[LicenceKind, ...]:
    return tuple(tables.licences[code] for code in codes)
