"""A case: one person's retirement, as one frozen value that carries its own history.

Nothing here changes a case; `recording.record` does, and every state is the fold of the steps. What is personal stands in `private`,
which the store keeps sealed.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from domain.acting import Actor
from domain.cases.parts import (
    OVER,
    Answer,
    CaseStatus,
    ConsentState,
    FileRef,
    ItemState,
    ItemWords,
    LicenceHeld,
    Notice,
    Offer,
    Pending,
    PrefillState,
    Priority,
    Proposal,
    Turn,
)
from domain.cases.payout import PayoutChange
from domain.cases.steps import Secret, Step
from domain.cases.tasks import AgencyTask
from domain.catalogue.types import FilingChannel, PromiseMark
from domain.identifiers import DocumentKind
from domain.people import Person
from domain.words import Language, Words


@dataclass(frozen=True, slots=True)
class PrivatePart:
    """Everything personal in a case: sealed at rest, in no log."""

    people: Mapping[str, Person] = field(default_factory=dict)
    answers: Mapping[str, Answer] = field(default_factory=dict)
    offers: tuple[Offer, ...] = ()
    licences: Mapping[str, LicenceHeld] = field(default_factory=dict)
    results: Mapping[str, ItemWords] = field(default_factory=dict)
    pending: Pending | None = None
    secrets: Mapping[int, Secret] = field(default_factory=dict)
    proposals: Mapping[str, tuple[Proposal, ...]] = field(default_factory=dict)
    """item → one of each review so far."""
    waivers: Mapping[str, str] = field(default_factory=dict)
    """item → why its reviews need not be by different people."""
    priority: Priority | None = None
    payout: PayoutChange | None = None
    fetched: Mapping[str, str] = field(default_factory=dict)
    """material → under which number another agency sent it."""
    as_given: Mapping[str, Mapping[str, Answer]] = field(default_factory=dict)
    """item → answers that have changed since, as its department was given them."""


@dataclass(frozen=True, slots=True)
class Case:
    """`revision` is the form's: it rises when a person changes an answer or a file. `version` is the store's, for ordering copies.

    `marks`: what a material bears. `received_at`: when a paper form came to the counter, where the clocks begin; by phone, the moment of
    submission. `organisations`: the names of those through which somebody acted. `kept_by`: to whom a draft was handed; `stamped_at`:
    by the employer, as the form stands. `erase_at`: when its private part goes; `locked_at`: since when the law alone keeps it.
    """

    id: str
    number: str
    person: str
    region: str
    catalogue_version: str
    channel: FilingChannel
    language: Language
    filed_by: Actor
    opened_at: datetime
    updated_at: datetime
    draft_expires_at: datetime | None
    status: CaseStatus = CaseStatus.DRAFT
    submitted_at: datetime | None = None
    received_at: datetime | None = None
    revision: int = 0
    items: tuple[ItemState, ...] = ()
    materials: Mapping[str, tuple[FileRef, ...]] = field(default_factory=dict)
    marks: Mapping[str, tuple[PromiseMark, ...]] = field(default_factory=dict)
    consents: tuple[ConsentState, ...] = ()
    prefill: tuple[PrefillState, ...] = ()
    notices: tuple[Notice, ...] = ()
    tasks: tuple[AgencyTask, ...] = ()
    certificate: str | None = None
    certificate_due_at: datetime | None = None
    erase_at: datetime | None = None
    erased_at: datetime | None = None
    locked_at: datetime | None = None
    kept_by: str | None = None
    confirmed_at: datetime | None = None
    stamped_at: datetime | None = None
    organisations: Mapping[str, Words] = field(default_factory=dict)
    history: tuple[Step, ...] = ()
    private: PrivatePart = field(default_factory=PrivatePart, repr=False)
    version: int = field(default=0, compare=False)

    @property
    def over(self) -> bool:
        return self.status in OVER

    @property
    def turn(self) -> Turn:
        if self.over:
            return Turn.OVER
        yours = self.status in {CaseStatus.DRAFT, CaseStatus.CORRECTION_NEEDED} or self.awaits_confirmation
        return Turn.YOURS if yours else Turn.OURS

    @property
    def awaits_confirmation(self) -> bool:
        """What an employer filed goes to no department before the employee has agreed (F20)."""
        unconfirmed = self.channel is FilingChannel.EMPLOYER and self.confirmed_at is None
        return unconfirmed and self.submitted_at is not None and not self.over

    @property
    def keeper(self) -> str | None:
        """Whose draft it is: the organisation's or person's who began it, until it was handed to the person."""
        return self.kept_by or self.filed_by.organisation or self.filed_by.person

    @property
    def beneficiary(self) -> Person:
        """Nobody but an id, once the case has been erased."""
        return self.private.people.get(self.person) or Person(self.person, "", DocumentKind.RESIDENT_ID, "")

    @property
    def last_step(self) -> Step:
        return self.history[-1]

    def item(self, code: str) -> ItemState:
        return next(item for item in self.items if item.code == code)

    def steps_after(self, number: int, *, first: int = 100) -> tuple[Step, ...]:
        """Numbers run from 1 without a gap, so that the n-th step is the n-th of the history."""
        after = max(0, number)
        return self.history[after : after + max(0, min(first, 100))]

    def find_item(self, code: str) -> ItemState | None:
        return next((item for item in self.items if item.code == code), None)

    def answer(self, key: str) -> str | None:
        found = self.private.answers.get(key)
        return found.value if found else None
