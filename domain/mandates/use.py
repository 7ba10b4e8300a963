"""Beginning a case by a mandate: it stands in the mandate's own life, and one given in person is bound to that case for good."""

from dataclasses import dataclass

from domain.acting import Actor
from domain.clock import Now
from domain.mandates.changing import changed
from domain.mandates.mandate import Mandate
from domain.mandates.stores import Mandates


@dataclass(frozen=True, slots=True)
class MandateUse:
    mandates: Mandates
    now: Now

    async def begin(self, id: str, case: str, *, by: Actor) -> Mandate:
        """Before the case is added. Of two cases begun at once under one given in person exactly one is; the same case again is the same.

        Raises NotPermitted, NotFound.
        """
        return await changed(self.mandates, id, lambda mandate: mandate.used(case, by, at=self.now()))
