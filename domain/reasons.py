"""Why: the rule, what it looked at, and the figures of law it used."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.words import Parameter, Text, Words


class Verdict(StrEnum):
    MET = "MET"
    NOT_MET = "NOT_MET"
    UNDECIDED = "UNDECIDED"


@dataclass(frozen=True, slots=True)
class Fact:
    label: Text
    value: str | Text


@dataclass(frozen=True, slots=True)
class LawFigure:
    """A dated figure of law: its value, the first day it holds, and where it is written."""

    key: str
    label: Words
    value: str
    since: date
    source: str


@dataclass(frozen=True, slots=True)
class Reason:
    """`officer`: UNDECIDED whatever else the person tells, until an officer has looked."""

    rule: str
    verdict: Verdict
    text: Text
    facts: tuple[Fact, ...] = ()
    figures: tuple[LawFigure, ...] = ()
    officer: bool = False


def finding(
    rule: str,
    verdict: Verdict,
    *,
    facts: tuple[Fact, ...] = (),
    figures: tuple[LawFigure, ...] = (),
    officer: bool = False,
    **params: Parameter,
) -> Reason:
    """A reason that is told by `rule.<rule>.<verdict>` of the message catalogue."""
    return Reason(rule, verdict, Text(f"rule.{rule}.{verdict}", params), facts, figures, officer)
