"""Beginning a case by a mandate: it stands in the mandate's own life, and one given in person is bound to that case for good."""

from dataclasses import dataclass

from domain.acting import Actor
from domain.clock import Now
from domain.errors import NotFound
from domain.mandates.desk import TRIES, busy
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
        for _ in range(TRIES):
            mandate = await self.mandates.one(id)
            if mandate is None:
                raise NotFound("mandate.not-found")
            used = mandate.used(case, by, at=self.now())
            saved = mandate if used == mandate else await self.mandates.save(used)
            if saved:
                return saved
        raise busy()
