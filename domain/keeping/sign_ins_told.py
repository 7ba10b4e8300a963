"""The diary of sign-ins and the linked mini-program accounts in the copy of one's own data; and why the diary outlasts a deletion."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from domain.acting import Acting
from domain.cases.case import Case
from domain.keeping.deletion import Asking, Disposal, PlanLine
from domain.keeping.holdings import MOST_COUNTED, LinksOfSomebody
from domain.keeping.own_data import Plain, Tell
from domain.keeping.sections import AT_ONCE
from domain.people import Person
from domain.sessions.diary import Diary, SignInEntry
from domain.words import Text


@dataclass(frozen=True, slots=True)
class DiarySection:
    diary: Diary
    name: str = "sign_ins"

    async def of(self, person: Person, tell: Tell) -> Sequence[Plain]:
        found: list[SignInEntry] = []
        more = True
        while more:
            page = await self.diary.page(person.id, first=AT_ONCE, after=found[-1].order if found else None)
            found += page.entries
            more = page.more
        return [_told(entry, tell) for entry in found]


def _told(entry: SignInEntry, tell: Tell) -> Plain:
    return {
        "at": entry.at,
        "status": tell(Text(f"sign-in.outcome.{entry.outcome}")),
        "way": tell(Text(f"sign-in.way.{entry.way}")),
        "assurance": entry.assurance,
        "place": entry.origin.place,
        "client": entry.origin.client,
    }


@dataclass(frozen=True, slots=True)
class LinkSection:
    links: LinksOfSomebody
    name: str = "links"

    async def of(self, person: Person, tell: Tell) -> Sequence[Plain]:
        return [{"account": link.host, "at": link.at} for link in await self.links.of(person.id)]


@dataclass(frozen=True, slots=True)
class DiaryHolding:
    """Each entry goes by itself when its time is over; told is when the last that is there now goes."""

    diary: Diary
    kept_until: Callable[[datetime], datetime]

    async def plan(self, person: Person, *, by: Acting) -> Sequence[PlanLine]:
        entries = (await self.diary.page(person.id, first=MOST_COUNTED, after=None)).entries
        until = self.kept_until(entries[0].at) if entries else None
        return (PlanLine("sign-ins", len(entries), Disposal.KEPT, until),)

    async def in_progress(self, person: Person) -> Case | None:
        return None

    async def delete(self, asking: Asking) -> None:
        return
