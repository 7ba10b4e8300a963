"""A session: one device of one person, how surely we know them, in which capacity they act. Its refresh tokens are a counter."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from domain.acting import SOMEWHERE, UNLIMITED, Acting, Assurance, Authority, CapacityKind, Origin
from domain.errors import Expired, NotPermitted, Remedy, StepUp
from domain.people import Person
from domain.sessions.account import Account

REMEMBERED = timedelta(minutes=10)
"""How long a request about a session is known again."""


@dataclass(frozen=True, slots=True)
class Proof:
    """What somebody has shown of who they are. `person`: None until name and number have been checked (L2).

    `subject`: the identity platform's name for them; `platform_sessions`: its sessions in which it was shown, whose end ends ours.
    """

    assurance: Assurance
    proved_at: datetime
    person: Person | None = None
    subject: str | None = None
    platform_sessions: tuple[str, ...] = ()

    def after(self, former: "Proof") -> "Proof":
        """This one, which rests on the platform sessions of the former too."""
        return replace(self, platform_sessions=tuple(dict.fromkeys((*former.platform_sessions, *self.platform_sessions))))


@dataclass(frozen=True, slots=True)
class Session:
    """`generation` is the refresh token in force; the one before it was spent by the request `spent_by`. `version` counts saves.

    `origin`: from where it was begun.
    """

    id: str
    proof: Proof
    began_at: datetime
    expires_at: datetime
    account: Account | None = None
    capacity: CapacityKind = CapacityKind.SELF
    on_behalf_of: str | None = None
    mandate: str | None = None
    organisation: str | None = None
    post: str | None = None
    assisted_by: str | None = None
    generation: int = 1
    spent_by: str | None = None
    spent_at: datetime | None = None
    ended_at: datetime | None = None
    version: int = 0
    origin: Origin = SOMEWHERE

    @property
    def holder(self) -> Person | None:
        return self.proof.person

    def acting(self, authority: Authority = UNLIMITED) -> Acting:
        """`authority`: how far its capacity goes now."""
        return Acting(
            session=self.id,
            assurance=self.proof.assurance,
            proved_at=self.proof.proved_at,
            person=self.proof.person,
            capacity=self.capacity,
            on_behalf_of=self.on_behalf_of,
            mandate=self.mandate,
            organisation=self.organisation,
            post=self.post,
            assisted_by=self.assisted_by,
            authority=authority,
        )

    def lives(self, now: datetime) -> bool:
        return self.ended_at is None and now < self.expires_at

    def ended(self, now: datetime) -> "Session":
        """Ended now; one that had ended stays as it was."""
        return self if self.ended_at else replace(self, ended_at=now)

    def raised(self, proof: Proof, now: datetime) -> "Session":
        """With the new proof and the same capacity, unless it already has as good a one. Refuses another person's.

        A newer proof of the person themselves (L3) is better than an old one in person: some acts need it to be recent.
        """
        self.must_live(now)
        must_be_same(self.proof.person, proof.person)
        newer_and_sure = proof.proved_at > self.proof.proved_at and proof.assurance.reaches(Assurance.L3)
        better = newer_and_sure or (proof.assurance, proof.proved_at) > (self.proof.assurance, self.proof.proved_at)
        return replace(self, proof=proof.after(self.proof)) if better or self.proof.person is None else self

    def refreshed(self, *, generation: int, by: str, now: datetime, lives: timedelta) -> "Session":
        """After the refresh token of that generation was shown in the request `by`.

        The one in force is spent; the one spent just before, shown by the request that spent it, changes nothing, for its answer was lost;
        any other may be in a thief's hands, and ends the session.
        """
        self.must_live(now)
        if generation == self.generation:
            lives_until = self.expires_at if self.assisted_by else now + lives
            return replace(self, generation=generation + 1, spent_by=by, spent_at=now, expires_at=lives_until)
        if generation == self.generation - 1 and self.spent_by == by and self._spent_just_now(now):
            return self
        return self.ended(now)

    def must_live(self, now: datetime) -> None:
        if not self.lives(now):
            raise over(self)

    def _spent_just_now(self, now: datetime) -> bool:
        return self.spent_at is not None and now - self.spent_at < REMEMBERED


@dataclass(frozen=True, slots=True)
class SignedIn:
    session: Session
    access_token: str
    refresh_token: str
    access_token_lives: timedelta


@dataclass(frozen=True, slots=True)
class Linked:
    """An account of that host signs its person in at L2 from now on."""

    host: str


def must_be_same(mine: Person | None, theirs: Person | None) -> None:
    """A session of nobody yet takes anybody; one of a person takes that person alone."""
    if mine and (theirs is None or theirs.id != mine.id):
        raise NotPermitted("sign-in.another-person", remedy=Remedy.NONE)


def over(session: Session | None = None) -> Expired:
    """The refusal for a session that is no more, or never was; it says the way to a new one."""
    assurance = session.proof.assurance if session else Assurance.L3
    return Expired("sign-in.session-over", remedy=Remedy.STEP_UP, step_up=StepUp(assurance, 0))
