"""Which answers of the form a licence's or register's attributes are, as the catalogue's origins say.

What does not fit the question is none: locked, it would be a slip that nobody could correct.
"""

from collections.abc import Mapping

from domain.cases.case import Case
from domain.cases.checks import misfit
from domain.cases.form import asked_fields
from domain.catalogue.types import Catalogue
from domain.clock import day_in_china


def precedence(catalogue: Catalogue) -> Mapping[str, tuple[str, ...]]:
    """Answer key → the sources that may fill it, the strongest first; only where there is more than one."""
    rules = (rule for section in catalogue.sections for rule in section.fields if len(rule.origins) > 1)
    return {rule.key: tuple(origin.licence for origin in rule.origins) for rule in rules}


def answers_of(case: Case, source: str, attributes: Mapping[str, str], catalogue: Catalogue) -> Mapping[str, str]:
    """Of the questions that this case asks; what nobody asked for is not kept (个人信息保护法 Art 6)."""
    asked, kind, today = asked_fields(case, catalogue), case.beneficiary.document_kind, day_in_china(case.updated_at)
    rules = [rule for section in catalogue.sections for rule in section.fields if rule.key in asked]
    found = (
        (rule, origin.answer(attributes.get(origin.attribute, ""))) for rule in rules for origin in rule.origins if origin.licence == source
    )
    return {rule.key: meant for rule, meant in found if meant and not misfit(rule, meant, document_kind=kind, today=today)}
