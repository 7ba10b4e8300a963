"""A post: what one person is in one organisation, from the appointment to its end."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from domain.acting import Authority, CapacityKind
from domain.errors import Conflict, Remedy
from domain.organisations.organisation import Organisation
from domain.people import Person


class PostStatus(StrEnum):
    """PENDING until the appointed person confirms."""

    PENDING = "PENDING"
    ACTIVE = "ACTIVE"
    DECLINED = "DECLINED"
    ENDED = "ENDED"

    @property
    def living(self) -> bool:
        return self in {PostStatus.PENDING, PostStatus.ACTIVE}


@dataclass(frozen=True, slots=True)
class Mark:
    """A request that had its effect on a post: whose, its id, and a keyed fingerprint of what it asked."""

    person: str
    request: str
    fingerprint: str

    @property
    def key(self) -> str:
        return f"{self.person} {self.request}"


@dataclass(frozen=True, slots=True)
class Post:
    """`kind`: HELPER, EMPLOYER, CLERK, OFFICER or SUPERVISOR. `items`: codes of the services they are certified for; none: all (A63).

    `person.name`: as whoever appointed them wrote it. `appointed_by`, `ended_by`: ids of persons; None: an operator, or the register of
    enterprises. `forget_at`: once it has ended or was declined.
    """

    id: str
    person: Person
    organisation: Organisation
    kind: CapacityKind
    appointed_at: datetime
    appointed_by: str | None = None
    items: tuple[str, ...] = ()
    status: PostStatus = PostStatus.PENDING
    confirmed_at: datetime | None = None
    ended_at: datetime | None = None
    ended_by: str | None = None
    forget_at: datetime | None = None
    marks: tuple[Mark, ...] = ()
    version: int = 0

    @property
    def in_force(self) -> bool:
        return self.status is PostStatus.ACTIVE

    @property
    def authority(self) -> Authority:
        where = self.organisation
        items = frozenset(f"item-{where.region}-{code}" for code in self.items) or None
        return Authority(items=items, region=where.region, department=where.department, organisation=where.name)

    def marked(self, mark: Mark) -> "Post":
        return replace(self, marks=(*self.marks, mark))

    def has_seen(self, mark: Mark) -> bool:
        """Whether this very request has had its effect here. Raises Conflict if its id had another."""
        seen = next((one for one in self.marks if one.key == mark.key), None)
        if seen and seen.fingerprint != mark.fingerprint:
            raise Conflict("refusal.request-reused", remedy=Remedy.NONE)
        return seen is not None


def post_id(organisation: str, random: str) -> str:
    """It says whose post it is, so that one shard is asked for it and not all."""
    return f"post-{organisation}-{random}"


def organisation_of(post: str) -> str:
    return post.removeprefix("post-").rpartition("-")[0]
