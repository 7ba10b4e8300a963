"""When one person may retire: at the statutory age, at the earliest and at the latest, and why; nothing about the sum."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from domain.policy.law import Law
from domain.policy.months import Age
from domain.policy.retirement import points, told
from domain.policy.retirement.points import RetirementPoint as RetirementPoint
from domain.policy.retirement.question import PostCategory as PostCategory
from domain.policy.retirement.question import RetirementQuestion as RetirementQuestion
from domain.policy.retirement.question import Sex as Sex
from domain.policy.retirement.question import SpecialPost as SpecialPost
from domain.policy.retirement.schedule import Schedule, schedule_of
from domain.policy.retirement.shortfall import Shortfall, shortfall
from domain.policy.retirement.special import special_post
from domain.reasons import Reason


@dataclass(frozen=True, slots=True)
class RetirementForecast:
    """`special`: if a special post was told, and enough months in it. `shortfall`: None if enough is paid, or nobody has told how much."""

    original_age: Age
    delay_months: int
    reasons: tuple[Reason, ...]
    statutory: RetirementPoint
    earliest: RetirementPoint | None
    latest: RetirementPoint | None
    special: RetirementPoint | None = None
    shortfall: Shortfall | None = None


def forecast(question: RetirementQuestion, law: Law) -> RetirementForecast:
    """As the law stands on its day. While a woman's post is undetermined, the dates are those of the earlier age, and a reason tells both.

    Raises LookupError under a law that knows no age of retirement; see question.slips.
    """
    schedule = schedule_for(question, law)
    statutory, earliest, latest = points.statutory(schedule, law), points.earliest(schedule, law), points.latest(schedule, law)
    special, special_reasons = special_post(question, law)
    return RetirementForecast(
        original_age=schedule.original_age,
        delay_months=schedule.delay,
        reasons=(
            *_doubts(question, schedule, law),
            told.statutory_age(question, schedule),
            *(told.choices(earliest, latest, schedule, law) if earliest and latest else (told.no_choice(question, law),)),
            told.contributions(question, schedule.due, law),
            *told.late(schedule, law),
            *special_reasons,
        ),
        statutory=statutory,
        earliest=earliest,
        latest=latest,
        special=special,
        shortfall=shortfall(question, statutory, law),
    )


def schedule_for(question: RetirementQuestion, law: Law) -> Schedule:
    return schedule_of(question.birth, question.sex, question.post_category, law)


def _doubts(question: RetirementQuestion, schedule: Schedule, law: Law) -> Iterator[Reason]:
    """What only an officer can decide."""
    if question.births_differ:
        card = schedule_for(replace(question, archive_birth_date=None), law)
        yield told.birth_record(question, schedule, card)
    if question.sex is Sex.FEMALE and question.post_category is PostCategory.UNDETERMINED:
        other = replace(question, post_category=PostCategory.MANAGEMENT_OR_TECHNICAL)
        yield told.both_posts(question, schedule, schedule_for(other, law), law)
