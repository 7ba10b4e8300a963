"""What becomes of a case that one person files for another."""

from dataclasses import replace

from domain.cases import happened as h
from domain.cases.case import Case
from domain.cases.fold.apply import apply
from domain.cases.parts import Priority
from domain.cases.steps import Step


@apply.register
def _(happening: h.Confirmed, case: Case, step: Step) -> Case:
    items = tuple(replace(item, ready_at=step.at, hand_off_at=step.at) if item.code in happening.ready else item for item in case.items)
    return replace(case, items=items, confirmed_at=step.at)


@apply.register
def _(happening: h.Stamped, case: Case, step: Step) -> Case:
    return replace(case, stamped_at=step.at)


@apply.register
def _(happening: h.HandedOver, case: Case, step: Step) -> Case:
    return replace(case, kept_by=case.person)


@apply.register
def _(happening: h.PutFirst, case: Case, step: Step) -> Case:
    priority = Priority(happening.basis, happening.evidence, step.actor, step.at, happening.file)
    return replace(case, private=replace(case.private, priority=priority))
