"""Cases in a real store, for any test that needs some."""

from dataclasses import replace

from domain.cases.case import Case
from domain.cases.doing_tasks import departments_in
from domain.cases.errands import awaited
from domain.clock import Now
from domain.people import Person
from integrations.mongo.case_codec import CaseCodec
from integrations.mongo.cases import CASE_NUMBERS, CASES, MongoCases
from integrations.mongo.collections import apply
from integrations.mongo.database import Database
from integrations.sealing import Sealing
from tests.cases import ZHANG, guangxi


async def a_case_store(database: Database, sealing: Sealing, now: Now) -> MongoCases:
    await apply(database, [CASES, CASE_NUMBERS])
    return MongoCases(database, CaseCodec(sealing), lambda case: awaited(case, guangxi()), _departments, now)


def _departments(case: Case) -> list[str]:
    return [*departments_in(case, guangxi())]


def numbered(case: Case, number: int, *, person: Person = ZHANG) -> Case:
    """The same for somebody (else), under another id."""
    shard = person.id.removeprefix("person-")[:4]
    private = replace(case.private, people={person.id: person})
    filed_by = replace(case.filed_by, person=person.id)
    return replace(case, id=f"case-{shard}{number:04}", person=person.id, filed_by=filed_by, private=private)
