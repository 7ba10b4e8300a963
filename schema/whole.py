"""The whole schema: every operation, and the handlers that make problems of what the domain raises."""

import strawberry
from strawberry.schema.config import StrawberryConfig

from resolvers.context import Info
from schema.cases import CaseMutation, CaseQuery, CaseSubscription
from schema.catalogue import CatalogueQuery
from schema.certificates import CertificateMutation, CertificateQuery
from schema.execution import QuickExecutor
from schema.guide import GuideQuery
from schema.options import OptionQuery
from schema.pension import PensionQuery
from schema.points import PointQuery
from schema.problems import Problem, TellInvalidForm, TellRefusal
from schema.retirement import RetirementQuery
from schema.scalars import SCALARS, DateTime
from schema.sessions import SessionMutation, SessionQuery


def _now(info: Info) -> DateTime:
    return DateTime(info.context.now)


@strawberry.type
class Query(SessionQuery, CatalogueQuery, CaseQuery, CertificateQuery, OptionQuery, GuideQuery, PensionQuery, PointQuery, RetirementQuery):
    now: DateTime = strawberry.field(resolver=_now, description="The server's clock.")


@strawberry.type
class Mutation(SessionMutation, CaseMutation, CertificateMutation):
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
