"""A case as the contract shows it, and what can be asked and done about cases."""

from typing import Annotated

import strawberry

from domain.cases import case as domain
from domain.cases import feed, parts
from domain.cases.workflow import CaseAction
from domain.catalogue.types import FilingChannel, PromiseMark
from domain.ports import MessageChannel
from resolvers import case_fields as fields
from resolvers import cases as resolvers
from resolvers import pages, payout, tasks, worklist
from schema.case_items import CaseItem, Deadline
from schema.case_payout import PayoutChange
from schema.case_priority import Priority
from schema.case_tasks import AgencyTask
from schema.catalogue import ConsentText, Region
from schema.certificates import Certificate
from schema.forms import Form
from schema.pages import PageInfo
from schema.people import Actor, Person
from schema.problems import InvalidForm, Reason, Refusal, StepUp
from schema.scalars import DateTime

for enum in (parts.MaterialStatus, parts.ConsentStatus, MessageChannel):
    strawberry.enum(enum)
strawberry.enum(CaseAction, description="An older app leaves out the button that it does not know.")
strawberry.enum(
    feed.StreamEnd, description="FINISHED nothing more is expected; GONE no longer yours; RESUME come back with what you last saw. Closed."
)


@strawberry.type
class Audience:
    label: str = strawberry.field(resolver=fields.audience_label)
    via: MessageChannel


@strawberry.type
class AvailableAction:
    action: CaseAction = strawberry.field(resolver=lambda self: self.row.action)
    label: str = strawberry.field(resolver=fields.action_label)
    confirm_text: str | None = strawberry.field(resolver=fields.confirm_text)
    step_up = strawberry.field(graphql_type=StepUp | None, resolver=fields.action_step_up)


@strawberry.type(description="url and thumbnailUrl are paths, fetched with the session's token.")
class File:
    id: strawberry.ID = strawberry.field(resolver=lambda self: self.file.id)
    content_type: str = strawberry.field(resolver=lambda self: self.file.content_type)
    size: int = strawberry.field(resolver=lambda self: self.file.size)
    sha256: str = strawberry.field(resolver=lambda self: self.file.sha256)
    url: str
    thumbnail_url: str | None = strawberry.field(resolver=lambda: None)
    at: DateTime = strawberry.field(resolver=lambda self: self.file.at)
    by = strawberry.field(graphql_type=Actor, resolver=fields.file_by)


@strawberry.type
class Material:
    id: strawberry.ID
    code: str
    title: str = strawberry.field(resolver=fields.material_title)
    status = strawberry.field(graphql_type=parts.MaterialStatus, resolver=fields.material_status)
    status_text: str = strawberry.field(resolver=fields.material_status_text)
    used_by: list[CaseItem]
    reasons: list[Reason]
    due_at: DateTime | None = strawberry.field(resolver=lambda: None)
    max_files: int
    needs: list[PromiseMark] = strawberry.field(
        resolver=lambda self: self.rule.needs, description="What a written promise must bear to be complete."
    )
    marks = strawberry.field(
        graphql_type=list[PromiseMark],
        resolver=fields.material_marks,
        description="Which of these were seen on what was handed in.",
    )
    files = strawberry.field(graphql_type=list[File], resolver=fields.material_files)


@strawberry.type(description="Nothing about a person is fetched before this. Refused, the form is filled by hand.")
class Consent:
    id = strawberry.field(graphql_type=strawberry.ID, resolver=lambda self: f"{self.case.id}.consent.{self.state.purpose}")
    wording = strawberry.field(graphql_type=ConsentText, resolver=fields.consent_wording)
    status: parts.ConsentStatus = strawberry.field(resolver=lambda self: self.state.status)
    decided_at: DateTime | None = strawberry.field(resolver=lambda self: self.state.decided_at)
    decided_by = strawberry.field(graphql_type=Actor | None, resolver=fields.consent_by)


@strawberry.type
class Declaration:
    id: strawberry.ID
    version: str
    text: str = strawberry.field(resolver=fields.declaration_text)
    spoken: str = strawberry.field(resolver=fields.declaration_spoken)


@strawberry.type(description="One thing that happened. Never edited, never removed.")
class Step:
    id: strawberry.ID
    number: int
    at: DateTime
    kind: str
    text: str = strawberry.field(resolver=fields.step_text)
    spoken: str = strawberry.field(resolver=fields.step_spoken)
    item: CaseItem | None
    by: Actor


