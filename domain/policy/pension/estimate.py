"""The pension as far as it can be told today: its parts by the law of the retirement month, and what is not known about it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from domain.errors import InvalidForm
from domain.policy.law import Law
from domain.policy.pension.parts import PensionPart, Worked, account, base_of, basic, total_of
from domain.policy.pension.payout import payout
from domain.policy.pension.question import PensionQuestion, all_slips
from domain.policy.regions.formulas import FORMULAS
from domain.reasons import Fact, Reason, Verdict, finding
from domain.wording import day as told_day
from domain.wording import span
from domain.words import Text


@dataclass(frozen=True, slots=True)
class PensionEstimate:
    """`reasons`: what concerns no single part."""

    parts: tuple[PensionPart, ...]
    payout_months: Decimal
    reasons: tuple[Reason, ...]

    @property
    def total(self) -> Decimal:
        return total_of(self.parts)


def estimate(question: PensionQuestion, law: Law) -> PensionEstimate:
    """Raises InvalidForm with every slip of the question."""
    if wrong := all_slips(question, law):
        raise InvalidForm(wrong)
    law = law.on(question.first_day)
    worked = Worked(question, law, base_of(question, law))
    spread = payout(question.age, law)
    parts = (basic(worked), account(question, spread), *regional(worked))
    return PensionEstimate(parts, spread.months, (worked.base.reason, spread.reason, *unknown(worked), *too_few(worked)))


def regional(worked: Worked) -> Iterator[PensionPart]:
    for key, known in FORMULAS.items():
        named = worked.law.find(key)
        if named and (found := known[named.text](worked)):
            yield found


def unknown(worked: Worked) -> Iterator[Reason]:
    """The transition part that is not in the total: this region's rule is not known here, or not all that it asks for."""
    question, law = worked.question, worked.law
    if law.find("transition-formula") is None and question.deemed_months:
        fact = Fact(Text("fact.counted-deemed-months"), span(question.deemed_months))
        yield finding("transition-unknown", Verdict.UNDECIDED, facts=(fact,))
    if (before := law.find("transition-paid-before")) and question.early_paid_months is None:
        yield finding("paid-before-accounts", Verdict.UNDECIDED, figures=(before.cited(),), day=told_day(date.fromisoformat(before.text)))


def too_few(worked: Worked) -> Iterator[Reason]:
    """Fewer months than a pension of that year takes; not decided here, since after an agreed delay it is those of the statutory year."""
    needed, months = worked.law.find("minimum-contribution-months"), worked.question.contribution_months
    if needed and months < needed.number:
        fact = Fact(Text("fact.counted-months"), span(months))
        short = span(needed.number - months)
        yield finding(
            "enough-for-pension", Verdict.UNDECIDED, facts=(fact,), figures=(needed.cited(),), needed=span(needed.number), short=short
        )
