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
    Turn,
)
from domain.cases.steps import Secret, Step
from domain.catalogue.types import FilingChannel
from domain.people import Person
from domain.words import Language


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


@dataclass(frozen=True, slots=True)
class Case:
    """`revision` is the form's: it rises when a person changes an answer or a file. `version` is the store's, for ordering copies."""

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
    revision: int = 0
    items: tuple[ItemState, ...] = ()
    materials: Mapping[str, tuple[FileRef, ...]] = field(default_factory=dict)
    consents: tuple[ConsentState, ...] = ()
    prefill: tuple[PrefillState, ...] = ()
    notices: tuple[Notice, ...] = ()
    certificate: str | None = None
    certificate_due_at: datetime | None = None
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
        return Turn.YOURS if self.status in {CaseStatus.DRAFT, CaseStatus.CORRECTION_NEEDED} else Turn.OURS

    @property
    def beneficiary(self) -> Person:
        return self.private.people[self.person]

    @property
    def last_step(self) -> Step:
        return self.history[-1]

    def item(self, code: str) -> ItemState:
        return next(item for item in self.items if item.code == code)

    def steps_after(self, number: int, *, first: int = 100) -> tuple[Step, ...]:
        """Numbers run from 1 without a gap, so that the n-th step is the n-th of the history."""
        after = max(0, number)
        return self.history[after : after + max(0, min(first, 100))]

    def answer(self, key: str) -> str | None:
        found = self.private.answers.get(key)
        return found.value if found else None
