"""What somebody can do whose years are short, one way by one, and what each means for this person (policy.md §2.4)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from domain.policy.law import Law
from domain.policy.months import Month, after
from domain.policy.retirement.points import RetirementPoint, agreement_due
from domain.policy.retirement.question import RetirementQuestion
from domain.reasons import Fact, Reason, Verdict, finding
from domain.wording import day as said_day
from domain.wording import month as said_month
from domain.wording import span
from domain.words import Parameter, Text


@dataclass(frozen=True, slots=True)
class ShortfallOption:
    """`reasons`: whether it is open to this person."""

    key: str
    reasons: tuple[Reason, ...]

    @property
    def label(self) -> Text:
        return Text(f"shortfall.{self.key}")

    @property
    def text(self) -> Text:
        """The first reason says what it means."""
        return self.reasons[0].text


@dataclass(frozen=True, slots=True)
class Shortfall:
    months: int
    options: tuple[ShortfallOption, ...]


def shortfall(question: RetirementQuestion, statutory: RetirementPoint, law: Law) -> Shortfall | None:
    """None: nothing is missing, or not known."""
    paid, needed = question.contribution_months, statutory.minimum_contribution_months
    if paid is None or needed is None or paid >= needed:
        return None
    missing = needed - paid
    return Shortfall(missing, tuple(_options(question, statutory.date, missing, law)))


def _options(question: RetirementQuestion, due: date, missing: int, law: Law) -> Iterator[ShortfallOption]:
    begin = max(law.day, due)
    left = max(Month.of(due).since(Month.of(law.day)), 0)
    if left:
        yield _until_the_date(due, missing, left)
    if missing > left:
        yield from _past_the_date(question, due, missing - left, begin, law)
    yield _residents(question, begin, law)
    yield _option("cash-out", Verdict.UNDECIDED)


def _until_the_date(due: date, missing: int, left: int) -> ShortfallOption:
    if missing <= left:
        return _option("keep-paying", Verdict.MET, missing=span(missing), date=said_day(due))
    return _option("keep-paying", Verdict.NOT_MET, date=said_day(due), missing=span(missing - left))


def _past_the_date(question: RetirementQuestion, due: date, missing: int, begin: date, law: Law) -> Iterator[ShortfallOption]:
    flexible = law.find("flexible-months")
    if flexible and begin == due and missing <= flexible.number:
        yield _delay(due, missing, law)
    ends = Month.of(begin).plus(missing)
    yield _option("extend", Verdict.MET, missing=span(missing), month=said_month(*ends))
    if law.find("lump-sum-contribution"):
        yield _lump_sum(question, due, ends, law)


def _delay(due: date, missing: int, law: Law) -> ShortfallOption:
    """Whether the employer agrees is not known; that it is too late to agree, is."""
    agreed_by = agreement_due(due, law)
    if agreed_by < law.day:
        return _option("delay", Verdict.NOT_MET, due=said_day(agreed_by))
    return _option("delay", Verdict.UNDECIDED, missing=span(missing), date=said_day(after(due, missing)))


def _lump_sum(question: RetirementQuestion, due: date, ends: Month, law: Law) -> ShortfallOption:
    """Only for who joined before the Social Insurance Law, and is still short so many months past the date. `ends`: when it is enough."""
    figure = law.figure("lump-sum-contribution")
    joined = date.fromisoformat(str(figure.table["joined-before"]))
    wait = int(figure.table["after-months"])
    said: dict[str, Parameter] = {"joined": said_day(joined), "wait": span(wait), "date": said_day(after(due, wait))}
    facts = (Fact(Text("fact.first-paid"), said_month(*question.first_paid) if question.first_paid else Text("word.not-answered")),)
    if question.first_paid is None:
        verdict = Verdict.UNDECIDED
    else:
        verdict = Verdict.MET if date(*question.first_paid, 1) < joined and ends.since(Month.of(due)) > wait else Verdict.NOT_MET
    text = Text(f"rule.shortfall-lump-sum.{verdict}", said)
    return ShortfallOption("lump-sum", (Reason("shortfall-lump-sum", verdict, text, facts, (figure.cited(f"{joined}; {wait}"),)),))


def _residents(question: RetirementQuestion, begin: date, law: Law) -> ShortfallOption:
    figure = law.find("residents-pension-age")
    if figure is None:
        return _option("residents", Verdict.UNDECIDED)
    first = max(after(question.birth, figure.number), begin)
    reason = finding("shortfall-residents", Verdict.MET, figures=(figure.cited(),), date=said_day(first), age=figure.number // 12)
    return ShortfallOption("residents", (reason,))


def _option(key: str, verdict: Verdict, **said: Parameter) -> ShortfallOption:
    return ShortfallOption(key, (Reason(f"shortfall-{key}", verdict, Text(f"rule.shortfall-{key}.{verdict}", said)),))
