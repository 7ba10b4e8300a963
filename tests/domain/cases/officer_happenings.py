"""What officers may do to a case at any moment; happenings.py lets it happen among the rest."""

from collections.abc import Callable, Sequence
from typing import Protocol, TypeVar

from domain.acting import Acting
from domain.cases.case import Case
from domain.cases.officers import Deciding
from domain.cases.priority import put_first
from domain.ports import ItemOutcome
from tests.cases import a_file, a_mark, acting, at, guangxi
from tests.officers import GRANTED, ITEM, MENG, REFUSED, TAN, WEI, a_clerk, an_officer, graded, put_again, ruled, taken, waived

T = TypeVar("T")
OFFICERS = (an_officer(WEI), an_officer(TAN), a_clerk(MENG))
OUTCOMES = (GRANTED, GRANTED, REFUSED, Deciding(ItemOutcome.FOUND))


class When(Protocol):
    @property
    def seconds(self) -> float: ...
    @property
    def mark(self) -> str: ...


class Picks(Protocol):
    def __call__(self, options: Sequence[T]) -> T: ...


Done = Callable[[Case, When], Case]


def any_officer(pick: Picks, items: Sequence[str]) -> Done:
    """The first service is reviewed in grades; whoever is allowed to has taken it before they decide."""
    item, by, deciding = pick([ITEM, ITEM, ITEM, *items]), pick(OFFICERS), pick(OUTCOMES)
    return pick([_taken(item, by), _decided(item, by, deciding), _decided(item, by, deciding), _put_back(item, by), _waived, _put_first])


def _taken(item: str, by: Acting) -> Done:
    return lambda case, now: taken(case, by, item=item, mark=now.mark, seconds=now.seconds, catalogue=graded())


def _decided(item: str, by: Acting, deciding: Deciding) -> Done:
    def run(case: Case, now: When) -> Case:
        has_it = taken(case, by, item=item, mark=f"{now.mark}-take", seconds=now.seconds, catalogue=graded())
        return ruled(has_it, deciding, by, item=item, mark=now.mark, seconds=now.seconds, catalogue=graded())

    return run


def _put_back(item: str, by: Acting) -> Done:
    def run(case: Case, now: When) -> Case:
        has_it = taken(case, by, item=item, mark=f"{now.mark}-take", seconds=now.seconds, catalogue=graded())
        return put_again(has_it, by, item=item, mark=now.mark, seconds=now.seconds)

    return run


def _waived(case: Case, now: When) -> Case:
    return waived(case, mark=now.mark, seconds=now.seconds, catalogue=graded())


def _put_first(case: Case, now: When) -> Case:
    file, mark = a_file(f"file-{now.mark}"), a_mark(now.mark)
    return put_first(case, basis="VETERAN", file=file, catalogue=guangxi(), by=acting(), mark=mark, moment=at(now.seconds))
