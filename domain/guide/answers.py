"""What somebody tells the guide, checked before any rule looks at it: nothing is guessed, and every slip is named at once."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from domain.cases.checks import MANY, as_kept, misfit
from domain.cases.filling import AnswerGiven, misshapen
from domain.catalogue.types import AnswerKind, FieldRule
from domain.errors import InvalidForm, Issue
from domain.identifiers import DocumentKind
from domain.policy.facts import Answers, Facts
from domain.policy.law import Law
from domain.policy.retirement.question import LAST_DAY, OLDEST
from domain.wording import day as said_day
from domain.words import Text

AGES = "original-retirement-age"

PARTS = {"deemed-months": "contribution-months", "medical-actual-months": "medical-months"}
"""Months that are among other months."""

Questions = Mapping[str, FieldRule]
"""By key, in the order in which they are asked."""


def check_day(law: Law) -> None:
    """Raises InvalidForm where the law knew no age of retirement yet, and where ages would run out of the calendar."""
    if law.day > LAST_DAY:
        raise InvalidForm([Issue(("asOf",), Text("issue.too-far-ahead"))])
    if law.find(AGES) is None:
        first = law.parameters[AGES].values[0].since
        raise InvalidForm([Issue(("asOf",), Text("issue.before-retirement-law", {"first": said_day(first)}))])


def answers_of(questions: Questions, given: Sequence[AnswerGiven], day: date) -> Answers:
    """By key, as the rules read them. Raises InvalidForm with one issue for each slip."""
    _refuse(_slips(questions, given, day))
    read = ((one.key, one.values or as_kept(one.value, questions[one.key])) for one in given)
    answers = {key: answer for key, answer in read if answer}
    _refuse(_parts_larger(answers, [one.key for one in given], Facts(answers, day)))
    return answers


def _refuse(slips: Iterable[tuple[int, Text]]) -> None:
    issues = [Issue(("answers", str(place), "value"), text) for place, text in slips]
    if issues:
        raise InvalidForm(issues, Text("problem.invalid-answers", {"count": len(issues)}))


def _parts_larger(answers: Answers, keys: Sequence[str], facts: Facts) -> Iterator[tuple[int, Text]]:
    for part, whole in PARTS.items():
        if part in answers and whole in answers and (facts.number(part) or 0) > (facts.number(whole) or 0):
            yield keys.index(part), Text("issue.more-than-total")


def _slips(questions: Questions, given: Sequence[AnswerGiven], day: date) -> Iterator[tuple[int, Text]]:
    seen: set[str] = set()
    for place, one in enumerate(given):
        if slip := _slip(_Typed(one, questions.get(one.key)), day, again=one.key in seen):
            yield place, slip
        seen.add(one.key)


@dataclass(frozen=True, slots=True)
class _Typed:
    one: AnswerGiven
    rule: FieldRule | None


def _slip(typed: _Typed, day: date, *, again: bool) -> Text | None:
    one, rule = typed.one, typed.rule
    if rule is None:
        return Text("issue.unknown-question")
    if again:
        return Text("issue.answered-twice")
    if one.offer_id is not None or one.entry is not None:
        return Text("issue.wrong-kind")
    if shape := misshapen(one, rule):
        return shape
    if rule.kind in MANY:
        return _bad_values(rule, one.values or ())
    value = as_kept(one.value, rule)
    return _bad_value(rule, value, day) if value else None


def _bad_values(rule: FieldRule, values: Sequence[str]) -> Text | None:
    return None if set(values) <= {option.value for option in rule.options} else Text("issue.bad-choice")


def _bad_value(rule: FieldRule, value: str, day: date) -> Text | None:
    if wrong := misfit(rule, value, document_kind=DocumentKind.RESIDENT_ID, today=day):
        return wrong
    return _bad_time(value, day) if rule.kind in {AnswerKind.DATE, AnswerKind.MONTH} else None


def _bad_time(value: str, day: date) -> Text | None:
    """All that the guide asks about has happened by then; days and months are written so that a later one sorts behind."""
    if value > day.isoformat()[: len(value)]:
        return Text("issue.in-the-future")
    return Text("issue.too-long-ago") if int(value[:4]) < day.year - OLDEST // 12 else None
