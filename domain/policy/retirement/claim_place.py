"""待遇领取地: where the pension is claimed by somebody who has paid in several places (国办发〔2009〕66号 Art 6).

1 where the household is, if that is where the insurance is now; 2 else where it is now, with enough months there;
3 else the last place before with enough months; 4 else where the household is. A temporary account never makes a place one to claim at.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from domain.errors import Issue
from domain.policy.law import Law
from domain.policy.months import Month, age_on
from domain.policy.retirement.question import OLDEST, Sex
from domain.reasons import Fact, LawFigure, Reason, Verdict, finding
from domain.wording import span
from domain.words import Text


@dataclass(frozen=True, slots=True)
class Stay:
    """Contributions in one place. `joined`: the first of them; None: not known. `temporary`: as the record says; None: it does not."""

    place: str
    months: int
    joined: Month | None = None
    temporary: bool | None = None


@dataclass(frozen=True, slots=True)
class ClaimPlaceQuestion:
    """`stays`: in the order in which they were; the last is where the insurance is now."""

    sex: Sex
    birth_date: date
    household: str
    stays: tuple[Stay, ...]


@dataclass(frozen=True, slots=True)
class ClaimPlace:
    """`step`: which of the four steps decided it. `moved`: places from which account and months are brought together there."""

    place: str
    step: int
    moved: tuple[str, ...]
    reasons: tuple[Reason, ...]


def claim_place(question: ClaimPlaceQuestion, law: Law) -> ClaimPlace:
    """Raises LookupError under a law that does not settle it."""
    needed, age = law.figure("claim-place-months"), law.figure("temporary-account-age")
    limit = int(age.table[question.sex])
    step, place = _decided(question, needed.number, limit)
    figures = (needed.cited(), age.cited(limit))
    moved = tuple(dict.fromkeys(stay.place for stay in question.stays if stay.place != place))
    return ClaimPlace(place, step, moved, (_told(question, place, step, figures), *_accounts(question, limit, age.cited(limit))))


def claim_place_slips(question: ClaimPlaceQuestion, law: Law, today: date) -> Iterator[Issue]:
    if not question.birth_date <= today:
        yield Issue(("question", "birthDate"), Text("issue.in-the-future"))
    if not question.household.strip():
        yield Issue(("question", "household"), Text("issue.required"))
    if not question.stays:
        yield Issue(("question", "places"), Text("issue.required"))
    for index, stay in enumerate(question.stays):
        if not 0 <= stay.months <= OLDEST:
            yield Issue(("question", "places", str(index), "months"), Text("issue.bad-months", {"most": OLDEST}))
        if stay.joined and not Month.of(min(question.birth_date, today)) <= stay.joined <= Month.of(today):
            yield Issue(("question", "places", str(index), "joined"), Text("issue.bad-first-paid"))
        if not stay.place.strip():
            yield Issue(("question", "places", str(index), "place"), Text("issue.required"))
    if law.find("claim-place-months") is None:
        yield Issue(("question", "region" if not law.parameters else "asOf"), Text("issue.no-claim-place-rule"))


def _decided(question: ClaimPlaceQuestion, needed: int, limit: int) -> tuple[int, str]:
    *before, now = question.stays
    if now.place == question.household:
        return 1, now.place
    if _counts(now, question, needed, limit):
        return 2, now.place
    last = next((stay.place for stay in reversed(before) if _counts(stay, question, needed, limit)), None)
    return (3, last) if last else (4, question.household)


def _counts(stay: Stay, question: ClaimPlaceQuestion, needed: int, limit: int) -> bool:
    months = sum(each.months for each in question.stays if each.place == stay.place)
    return months >= needed and not is_temporary(stay, question, limit)


def is_temporary(stay: Stay, question: ClaimPlaceQuestion, limit: int) -> bool | None:
    """临时账户: first joined away from the household at that age or later. None: nobody knows when it was."""
    if stay.place == question.household:
        return False
    if stay.temporary is not None or stay.joined is None:
        return stay.temporary
    return age_on(question.birth_date, date(*stay.joined, 28)).in_months >= limit


def _told(question: ClaimPlaceQuestion, place: str, step: int, figures: tuple[LawFigure, ...]) -> Reason:
    text = Text(f"rule.claim-place.STEP-{step}", {"place": place, "needed": span(int(figures[0].value))})
    facts = [Fact(Text("fact.household"), question.household)]
    facts += [Fact(Text("fact.paid-in", {"place": stay.place}), span(stay.months)) for stay in question.stays]
    return Reason("claim-place", Verdict.MET, text, tuple(facts), figures)


def _accounts(question: ClaimPlaceQuestion, limit: int, figure: LawFigure) -> Iterator[Reason]:
    for stay in question.stays:
        temporary = is_temporary(stay, question, limit)
        if temporary:
            yield finding("temporary-account", Verdict.MET, figures=(figure,), place=stay.place)
        elif temporary is None:
            yield finding("temporary-account", Verdict.UNDECIDED, figures=(figure,), place=stay.place, age=limit // 12)
