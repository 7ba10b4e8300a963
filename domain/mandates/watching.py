"""What happens to a mandate by itself: its time runs out, or the register says that its principal has died or lost capacity."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from domain.clock import Now
from domain.mandates.accepting import REGISTER_EVERY
from domain.mandates.mandate import Mandate, MandateEnd
from domain.mandates.stores import Mandates, OpenCases
from domain.ports import NoAnswer
from domain.registers import Life, LifeRegister

REGISTER_AWAY = timedelta(hours=1)
ENDS = {Life.DECEASED: MandateEnd.DECEASED, Life.INCAPACITATED: MandateEnd.INCAPACITATED}


@dataclass(frozen=True, slots=True)
class MandateWatch:
    """What the worker does when a mandate's alarm clock rings. Done twice it changes nothing more."""

    mandates: Mandates
    cases: OpenCases
    life: LifeRegister
    now: Now

    async def attend(self, id: str) -> None:
        mandate, now = await self.mandates.one(id), self.now()
        while mandate and mandate.next_due and mandate.next_due <= now:
            saved = await self.mandates.save(await self._after(mandate, now))
            if saved and saved.ended_because:
                await self.cases.raise_revisions(saved.principal.id)
            mandate = saved or await self.mandates.one(id)  # somebody was faster: looked at again

    async def _after(self, mandate: Mandate, now: datetime) -> Mandate:
        """A register that is away is asked again in an hour; until then the mandate stands."""
        if mandate.over_at <= now:
            return mandate.ended(MandateEnd.EXPIRED, at=now)
        try:
            standing = await self.life.standing(mandate.principal)
        except NoAnswer:
            return replace(mandate, ask_register_at=now + REGISTER_AWAY)
        end = ENDS.get(standing.life)
        return mandate.ended(end, at=now) if end else replace(mandate, ask_register_at=now + REGISTER_EVERY)