@strawberry.type
class Case:
    id: strawberry.ID
    number: str = strawberry.field(description="The public reference; every case has one from its first moment.")
    region = strawberry.field(graphql_type=Region, resolver=fields.region)
    catalogue_version: str
    channel: FilingChannel
    status: parts.CaseStatus
    status_text: str = strawberry.field(resolver=fields.status_text)
    status_spoken: str = strawberry.field(resolver=fields.status_spoken)
    turn: parts.Turn
    version: int = strawberry.field(description="Rises with any change: of two copies the higher is the newer.")
    beneficiary = strawberry.field(graphql_type=Person, resolver=fields.beneficiary)
    filed_by = strawberry.field(graphql_type=Actor, resolver=fields.filed_by)
    informs = strawberry.field(graphql_type=list[Audience], resolver=fields.informs)
    opened_at: DateTime
    received_at: DateTime | None
    submitted_at: DateTime | None
    updated_at: DateTime
    draft_expires_at: DateTime | None
    deadline = strawberry.field(graphql_type=Deadline | None, resolver=fields.deadline)
    items = strawberry.field(graphql_type=list[CaseItem], resolver=fields.items)
    materials = strawberry.field(graphql_type=list[Material], resolver=fields.materials)
    consents = strawberry.field(graphql_type=list[Consent], resolver=fields.consents)
    certificate = strawberry.field(graphql_type=Certificate | None, resolver=fields.certificate)
    form = strawberry.field(graphql_type=Form | None, resolver=fields.form)
    declarations = strawberry.field(graphql_type=list[Declaration], resolver=fields.declarations)
    steps = strawberry.field(graphql_type=list[Step], resolver=fields.steps)
    last_step = strawberry.field(graphql_type=Step, resolver=fields.last_step)
    priority = strawberry.field(graphql_type=Priority | None, resolver=worklist.priority, description="Set if it goes before others.")
    tasks = strawberry.field(graphql_type=list[AgencyTask], resolver=tasks.tasks, description="What agencies fetch for it.")
    payout_change = strawberry.field(
        graphql_type=PayoutChange | None, resolver=payout.waiting, description="Set until it is in force and every department knows."
    )
    available_actions = strawberry.field(graphql_type=list[AvailableAction], resolver=fields.available_actions)

    @classmethod
    def is_type_of(cls, obj: object, info: object) -> bool:
        return isinstance(obj, domain.Case)


CaseResult = Annotated[Case | Refusal | InvalidForm, strawberry.union("CaseResult")]


@strawberry.type
class CaseEdge:
    cursor: str
    node: Case


@strawberry.type
class CaseConnection:
    edges = strawberry.field(graphql_type=list[CaseEdge], resolver=pages.case_edges)
    page_info = strawberry.field(graphql_type=PageInfo, resolver=pages.case_page_info)


@strawberry.type(description="steps: up to a hundred a message; case: as it stands when this is sent; end: on the last.")
class CaseProgress:
    steps = strawberry.field(graphql_type=list[Step], resolver=fields.progress_steps)
    case: Case | None
    end: feed.StreamEnd | None


@strawberry.type(description="gone: not there, not yours, or no longer yours.")
class CaseChanges:
    cases: list[Case]
    gone: list[strawberry.ID]
    end: feed.StreamEnd | None


@strawberry.type
class CaseQuery:
    case = strawberry.field(graphql_type=Case | None, resolver=resolvers.case)
    cases = strawberry.field(
        graphql_type=CaseConnection, resolver=resolvers.cases, description="The viewer's cases, newest first; keyset-paged."
    )


@strawberry.type
class CaseMutation:
    open_case = strawberry.field(graphql_type=CaseResult, resolver=resolvers.open_case)
    decide_consents = strawberry.field(graphql_type=CaseResult, resolver=resolvers.decide_consents)
    fill_form = strawberry.field(graphql_type=CaseResult, resolver=resolvers.fill_form)
    attach_material = strawberry.field(graphql_type=CaseResult, resolver=resolvers.attach_material)
    submit_case = strawberry.field(graphql_type=CaseResult, resolver=resolvers.submit_case)
    withdraw_case = strawberry.field(graphql_type=CaseResult, resolver=resolvers.withdraw_case)
    confirm_filing = strawberry.field(
        graphql_type=CaseResult, resolver=resolvers.confirm_filing, description="By the person: what their employer filed may begin."
    )
    stamp_case = strawberry.field(graphql_type=CaseResult, resolver=resolvers.stamp_case, description="The employer's electronic stamp.")
    hand_over_case = strawberry.field(
        graphql_type=CaseResult,
        resolver=resolvers.hand_over_case,
        description="A draft that staff began goes on in the person's own account.",
    )


@strawberry.type
class CaseSubscription:
    case_progress = strawberry.subscription(graphql_type=CaseProgress, resolver=resolvers.case_progress)
    case_changes = strawberry.subscription(graphql_type=CaseChanges, resolver=resolvers.case_changes)
