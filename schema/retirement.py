"""Retirement as the contract shows it: the forecast; the choices, the place of claim and the check of the archive are additions of ours."""

from typing import Annotated

import strawberry

from domain.policy.retirement import archive, choices, claim_place, forecast
from domain.policy.retirement.question import PostCategory, Sex, SpecialPost
from domain.reasons import Verdict
from resolvers import retirement as resolvers
from schema.pension import PensionEstimate
from schema.problems import InvalidForm, Reason, Refusal
from schema.scalars import Date

strawberry.enum(Sex)
strawberry.enum(
    PostCategory,
    description="Which original retirement age a woman's post has: 50 or 55 (a man's is 60, special posts aside). "
    "UNDETERMINED: nobody has judged it yet; both are then told, as reasons.",
)
strawberry.enum(SpecialPost, description="特殊工种: 井下, 高空, 高温, 特别繁重体力劳动, 其他有害身体健康.")
strawberry.enum(choices.ChoiceKind)
strawberry.enum(archive.ArchiveStatus, description="FLAGGED: something is missing or does not fit, and a person looks at it.")


@strawberry.type
class Age:
    years: int
    months: int


@strawberry.type(description="actBy: when the notice (earlier) or the agreement (later) is due.")
class RetirementPoint:
    age: Age
    date: Date
    minimum_contribution_months: int | None
    act_by: Date | None
    act_by_text: str | None = strawberry.field(resolver=resolvers.act_by_text)


@strawberry.type(description="One way out, and what it means for this person; reasons: whether it is open to them.")
class ShortfallOption:
    key: str
    label: str = strawberry.field(resolver=resolvers.label)
    text: str = strawberry.field(resolver=resolvers.text)
    spoken: str = strawberry.field(resolver=resolvers.spoken)
    reasons: list[Reason]


@strawberry.type(description="How many months of contributions are missing, and what can be done.")
class Shortfall:
    months: int
    options: list[ShortfallOption]


@strawberry.type(
    description="earliest and latest are null under a law that leaves no choice (before 2025). "
    "special: from a special post, if one was told and is long enough. shortfall: null if nothing is missing, or it is not known."
)
class RetirementForecast:
    original_age: Age
    delay_months: int
    reasons: list[Reason]
    statutory: RetirementPoint
    earliest: RetirementPoint | None
    latest: RetirementPoint | None
    special: RetirementPoint | None
    shortfall: Shortfall | None

    @classmethod
    def is_type_of(cls, obj: object, info: object) -> bool:
        return isinstance(obj, forecast.RetirementForecast)


@strawberry.type(
    description="contributionMonths: by then, if they go on every month. possible: whether the notice or agreement is still in time."
)
class RetirementChoice:
    kind: choices.ChoiceKind
    point: RetirementPoint
    possible: bool
    contribution_months: int | None
    text: str = strawberry.field(resolver=resolvers.text)
    spoken: str = strawberry.field(resolver=resolvers.spoken)
    reasons: list[Reason]
    estimate: PensionEstimate | None


@strawberry.type(description="firstIfToldToday: the earliest date for which a notice given today is in time.")
class RetirementChoices:
    choices: list[RetirementChoice]
    first_if_told_today: Date | None
    forecast: RetirementForecast

    @classmethod
    def is_type_of(cls, obj: object, info: object) -> bool:
        return isinstance(obj, choices.RetirementChoices)


@strawberry.type(
    description="step: which of the four steps decided it. moved: places whose account and months are moved there. "
    "While it is not known whether an account is temporary, they are told as if it were not, and a reason tells the other way."
)
class ClaimPlace:
    place: str
    step: int
    moved: list[str]
    reasons: list[Reason]

    @classmethod
    def is_type_of(cls, obj: object, info: object) -> bool:
        return isinstance(obj, claim_place.ClaimPlace)


@strawberry.type
class ArchiveFact:
    key: str
    label: str = strawberry.field(resolver=resolvers.fact_label)
    verdict: Verdict
    reason: Reason


@strawberry.type(description="档案初审: seven facts of the archive. forecast: by the date of birth that counts.")
class ArchiveCheck:
    status: archive.ArchiveStatus
    facts: list[ArchiveFact]
    forecast: RetirementForecast

    @classmethod
    def is_type_of(cls, obj: object, info: object) -> bool:
        return isinstance(obj, archive.ArchiveCheck)


RetirementForecastResult = Annotated[RetirementForecast | Refusal | InvalidForm, strawberry.union("RetirementForecastResult")]
RetirementChoicesResult = Annotated[RetirementChoices | Refusal | InvalidForm, strawberry.union("RetirementChoicesResult")]
ClaimPlaceResult = Annotated[ClaimPlace | Refusal | InvalidForm, strawberry.union("ClaimPlaceResult")]
ArchiveCheckResult = Annotated[ArchiveCheck | Refusal | InvalidForm, strawberry.union("ArchiveCheckResult")]


@strawberry.type
class RetirementQuery:
    retirement_forecast = strawberry.field(graphql_type=RetirementForecastResult, resolver=resolvers.retirement_forecast)
    retirement_choices = strawberry.field(graphql_type=RetirementChoicesResult, resolver=resolvers.choices)
    claim_place = strawberry.field(graphql_type=ClaimPlaceResult, resolver=resolvers.place_of_claim)
    archive_check = strawberry.field(graphql_type=ArchiveCheckResult, resolver=resolvers.check_of_archive)
