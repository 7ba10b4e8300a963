"""Medical insurance after retirement: the years that it takes are each region's own (社会保险法 Art 27, 人社部令13号 Art 7)."""

from domain.policy.answered import chosen, written
from domain.policy.facts import Facts
from domain.policy.law import Figure, Law
from domain.policy.person import months_fact
from domain.reasons import Reason, Verdict, finding
from domain.wording import span
from domain.words import Text

WHO = {"MALE": "men", "FEMALE": "women"}


def medical_years(facts: Facts, law: Law) -> Reason:
    """Years in all, and in many places a number that must have been paid; too few are paid for, at once or month by month (§2.5)."""
    who = WHO.get(facts.chosen("sex") or "")
    if who is None:
        return finding("medical-years", Verdict.UNDECIDED, facts=(chosen(facts, "sex"), written(facts, "medical-months")))
    needed = {
        "medical-months": law.find(f"medical-months-{who}"),
        "medical-actual-months": law.find(f"medical-actual-months-{who}"),
    }
    known = {question: figure for question, figure in needed.items() if figure}
    looked_at = tuple(months_fact(question, facts.number(question)) for question in known or needed)
    figures = tuple(figure.cited() for figure in known.values())
    if not known:
        return Reason("medical-years", Verdict.UNDECIDED, Text("rule.medical-years.NO-FIGURE"), looked_at, officer=True)
    short = [_short(facts, question, figure) for question, figure in known.items()]
    told = [months for months in short if months is not None]
    if not told or (None in short and max(told) <= 0):
        return finding("medical-years", Verdict.UNDECIDED, facts=looked_at, figures=figures)
    missing = max(told)
    if missing <= 0:
        return finding("medical-years", Verdict.MET, facts=looked_at, figures=figures)
    return finding("medical-years", Verdict.NOT_MET, facts=looked_at, figures=figures, missing=span(missing))


def _short(facts: Facts, question: str, needed: Figure) -> int | None:
    """A month that is paid now counts in both."""
    months = facts.number(question)
    return None if months is None else needed.number - months


RULES = {"medical-years": medical_years}
