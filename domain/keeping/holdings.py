"""What is kept, and what becomes of it when its person wants it deleted."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Protocol

from domain.acting import Acting
from domain.cases.book import CaseBook
from domain.cases.case import Case
from domain.cases.keeping import LOCKED, delete_or_lock
from domain.cases.parts import CaseStatus
from domain.cases.recording import Moment
from domain.cases.stores import CaseStore
from domain.certificates.stores import Certificates
from domain.files import StoredFile
from domain.keeping.deletion import Asking, Disposal, PlanLine
from domain.keeping.sections import cases_of, entries_of, organisations_met
from domain.looks.desk import LookLog
from domain.mandates.stores import Mandates
from domain.organisations.client import Client, Keyed
from domain.organisations.stores import Clients
from domain.people import Person
from domain.sessions.account import Link
from domain.sessions.session import Session

MOST_COUNTED = 100
"""It matters that there are some."""


@dataclass(frozen=True, slots=True)
class CaseHolding:
    book: CaseBook
    seed: Callable[[], bytes]

    async def plan(self, person: Person, *, by: Acting) -> Sequence[PlanLine]:
        cases = [case for case in await cases_of(person.id, self.book.store) if not case.erased_at]
        drafts = sum(case.status is CaseStatus.DRAFT for case in cases)
        ended = sum(case.status is CaseStatus.WITHDRAWN for case in cases)
        kept = [case for case in cases if case.status in LOCKED]
        until = max((case.erase_at for case in kept if case.erase_at), default=None)
        return (
            PlanLine("drafts", drafts, Disposal.DELETED),
            PlanLine("withdrawn-cases", ended, Disposal.DELETED),
            PlanLine("finished-cases", len(kept), Disposal.LOCKED, until),
        )

    async def in_progress(self, person: Person) -> Case | None:
        cases = await cases_of(person.id, self.book.store)
        return next((case for case in cases if not case.over and case.status is not CaseStatus.DRAFT), None)

    async def delete(self, asking: Asking) -> None:
        for case in await cases_of(asking.person.id, self.book.store):
            moment = Moment(asking.at, self.seed())
            await self.book.change_for(asking.by, case.id, partial(delete_or_lock, mark=asking.mark, moment=moment), moment=moment)


class EndingSessions(Protocol):
    async def of(self, person: str) -> Sequence[Session]: ...

    async def save(self, session: Session) -> bool: ...


@dataclass(frozen=True, slots=True)
class SessionHolding:
    """All but the one in which it is asked, whose answer could not be fetched otherwise. `ended` hears of each."""

    sessions: EndingSessions
    ended: Callable[[str], None]

    async def plan(self, person: Person, *, by: Acting) -> Sequence[PlanLine]:
        return (PlanLine("sessions", len(await self._others(person, by)), Disposal.DELETED),)

    async def in_progress(self, person: Person) -> Case | None:
        return None

    async def delete(self, asking: Asking) -> None:
        """Until none is left: one that was saved meanwhile is ended as it then is, and one look does not show all."""
        while others := await self._others(asking.person, asking.by):
            for session in others:
                await self.sessions.save(session.ended(asking.at))
                self.ended(session.id)

    async def _others(self, person: Person, by: Acting) -> Sequence[Session]:
        return [session for session in await self.sessions.of(person.id) if session.id != by.session]


class LinksOfSomebody(Protocol):
    async def of(self, person: str) -> Sequence[Link]: ...

    async def forget(self, person: str) -> None: ...


@dataclass(frozen=True, slots=True)
class LinkHolding:
    links: LinksOfSomebody

    async def plan(self, person: Person, *, by: Acting) -> Sequence[PlanLine]:
        return (PlanLine("links", len(await self.links.of(person.id)), Disposal.DELETED),)

    async def in_progress(self, person: Person) -> Case | None:
        return None

    async def delete(self, asking: Asking) -> None:
        await self.links.forget(asking.person.id)


@dataclass(frozen=True, slots=True)
class ClientHolding:
    """Their name on the lists of organisations that have helped them: a case that goes on would stand in the way of deleting."""

    cases: CaseStore
    mandates: Mandates
    clients: Clients
    keyed: Keyed

    async def plan(self, person: Person, *, by: Acting) -> Sequence[PlanLine]:
        return (PlanLine("clients", len(await self._entries(person)), Disposal.DELETED),)

    async def in_progress(self, person: Person) -> Case | None:
        return None

    async def delete(self, asking: Asking) -> None:
        for client in await self._entries(asking.person):
            await self.clients.forget(client)

    async def _entries(self, person: Person) -> Sequence[Client]:
        met = await organisations_met(person.id, self.cases, self.mandates)
        return await entries_of(person.id, met, self.clients, self.keyed)


class FreeFiles(Protocol):
    async def of_person(self, person: str) -> Sequence[StoredFile]: ...

    async def let_go(self, person: str, *, at: datetime) -> int: ...


@dataclass(frozen=True, slots=True)
class FileHolding:
    """Those of a case share its fate."""

    files: FreeFiles

    async def plan(self, person: Person, *, by: Acting) -> Sequence[PlanLine]:
        free = sum(file.attached is None for file in await self.files.of_person(person.id))
        return (PlanLine("files", free, Disposal.DELETED),)

    async def in_progress(self, person: Person) -> Case | None:
        return None

    async def delete(self, asking: Asking) -> None:
        await self.files.let_go(asking.person.id, at=asking.at)


@dataclass(frozen=True, slots=True)
class KeptByLaw:
    """What stays as it is. `count`: how many of a person's there are."""

    kind: str
    count: Callable[[str], Awaitable[int]]

    async def plan(self, person: Person, *, by: Acting) -> Sequence[PlanLine]:
        return (PlanLine(self.kind, await self.count(person.id), Disposal.KEPT),)

    async def in_progress(self, person: Person) -> Case | None:
        return None

    async def delete(self, asking: Asking) -> None:
        return


def kept_by_law(certificates: Certificates, mandates: Mandates, log: LookLog) -> Sequence[KeptByLaw]:
    async def held(person: str) -> int:
        return len(await certificates.of_person(person))

    async def given_or_received(person: str) -> int:
        return len((await mandates.page(first=MOST_COUNTED, after=None, person=person)).mandates)

    async def looked_at(person: str) -> int:
        return len((await log.page(person, first=MOST_COUNTED, after=None)).entries)

    return (
        KeptByLaw("certificates", held),
        KeptByLaw("mandates", given_or_received),
        KeptByLaw("looks", looked_at),
        KeptByLaw("person", _one),
    )


async def _one(_: str) -> int:
    return 1
