"""Taking up a mandate: by the very person it names, with the code that only the principal was shown, while there is room for one more."""

import hmac
import re
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from unicodedata import normalize

from domain.acting import Acting
from domain.cases.parts import RequestMark
from domain.clock import Now
from domain.errors import InvalidForm, Issue, NotPermitted, Remedy, StepNotAllowed
from domain.mandates.actions import MandateStatus
from domain.mandates.changing import TRIES, busy, changed
from domain.mandates.granting import plain_name, refuse_unless_acting_alone
from domain.mandates.guessing import Counted, TryBook
from domain.mandates.mandate import Mandate
from domain.mandates.stores import Attempts, Delegates, Mandates
from domain.mandates.terms import Terms
from domain.registers import LifeRegister
from domain.words import Text

CODE_DIGITS = 8
REGISTER_EVERY = timedelta(days=1)


def read_code(typed: str) -> str | None:
    """Full-width digits, spaces and strokes are understood. None: it is no code."""
    plain = re.sub(r"[\s\-‐-―－_.·]", "", normalize("NFKC", typed[:100]))
    return plain if re.fullmatch(rf"[0-9]{{{CODE_DIGITS}}}", plain) else None


@dataclass(frozen=True, slots=True)
class Acceptance:
    mandates: Mandates
    delegates: Delegates
    attempts: Attempts
    life: LifeRegister
    now: Now

    async def accept(self, mandate: Mandate, typed: str, mark: RequestMark, terms: Terms, *, by: Acting, address: str) -> Mandate:
        """Raises InvalidForm, TooManyAttempts, NotPermitted, StepNotAllowed, Unavailable."""
        await self._judge_code(mandate, typed, _counted(mandate, terms, address), at=self.now())
        if plain_name(by.known_person().name) != plain_name(mandate.delegate.name):
            raise NotPermitted("mandate.name-differs", remedy=Remedy.NONE)
        await refuse_unless_acting_alone(mandate.principal, self.life)
        await self._take_place(mandate, terms, at=self.now())
        return await self._accepted(mandate.id, mark, by)

    async def _judge_code(self, mandate: Mandate, typed: str, counted: Counted, *, at: datetime) -> None:
        """What is no code at all is told and not counted; a mandate that waits for no code is told before any is judged."""
        code = read_code(typed)
        if code is None:
            raise InvalidForm([Issue(("code",), Text("mandate.issue.not-a-code"))])
        if mandate.status(at) is not MandateStatus.PENDING:
            raise StepNotAllowed(Text("mandate.not-any-more", {"status": Text(f"mandate.status.{mandate.status(at)}")}))
        book = TryBook(self.attempts, "mandate.locked")
        await book.write_down(counted, at=at)
        if not hmac.compare_digest(code, mandate.code or ""):
            raise NotPermitted("mandate.wrong-code", remedy=Remedy.NONE)
        await book.strike_out(counted, at=at)

    async def _take_place(self, mandate: Mandate, terms: Terms, *, at: datetime) -> None:
        """Before it is accepted: of many accepted at once none is one too many. A place whose mandate has ended is free again."""
        for _ in range(TRIES):
            places = await self.delegates.places(mandate.delegate.id)
            living = {one.id: one for one in await self.mandates.received(mandate.delegate.id) if one.living(at)}
            held = tuple(id for id in places.mandates if id in living and id != mandate.id)
            if len({living[id].principal.id for id in held} | {mandate.principal.id}) > terms.principals:
                raise NotPermitted(Text("mandate.too-many-principals", {"most": terms.principals}), remedy=Remedy.NONE)
            if await self.delegates.save(replace(places, mandates=(*held, mandate.id))):
                return
        raise busy()

    async def _accepted(self, id: str, mark: RequestMark, by: Acting) -> Mandate:
        now = self.now()
        ask = now + REGISTER_EVERY
        return await changed(
            self.mandates,
            id,
            lambda one: one if one.done_by(mark) else one.accepted(by.actor(), at=now, ask_register_at=ask, mark=mark),
        )


def _counted(mandate: Mandate, terms: Terms, address: str) -> Counted:
    return {
        f"mandate.{mandate.id}": terms.code_tries,
        f"person.{mandate.delegate.id}": terms.code_tries,
        f"address.{address}": terms.code_tries_at_address,
    }
