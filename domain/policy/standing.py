"""Where somebody stands between work and retirement: what the law says under each kind of post that may be theirs.

A woman's post may be undetermined until an officer has seen the evidence (policy.md §1.8). Then both ages are looked at, and a rule
decides only what is the same under both.
"""

from dataclasses import dataclass
from datetime import date

from domain.policy.facts import Facts
from domain.policy.law import Figure, Law
from domain.policy.person import birth_of
from domain.policy.retirement import points
from domain.policy.retirement.points import RetirementPoint
from domain.policy.retirement.question import PostCategory, Sex
from domain.policy.retirement.schedule import Schedule, schedule_of
from domain.reasons import LawFigure

_DETERMINED = (PostCategory.ORDINARY, PostCategory.MANAGEMENT_OR_TECHNICAL)


@dataclass(frozen=True, slots=True)
class Standing:
    """`schedules`: one, or two while the kind of post is undetermined, the worker's first."""

    schedules: tuple[Schedule, ...]
    law: Law

    @property
    def dates(self) -> tuple[date, ...]:
        """On which the statutory age is reached."""
        return tuple(each.day(each.statutory) for each in self.schedules)

    @property
    def sooner(self) -> RetirementPoint | None:
        """The earliest day of flexible retirement, if there is one before the statutory age."""
        found = points.earliest(self.schedules[0], self.law)
        return found if found and found.date < self.dates[0] else None

    @property
    def minimums(self) -> tuple[Figure, ...]:
        """Months of contributions, by the year of each date; none under a law that asked for none."""
        return tuple(figure for day in self.dates if (figure := points.minimum(self.law, day)))

    @property
    def figures(self) -> tuple[LawFigure, ...]:
        return tuple(dict.fromkeys(figure for each in self.schedules for figure in each.figures))


def standing_of(facts: Facts, law: Law) -> Standing | None:
    """None: sex or date of birth are not known, or the law of that day knows no age of retirement."""
    return _standing(facts, birth_of(facts), law)


def standing_by_card(facts: Facts, law: Law) -> Standing | None:
    """By the date of birth on the identity card, whatever the archive says."""
    return _standing(facts, facts.date("birth-date"), law)


def _standing(facts: Facts, birth: date | None, law: Law) -> Standing | None:
    sex = facts.chosen("sex")
    if sex is None or birth is None or law.find("original-retirement-age") is None:
        return None
    return Standing(tuple(schedule_of(birth, Sex(sex), post, law) for post in _posts(facts, Sex(sex))), law)


def _posts(facts: Facts, sex: Sex) -> tuple[PostCategory, ...]:
    if sex is Sex.MALE:
        return _DETERMINED[:1]
    told = tuple(category for category in _DETERMINED if category == facts.chosen("post-category"))
    return told or _DETERMINED
