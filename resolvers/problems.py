"""A refusal or an invalid form, told in the reader's language."""

from collections.abc import Sequence
from typing import Protocol

from strawberry import Parent

from domain.errors import InvalidForm, Issue, Refusal
from domain.reasons import Fact, LawFigure, Reason
from domain.words import Text
from resolvers.context import Info


class Problem(Protocol):
    """What the schema wraps: graphql-core takes a returned exception for a failure, so the exception travels inside."""

    cause: Refusal | InvalidForm


def message(problem: Parent[Problem], info: Info) -> str:
    return info.context.say(problem.cause.text)


def spoken(problem: Parent[Problem], info: Info) -> str:
    return info.context.speak(problem.cause.text)


def issues(problem: Parent[Problem]) -> Sequence[Issue]:
    return problem.cause.issues if isinstance(problem.cause, InvalidForm) else ()


def text(item: Parent[Issue | Reason], info: Info) -> str:
    return info.context.say(item.text)


def spoken_text(item: Parent[Issue | Reason], info: Info) -> str:
    return info.context.speak(item.text)


def fact_label(fact: Parent[Fact], info: Info) -> str:
    return info.context.say(fact.label)


def fact_value(fact: Parent[Fact], info: Info) -> str:
    return info.context.say(fact.value) if isinstance(fact.value, Text) else fact.value


def figure_label(figure: Parent[LawFigure], info: Info) -> str:
    return info.context.say(figure.label)
