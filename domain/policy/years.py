"""Enough months of contributions, too few, or not to be said yet: the same question in every way to retire and in every region."""

from domain.policy.law import Figure
from domain.reasons import Fact, Reason, Verdict, finding
from domain.wording import span
from domain.words import Text


def long_enough(rule: str, counted: tuple[int | None, ...], *, minimums: tuple[Figure, ...], facts: tuple[Fact, ...]) -> Reason:
    """Whether months are enough, told by that rule's texts. `counted`, `minimums`: all that they may come to while something is open."""
    figures, months = tuple(dict.fromkeys(figure.cited() for figure in minimums)), [count for count in counted if count is not None]
    if len(months) < len(counted) or not minimums:
        return finding(rule, Verdict.UNDECIDED, facts=facts, figures=figures)
    least, most = min(figure.number for figure in minimums), max(figure.number for figure in minimums)
    paid, needed = span(max(months)), span(least)
    if max(months) < least:
        missing = span(least - max(months))
        return finding(rule, Verdict.NOT_MET, facts=facts, figures=figures, paid=paid, needed=needed, missing=missing)
    if min(months) < most:
        text = Text(f"rule.{rule}.UNCLEAR", {"paid": paid, "needed": needed, "more": span(most)})
        return Reason(rule, Verdict.UNDECIDED, text, facts, figures, officer=True)
    return finding(rule, Verdict.MET, facts=facts, figures=figures, paid=paid, needed=needed)
