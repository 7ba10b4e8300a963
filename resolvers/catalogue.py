"""What a region offers, told in the reader's language."""

from collections.abc import Sequence
from typing import Protocol

from strawberry import UNSET, Parent

from domain.catalogue.offered import OfferedItem, offered
from domain.catalogue.types import Catalogue, ConsentText, MaterialRule, Region, TimeLimit
from domain.words import Words
from resolvers.context import Info


class Named(Protocol):
    @property
    def name(self) -> Words: ...


class Titled(Protocol):
    @property
    def title(self) -> Words: ...


def regions(info: Info) -> Sequence[Region]:
    return info.context.catalogues.regions()


async def catalogue(info: Info, region: str, version: str | None = UNSET) -> Catalogue | None:
    return await info.context.catalogues.find(region, version or None)


def catalogue_in_force(region: Parent[Region], info: Info) -> Catalogue:
    return info.context.catalogues.in_force(region.code)


def name(of: Parent[Named], info: Info) -> str:
    return info.context.say(of.name)


def title(of: Parent[Titled], info: Info) -> str:
    return info.context.say(of.title)


def items(catalogue: Parent[Catalogue]) -> Sequence[OfferedItem]:
    return offered(catalogue)


def item_title(of: Parent[OfferedItem], info: Info) -> str:
    return info.context.say(of.item.title)


def requirements(of: Parent[OfferedItem], info: Info) -> str | None:
    return info.context.say(of.item.requirements) if of.item.requirements else None


def item_result(of: Parent[OfferedItem], info: Info) -> str | None:
    return info.context.say(of.item.result) if of.item.result else None


def condition(material: Parent[MaterialRule], info: Info) -> str | None:
    return info.context.say(material.condition) if material.condition else None


def if_lost(material: Parent[MaterialRule], info: Info) -> str | None:
    return info.context.say(material.if_lost) if material.if_lost else None


def limit_text(limit: Parent[TimeLimit], info: Info) -> str:
    return info.context.say(limit.text)


def consent_text(consent: Parent[ConsentText], info: Info) -> str:
    return info.context.say(consent.text)


def consent_spoken(consent: Parent[ConsentText], info: Info) -> str:
    return info.context.say(consent.spoken)
