"""待遇领取地: where the pension is claimed by somebody who has paid in several places (国办发〔2009〕66号 Art 6).

1 where the household is, if that is where the insurance is now; 2 else where it is now, with enough months there;
3 else the last place before with enough months; 4 else where the household is. A temporary account never makes a place one to claim at.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from domain.errors import Issue
from domain.policy.law import Law
from domain.policy.months import Month, after
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
    """`step`: which of the four steps decided it. `moved`: places from which account and months are brought together there.

    While nobody knows whether the account in `place` is temporary, and that matters, the first of the reasons is UNDECIDED.
    """

    place: str
    step: int
    moved: tuple[str, ...]
    reasons: tuple[Reason, ...]


def claim_place(question: ClaimPlaceQuestion, law: Law) -> ClaimPlace:
    """Raises LookupError under a law that does not settle it."""
    needed, age = law.figure("claim-place-months"), law.figure("temporary-account-age")
    limit = int(age.table[question.sex])
    order = tuple(_in_order(question, needed.number, limit))
    place, step = order[0]
    figures = (needed.cited(), age.cited(limit))
    moved = tuple(dict.fromkeys(stay.place for stay in question.stays if stay.place != place))
    return ClaimPlace(place, step, moved, (_told(question, order, figures), *_accounts(question, limit, age.cited(limit))))


def claim_place_slips(question: ClaimPlaceQuestion, law: Law, today: date) -> Iterator[Issue]:
    oldest = after(today, -OLDEST)
    born = question.birth_date if oldest <= question.birth_date <= today else oldest  # a wrong birth is one slip
    if born != question.birth_date:
        yield Issue(("question", "birthDate"), Text("issue.in-the-future" if question.birth_date > today else "issue.too-long-ago"))
    if not question.household.strip():
        yield Issue(("question", "household"), Text("issue.required"))
    if not question.stays:
        yield Issue(("question", "places"), Text("issue.required"))
    for index, stay in enumerate(question.stays):
        if not 0 <= stay.months <= OLDEST:
            yield Issue(("question", "places", str(index), "months"), Text("issue.bad-months", {"most": OLDEST}))
        if stay.joined and not Month.of(born) <= stay.joined <= Month.of(today):
            yield Issue(("question", "places", str(index), "joined"), Text("issue.bad-first-paid"))
        if not stay.place.strip():
            yield Issue(("question", "places", str(index), "place"), Text("issue.required"))
    if law.find("claim-place-months") is None:
        yield Issue(("question", "region" if not law.parameters else "asOf"), Text("issue.no-claim-place-rule"))


def _in_order(question: ClaimPlaceQuestion, needed: int, limit: int) -> Iterator[tuple[str, int]]:
    """The place and its step; behind one whose account nobody knows, what would take its turn."""
    now = question.stays[-1]
    if now.place == question.household:
        yield now.place, 1
        return
    for stay in reversed(question.stays):
        temporary = is_temporary(stay, question, limit)
        if temporary or not _has_enough(stay, question, needed):
            continue
        yield stay.place, 2 if stay is now else 3
        if temporary is False:
            return
    yield question.household, 4


def _has_enough(stay: Stay, question: ClaimPlaceQuestion, needed: int) -> bool:
    return sum(each.months for each in question.stays if each.place == stay.place) >= needed


def is_temporary(stay: Stay, question: ClaimPlaceQuestion, limit: int) -> bool | None:
    """临时账户: first joined away from the household at that age or later. None: nobody knows when it was."""
    if stay.place == question.household:
        return False
    if stay.temporary is not None or stay.joined is None:
        return stay.temporary
    return after(question.birth_date, limit) <= date(*stay.joined, 28)


def _told(question: ClaimPlaceQuestion, order: tuple[tuple[str, int], ...], figures: tuple[LawFigure, ...]) -> Reason:
    facts = [Fact(Text("fact.household"), question.household)]
    facts += [Fact(Text("fact.paid-in", {"place": stay.place}), span(stay.months)) for stay in question.stays]
    (place, step), needed = order[0], int(figures[0].value)
    if other := next((each for each, _ in order if each != place), None):
        return finding("claim-place", Verdict.UNDECIDED, facts=tuple(facts), figures=figures, place=place, other=other)
    enough = any(_has_enough(stay, question, needed) for stay in question.stays)
    key = "STEP-4-TEMPORARY" if step == 4 and enough else f"STEP-{step}"
    text = Text(f"rule.claim-place.{key}", {"place": place, "needed": span(needed)})
    return Reason("claim-place", Verdict.MET, text, tuple(facts), figures)


def _accounts(question: ClaimPlaceQuestion, limit: int, figure: LawFigure) -> Iterator[Reason]:
    for stay in question.stays:
        temporary = is_temporary(stay, question, limit)
        if temporary:
            yield finding("temporary-account", Verdict.MET, figures=(figure,), place=stay.place)
        elif temporary is None:
            yield finding("temporary-account", Verdict.UNDECIDED, figures=(figure,), place=stay.place, age=limit // 12)
