"""What the product does by itself: certificate, completion, notices."""

from dataclasses import replace

from domain.cases import happened as h
from domain.cases.case import Case
from domain.cases.fold.apply import apply
from domain.cases.parts import CaseStatus, Notice
from domain.cases.steps import Step


@apply.register
def _(happening: h.CertificateIssued, case: Case, step: Step) -> Case:
    return replace(case, certificate=happening.certificate, certificate_due_at=None)


@apply.register
def _(happening: h.CertificateDelayed, case: Case, step: Step) -> Case:
    return replace(case, certificate_due_at=happening.retry_at)


@apply.register
def _(happening: h.Completed, case: Case, step: Step) -> Case:
    return replace(case, status=CaseStatus.DONE, notices=(*case.notices, *happening.notices), erase_at=happening.erase_at)


@apply.register
def _(happening: h.NoticeSent, case: Case, step: Step) -> Case:
    return replace(case, notices=tuple(notice for notice in case.notices if notice.key != happening.notice))


@apply.register
def _(happening: h.NoticeDelayed, case: Case, step: Step) -> Case:
    return replace(case, notices=tuple(_delayed(notice, happening) for notice in case.notices if _still_due(notice, happening)))


def _still_due(notice: Notice, happening: h.NoticeDelayed) -> bool:
    return notice.key != happening.notice or happening.retry_at is not None


def _delayed(notice: Notice, happening: h.NoticeDelayed) -> Notice:
    if notice.key != happening.notice or happening.retry_at is None:
        return notice
    return replace(notice, due_at=happening.retry_at, attempts=happening.attempt)
