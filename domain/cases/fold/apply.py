"""The dispatch of the fold, and the two changes that every part of it makes."""

from dataclasses import replace
from functools import singledispatch

from domain.cases.case import Case
from domain.cases.happened import Happening
from domain.cases.steps import Step


@singledispatch
def apply(happening: Happening, case: Case, step: Step) -> Case:
    """The case after it happened; history and secrets are the caller's."""
    raise TypeError(f"no rule says what {type(happening).__name__} makes of a case")


def change_item(case: Case, code: str, **changes: object) -> Case:
    return replace(case, items=tuple(replace(item, **changes) if item.code == code else item for item in case.items))  # type: ignore[arg-type]


def change_prefill(case: Case, source: str, **changes: object) -> Case:
    states = tuple(replace(state, **changes) if state.source == source else state for state in case.prefill)  # type: ignore[arg-type]
    return replace(case, prefill=states)
