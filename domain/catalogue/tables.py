"""One region's tables, read but not yet joined: what the checks look at and the catalogue is made from."""

from collections.abc import Mapping
from dataclasses import dataclass

from domain.catalogue.faults import fault
from domain.catalogue.layers import Entry, Groups
from domain.catalogue.points import Matter, ServicePoint
from domain.catalogue.questions import FieldRule, Repetition
from domain.catalogue.queues import PriorityBasis, Queue
from domain.catalogue.read import Reader, shape_of
from domain.catalogue.types import (
    ConsentText,
    Declaration,
    Department,
    FilingChannel,
    LicenceKind,
    MaterialRule,
    Parameter,
    ServiceItem,
)
from domain.organisations.organisation import OrganisationEntry
from domain.words import Words


@dataclass(frozen=True, slots=True)
class About:
    """`[about]` of a region's region.toml. `declared_total`: how many services its document declares."""

    name: Words
    title: Words
    source: str
    declared_total: int
    channels: tuple[FilingChannel, ...]


@dataclass(frozen=True, slots=True)
class SectionEntry:
    """A section as it is written: its fields by name."""

    key: str
    title: Words
    fields: tuple[str, ...]
    spoken: Words | None = None
    repeats: Repetition | None = None


@dataclass(frozen=True, slots=True)
class GuideEntry:
    """`[questions]` of guide.toml: what the guide asks, by name, in order."""

    key: str
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tables:
    """`groups` also holds what could not be read, so that a name is not called unknown because its table has a slip."""

    region: str
    groups: Groups
    about: About | None
    departments: Mapping[str, Department]
    licences: Mapping[str, LicenceKind]
    materials: Mapping[str, MaterialRule]
    items: Mapping[str, ServiceItem]
    fields: Mapping[str, FieldRule]
    sections: Mapping[str, SectionEntry]
    guide: Mapping[str, GuideEntry]
    consents: Mapping[str, ConsentText]
    declarations: Mapping[str, Declaration]
    parameters: Mapping[str, Parameter]
    points: Mapping[str, ServicePoint]
    matters: Mapping[str, Matter]
    organisations: Mapping[str, OrganisationEntry]
    queues: Mapping[str, Queue]
    priorities: Mapping[str, PriorityBasis]

    def fault(self, place: str, what: str) -> str:
        """`place`: group.key and further; told with the file that states the key."""
        group, _, rest = place.partition(".")
        entry = self.groups[group].get(rest.partition(".")[0])
        return fault(entry.path if entry else f"{self.region}/{group}.toml", place, what)


def tables_of(region: str, groups: Groups, reader: Reader) -> Tables:
    return Tables(
        region=region,
        groups=groups,
        about=_about(region, groups["region"].get("about"), reader),
        departments=reader.read_all(Department, "departments", groups["departments"]),
        licences=reader.read_all(LicenceKind, "licences", groups["licences"]),
        materials=reader.read_all(MaterialRule, "materials", groups["materials"]),
        items=reader.read_all(ServiceItem, "items", groups["items"]),
        fields=reader.read_all(FieldRule, "fields", groups["fields"]),
        sections=reader.read_all(SectionEntry, "sections", groups["sections"]),
        guide=reader.read_all(GuideEntry, "guide", groups["guide"]),
        consents=reader.read_all(ConsentText, "consents", groups["consents"]),
        declarations=reader.read_all(Declaration, "declarations", groups["declarations"]),
        parameters=reader.read_all(Parameter, "parameters", groups["parameters"]),
        points=reader.read_all(ServicePoint, "points", groups["points"]),
        matters=reader.read_all(Matter, "matters", groups["matters"]),
        organisations=reader.read_all(OrganisationEntry, "organisations", groups["organisations"]),
        queues=reader.read_all(Queue, "queues", groups["queues"]),
        priorities=reader.read_all(PriorityBasis, "priorities", groups["priorities"]),
    )


def _about(region: str, entry: Entry | None, reader: Reader) -> About | None:
    if entry:
        return reader.read(shape_of(About, keyed=False), "region.about", entry)
    reader.faults.append(fault(f"{region}/region.toml", "region.about", "is missing"))
    return None
