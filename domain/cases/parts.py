"""The small values a case is made of: statuses, answers, offers, items, consents, notices."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from domain.acting import Actor
from domain.cases.reviews import Review
from domain.catalogue.types import SourceKind
from domain.ports import ItemOutcome


class CaseStatus(StrEnum):
    DRAFT = "DRAFT"
    SUBMITTED = "SUBMITTED"
    CORRECTION_NEEDED = "CORRECTION_NEEDED"
    ACCEPTED = "ACCEPTED"
    IN_PROGRESS = "IN_PROGRESS"
    DONE = "DONE"
    NOT_ACCEPTED = "NOT_ACCEPTED"
    WITHDRAWN = "WITHDRAWN"


class ItemStatus(StrEnum):
    WAITING = "WAITING"
    NOT_STARTED = "NOT_STARTED"
    HANDED_OFF = "HANDED_OFF"
    IN_PROGRESS = "IN_PROGRESS"
    SUSPENDED = "SUSPENDED"
    CORRECTION_NEEDED = "CORRECTION_NEEDED"
    DONE = "DONE"
    REFUSED = "REFUSED"
    FAILED = "FAILED"


class Turn(StrEnum):
    """Whose turn it is: the applicant's side, ours, nobody's any more."""

    YOURS = "YOURS"
    OURS = "OURS"
    OVER = "OVER"


class ConsentStatus(StrEnum):
    ASKED = "ASKED"
    GIVEN = "GIVEN"
    REFUSED = "REFUSED"
    WITHDRAWN = "WITHDRAWN"


class PrefillStatus(StrEnum):
    CONSENT_NEEDED = "CONSENT_NEEDED"
    ASKING = "ASKING"
    FILLED = "FILLED"
    NOTHING_FOUND = "NOTHING_FOUND"
    NO_ANSWER = "NO_ANSWER"
    DECLINED = "DECLINED"


class OfferReason(StrEnum):
    """LATE it came when the person had gone on; DISAGREES it differs from what stands there."""

    LATE = "LATE"
    DISAGREES = "DISAGREES"


class MaterialStatus(StrEnum):
    NEEDED = "NEEDED"
    SATISFIED_BY_LICENCE = "SATISFIED_BY_LICENCE"
    PROVIDED = "PROVIDED"
    PROMISED = "PROMISED"
    SEARCH_REQUESTED = "SEARCH_REQUESTED"
    DEFERRED = "DEFERRED"
    NOT_NEEDED = "NOT_NEEDED"


OVER = frozenset({CaseStatus.DONE, CaseStatus.NOT_ACCEPTED, CaseStatus.WITHDRAWN})
ITEM_OVER = frozenset({ItemStatus.DONE, ItemStatus.REFUSED, ItemStatus.NOT_STARTED})


@dataclass(frozen=True, slots=True)
class FieldSource:
    """Where a value came from, and when. `name`: code of the licence or register; empty for a person."""

    kind: SourceKind
    name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Answer:
    """`revision`: the form's revision that this answer made; `person`: who put it in (None: a register did)."""

    value: str | None
    values: tuple[str, ...]
    source: FieldSource
    revision: int
    person: str | None = None

    @property
    def given(self) -> bool:
        return bool(self.value) or bool(self.values)


@dataclass(frozen=True, slots=True)
class Offer:
    """A register's value that did not go into the form by itself. `place`: the answer it is for."""

    id: str
    place: str
    why: OfferReason
    value: str
    source: FieldSource


@dataclass(frozen=True, slots=True)
class LicenceHeld:
    """What the case remembers of a licence or register entry that answered."""

    kind: str
    identifier: str
    issuer: str
    issued_at: datetime
    valid_until: date | None


@dataclass(frozen=True, slots=True)
class PrefillState:
    """One question to one licence or register. `next_try` is None when nothing more will be asked."""

    source: str
    status: PrefillStatus
    at: datetime | None = None
    asked_at: datetime | None = None
    asked_revision: int = 0
    attempts: int = 0
    next_try: datetime | None = None


@dataclass(frozen=True, slots=True)
class ConsentState:
    purpose: str
    version: str
    status: ConsentStatus
    decided_at: datetime | None = None
    decided_by: Actor | None = None


@dataclass(frozen=True, slots=True)
class FileRef:
    id: str
    content_type: str
    size: int
    sha256: str
    at: datetime
    by: Actor


@dataclass(frozen=True, slots=True)
class ItemState:
    """One item of the case. `hand_off_at`: when it is (again) due to go to its department; `ask_again_at`: when a silent one is asked.

    `ready_at`: when it first could go. `sequence` is the last that the department said about this round, so that what comes late or twice
    changes nothing. `taken_by`: the officer who has it. `waived_by`: the supervisor who lets the same person do more than one grade.
    """

    code: str
    status: ItemStatus = ItemStatus.WAITING
    round: int = 1
    attempts: int = 0
    sequence: int = 0
    ready_at: datetime | None = None
    hand_off_at: datetime | None = None
    ask_again_at: datetime | None = None
    cancel_at: datetime | None = None
    outcome: ItemOutcome | None = None
    decided_at: datetime | None = None
    because: str | None = None
    taken_by: Actor | None = None
    taken_at: datetime | None = None
    reviews: tuple[Review, ...] = ()
    waived_by: Actor | None = None

    def taken_for(self, person: str | None) -> bool:
        return self.taken_by is not None and self.taken_by.person == person


@dataclass(frozen=True, slots=True)
class Notice:
    """A message that is to reach somebody: `wording` is a key of the message catalogue; `to_operators` or to the applicant."""

    key: str
    wording: str
    due_at: datetime
    item: str | None = None
    to_operators: bool = False
    attempts: int = 0


@dataclass(frozen=True, slots=True)
class Pending:
    """Autosaves of one session that are not a step yet: they become one after five minutes, or before anything else happens."""

    actor: Actor
    since: datetime
    at: datetime
    answers: Mapping[str, Answer]
    removed: tuple[str, ...]
    requests: tuple["RequestMark", ...]


@dataclass(frozen=True, slots=True)
class RequestMark:
    """A client's request that has had its effect: its id, whose it was, and a keyed fingerprint of what it asked."""

    id: str
    person: str
    fingerprint: str


@dataclass(frozen=True, slots=True)
class ItemWords:
    """What a department wrote to the applicant."""

    text: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Proposal:
    """What an officer proposes to whoever reviews after them."""

    outcome: ItemOutcome
    words: ItemWords


@dataclass(frozen=True, slots=True)
class Priority:
    """Why the case goes before others (优先办): `evidence` is the code of the licence, answer or material that shows it, or `file` does."""

    basis: str
    evidence: str
    by: Actor
    at: datetime
    file: FileRef | None = None
