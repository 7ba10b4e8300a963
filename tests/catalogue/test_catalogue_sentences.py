"""Code names sentences by key; each must be there to be said."""

import ast
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from domain.cases.happened import KINDS
from domain.cases.parts import CaseStatus, ConsentStatus, ItemStatus, MaterialStatus, OfferReason, PrefillStatus, Turn
from domain.catalogue.types import FilingChannel
from domain.errors import Refusal
from domain.mandates.actions import MandateStatus
from domain.mandates.mandate import MandateEnd
from domain.mandates.steps import MandateStepKind
from domain.ports import ItemOutcome, MessageChannel
from domain.registers import ReadingFault
from integrations.catalogue_files import load

ROOT = Path(__file__).parents[2]
SHIPPED = ("api", "schema", "resolvers", "domain", "integrations")
MESSAGES = load(today=date(2026, 11, 23)).wording.messages
NOTICE = re.compile(r"notice\.[a-z-]+")
SAYING = {"Text", "say", *(refusal.__name__ for refusal in Refusal.__subclasses__())}

ENUMS = {
    "case.status": CaseStatus,
    "item.status": ItemStatus,
    "item.outcome": ItemOutcome,
    "material.status": MaterialStatus,
    "consent.status": ConsentStatus,
    "prefill.status": PrefillStatus,
    "offer": OfferReason,
    "turn": Turn,
    "channel": FilingChannel,
    "message-channel": MessageChannel,
    "mandate.status": MandateStatus,
    "mandate.ended": MandateEnd,
    "mandate.step": MandateStepKind,
    "mandate.reading": ReadingFault,
}


def test_every_value_that_stands_beside_a_text_has_one() -> None:
    assert [f"{key}.{value}" for key, enum in ENUMS.items() for value in enum if f"{key}.{value}" not in MESSAGES] == []


def test_every_kind_of_step_is_told() -> None:
    assert [kind for kind in KINDS if not is_there(f"step.{kind}") and not is_there(f"step.{kind}-*")] == []


def test_every_sentence_that_code_names_is_there() -> None:
    named = [(file, key) for file in shipped_files() for key in keys_in(file)]

    assert len(named) > 100
    assert sorted({f"{file.relative_to(ROOT)} names {key}" for file, key in named if not is_there(key)}) == []


def is_there(key: str) -> bool:
    """A key that is completed at run time ends in a star."""
    return any(known.startswith(key[:-1]) for known in MESSAGES) if key.endswith("*") else key in MESSAGES


def shipped_files() -> Iterator[Path]:
    for folder in SHIPPED:
        yield from (ROOT / folder).rglob("*.py")


def keys_in(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and node.args and name_of(node.func) in SAYING:
            yield from key_of(node.args[0])
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and NOTICE.fullmatch(node.value):
            yield node.value


def name_of(function: ast.expr) -> str:
    match function:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
        case _:
            return ""


def key_of(argument: ast.expr) -> Iterator[str]:
    match argument:
        case ast.Constant(value=str(key)) if "." in key:  # a page may say its own sentences by a shorter name
            yield key
        case ast.JoinedStr(values=[ast.Constant(value=str(beginning)), *_]):
            yield f"{beginning}*"
