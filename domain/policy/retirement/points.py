"""The days on which somebody may retire, the years that each asks for, and when the employer must have been told or have agreed."""

from dataclasses import dataclass
from datetime import date, timedelta

from domain.policy.law import Figure, Law
from domain.policy.months import Age, after
from domain.policy.retirement.schedule import Schedule
from domain.wording import day as said_day
from domain.words import Text

Day = date
"""The type, where a field is called `date`."""


@dataclass(frozen=True, slots=True)
class RetirementPoint:
    """`act_by`: the last day for the notice (earlier) or the agreement (later)."""

    age: Age
    date: Day
    minimum_contribution_months: int | None
    act_by: Day | None = None
    act_by_text: Text | None = None


def minimum(law: Law, day: date) -> Figure | None:
    """The fewest months for a retirement on that day, as far as the law of today can say; None before there was such a rule."""
    rises = law.find("retirement-delay-men") is not None
    return law.on(day if rises else min(day, law.day)).find("minimum-contribution-months")


def minimum_from_post(law: Law, due: date) -> Figure | None:
    """Of the day on which one may first retire from a special post, or of the law's own day if that is past."""
    return minimum(law, max(due, law.day))


def statutory(schedule: Schedule, law: Law) -> RetirementPoint:
    return _point(schedule, schedule.statutory, law)


def earliest(schedule: Schedule, law: Law) -> RetirementPoint | None:
    """None: the law leaves no choice."""
    if schedule.flexible is None:
        return None
    point = _point(schedule, schedule.earliest, law)
    due = notice_due(point.date, law)
    return RetirementPoint(point.age, point.date, point.minimum_contribution_months, due, _notice_text(schedule, due, law))


def latest(schedule: Schedule, law: Law) -> RetirementPoint | None:
    """None: the law leaves no choice. The years are those of the statutory date."""
    if schedule.flexible is None:
        return None
    point = _point(schedule, schedule.latest, law, counted_on=schedule.due)
    due = agreement_due(schedule.due, law)
    key = "agreement-passed" if due < law.day else "agreement"
    text = Text(f"retirement.act-by.{key}", {"date": said_day(due)})
    return RetirementPoint(point.age, point.date, point.minimum_contribution_months, due, text)


def chosen(day: date, age: Age, law: Law) -> RetirementPoint:
    """A day that somebody picks between the earliest and the statutory one."""
    needed, due = minimum(law, day), notice_due(day, law)
    return RetirementPoint(age, day, needed.number if needed else None, due, Text("retirement.act-by.notice", {"date": said_day(due)}))


def notice_due(day: date, law: Law) -> date:
    return after(day, -law.figure("early-notice-months").number)


def agreement_due(statutory: date, law: Law) -> date:
    return after(statutory, -law.figure("delay-agreement-months").number)


def first_after_notice(law: Law) -> date:
    """The first day that may be chosen if notice is given on the law's day; a day more where the shorter month would cut the notice."""
    day = after(law.day, law.figure("early-notice-months").number)
    return day if notice_due(day, law) >= law.day else day + timedelta(days=1)


def _notice_text(schedule: Schedule, due: date, law: Law) -> Text:
    if due >= law.day:
        return Text("retirement.act-by.notice", {"date": said_day(due)})
    first = first_after_notice(law)
    if first < schedule.due:
        return Text("retirement.act-by.notice-today", {"date": said_day(due), "first": said_day(first)})
    return Text("retirement.act-by.notice-passed", {"date": said_day(due)})


def _point(schedule: Schedule, age: int, law: Law, *, counted_on: date | None = None) -> RetirementPoint:
    day = schedule.day(age)
    needed = minimum(law, counted_on or day)
    return RetirementPoint(Age.of(age), day, needed.number if needed else None)
