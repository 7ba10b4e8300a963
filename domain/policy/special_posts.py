"""特殊工种: underground, at heights, in high heat, heavy or harmful work; long enough in it, one may retire earlier (办法 Art 8, §1.6)."""

from datetime import date

from domain.policy.answered import chosen
from domain.policy.facts import Facts
from domain.policy.law import Figure, Law
from domain.policy.months import after, between
from domain.policy.person import birth_of, months_fact, who
from domain.policy.retirement.points import minimum_from_post
from domain.policy.retirement.special import Terms, terms_of
from domain.policy.years import long_enough
from domain.reasons import Reason, Verdict, finding
from domain.wording import age as said_age
from domain.wording import day as said_day
from domain.wording import gap, span
from domain.words import Parameter, Text

RULE = "special-post-met"
YEARS = "special-post-years"


def special_post_met(facts: Facts, law: Law) -> Reason:
    """Both at once: the months in the post and the earlier age."""
    worked, birth, needed = facts.number("special-post-months"), birth_of(facts), terms(facts, law)
    looked_at = (*who(facts), chosen(facts, "special-post-kind"), months_fact("special-post-months", worked))
    figures = needed.figures if needed else ()
    if worked is None or birth is None or needed is None:
        return finding(RULE, Verdict.UNDECIDED, facts=looked_at, figures=figures)
    due = after(birth, needed.age)
    old_enough, long_enough = due <= facts.day, worked >= needed.worked
    verdict = Verdict.MET if old_enough and long_enough else Verdict.NOT_MET
    return Reason(RULE, verdict, _text(facts, needed, due, worked), looked_at, figures)


def special_post_years(facts: Facts, law: Law) -> Reason:
    total = facts.number("contribution-months")
    looked_at = (*who(facts), months_fact("contribution-months", total))
    return long_enough(YEARS, (total,), minimums=minimums_from_post(facts, law), facts=looked_at)


def minimums_from_post(facts: Facts, law: Law) -> tuple[Figure, ...]:
    """最低缴费年限 of the year in which one may first retire from the post, or of today if that is past; none if it is not known."""
    birth, needed = birth_of(facts), terms(facts, law)
    figure = minimum_from_post(law, after(birth, needed.age)) if birth and needed else None
    return (figure,) if figure else ()


def _text(facts: Facts, terms: Terms, due: date, worked: int) -> Text:
    told: dict[str, Parameter] = {
        "worked": span(worked),
        "needed": span(terms.worked),
        "age": said_age(terms.age),
        "date": said_day(due),
    }
    young = gap(*between(facts.day, due)) if due > facts.day else None
    lacking = span(terms.worked - worked) if worked < terms.worked else None
    if young and lacking:
        return Text(f"rule.{RULE}.BOTH", {**told, "missing": young, "lacking": lacking})
    if young:
        return Text(f"rule.{RULE}.YOUNG", {**told, "missing": young})
    return Text(f"rule.{RULE}.NOT_MET", {**told, "missing": lacking}) if lacking else Text(f"rule.{RULE}.MET", told)


def terms(facts: Facts, law: Law) -> Terms | None:
    """None: the kind of post or the sex is not known, or the law of that day has no such ground."""
    kind, sex = facts.chosen("special-post-kind"), facts.chosen("sex")
    return terms_of(kind, sex, law) if kind and sex else None


RULES = {RULE: special_post_met, YEARS: special_post_years}
