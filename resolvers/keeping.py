"""One's own data: what would be deleted, and deleting it."""

from collections.abc import Sequence
from dataclasses import dataclass

import strawberry
from strawberry import ID, Parent

from domain.cases.case import Case
from domain.cases.stores import CasePage
from domain.keeping.deletion import Deleted, DeletionPlan, PlanLine
from domain.words import Text
from resolvers.case_fields import ConsentInCase, consents
from resolvers.cases import cases
from resolvers.context import Info


@strawberry.input
class DeleteMyDataInput:
    plan_version: str


@dataclass(frozen=True, slots=True)
class ConsentEdge:
    """The cursor stands behind all consents of the case."""

    cursor: str
    node: ConsentInCase
    case: Case


async def deletion_plan(info: Info) -> DeletionPlan | None:
    return await info.context.desks.deletion.plan(by=info.context.acting)


async def my_consents(info: Info, first: int = 20, after: str | None = None) -> CasePage:
    return await cases(info, first, after)


def consent_edges(page: Parent[CasePage], info: Info) -> Sequence[ConsentEdge]:
    return [ConsentEdge(case.id, consent, case) for case in page.cases for consent in consents(case, info)]


async def delete_my_data(info: Info, request_id: ID, input: DeleteMyDataInput) -> Deleted:
    return await info.context.desks.deletion.delete(request_id, plan_version=input.plan_version, by=info.context.must_act())


def lines(of: Parent[DeletionPlan | Deleted]) -> Sequence[PlanLine]:
    return of.lines


def in_progress(plan: Parent[DeletionPlan]) -> Case | None:
    return plan.in_progress


def title(line: Parent[PlanLine], info: Info) -> str:
    return info.context.say(line.title)


def law(line: Parent[PlanLine], info: Info) -> str:
    return info.context.say(line.law)


def why(line: Parent[PlanLine], info: Info) -> str:
    return info.context.say(line.why)


def spoken(line: Parent[PlanLine], info: Info) -> str:
    return info.context.speak(line.why)


def text(plan: Parent[DeletionPlan], info: Info) -> str:
    return info.context.say(Text("deletion.explained"))
