"""Staff begin cases for the people whom they serve. Every rule is the desk's."""

import strawberry
from strawberry import ID

from domain.cases.case import Case
from domain.cases.filing_desk import PaperForm
from domain.cases.opening import Opening
from domain.errors import InvalidForm, Issue
from domain.identifiers import DocumentKind
from domain.words import Text
from resolvers.context import Info
from resolvers.inputs import AnswerInput, ConsentInput
from resolvers.scalars import DateTime, moment_typed


@strawberry.input(description="Under a mandate for which the person had their card read: the one case that it is for.")
class OpenCaseInPersonInput:
    mandate_id: ID
    item_ids: list[ID]
    answers: list[AnswerInput] = strawberry.field(default_factory=list)
    consents: list[ConsentInput] = strawberry.field(default_factory=list)

    def opening(self) -> Opening:
        return _opening(self.item_ids, self.answers, self.consents)


@strawberry.input
class ApplicantInput:
    name: str
    document_number: str
    document_kind: DocumentKind = DocumentKind.RESIDENT_ID


@strawberry.input(description="receivedAt: when the paper form came to the counter; every deadline runs from there.")
class OpenCaseAtCounterInput:
    applicant: ApplicantInput
    received_at: DateTime
    item_ids: list[ID]
    answers: list[AnswerInput] = strawberry.field(default_factory=list)
    consents: list[ConsentInput] = strawberry.field(default_factory=list)

    def opening(self) -> Opening:
        return _opening(self.item_ids, self.answers, self.consents)

    def paper(self) -> PaperForm:
        """Raises InvalidForm for a moment that is none."""
        received = moment_typed(self.received_at, "input", "receivedAt")
        if received is None:
            raise InvalidForm([Issue(("input", "receivedAt"), Text("issue.required"))])
        return PaperForm(self.applicant.name, self.applicant.document_kind, self.applicant.document_number, received)


def _opening(item_ids: list[ID], answers: list[AnswerInput], consents: list[ConsentInput]) -> Opening:
    return Opening(tuple(item_ids), tuple(one.given() for one in answers), tuple(one.consenting() for one in consents))


async def open_in_person(info: Info, request_id: ID, input: OpenCaseInPersonInput) -> Case:
    context = info.context
    by, desk = context.must_act(), context.desks.filing
    return await desk.in_person(request_id, input.mandate_id, input.opening(), by=by, language=context.language)


async def open_at_counter(info: Info, request_id: ID, input: OpenCaseAtCounterInput) -> Case:
    context = info.context
    by, desk = context.must_act(), context.desks.filing
    return await desk.at_counter(request_id, input.paper(), input.opening(), by=by, language=context.language)
