"""Progress as it happens: stored steps first, then whatever comes, each once and in order, from any process."""

from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from domain.access.reach import reach_of
from domain.acting import Acting
from domain.cases.book import catalogue_of
from domain.cases.case import Case
from domain.cases.errands import ErrandKind, errands
from domain.cases.seeing import sight_of
from domain.cases.steps import Step
from domain.cases.stores import Bells, CaseStore
from domain.catalogue.store import Catalogues
from domain.clock import Now
from domain.errors import InvalidForm, Issue
from domain.looks.look import Looks, Purpose, looks_at
from domain.words import Text

STEPS_AT_ONCE = 100
MOST_WATCHED = 50
LOOK_AGAIN = 10.0
"""Seconds after which a follower looks for itself, should every ring be lost."""


class StreamEnd(StrEnum):
    """FINISHED nothing more is expected; GONE not there, not yours, or no longer yours; RESUME come back with what you last saw."""

    FINISHED = "FINISHED"
    GONE = "GONE"
    RESUME = "RESUME"


@dataclass(frozen=True, slots=True)
class CaseProgress:
    steps: Sequence[Step]
    case: Case | None
    end: StreamEnd | None = None


@dataclass(frozen=True, slots=True)
class CaseChanges:
    cases: Sequence[Case]
    gone: Sequence[str]
    end: StreamEnd | None = None


@dataclass(frozen=True, slots=True)
class CaseFeed:
    """Who is not signed in, or not known by name, is told what a stranger is: there is nothing of theirs."""

    store: CaseStore
    bells: Bells
    catalogues: Catalogues
    looks: Looks
    now: Now

    async def progress(self, id: str, *, after: int, by: Acting | None) -> AsyncIterator[CaseProgress]:
        """The first message comes at once; the last has an end."""
        if by is None or by.person is None:
            yield CaseProgress((), None, StreamEnd.GONE)
            return
        seen, first = max(0, after), True
        async with self.bells.hang(id) as bell:
            while True:
                message = await self._progress(id, seen, by=by)
                if first and message.case:
                    await self._note([message.case], by=by)
                seen += len(message.steps)
                if message.steps or message.end or first:
                    first = False
                    yield message
                if message.end:
                    return
                if len(message.steps) < STEPS_AT_ONCE:
                    await bell.rung(LOOK_AGAIN)

    async def _progress(self, id: str, seen: int, *, by: Acting) -> CaseProgress:
        case = await self.store.one(id, reach=reach_of(by))
        if case is None:
            return CaseProgress((), None, StreamEnd.GONE)
        await catalogue_of(case, self.catalogues)
        steps = case.steps_after(seen, first=STEPS_AT_ONCE)
        last = case.last_step.number <= seen + len(steps)
        return CaseProgress(steps, case, StreamEnd.FINISHED if last and nothing_more_expected(case) else None)

    async def changes(self, seen: Mapping[str, int], *, by: Acting | None) -> AsyncIterator[CaseChanges]:
        """Those of at most fifty cases that are not as last seen (case id → version), at once and then as they change."""
        if len(seen) > MOST_WATCHED:
            raise InvalidForm([Issue(("seen",), Text("issue.too-many-cases", {"most": MOST_WATCHED}))])
        if by is None or by.person is None:
            yield CaseChanges((), list(seen), StreamEnd.GONE)
            return
        known, first, noted = dict(seen), True, set[str]()
        async with self.bells.hang(*known) as bell:
            while True:
                message = await self._changes(known, by=by)
                await self._note([case for case in message.cases if case.id not in noted], by=by)
                noted |= {case.id for case in message.cases}
                known = {id: version for id, version in known.items() if id not in message.gone} | {c.id: c.version for c in message.cases}
                if message.cases or message.gone or message.end or first:
                    first = False
                    yield message
                if message.end:
                    return
                await bell.rung(LOOK_AGAIN)

    async def _changes(self, known: Mapping[str, int], *, by: Acting) -> CaseChanges:
        found = {case.id: case for case in await self.store.many(list(known), reach=reach_of(by))}
        changed = [case for id, case in found.items() if case.version != known[id]]
        for case in changed:
            await catalogue_of(case, self.catalogues)
        return CaseChanges(changed, [id for id in known if id not in found], _end(found.values()))

    async def _note(self, cases: Sequence[Case], *, by: Acting) -> None:
        """Once for each case and stream, before anything of it is told."""
        seen = [case for case in cases if sight_of(case, await catalogue_of(case, self.catalogues), by).personal]
        await self.looks.note(looks_at(by, seen, purpose=Purpose.WATCH_CASE, at=self.now()))


def _end(watched: Collection[Case]) -> StreamEnd | None:
    if not watched:
        return StreamEnd.GONE
    return StreamEnd.FINISHED if all(nothing_more_expected(case) for case in watched) else None


def nothing_more_expected(case: Case) -> bool:
    """The case is over, and nobody is being asked or told any more; only years later is it looked at again, to be erased."""
    return case.over and all(errand.kind is ErrandKind.ERASE for errand in errands(case))
