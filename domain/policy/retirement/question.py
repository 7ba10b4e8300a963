"""What is asked about one person's retirement, and everything that cannot be right about it, all at once."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.errors import Issue
from domain.policy.law import Law
from domain.policy.months import Month, after
from domain.wording import day as said_day
from domain.words import Text

OLDEST = 120 * 12
"""In months. Nobody is older: a slip of the pen."""

LAST_DAY = date(9800, 1, 1)
"""Beyond it the ages of the living run out of the calendar."""


class Sex(StrEnum):
    MALE = "MALE"
    FEMALE = "FEMALE"


class PostCategory(StrEnum):
    """Which original age a woman's post has: 50 or 55. UNDETERMINED: nobody has judged it yet."""

    ORDINARY = "ORDINARY"
    MANAGEMENT_OR_TECHNICAL = "MANAGEMENT_OR_TECHNICAL"
    UNDETERMINED = "UNDETERMINED"


class SpecialPost(StrEnum):
    """特殊工种: 井下, 高空, 高温, 特别繁重体力劳动, 其他有害身体健康."""

    UNDERGROUND = "UNDERGROUND"
    HIGH_ALTITUDE_WORK = "HIGH_ALTITUDE_WORK"
    HIGH_HEAT = "HIGH_HEAT"
    HEAVY_LABOUR = "HEAVY_LABOUR"
    HARMFUL = "HARMFUL"


@dataclass(frozen=True, slots=True)
class RetirementQuestion:
    """`birth_date`: as the identity card has it; `archive_birth_date`: the earliest record in the archive.

    `contribution_months` and `first_paid`: of the employees' pension, deemed months included.
    """

    sex: Sex
    birth_date: date
    post_category: PostCategory = PostCategory.ORDINARY
    contribution_months: int | None = None
    archive_birth_date: date | None = None
    special_post_kind: SpecialPost | None = None
    special_post_months: int | None = None
    first_paid: Month | None = None

    @property
    def birth(self) -> date:
        """The one that counts: the earliest record in the archive wins (劳社部发〔1999〕8号 二(二))."""
        return self.archive_birth_date or self.birth_date

    @property
    def births_differ(self) -> bool:
        return self.birth != self.birth_date


def slips(question: RetirementQuestion, law: Law, *, today: date) -> Iterator[Issue]:
    """A law without any figures is that of an unknown region."""
    yield from _births(question, today)
    yield from _months(question, today)
    if law.day > LAST_DAY:
        yield _slip("too-far-ahead", "asOf")
    if not law.parameters:
        yield _slip("unknown-region", "region")
    elif law.find("original-retirement-age") is None:
        first = law.parameters["original-retirement-age"].values[0].since
        yield Issue(("question", "asOf"), Text("issue.before-retirement-law", {"first": said_day(first)}))


def _births(question: RetirementQuestion, today: date) -> Iterator[Issue]:
    for name, birth in (("birthDate", question.birth_date), ("archiveBirthDate", question.archive_birth_date)):
        if birth and birth > today:
            yield _slip("in-the-future", name)
        elif birth and birth < after(today, -OLDEST):
            yield _slip("too-long-ago", name)


def _months(question: RetirementQuestion, today: date) -> Iterator[Issue]:
    born = max(question.birth, after(today, -OLDEST)) if question.birth <= today else after(today, -OLDEST)  # a wrong birth is one slip
    most = Month.of(today).since(Month.of(born))
    for name, months in (("contributionMonths", question.contribution_months), ("specialPostMonths", question.special_post_months)):
        if months is not None and not 0 <= months <= most:
            yield Issue(("question", name), Text("issue.bad-months", {"most": most}))
    if question.special_post_months is not None and question.special_post_kind is None:
        yield _slip("special-post-kind-missing", "specialPostKind")
    if question.first_paid and not Month.of(born) <= question.first_paid <= Month.of(today):
        yield _slip("bad-first-paid", "firstPaid")


def _slip(code: str, *path: str) -> Issue:
    return Issue(("question", *path), Text(f"issue.{code}"))
