"""What anybody can do who is shown a certificate: check it, once, and be told very little."""

from dataclasses import dataclass, field, replace
from math import ceil

from domain.certificates.codes import read_code
from domain.certificates.showing import NOT_GENUINE, Answer, Check, Keyed, Look, Showing, Verifier, answer_to, told
from domain.certificates.stores import Attempts, Certificates, Showings, Views
from domain.certificates.views import view_of
from domain.clock import Now
from domain.errors import Conflict, InvalidForm, Issue, TooManyAttempts
from domain.guessing import Patience, locked_for
from domain.sessions.request import read_request
from domain.words import Text


def kept_as(code: str, keyed: Keyed) -> str:
    """Under which id a showing is kept whose code this is."""
    return keyed.fingerprint(code.replace("-", ""), purpose="certificate-code-kept")


@dataclass(frozen=True, slots=True)
class CheckDesk:
    certificates: Certificates
    showings: Showings
    looks: Views
    attempts: Attempts
    keyed: Keyed
    now: Now
    patience: Patience = field(default_factory=Patience)

    async def check(self, typed: str, *, by: Verifier, request: str | None = None, purpose: str | None = None) -> Check:
        """The code is used up and the look recorded before anything is told. Raises InvalidForm, TooManyAttempts, Conflict."""
        code = read_code(typed)
        look = self._look(code or typed, by, request=request, purpose=purpose)
        if code is None:
            raise InvalidForm([Issue(("input", "code"), Text("certificate.issue.not-a-code"))])
        await self._refuse_guessing(look, by)
        shown = await self.showings.find(kept_as(code, self.keyed))
        if shown is None:
            await self.attempts.add_wrong(by.counted, look.at)
            return NOT_GENUINE
        return await self._told(shown, look, by, purpose=purpose)

    async def _told(self, shown: Showing, look: Look, by: Verifier, *, purpose: str | None) -> Check:
        """A code that is used or over looks like an unknown one, but whoever has it has guessed nothing."""
        used = await self._used(shown, look)
        if used is None or used.look is None:
            return NOT_GENUINE
        await self.looks.add(view_of(used, by, at=used.look.at, purpose=purpose))
        (certificate,) = await self.certificates.several([used.certificate])
        return told(certificate)

    def _look(self, code: str, by: Verifier, *, request: str | None, purpose: str | None) -> Look:
        if request is None:
            return Look(by.known, self.now())
        asked = read_request(request, "check", code, purpose or "")
        named = self.keyed.fingerprint(asked.id, purpose="certificate-check-request")
        return Look(by.known, self.now(), named, self.keyed.fingerprint(asked.input, purpose="certificate-check-input"))

    async def _refuse_guessing(self, look: Look, by: Verifier) -> None:
        locked = locked_for(await self.attempts.wrong(by.counted), look.at, self.patience)
        if locked:
            minutes = ceil(locked.total_seconds() / 60)
            wait = Text("certificate.locked", {"minutes": minutes})
            raise TooManyAttempts(wait, retry_after_seconds=ceil(locked.total_seconds()))
        if look.asked and await self.showings.asked(look) not in {None, look.of}:
            raise Conflict("refusal.request-reused")

    async def _used(self, shown: Showing, look: Look) -> Showing | None:
        """The showing that this look used, now or a moment ago. Of many at once the store lets one be first."""
        showing: Showing | None = shown
        if answer_to(shown, look) is Answer.FIRST:
            if await self.showings.take(shown, look):
                return replace(shown, look=look)
            showing = await self.showings.find(shown.id)
        return showing if answer_to(showing, look) is Answer.AGAIN else None
