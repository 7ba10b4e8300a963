"""Cases: what is asked, and what happens. Every rule is a desk's."""

from collections.abc import AsyncIterator

from strawberry import ID

from domain.cases.case import Case
from domain.cases.feed import CaseChanges, CaseProgress
from domain.cases.stores import CaseFilter, CasePage
from resolvers.context import Info
from resolvers.inputs import (
    AttachMaterialInput,
    CaseFilterInput,
    DecideConsentsInput,
    FillFormInput,
    OpenCaseInput,
    SeenCaseInput,
    SubmitCaseInput,
    WithdrawCaseInput,
)


async def case(info: Info, id: ID) -> Case | None:
    by = info.context.acting
    return await info.context.desks.applicant.one(id, by=by) if by and by.person else None


async def cases(info: Info, first: int = 20, after: str | None = None, filter: CaseFilterInput | None = None) -> CasePage:
    by = info.context.acting
    if by is None or by.person is None:
        return CasePage((), more=False)
    wanted = filter.filter() if filter else CaseFilter()
    return await info.context.desks.applicant.page(first=first, after=after, filter=wanted, by=by)


async def open_case(info: Info, request_id: ID, input: OpenCaseInput) -> Case:
    context = info.context
    return await context.desks.opening.open(request_id, input.opening(), by=context.must_act(), language=context.language)


async def decide_consents(info: Info, request_id: ID, input: DecideConsentsInput) -> Case:
    consents = [consent.consenting() for consent in input.consents]
    return await info.context.desks.applicant.decide_consents(request_id, input.case_id, consents, by=info.context.must_act())


async def fill_form(info: Info, request_id: ID, input: FillFormInput) -> Case:
    answers = [answer.given() for answer in input.answers]
    by, desk = info.context.must_act(), info.context.desks.applicant
    return await desk.fill(request_id, input.case_id, answers, revision=input.revision, remove_entries=input.remove_entries, by=by)


async def attach_material(info: Info, request_id: ID, input: AttachMaterialInput) -> Case:
    by, desk = info.context.must_act(), info.context.desks.applicant
    return await desk.attach(request_id, input.material_id, input.file_ids, marks=input.marks, by=by)


async def submit_case(info: Info, request_id: ID, input: SubmitCaseInput) -> Case:
    by, desk = info.context.must_act(), info.context.desks.applicant
    return await desk.submit(request_id, input.case_id, revision=input.revision, declarations=input.declarations, by=by)


async def withdraw_case(info: Info, request_id: ID, input: WithdrawCaseInput) -> Case:
    return await info.context.desks.applicant.withdraw(request_id, input.case_id, reason=input.reason, by=info.context.must_act())


async def confirm_filing(info: Info, request_id: ID, case_id: ID) -> Case:
    return await info.context.desks.applicant.confirm(request_id, case_id, by=info.context.must_act())


async def stamp_case(info: Info, request_id: ID, case_id: ID) -> Case:
    return await info.context.desks.applicant.stamp(request_id, case_id, by=info.context.must_act())


async def hand_over_case(info: Info, request_id: ID, case_id: ID) -> Case:
    return await info.context.desks.applicant.hand_over(request_id, case_id, by=info.context.must_act())


async def case_progress(info: Info, case_id: ID, after: int = 0) -> AsyncIterator[CaseProgress]:
    async for message in info.context.desks.feed.progress(case_id, after=after, by=info.context.acting):
        yield message


async def case_changes(info: Info, seen: list[SeenCaseInput]) -> AsyncIterator[CaseChanges]:
    last_seen = {str(one.case_id): one.version for one in seen}
    async for message in info.context.desks.feed.changes(last_seen, by=info.context.acting):
        yield message
