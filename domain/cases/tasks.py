"""A task between agencies (A74): a paper that one department fetches from another, so that nobody has to bring it."""

from dataclasses import dataclass
from datetime import datetime

from domain.acting import Actor


@dataclass(frozen=True, slots=True)
class AgencyTask:
    """`material`: the paper's code, by which the catalogue names the owner. `taken_by`: the officer who sees to it."""

    material: str
    given_at: datetime
    taken_by: Actor | None = None
    taken_at: datetime | None = None
    done_at: datetime | None = None
    done_by: Actor | None = None

    def taken_for(self, person: str | None) -> bool:
        return self.taken_by is not None and self.taken_by.person == person
