"""How tests ask about retirement through the schema: the queries, and as much of a request as they need."""

from dataclasses import dataclass
from datetime import date

import strawberry
from strawberry.schema.config import StrawberryConfig

from domain.catalogue.store import Catalogues
from domain.wording import Wording
from domain.words import Language
from resolvers.context import Context
from schema.problems import Problem, TellInvalidForm, TellRefusal
from schema.retirement import RetirementQuery
from schema.scalars import SCALARS

SCHEMA = strawberry.Schema(
    query=RetirementQuery,
    types=[Problem],
    config=StrawberryConfig(scalar_map=SCALARS),
    exception_handlers=[TellRefusal(), TellInvalidForm()],
)
TODAY = date(2026, 11, 23)
ISSUES = "... on InvalidForm { issues { path code message } }"
FORECAST = (
    """query($question: RetirementQuestionInput!) { retirementForecast(question: $question) {
    ... on RetirementForecast {
        originalAge { years months } delayMonths
        statutory { ...point } earliest { ...point } latest { ...point } special { date }
        reasons { rule verdict text spoken facts { label value } figures { key label value since source } }
        shortfall { months options { key label text spoken reasons { verdict } } }
    } """
    + ISSUES
    + """ } }
fragment point on RetirementPoint { age { years months } date minimumContributionMonths actBy actByText }"""
)
CHOICES = (
    """query($question: RetirementChoicesQuestionInput!) { retirementChoices(question: $question) {
    ... on RetirementChoices {
        firstIfToldToday
        choices { kind possible contributionMonths text spoken estimate { total payoutMonths } reasons { rule verdict text }
            point { date age { years months } minimumContributionMonths actBy actByText } }
    } """
    + ISSUES
    + " } }"
)
PLACE = (
    """query($question: ClaimPlaceQuestionInput!) { claimPlace(question: $question) {
    ... on ClaimPlace { place step moved reasons { rule verdict text facts { label value } figures { key value since source } } } """
    + ISSUES
    + " } }"
)
ARCHIVE = (
    """query($question: ArchiveQuestionInput!) { archiveCheck(question: $question) {
    ... on ArchiveCheck { status facts { key label verdict reason { rule text } } forecast { statutory { date } } } """
    + ISSUES
    + " } }"
)


@dataclass
class Asking:
    """As much of a request's context as retirement needs."""

    catalogues: Catalogues
    wording: Wording
    language: Language = Language.ZH_HANS
    today: date = TODAY
    say = Context.say
    speak = Context.speak


async def asked(query: str, asking: Asking, **question: object) -> dict[str, object]:
    result = await SCHEMA.execute(query, context_value=asking, variable_values={"question": question})
    assert result.errors is None, result.errors
    (answer,) = result.data.values()
    return answer


async def codes(query: str, asking: Asking, **question: object) -> set[tuple[str, str]]:
    answer = await asked(query, asking, **question)
    return {(".".join(issue["path"]), issue["code"]) for issue in answer["issues"]}
