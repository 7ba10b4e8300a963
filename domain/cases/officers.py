"""What officers do to an item: take it, put it back, review or decide it. Only the one who took it may (F48).

Where the law grades the review, each grade is another person's (C12): who reviewed does not approve, unless their supervisor, who answers
for it, says in writing why. Whoever had a hand in the application decides nothing in it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from domain.acting import Acting, CapacityKind
from domain.cases.case import Case
from domain.cases.consequences import with_consequences
from domain.cases.happened import ItemDecided, ItemPutBack, ItemReviewed, ItemTaken, ReviewWaived
from domain.cases.outcomes import OUTCOMES, decision_of
from domain.cases.parts import ItemState, ItemStatus, ItemWords, Proposal, RequestMark
from domain.cases.recording import Moment, record
from domain.cases.requests import already_done
from domain.catalogue.types import Catalogue, ReviewGrade
from domain.errors import Conflict, InvalidForm, Issue, NotFound, NotPermitted, Remedy, StepNotAllowed
from domain.ports import Decided, ItemOutcome
from domain.words import Text

DECIDERS = frozenset({CapacityKind.OFFICER, CapacityKind.CLERK})
AT_DEPARTMENT = frozenset({ItemStatus.HANDED_OFF, ItemStatus.IN_PROGRESS, ItemStatus.FAILED})
"""Where an officer can decide: also where the department's own system could not be reached."""
LONGEST_TEXT, MOST_REASONS, LONGEST_REASON = 1_000, 20, 300
SHORTEST_WAIVER = 10
FILING = frozenset({"opened", "consent-decided", "filled", "attached", "submitted", "confirmed", "stamped", "handed-over", "put-first"})
"""Steps of the applicant's side."""


@dataclass(frozen=True, slots=True)
class Deciding:
    """`text` and `reasons` are the department's own words to the applicant; a refusal has a reason."""

    outcome: ItemOutcome
    text: str = ""
    reasons: tuple[str, ...] = ()


# ---------------------------------------------------------------- what an item waits for


def undecided(case: Case, state: ItemState) -> bool:
    """It is at its department, and nobody has decided it."""
    return not case.over and case.erased_at is None and state.status in AT_DEPARTMENT


def next_grade(state: ItemState, code: str, catalogue: Catalogue) -> ReviewGrade | None:
    """None: it is decided by one person, at once."""
    review = catalogue.items[code].review
    done = len(state.reviews)
    return review.grades[min(done, len(review.grades) - 1)] if review else None


def _is_last(state: ItemState, code: str, catalogue: Catalogue) -> bool:
    review = catalogue.items[code].review
    return review is None or len(state.reviews) + 1 >= len(review.grades)


def certified_for(code: str, catalogue: Catalogue, by: Acting) -> bool:
    """An officer for the items of their department, a clerk for the region's; of these the ones that their post names, if it names any."""
    item, authority = catalogue.items[code], by.authority
    if authority.region != catalogue.region.code or by.capacity not in DECIDERS:
        return False
    if by.capacity is CapacityKind.OFFICER and authority.department != item.department:
        return False
    return authority.items is None or item.id in authority.items


def took_part(case: Case, by: Acting) -> bool:
    """Whether it is their own matter, or they acted in it on the applicant's side."""
    who = by.known_person().id
    return who in {case.person, case.filed_by.person} or any(step.kind in FILING and step.actor.person == who for step in case.history)


# ---------------------------------------------------------------- taking and putting back


def take(case: Case, *, item: str, catalogue: Catalogue, by: Acting, mark: RequestMark, moment: Moment) -> Case:
    """Of two at once one has it; the other is told who. Raises NotFound, NotPermitted, StepNotAllowed, Conflict."""
    if already_done(case, mark):
        return case
    state = _item(case, item)
    _must_be_theirs(case, item, catalogue, by)
    _must_wait(case, state)
    if state.taken_for(by.known_person().id):
        return case
    _must_be_free(case, state)
    _must_be_another(state, by)
    return record(case, ItemTaken(item=item, requests=(mark,)), by=by.actor(), moment=moment)


def put_back(case: Case, *, item: str, catalogue: Catalogue, by: Acting, mark: RequestMark, moment: Moment) -> Case:
    """By whoever has it, or by their supervisor: nobody's absence holds a case up."""
    if already_done(case, mark):
        return case
    state = _item(case, item)
    if not _supervises(item, catalogue, by):
        _must_have(case, state, by)
    _must_wait(case, state)
    if state.taken_by is None:
        return case
    return record(case, ItemPutBack(item=item, requests=(mark,)), by=by.actor(), moment=moment)


def _item(case: Case, code: str) -> ItemState:
    state = case.find_item(code)
    if state is None:
        raise NotFound("refusal.not-found")
    return state


def _must_be_theirs(case: Case, code: str, catalogue: Catalogue, by: Acting) -> None:
    if by.capacity not in DECIDERS:
        raise NotPermitted("refusal.for-officers", remedy=Remedy.NONE)
    if not certified_for(code, catalogue, by):
        raise NotPermitted(Text("refusal.not-certified", {"item": catalogue.items[code].title}))
    if took_part(case, by):
        raise NotPermitted("refusal.own-matter")


