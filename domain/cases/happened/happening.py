"""What every happening is: a step's kind, the version of its shape, and which of its fields are private."""

from dataclasses import dataclass
from typing import ClassVar

from domain.cases.parts import RequestMark


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """`requests`: the client's requests that caused it."""

    kind: ClassVar[str]
    v: ClassVar[int] = 1
    private: ClassVar[tuple[str, ...]] = ()
    requests: tuple[RequestMark, ...] = ()
