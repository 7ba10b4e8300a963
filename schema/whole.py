"""The whole schema: every operation, and the handlers that make problems of what the domain raises."""

import strawberry
from strawberry.schema.config import StrawberryConfig

from resolvers.context import Info
from schema.cases import CaseMutation, CaseQuery, CaseSubscription
from schema.catalogue import CatalogueQuery
from schema.certificates import CertificateMutation, CertificateQuery
from schema.employers import EmployerMutation
from schema.execution import QuickExecutor
from schema.filing import FilingMutation
from schema.guide import GuideQuery
from schema.keeping import KeepingMutation, KeepingQuery
from schema.looks import LookQuery
from schema.mandates import MandateMutation, MandateQuery
from schema.options import OptionQuery
from schema.organisations import OrganisationMutation, OrganisationQuery
from schema.own import OwnMutation, OwnQuery
from schema.payout import PayoutMutation
from schema.pension import PensionQuery
from schema.points import PointQuery
from schema.problems import Problem, TellInvalidForm, TellRefusal
from schema.retirement import RetirementQuery
from schema.scalars import SCALARS, DateTime
from schema.sessions import SessionMutation, SessionQuery
from schema.tasks import TaskMutation
from schema.visits import VisitMutation, VisitQuery
from schema.worklist import WorkMutation, WorkQuery


def _now(info: Info) -> DateTime:
    return DateTime(info.context.now)


@strawberry.type
class Query(
    SessionQuery,
    CatalogueQuery,
    CaseQuery,
    CertificateQuery,
    OptionQuery,
    OrganisationQuery,
    GuideQuery,
    PensionQuery,
    PointQuery,
    RetirementQuery,
    KeepingQuery,
    LookQuery,
    MandateQuery,
    OwnQuery,
    WorkQuery,
    VisitQuery,
):
    now: DateTime = strawberry.field(resolver=_now, description="The server's clock.")


@strawberry.type
class Mutation(
    SessionMutation,
    CaseMutation,
    CertificateMutation,
    OrganisationMutation,
    MandateMutation,
    EmployerMutation,
    KeepingMutation,
    OwnMutation,
    FilingMutation,
    WorkMutation,
    PayoutMutation,
    VisitMutation,
    TaskMutation,
):
    pass


@strawberry.type
class Subscription(CaseSubscription):
    pass


schema = strawberry.Schema(
    query=Query,
    mutation=Mutation,
    subscription=Subscription,
    types=[Problem],
    config=StrawberryConfig(scalar_map=SCALARS, disable_field_suggestions=True),
    exception_handlers=[TellRefusal(), TellInvalidForm()],
    execution_context_class=QuickExecutor,
)
