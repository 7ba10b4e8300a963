"""What happens where one person files for another, or for whoever needs it sooner: confirmed, stamped, handed over, put first."""

from dataclasses import dataclass

from domain.cases.happened.happening import Happening
from domain.cases.parts import FileRef


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirmed(Happening):
    """The person agrees to what their employer has filed; `ready` may go to their departments now."""

    kind = "confirmed"
    ready: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamped(Happening):
    """The employer's electronic stamp (单位盖章) on the form at this revision."""

    kind = "stamped"
    revision: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedOver(Happening):
    """The draft is the person's own from now on."""

    kind = "handed-over"


@dataclass(frozen=True, slots=True, kw_only=True)
class PutFirst(Happening):
    """The case goes before others (优先办). Why, and what shows it, is about somebody's health or past."""

    kind = "put-first"
    private = ("basis", "evidence", "file")
    basis: str = ""
    evidence: str = ""
    file: FileRef | None = None
