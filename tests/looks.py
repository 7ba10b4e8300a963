"""People who look at Zhang's data, and what the log keeps of it."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from domain.acting import Acting, Authority, CapacityKind, Origin
from domain.errors import Unavailable
from domain.looks.chain import Entry, Tip
from domain.looks.look import Look, Purpose, look_of
from domain.people import Person
from domain.words import Words
from tests.cases import MONDAY, ZHANG, acting, numbers, somebody

DAUGHTER = somebody("person-daughter", "张小禾")
OFFICER = somebody("person-officer", "韦明")
STATION = Words("河畔社区帮扶站", "河畔社區幫扶站", "Riverside station")
BUREAU = Words("甲市人力资源和社会保障局", "甲市人力資源和社會保障局", "Social security bureau of Jia city")
ORIGIN = Origin("121.31.*.*", "0f" * 32, "WeChat/8.0")
KEPT = timedelta(days=3 * 366)


def as_delegate(person: Person = DAUGHTER) -> Acting:
    by = replace(acting(person), capacity=CapacityKind.PROXY, on_behalf_of=ZHANG.id, mandate="mandate-1")
    return replace(by, origin=ORIGIN)


def as_staff(kind: CapacityKind = CapacityKind.OFFICER, *, name: Words = BUREAU, person: Person = OFFICER) -> Acting:
    by = replace(acting(person), capacity=kind, organisation="organisation-1", post="post-1", origin=ORIGIN)
    return replace(by, authority=Authority(organisation=name))


def a_look(number: int = 0, *, by: Acting | None = None, person: str = ZHANG.id, purpose: Purpose = Purpose.READ_CASE) -> Look:
    """The one of that second."""
    at = MONDAY + timedelta(seconds=number)
    look = look_of(by or as_staff(), person=person, purpose=purpose, at=at)
    assert look
    return replace(look, case="case-zh8k0001", case_number="ZB2026112300000017")


def a_chain(looks: Sequence[Look], *, name: str = "looks-1", until: datetime = MONDAY + KEPT) -> list[Entry]:
    return list(Tip(name).entries(looks, until=until, random=numbers()))


@dataclass
class NotedLooks:
    """The `Looks` for desks: what they noted. `away`: it cannot be kept."""

    noted: list[Look] = field(default_factory=list)
    away: bool = False

    async def note(self, looks: Sequence[Look]) -> None:
        if self.away and looks:
            raise Unavailable("refusal.unavailable", retry_after_seconds=1)
        self.noted += looks

    @property
    def told(self) -> list[tuple[str, str, str]]:
        """Whose data, who, and what for."""
        return [(look.person, look.by, look.purpose.value) for look in self.noted]
