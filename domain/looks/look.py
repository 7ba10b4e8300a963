"""A look: one read of somebody's personal data by somebody else. Nobody is answered before it is kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol

from domain.acting import SOMEWHERE, Acting, CapacityKind, Origin
from domain.cases.case import Case
from domain.policy.law import Law
from domain.words import Words

NO_YEAR_IS_LONGER = timedelta(days=366)


class Purpose(StrEnum):
    """What for. Each has its sentence `look.what.<purpose>`."""

    READ_CASE = "read-case"
    LIST_CASES = "list-cases"
    WATCH_CASE = "watch-case"
    CHANGE_CASE = "change-case"
    READ_FILE = "read-file"
    READ_CERTIFICATE = "read-certificate"
    REVEAL_VALUE = "reveal-value"
    SEARCH_CLIENTS = "search-clients"
    WORKLIST = "worklist"
    READ_CARD = "read-card"
    MANDATES = "mandates"
    IMPORT_STAFF = "import-staff"
    VISITS = "visits"


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """`person`: whose data; `by`: the id of who looked. `case`: its id. `field`: which one was revealed; `stated`: why, in their words.

    `name`, `organisation_name` (both as they were then), `origin` and `stated` are personal data of whoever looked, and lie sealed.
    """

    person: str
    by: str
    name: str
    capacity: CapacityKind
    purpose: Purpose
    at: datetime
    session: str
    on_behalf_of: str | None = None
    mandate: str | None = None
    post: str | None = None
    organisation: str | None = None
    organisation_name: Words | None = None
    case: str | None = None
    case_number: str | None = None
    field: str | None = None
    stated: str | None = None
    origin: Origin = SOMEWHERE


class Looks(Protocol):
    async def note(self, looks: Sequence[Look]) -> None:
        """Returns when they are durable; none: at once. Raises Unavailable: then nothing may be answered."""
        ...


NO_LOOK: tuple[Look, ...] = ()
"""Of people who read what is theirs: nothing to note."""


def look_of(
    by: Acting,
    *,
    person: str,
    purpose: Purpose,
    at: datetime,
    case: Case | None = None,
    field: str | None = None,
    stated: str | None = None,
) -> Look | None:
    """None for people who read, as themselves, what is theirs."""
    who = by.known_person()
    if by.capacity is CapacityKind.SELF and who.id == person:
        return None
    return Look(
        person=person,
        by=who.id,
        name=who.name,
        capacity=by.capacity,
        purpose=purpose,
        at=at,
        session=by.session,
        on_behalf_of=by.on_behalf_of,
        mandate=by.mandate,
        post=by.post,
        organisation=by.organisation,
        organisation_name=by.authority.organisation,
        case=case.id if case else None,
        case_number=case.number if case else None,
        field=field,
        stated=stated,
        origin=by.origin,
    )


def looks_at(by: Acting, cases: Sequence[Case], *, purpose: Purpose, at: datetime) -> tuple[Look, ...]:
    """One for each case that is another's; NO_LOOK if all are theirs."""
    looks = (look_of(by, person=case.person, purpose=purpose, at=at, case=case) for case in cases)
    return tuple(look for look in looks if look) or NO_LOOK


def kept_until(at: datetime, law: Law) -> datetime:
    """How long what is noted at that moment is kept at least."""
    return at + NO_YEAR_IS_LONGER * law.figure("access-log-years").number
