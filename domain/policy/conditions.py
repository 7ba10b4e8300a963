"""Whether somebody may retire: the age, the years that were paid, and the ways that need neither age nor years in full.

Each rule tells how far off the person is, so that nobody is only told no.
"""

from collections.abc import Sequence
from dataclasses import replace

from domain.policy.answered import claims_incapacity, yes_or_no
from domain.policy.facts import Facts
from domain.policy.law import Figure, Law
from domain.policy.months import between
from domain.policy.person import births_differ, months_fact, who
from domain.policy.special_posts import minimums_from_post, special_post_met
from domain.policy.standing import Standing, standing_by_card, standing_of
from domain.policy.years import long_enough
from domain.reasons import Reason, Verdict, finding
from domain.wording import day as said_day
from domain.wording import gap
from domain.words import Text


def age_reached(facts: Facts, law: Law) -> Reason:
    """The statutory age on the day that is asked about."""
    standing = standing_of(facts, law)
    if standing is None:
        return finding("age-reached", Verdict.UNDECIDED, facts=who(facts))
    reached = {day <= facts.day for day in standing.dates}
    if len(standing.dates) > 1:
        return _both_ages(facts, standing, reached)
    if births_differ(facts) and (card := standing_by_card(facts, law)) and (card.dates[0] <= facts.day) not in reached:
        return _other_birth(facts, standing, card)
    return _one_age(facts, standing)


def _one_age(facts: Facts, standing: Standing) -> Reason:
    (due,), sooner = standing.dates, standing.sooner
    if due <= facts.day:
        return finding("age-reached", Verdict.MET, facts=who(facts), figures=standing.figures, date=said_day(due))
    date, missing = said_day(due), gap(*between(facts.day, due))
    if sooner is None or sooner.act_by_text is None:
        return finding("age-reached", Verdict.NOT_MET, facts=who(facts), figures=standing.figures, date=date, missing=missing)
    told = {"date": date, "missing": missing, "earliest": said_day(sooner.date), "act": sooner.act_by_text}
    return Reason("age-reached", Verdict.NOT_MET, Text("rule.age-reached.SOONER", told), who(facts), standing.figures)


def _other_birth(facts: Facts, standing: Standing, card: Standing) -> Reason:
    """The earliest record in the archive counts, and an officer reads it (A24)."""
    text = Text("rule.age-reached.OTHER-BIRTH", {"archive": said_day(standing.dates[0]), "card": said_day(card.dates[0])})
    return Reason("age-reached", Verdict.UNDECIDED, text, who(facts), standing.figures, officer=True)


def _both_ages(facts: Facts, standing: Standing, reached: set[bool]) -> Reason:
    """Decided only where both kinds of post lead to the same; else by an officer who has seen the evidence of the posts."""
    verdict = Verdict.UNDECIDED if len(reached) > 1 else Verdict.MET if True in reached else Verdict.NOT_MET
    worker, manager = standing.dates
    text = Text(f"rule.age-reached.{verdict}-BOTH", {"worker": said_day(worker), "manager": said_day(manager)})
    return Reason("age-reached", verdict, text, who(facts), standing.figures, officer=verdict is Verdict.UNDECIDED)


# ---------------------------------------------------------------- the years


def paid_long_enough(facts: Facts, law: Law) -> Reason:
    """最低缴费年限, of the year in which one may retire by age or from the post. The allowance asks for none (policy.md §1.7)."""
    if claims_incapacity(facts):
        text = Text("rule.paid-long-enough.ALLOWANCE")
        return Reason("paid-long-enough", Verdict.MET, text, (yes_or_no(facts, "fully-incapacitated"),))
    total = facts.number("contribution-months")
    looked_at = (*who(facts), months_fact("contribution-months", total))
    return long_enough("paid-long-enough", (total,), minimums=_minimums(facts, law), facts=looked_at)


def _minimums(facts: Facts, law: Law) -> tuple[Figure, ...]:
    if facts.yes("special-post") and special_post_met(facts, law).verdict is Verdict.MET:
        return minimums_from_post(facts, law)
    standing = standing_of(facts, law)
    return standing.minimums if standing else ()


# ---------------------------------------------------------------- any of the ways


def may_retire(facts: Facts, law: Law) -> Reason:
    """For a service that is one for all ways: by incapacity, from a special post, or by age; one of them is enough."""
    if claims_incapacity(facts):
        return Reason("may-retire", Verdict.MET, Text("rule.may-retire.ALLOWANCE"), (yes_or_no(facts, "fully-incapacitated"),))
    ways = [age_reached(facts, law)]
    if facts.yes("special-post"):
        ways.append(special_post_met(facts, law))
    met = next((way for way in ways if way.verdict is Verdict.MET), None)
    return replace(met or _neither(ways), rule="may-retire")


def _neither(ways: Sequence[Reason]) -> Reason:
    """What is missing in each way, one after the other; undecided if any of them may still turn out well."""
    if len(ways) == 1:
        return ways[0]
    by_age, by_post = ways
    undecided = any(way.verdict is Verdict.UNDECIDED for way in ways)
    return Reason(
        "may-retire",
        Verdict.UNDECIDED if undecided else Verdict.NOT_MET,
        Text("rule.may-retire.NEITHER", {"age": by_age.text, "post": by_post.text}),
        tuple({fact.label.key: fact for fact in (*by_age.facts, *by_post.facts)}.values()),
        tuple(dict.fromkeys((*by_age.figures, *by_post.figures))),
        officer=any(way.officer for way in ways),
    )


def retired_or_retiring(facts: Facts, law: Law) -> Reason:
    """What comes with retirement is for who is retired, or may be."""
    if facts.yes("retired-already"):
        return finding("retired-or-retiring", Verdict.MET, facts=(yes_or_no(facts, "retired-already"),))
    return replace(may_retire(facts, law), rule="retired-or-retiring")


RULES = {
    "age-reached": age_reached,
    "paid-long-enough": paid_long_enough,
    "may-retire": may_retire,
    "retired-or-retiring": retired_or_retiring,
}
