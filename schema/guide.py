"""The guide as the contract shows it: questions that lead to services."""

from typing import Annotated

import strawberry

from domain.guide import guide as domain
from domain.reasons import Verdict
from resolvers import guide as resolvers
from schema.catalogue import ServiceItem
from schema.forms import Question
from schema.problems import InvalidForm, Reason, Refusal


@strawberry.type
class GuideQuestion(Question):
    value: str | None
    values: list[str]

    @classmethod
    def is_type_of(cls, obj: object, info: object) -> bool:
        return isinstance(obj, domain.GuideQuestion)


@strawberry.type(description="reasons: why it is for this person or not, and the conditions under which it is granted.")
class GuideItem:
    item: ServiceItem
    recommended: bool
    reasons: list[Reason]


@strawberry.type(description="Questions that lead to items: 智能导引. eligible: whether this person may retire on that day.")
class Guide:
    questions: list[GuideQuestion]
    items: list[GuideItem]
    eligible: Verdict
    reasons: list[Reason]

    @classmethod
    def is_type_of(cls, obj: object, info: object) -> bool:
        return isinstance(obj, domain.Guide)


GuideResult = Annotated[Guide | Refusal | InvalidForm, strawberry.union("GuideResult")]


@strawberry.type
class GuideQuery:
    guide = strawberry.field(
        graphql_type=GuideResult, resolver=resolvers.guide, description="asOf: by the law of that day; today, if it is left out."
    )
