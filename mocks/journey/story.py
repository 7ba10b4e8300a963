"""What a journey is: chapters, each of which asks the public API for one thing, shows it, and fails by name if it did not happen."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from mocks import documents
from mocks.answers import Json
from mocks.journey.others import Others
from mocks.journey.travellers import Traveller
from mocks.journey.voice import Voice
from mocks.phone import Phone


@dataclass
class Journey:
    """What is known so far. `as_of`: the day that is asked about, instead of today. `resumed`: the case was there before we came.

    `filing`: the phone of whoever files, if that is somebody else; `seen`: the last step of the case that has been told;
    `marks`: what was seen on written promises, by the material's code; `papers`: those whom an officer's story is about.
    """

    phone: Phone
    voice: Voice
    traveller: Traveller
    folder: Path
    as_of: str | None = None
    forecast: Json = field(default_factory=dict)
    guide: Json = field(default_factory=dict)
    catalogue: Json = field(default_factory=dict)
    case: Json = field(default_factory=dict)
    certificate: Json = field(default_factory=dict)
    looks_before: set[str] = field(default_factory=set)
    mandate: Json = field(default_factory=dict)
    filing: Phone | None = None
    seen: int = 0
    marks: dict[str, list[str]] = field(default_factory=dict)
    papers: list["Journey"] = field(default_factory=list)
    resumed: bool = False

    @cached_property
    def others(self) -> Others:
        return Others(str(self.phone.base_url))

    @property
    def filer(self) -> Phone:
        return self.filing or self.phone

    @property
    def watcher(self) -> Phone:
        """Whoever follows it: the person, unless they have no phone."""
        return self.phone if self.traveller.person.mobile else self.filer

    @property
    def by_the_law_of(self) -> Json:
        return {"asOf": self.as_of} if self.as_of else {}

    @property
    def recommended(self) -> list[str]:
        """The items that the guide recommends, by id."""
        return [item["item"]["id"] for item in self.guide["items"] if item["recommended"]]

    @property
    def chosen(self) -> list[str]:
        """Of those, without what does not go with their way to retire."""
        left_out = {item["item"]["id"] for item in self.guide["items"] if item["item"]["code"] in self.traveller.leaves_out}
        return [id for id in self.recommended if id not in left_out]

    async def reread(self) -> Json:
        self.case = (await self.filer.query(documents.CASE, {"id": self.case["id"]}))["case"]
        return self.case


@dataclass(frozen=True, slots=True)
class Chapter:
    """`seconds`: how long it may take before it counts as not having happened. `when`: whether it is still ahead."""

    title: str
    gloss: str
    walk: Callable[[Journey], Awaitable[None]]
    seconds: float = 30.0
    when: Callable[[Journey], bool] = lambda journey: True


def drafting(journey: Journey) -> bool:
    return bool(journey.case["status"] == "DRAFT")


def under_way(journey: Journey) -> bool:
    return bool(journey.case["turn"] != "OVER")
