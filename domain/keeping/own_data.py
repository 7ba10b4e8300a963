"""Everything that is kept about a person, for them to take away: by sections, one for each kind of thing that is kept."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Protocol

from domain.acting import Acting, Assurance, CapacityKind
from domain.clock import CHINA, Now
from domain.errors import NotPermitted
from domain.people import Person
from domain.wording import Wording
from domain.words import Language, Text, Words

Tell = Callable[[Text | Words], str]
"""Says it in the person's language."""

Plain = Mapping[str, object]
"""Names of data (`own-data.<name>` is each one's label) with text, numbers, moments, or more of the same."""


class Section(Protocol):
    """One kind of thing that is kept. What nobody told us stays out: None is not printed."""

    @property
    def name(self) -> str: ...

    async def of(self, person: Person, tell: Tell) -> Plain | Sequence[Plain]: ...


@dataclass(frozen=True, slots=True)
class OwnData:
    person: Person
    made_at: datetime
    sections: Mapping[str, Plain | Sequence[Plain]]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the printed copy. `depth` 0: a section. Without a value it is a heading."""

    depth: int
    label: str
    value: str = ""


class Printer(Protocol):
    async def own_data(self, lines: Sequence[Line], *, title: str, made_at: datetime, language: Language) -> bytes:
        """Tagged PDF/A. Raises NoAnswer."""
        ...


@dataclass(frozen=True, slots=True)
class OwnDataDesk:
    """`recently`: how long a proof of identity is good for it."""

    sections: Sequence[Section]
    wording: Wording
    printer: Printer
    recently: Callable[[], timedelta]
    now: Now

    async def everything(self, *, by: Acting, language: Language) -> OwnData:
        person = themselves(by, recently=self.recently(), now=self.now())
        tell = self._tell(language)
        return OwnData(person, self.now(), {section.name: await section.of(person, tell) for section in self.sections})

    async def printed(self, *, by: Acting, language: Language) -> bytes:
        data, tell = await self.everything(by=by, language=language), self._tell(language)
        title = tell(Text("own-data.title", {"name": data.person.name}))
        return await self.printer.own_data(tuple(lines_of(data, tell)), title=title, made_at=data.made_at, language=language)

    def _tell(self, language: Language) -> Tell:
        return lambda said: said.in_(language) if isinstance(said, Words) else self.wording.say(said, language)


def themselves(by: Acting, *, recently: timedelta, now: datetime) -> Person:
    """Only people themselves, proved lately, and not where a helper would read along. Raises NotPermitted, AssuranceTooLow."""
    if by.capacity is not CapacityKind.SELF:
        raise NotPermitted("refusal.only-yourself")
    if by.assisted_by:
        raise NotPermitted("refusal.own-data-on-own-device")
    person = by.known_person()
    by.require(Assurance.L3, within=recently, now=now)
    return person


def lines_of(data: OwnData, tell: Tell) -> Iterator[Line]:
    yield from _named("made_at", data.made_at, 1, tell)
    for name, found in data.sections.items():
        yield Line(0, tell(Text(f"own-data.{name}")))
        yield from _within(found, 1, tell) if found else [Line(1, tell(Text("own-data.nothing")))]


def _within(value: object, depth: int, tell: Tell) -> Iterator[Line]:
    match value:
        case Mapping():
            for name, inner in value.items():
                yield from _named(str(name), inner, depth, tell)
        case Sequence():
            for number, inner in enumerate(value, start=1):
                yield Line(depth, str(number))
                yield from _within(inner, depth + 1, tell)


def _named(name: str, value: object, depth: int, tell: Tell) -> Iterator[Line]:
    label = tell(Text(f"own-data.{name}"))
    match value:
        case None | () | [] | "":
            return
        case Mapping() | list() | tuple():
            yield Line(depth, label)
            yield from _within(value, depth + 1, tell)
        case _:
            yield Line(depth, label, _written(value, tell))


def _written(value: object, tell: Tell) -> str:
    match value:
        case datetime():
            return f"{value.astimezone(CHINA):%Y-%m-%d %H:%M}"
        case bool():
            return tell(Text("own-data.yes" if value else "own-data.no"))
        case StrEnum() | date() | _:
            return str(value)
