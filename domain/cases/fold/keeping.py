"""What is left of a case that was erased or locked."""

from dataclasses import replace

from domain.cases import happened as h
from domain.cases.case import Case, PrivatePart
from domain.cases.fold.apply import apply
from domain.cases.steps import Step


@apply.register
def _(happening: h.ErasureAsked, case: Case, step: Step) -> Case:
    return replace(case, erase_at=happening.erase_at)


@apply.register
def _(happening: h.Erased, case: Case, step: Step) -> Case:
    """Nobody can be told of it any more, nor asked about it."""
    items = tuple(replace(item, hand_off_at=None, ask_again_at=None, cancel_at=None) for item in case.items)
    bare = replace(case, items=items, materials={}, notices=(), private=PrivatePart())
    return replace(bare, erase_at=None, erased_at=step.at)


@apply.register
def _(happening: h.Locked, case: Case, step: Step) -> Case:
    return replace(case, locked_at=step.at)
