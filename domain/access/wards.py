"""Whose guardian somebody is, as the register says, known for a minute: capacities ask at every look at a session."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

from domain.clock import Now
from domain.identifiers import DocumentKind
from domain.people import Person
from domain.ports import NoAnswer
from domain.registers import GuardianRegister

FRESH = timedelta(minutes=1)
"""How late the end of a guardianship may be noticed."""
GOOD = timedelta(minutes=10)
"""How long the last answer still holds while the register is away; then nobody is a guardian until it is back."""
MOST = 10_000

Wards = tuple[Person, ...]


class People(Protocol):
    async def met(self, kind: DocumentKind, number: str, *, name: str) -> Person:
        """The person of that document, made if nobody has met them yet; a known one keeps their name."""
        ...


class GivenMandates(Protocol):
    async def ask_register_now(self, principal: str, *, at: datetime) -> None:
        """Whether what the person has given still stands, which the register says (a mandate ends with capacity)."""
        ...


@dataclass(frozen=True, slots=True)
class _Answer:
    wards: Wards
    at: datetime

    def is_within(self, age: timedelta, now: datetime) -> bool:
        return now - self.at < age


@dataclass(frozen=True, slots=True)
class RegisteredWards:
    """The `Wards` of domain/access/capacities.py. A register that is away costs nobody their other capacities.

    Where a guardian begins, the mandates of their ward are looked at again: they ended with the capacity (C08).
    """

    register: GuardianRegister
    people: People
    mandates: GivenMandates
    now: Now
    _answers: dict[str, _Answer] = field(default_factory=dict, init=False, repr=False)

    async def of(self, guardian: Person) -> Wards:
        last = self._answers.get(guardian.id)
        if last and last.is_within(FRESH, self.now()):
            return last.wards
        try:
            wards = await self._asked(guardian)
            for ward in wards:
                if last is None or ward not in last.wards:
                    await self.mandates.ask_register_now(ward.id, at=self.now())
            return self._kept(guardian, wards)
        except NoAnswer:
            return last.wards if last and last.is_within(GOOD, self.now()) else ()

    async def _asked(self, guardian: Person) -> Wards:
        found = await self.register.wards_of(guardian)
        return tuple([await self.people.met(ward.document_kind, ward.document_number, name=ward.name) for ward in found])

    def _kept(self, guardian: Person, wards: Wards) -> Wards:
        """The oldest give way."""
        self._answers.pop(guardian.id, None)
        self._answers[guardian.id] = _Answer(wards, self.now())
        while len(self._answers) > MOST:
            del self._answers[next(iter(self._answers))]
        return wards
