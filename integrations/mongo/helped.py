"""What was filed through an organisation, for its list of clients: whose matter waits, and where each client's matters stand."""

from collections.abc import Sequence
from dataclasses import dataclass

from domain.cases.case import Case
from domain.cases.parts import Turn
from integrations.mongo.case_codec import CaseCodec
from integrations.mongo.cases import CASES
from integrations.mongo.database import Database, Document
from integrations.mongo.reaching import LOCKED_TO_OTHERS

MOST_WAITING = 100


@dataclass(frozen=True, slots=True)
class MongoCasesThere:
    """The `CasesThere` of domain/organisations/stores.py."""

    database: Database
    codec: CaseCodec

    async def waiting(self, organisation: str) -> Sequence[str]:
        """Corrections first, which a department waits for and which have no day to expire on; without opening any case."""
        theirs: Document = {"organisation": organisation, "turn": Turn.YOURS.value, "case.kept_by": None}
        found = await self.database[CASES.name].find(theirs, {"person": 1}).sort("case.draft_expires_at", 1).to_list(MOST_WAITING)
        return list(dict.fromkeys(str(case["person"]) for case in found))

    async def of(self, organisation: str, persons: Sequence[str]) -> Sequence[Case]:
        theirs: Document = {"person": {"$in": list(persons)}, "organisation": organisation}
        found = self.database[CASES.name].find(theirs | LOCKED_TO_OTHERS)
        cases = [self.codec.case(document) async for document in found]
        return sorted(cases, key=lambda case: case.opened_at, reverse=True)
