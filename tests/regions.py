"""Cases and rules of the regions of the sources, for tests: short ways to ask what a region would say of somebody."""

from dataclasses import replace
from datetime import date

from domain.cases.case import Case
from domain.cases.filling import AnswerGiven, fill
from domain.cases.opening import Filing, NewCase, Opening, open_case
from domain.cases.reading import MaterialInCase, materials_of
from domain.catalogue.types import Catalogue, FilingChannel
from domain.policy import RULES
from domain.policy.facts import Facts
from domain.policy.law import law_of
from domain.reasons import Reason
from domain.words import Language
from tests.cases import ZHANG, a_mark, acting, at, loaded

TODAY = date(2026, 11, 23)


def region(code: str) -> Catalogue:
    return loaded().catalogues.in_force(code)


def at_the_counter(code: str) -> Catalogue:
    """As if cases could be begun there: what a counter begins is judged by the same catalogue."""
    return replace(region(code), channels=(FilingChannel.PERSONAL,))


def a_case_in(catalogue: Catalogue, *items: str, **answers: str) -> Case:
    """Of these items, with these answers (under_scores for hyphens)."""
    opening = Opening(tuple(f"item-{catalogue.region.code}-{item}" for item in items))
    new = NewCase("case-zh8k0002", "ZB2026112300000025", a_mark("elsewhere"), Language.ZH_HANS)
    case = open_case(opening, new, catalogue=catalogue, filing=Filing(ZHANG, vouched_at=at().at), by=acting(), moment=at())
    given = [AnswerGiven(key.replace("_", "-"), value=value) for key, value in answers.items()]
    return fill(case, given=given, catalogue=catalogue, by=acting(), mark=a_mark("fill"), revision=0, moment=at(1))


def paper(case: Case, catalogue: Catalogue, code: str) -> MaterialInCase:
    return next(one for one in materials_of(case, catalogue) if one.code == code)


def asked(rule: str, code: str, *, day: date = TODAY, **answers: str) -> Reason:
    """What a region's rule finds."""
    facts = Facts({key.replace("_", "-"): value for key, value in answers.items()}, day)
    return RULES[rule](facts, law_of(region(code), day))
