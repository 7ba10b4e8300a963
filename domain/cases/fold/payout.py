"""What becomes of the account that the pension is paid to."""

from collections.abc import Mapping
from dataclasses import replace

from domain.cases import happened as h
from domain.cases.case import Case
from domain.cases.fold.applicant import answered
from domain.cases.fold.apply import apply
from domain.cases.parts import Answer, FieldSource
from domain.cases.payout import ACCOUNT, BANK, PayoutChange, PayoutTelling
from domain.cases.steps import Step
from domain.catalogue.types import SourceKind

TO_THE_FORMER_NUMBER = "notice.payout-change-asked"


@apply.register
def _(happening: h.PayoutChangeAsked, case: Case, step: Step) -> Case:
    person = step.actor.person or case.person
    change = PayoutChange(step.number, person, happening.bank, happening.account, happening.mobile, happening.effective_at)
    return _with(replace(case, notices=(*case.notices, *happening.notices)), change)


@apply.register
def _(happening: h.PayoutChangeCancelled, case: Case, step: Step) -> Case:
    return _over(replace(case, notices=(*case.notices, *happening.notices)))


@apply.register
def _(happening: h.PayoutChanged, case: Case, step: Step) -> Case:
    """What a department was given before stays as it was given: the same hand-off again must be the same."""
    change = case.private.payout
    if change is None:
        return case
    former = {key: answer for key in (BANK, ACCOUNT) if (answer := case.private.answers.get(key))}
    as_given = {**case.private.as_given, **{item: {**former, **case.private.as_given.get(item, {})} for item in happening.tell}}
    case = answered(case, _answers(change, happening.revision, step), (), revision=happening.revision)
    case = replace(case, notices=(*case.notices, *happening.notices), private=replace(case.private, as_given=as_given))
    tellings = tuple(PayoutTelling(item, step.at) for item in happening.tell)
    return _with(case, replace(change, in_force=True, tellings=tellings)) if tellings else _over(case)


def _answers(change: PayoutChange, revision: int, step: Step) -> Mapping[str, Answer]:
    source = FieldSource(SourceKind.PERSON, "", step.at)
    values = {BANK: change.bank, ACCOUNT: change.account}
    return {key: Answer(value, (), source, revision, change.person) for key, value in values.items()}


@apply.register
def _(happening: h.PayoutTold, case: Case, step: Step) -> Case:
    return _without(case, happening.item)


@apply.register
def _(happening: h.PayoutTellingDelayed, case: Case, step: Step) -> Case:
    change = case.private.payout
    case = replace(case, notices=(*case.notices, *happening.notices))
    if change is None or happening.retry_at is None:
        return _without(case, happening.item)
    again = PayoutTelling(happening.item, happening.retry_at, happening.attempt)
    return _with(case, replace(change, tellings=tuple(again if one.item == again.item else one for one in change.tellings)))


def _without(case: Case, item: str) -> Case:
    change = case.private.payout
    left = tuple(one for one in change.tellings if one.item != item) if change else ()
    return _with(case, replace(change, tellings=left)) if change and left else _over(case)


def _over(case: Case) -> Case:
    """A notice that has not gone by now would tell of what is no more."""
    notices = tuple(notice for notice in case.notices if notice.wording != TO_THE_FORMER_NUMBER)
    return replace(case, notices=notices, private=replace(case.private, payout=None))


def _with(case: Case, change: PayoutChange) -> Case:
    return replace(case, private=replace(case.private, payout=change))
