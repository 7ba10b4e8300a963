"""The part of signing in that happens in a browser: off to the identity platform, and back with a ticket."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace

from domain.acting import Assurance
from domain.clock import Now
from domain.errors import Expired, NotPermitted, Remedy, Unavailable
from domain.organisations.organisation import Enterprise
from domain.people import Person
from domain.ports import Attempt, IdentityPlatform, NoAnswer, NotProven, ProvenIdentity
from domain.sessions.attempt import ATTEMPT_LIVES, TICKET_LIVES, SignInAttempt, Ticket, Wish, digest
from domain.sessions.session import Proof
from domain.sessions.signals import Identities
from domain.sessions.stores import Attempts, Persons, Tickets


@dataclass(frozen=True, slots=True)
class SignInPages:
    """`secret` makes 256 random bits as base64url text; `browser` is the value of the cookie that binds an attempt to its browser.

    `represent` hears of everybody who comes with the legal account of an enterprise.
    """

    attempts: Attempts
    tickets: Tickets
    persons: Persons
    identities: Identities
    identity: IdentityPlatform
    represent: Callable[[Enterprise, Person], Awaitable[object]]
    now: Now
    secret: Callable[[], str]

    async def begin(self, wish: Wish, *, browser: str) -> str:
        """Where to send the browser."""
        secrets = Attempt(state=self.secret(), nonce=self.secret(), verifier=self.secret())
        try:
            url = await self.identity.authorisation_url(secrets, login_hint=wish.login_hint, assurance=wish.assurance)
        except NoAnswer as away:
            raise identity_away() from away
        await self.attempts.add(SignInAttempt(secrets, wish, digest(browser), self.now() + ATTEMPT_LIVES))
        return url

    async def finish(self, *, state: str, code: str, issuer: str | None, browser: str) -> str:
        """Where to send the browser that came back: to the app, with a ticket."""
        attempt = await self._taken(state, browser)
        proof = await self._proof(await self._proven(attempt, code, issuer))
        ticket = self.secret()
        await self.tickets.add(Ticket(digest(ticket), attempt.wish.challenge, proof, self.now() + TICKET_LIVES))
        return f"{attempt.wish.return_to}#ticket={ticket}"

    async def _taken(self, state: str, browser: str) -> SignInAttempt:
        """The attempt, which nobody can take again. One of another browser is left to that browser."""
        attempt = await self.attempts.one(state)
        if attempt is None or attempt.browser != digest(browser) or self.now() >= attempt.expires_at:
            raise attempt_gone()
        if not await self.attempts.take(attempt):
            raise attempt_gone()
        return attempt

    async def _proven(self, attempt: SignInAttempt, code: str, issuer: str | None) -> ProvenIdentity:
        try:
            return await self.identity.prove(attempt.secrets, code=code, issuer=issuer)
        except NoAnswer as away:
            raise identity_away() from away
        except NotProven as doubtful:
            raise NotPermitted("sign-in.not-proven", remedy=Remedy.RETRY) from doubtful

    async def _proof(self, identity: ProvenIdentity) -> Proof:
        """Below L2 nobody has checked name and number, so they name no person."""
        sessions = (identity.platform_session,) if identity.platform_session else ()
        proof = Proof(identity.assurance, identity.proved_at, subject=identity.subject, platform_sessions=sessions)
        if not identity.assurance.reaches(Assurance.L2):
            return proof
        person = await self.persons.known(identity)
        await self.identities.met(identity.subject, person, at=identity.proved_at)
        if identity.enterprise:
            await self.represent(identity.enterprise, person)
        return replace(proof, person=person)


def attempt_gone() -> Expired:
    return Expired("sign-in.attempt-gone", remedy=Remedy.RETRY)


def identity_away() -> Unavailable:
    return Unavailable("sign-in.identity-away", retry_after_seconds=30)
