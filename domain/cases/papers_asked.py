"""Which papers a service of a case asks for: those that it names, and those that the way of filing asks of every service."""

from domain.cases.case import Case
from domain.catalogue.types import Catalogue, MaterialRule


def papers_asked(case: Case, item: str, catalogue: Catalogue) -> tuple[str, ...]:
    filed_on = tuple(code for code, rule in catalogue.materials.items() if asked_of_filing(case, rule))
    return tuple(dict.fromkeys((*catalogue.items[item].materials, *filed_on)))


def asked_of_filing(case: Case, rule: MaterialRule) -> bool:
    """Whoever had their card read has said it themselves, under a mandate; without one, the paper is the citizen's only word (F19)."""
    return case.channel in rule.channels and case.filed_by.mandate is None
