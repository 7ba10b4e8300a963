"""A desk for files on real stores, as far as a test needs it: with cases in the same store, or in none."""

from collections.abc import Callable
from dataclasses import replace
from itertools import count

from api.graphql.counters import ActionCounters
from api.upload_limits import UploadLimits
from domain.acting import Acting
from domain.cases.authority import CaseAuthority
from domain.cases.case import Case
from domain.cases.papers import PapersOfCases
from domain.cases.stores import CaseStore
from domain.clock import Now
from domain.files import FileDesk
from integrations.mongo.files import MongoFiles
from tests.capacities import Shelf, capacities
from tests.cases import MONDAY, an_opened_case, loaded
from tests.looks import NotedLooks
from tests.memory import MemoryCases

UNCOUNTED = UploadLimits(ActionCounters())


def a_file_desk(
    files: MongoFiles,
    *,
    now: Now = lambda: MONDAY,
    new_id: Callable[[], str] | None = None,
    cases: CaseStore | None = None,
    shelf: Shelf | None = None,
    looks: NotedLooks | None = None,
) -> FileDesk:
    numbers = count(1)
    papers = PapersOfCases(cases or MemoryCases(), CaseAuthority(capacities(shelf, now=now)), loaded().catalogues)
    return FileDesk(files, papers, looks or NotedLooks(), now, new_id or (lambda: f"file-{next(numbers):08}"))


def a_case_of(by: Acting, id: str = "case-1") -> Case:
    return replace(an_opened_case(), id=id, person=by.known_person().id)
