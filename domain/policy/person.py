"""Who is asking, as far as age and years depend on it, and how that is shown among the facts of a reason."""

from datetime import date

from domain.policy.answered import chosen, judged, written
from domain.policy.facts import Facts
from domain.policy.law import Law
from domain.reasons import Fact, Reason
from domain.wording import day as said_day
from domain.wording import span
from domain.words import Text


def birth_of(facts: Facts) -> date | None:
    """The earliest record in the archive counts before the identity card (劳社部发〔1999〕8号 二(二))."""
    return facts.date("archive-birth-date") or facts.date("birth-date")


def births_differ(facts: Facts) -> bool:
    return facts.date("archive-birth-date") not in (None, facts.date("birth-date"))


def who(facts: Facts) -> tuple[Fact, ...]:
    """What the age depends on, as it was told."""
    birth = tuple(
        Fact(Text(f"fact.{key}"), said_day(found))
        for key in ("birth-date", "archive-birth-date")
        if (found := facts.date(key))
    )  # fmt: skip
    post = (chosen(facts, "post-category"),) if facts.chosen("sex") == "FEMALE" else ()
    return (chosen(facts, "sex"), *(birth or (written(facts, "birth-date"),)), *post)


def months_fact(question: str, months: int | None) -> Fact:
    return Fact(Text(f"fact.{question}"), Text("word.not-answered") if months is None else span(months))


def post_decides_age(facts: Facts, law: Law) -> Reason:
    """A man's age is the same in every post; until the sex is known, nobody is spared the question."""
    sex = facts.chosen("sex")
    return judged("post-decides-age", None if sex is None else sex == "FEMALE", chosen(facts, "sex"))


RULES = {"post-decides-age": post_decides_age}
