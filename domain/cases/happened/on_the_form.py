"""What people and registers do to the form: opened, consent, answers, files, submitted, withdrawn."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from domain.cases.happened.happening import Happening
from domain.cases.parts import Answer, FileRef, Notice
from domain.catalogue.types import FilingChannel, PromiseMark, SourceKind
from domain.people import Person
from domain.words import Language, Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened(Happening):
    kind = "opened"
    private = ("beneficiary", "filer")
    number: str
    person: str
    region: str
    catalogue_version: str
    channel: FilingChannel
    language: Language
    items: tuple[str, ...]
    consents: tuple[tuple[str, str], ...]
    """(purpose, version) of each text that is asked."""
    sources: tuple[str, ...]
    draft_expires_at: datetime
    beneficiary: Person | None = None
    filer: Person | None = None
    """Who opens it, if that is somebody else."""
    organisation: Words | None = None
    """The name of the organisation through which it is filed."""
    received_at: datetime | None = None
    """When a paper form came to the counter."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined(Happening):
    """`somebody`: who begins to act in the case, besides those who did before."""

    kind = "joined"
    private = ("somebody",)
    person: str
    somebody: Person | None = None
    organisation: Words | None = None
    """The name of the organisation for which they act."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentDecision:
    purpose: str
    version: str
    given: bool
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentDecided(Happening):
    kind = "consent-decided"
    decisions: tuple[ConsentDecision, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentWithdrawn(ConsentDecided):
    """After submission: nothing more is fetched, and nothing that was done is undone."""

    kind = "consent-withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterAnswered(Happening):
    """Who issued a licence, and until when it is valid, can say where somebody lives and how old they are."""

    kind = "register-answered"
    private = ("attributes", "identifier", "issuer", "issued_at", "valid_until")
    source: str
    source_kind: SourceKind
    found: bool = False
    issuer: str = ""
    issued_at: datetime | None = None
    valid_until: date | None = None
    late: bool = False
    precedence: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """answer key → the sources that may fill it, the strongest first."""
    attributes: Mapping[str, str] = field(default_factory=dict)
    """answer key → value."""
    identifier: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterSilent(Happening):
    kind = "register-silent"
    source: str
    attempt: int
    next_try: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled(Happening):
    """`answers` and `removed` make revision `revision`; `keys` are those of the answers, in the order in which they were given."""

    kind = "filled"
    private = ("answers",)
    revision: int
    keys: tuple[str, ...]
    removed: tuple[str, ...] = ()
    answers: Mapping[str, Answer] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Attached(Happening):
    """`marks`: the signature, the fingerprint that whoever handed it in saw on it."""

    kind = "attached"
    material: str
    files: tuple[FileRef, ...]
    revision: int
    marks: tuple[PromiseMark, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Submitted(Happening):
    """`ready` may go to their departments at once; the others wait."""

    kind = "submitted"
    revision: int
    declarations: tuple[tuple[str, str], ...]
    ready: tuple[str, ...]
    notices: tuple[Notice, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawn(Happening):
    """`cancel`: the items that their departments are asked to drop."""

    kind = "withdrawn"
    private = ("reason",)
    cancel: tuple[str, ...]
    reason: str = ""
    erase_at: datetime | None = None