def _must_wait(case: Case, state: ItemState) -> None:
    if not undecided(case, state):
        raise StepNotAllowed(Text("refusal.item-not-waiting", {"status": Text(f"item.status.{state.status}")}), current=case)


def _must_be_free(case: Case, state: ItemState) -> None:
    if state.taken_by:
        raise Conflict(Text("refusal.taken-by", {"officer": _masked(case, state)}), current=case)


def _must_have(case: Case, state: ItemState, by: Acting) -> None:
    if state.taken_for(by.known_person().id):
        return
    _must_be_free(case, state)
    raise StepNotAllowed("refusal.take-first", current=case)


def _masked(case: Case, state: ItemState) -> str | Text:
    who = case.private.people.get(state.taken_by.person or "") if state.taken_by else None
    return who.masked_name if who else Text("actor.officer")


def _must_be_another(state: ItemState, by: Acting) -> None:
    """Than those who did the grades before."""
    if not state.waived_by and by.known_person().id in {review.by.person for review in state.reviews}:
        raise NotPermitted("refusal.reviewed-already")


# ---------------------------------------------------------------- deciding


def decide_item(case: Case, *, item: str, deciding: Deciding, catalogue: Catalogue, by: Acting, mark: RequestMark, moment: Moment) -> Case:
    """The decision; or below the last grade what is proposed to whoever reviews next. What the department's system says later is old."""
    if already_done(case, mark):
        return case
    state = _item(case, item)
    _must_be_theirs(case, item, catalogue, by)
    _must_wait(case, state)
    _must_have(case, state, by)
    _must_be_another(state, by)
    if slips := list(_slips(deciding, item, catalogue)):
        raise InvalidForm(slips)
    grade = next_grade(state, item, catalogue)
    if grade and not _is_last(state, item, catalogue):
        return record(case, _reviewed(item, grade, deciding, mark), by=by.actor(), moment=moment)
    decided = _decided(case, state, deciding, catalogue, mark, moment.at)
    return with_consequences(record(case, decided, by=by.actor(), moment=moment), catalogue, moment=moment)


def _slips(deciding: Deciding, item: str, catalogue: Catalogue) -> Iterator[Issue]:
    if deciding.outcome not in OUTCOMES[catalogue.items[item].mode]:
        yield Issue(("input", "outcome"), Text("issue.outcome-not-asked"))
    if len(deciding.text) > LONGEST_TEXT:
        yield Issue(("input", "text"), Text("issue.too-long", {"most": LONGEST_TEXT}))
    if len(deciding.reasons) > MOST_REASONS:
        yield Issue(("input", "reasons"), Text("issue.too-many-reasons", {"most": MOST_REASONS}))
    if deciding.outcome is ItemOutcome.REFUSED and not any(reason.strip() for reason in deciding.reasons):
        yield Issue(("input", "reasons"), Text("issue.refusal-needs-reason"))
    yield from _long_reasons(deciding.reasons)


def _long_reasons(reasons: Sequence[str]) -> Iterator[Issue]:
    for place, reason in enumerate(reasons):
        if len(reason) > LONGEST_REASON:
            yield Issue(("input", "reasons", str(place)), Text("issue.too-long", {"most": LONGEST_REASON}))


def _reviewed(item: str, grade: ReviewGrade, deciding: Deciding, mark: RequestMark) -> ItemReviewed:
    proposal = Proposal(deciding.outcome, ItemWords(deciding.text, deciding.reasons))
    return ItemReviewed(item=item, grade=grade, proposal=proposal, requests=(mark,))


def _decided(case: Case, state: ItemState, deciding: Deciding, catalogue: Catalogue, mark: RequestMark, at: datetime) -> ItemDecided:
    said = Decided(state.sequence, deciding.outcome, at, deciding.text, tuple(filter(str.strip, deciding.reasons)))
    return replace(decision_of(case, state, said, catalogue, at), requests=(mark,))


# ---------------------------------------------------------------- when the same person must do two grades


def waive(case: Case, *, item: str, reason: str, catalogue: Catalogue, by: Acting, mark: RequestMark, moment: Moment) -> Case:
    """A supervisor lets one person do more than one grade of an item, and says why. Raises NotPermitted, InvalidForm, StepNotAllowed."""
    if already_done(case, mark):
        return case
    state = _item(case, item)
    if not _supervises(item, catalogue, by):
        raise NotPermitted("refusal.for-supervisors", remedy=Remedy.NONE)
    _must_wait(case, state)
    if catalogue.items[item].review is None:
        raise StepNotAllowed("refusal.not-graded", current=case)
    if not SHORTEST_WAIVER <= len(reason.strip()) <= LONGEST_REASON:
        raise InvalidForm([Issue(("input", "reason"), Text("issue.reason-length", {"least": SHORTEST_WAIVER, "most": LONGEST_REASON}))])
    return record(case, ReviewWaived(item=item, reason=reason.strip(), requests=(mark,)), by=by.actor(), moment=moment)


def _supervises(item: str, catalogue: Catalogue, by: Acting) -> bool:
    offered, authority = catalogue.items[item], by.authority
    theirs = (authority.region, authority.department) == (catalogue.region.code, offered.department)
    return by.capacity is CapacityKind.SUPERVISOR and theirs
