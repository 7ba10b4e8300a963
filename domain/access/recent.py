"""How lately somebody must have proved who they are for a sensitive act that belongs to no case: the national law of the day says it."""

from dataclasses import dataclass
from datetime import timedelta

from domain.catalogue.store import Catalogues
from domain.clock import Now, day_in_china


@dataclass(frozen=True, slots=True)
class Recently:
    catalogues: Catalogues
    now: Now

    def __call__(self) -> timedelta:
        law = self.catalogues.law(None, day_in_china(self.now()))
        return timedelta(minutes=law.figure("assurance-minutes").number)
