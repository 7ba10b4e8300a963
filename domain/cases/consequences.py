"""What follows from what happened: which items may start, which never will, and when the case is complete. Pure functions of the state."""

from collections.abc import Iterator
from datetime import date

from domain.cases.case import Case
from domain.cases.happened import Completed, Happening, ItemDecided, ItemNotStarted, ItemReady, TaskGiven
from domain.cases.parts import ITEM_OVER, CaseStatus, ItemState, ItemStatus, MaterialStatus, Notice
from domain.cases.reading import ItemInCase, MaterialInCase, items_of, materials_of
from domain.cases.recording import Moment, record
from domain.catalogue.types import Catalogue, FilingChannel, ItemMode
from domain.clock import day_in_china
from domain.keeping.retention import Outcome, kept_until
from domain.ports import ItemOutcome

ENDED_BADLY = frozenset({ItemStatus.REFUSED, ItemStatus.NOT_STARTED})


def with_consequences(case: Case, catalogue: Catalogue, *, moment: Moment) -> Case:
    """The case after all that follows by itself, in the same write."""
    while happening := next(_following(case, catalogue, moment), None):
        case = record(case, happening, moment=moment)
    return case


def _following(case: Case, catalogue: Catalogue, moment: Moment) -> Iterator[Happening]:
    if case.over or case.status is CaseStatus.DRAFT:
        return
    yield from _tasks(case, catalogue, day_in_china(moment.at))
    for item in items_of(case, catalogue):
        if item.status is ItemStatus.WAITING and item.state.hand_off_at is None:
            yield from _of_waiting(item, moment)
        elif item.status is ItemStatus.WAITING and item.offered.mode is ItemMode.GUIDANCE:
            yield _told(item.state, moment)
    if all(item.status in ITEM_OVER for item in case.items) and case.certificate_due_at is None:
        kept = kept_until(Outcome.DONE, catalogue, since=moment.at)
        yield Completed(notices=(Notice("completed", "notice.completed", moment.at),), erase_at=kept)


def _tasks(case: Case, catalogue: Catalogue, today: date) -> Iterator[TaskGiven]:
    """What an agency fetches, it is asked for as soon as the application is made, and once."""
    if to_be_confirmed(case):
        return
    for material in materials_of(case, catalogue):
        if material.rule.owner and material.task is None and material.status(today) is MaterialStatus.SEARCH_REQUESTED:
            yield TaskGiven(material=material.code)


def _of_waiting(item: ItemInCase, moment: Moment) -> Iterator[Happening]:
    refused = [other for other in item.waits_for if other.status in ENDED_BADLY and other.code not in item.offered.after]
    if refused:
        yield ItemNotStarted(item=item.code, because=refused[0].state.because or refused[0].code)
    elif is_ready(item):
        yield ItemReady(item=item.code)


def _told(item: ItemState, moment: Moment) -> ItemDecided:
    """Guidance is complete when it has been given; no department decides it."""
    return ItemDecided(item=item.code, sequence=item.sequence + 1, outcome=ItemOutcome.TOLD, decided_at=moment.at)


def to_be_confirmed(case: Case) -> bool:
    """What an employer files begins when the employee has agreed to it (F20)."""
    return case.channel is FilingChannel.EMPLOYER and case.confirmed_at is None


def is_ready(item: ItemInCase) -> bool:
    """Whether all that it waits for in this case is there: approved, or at least decided where that is enough (`after`)."""
    return not (to_be_confirmed(item.case) or _lacks_a_paper(item)) and all(
        other.status is ItemStatus.DONE or (other.code in item.offered.after and other.status in ITEM_OVER) for other in item.waits_for
    )


def _lacks_a_paper(item: ItemInCase) -> bool:
    """One that an agency fetches, and that nothing else has made unnecessary."""
    today = day_in_china(item.case.updated_at)
    papers = (MaterialInCase(item.case, item.catalogue, item.catalogue.materials[code]) for code in item.papers)
    return any(paper.rule.owner and paper.status(today) is MaterialStatus.SEARCH_REQUESTED for paper in papers)
