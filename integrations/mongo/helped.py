"""What was filed through an organisation, for its list of clients: whose matter waits, and where each client's matters stand."""

from collections.abc import Sequence
from dataclasses import dataclass

from domain.cases.case import Case
from domain.cases.parts import Turn
from integrations.mongo.case_codec import CaseCodec
from integrations.mongo.cases import CASES
from integrations.mongo.database import Database

MOST_WAITING = 100


@dataclass(frozen=True, slots=True)
class MongoCasesThere:
    """The `CasesThere` of domain/organisations/stores.py."""

    database: Database
    codec: CaseCodec

    async def waiting(self, organisation: str) -> Sequence[str]:
        """Sorted by what is due next, as the cases' alarm clock has it; without opening any case."""
        theirs = {"organisation": organisation, "turn": Turn.YOURS.value}
        found = await self.database[CASES.name].find(theirs, {"person": 1}).sort("next_due", 1).to_list(MOST_WAITING)
        return list(dict.fromkeys(str(case["person"]) for case in found))

    async def of(self, organisation: str, persons: Sequence[str]) -> Sequence[Case]:
        found = self.database[CASES.name].find({"person": {"$in": list(persons)}, "organisation": organisation})
        cases = [self.codec.case(document) async for document in found]
        return sorted(cases, key=lambda case: case.opened_at, reverse=True)
