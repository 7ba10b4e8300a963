"""Problems as data: the domain raises, these handlers make union members of what it raised."""

from typing import TYPE_CHECKING, Annotated

import strawberry
from strawberry.schema.exception_handlers import ExceptionHandler
from strawberry.types.field import StrawberryField

from domain import errors
from domain.acting import Assurance
from domain.errors import RefusalCode, Remedy
from domain.reasons import Verdict
from resolvers import problems
from resolvers.context import Info
from schema.scalars import Date

if TYPE_CHECKING:
    from schema.cases import Case

strawberry.enum(Assurance, description="How sure we are who it is. L1 a phone or mini-program login, L4 in person. Closed.")
strawberry.enum(Remedy, description="What the app does about it, also when it does not know the code. Closed.")
strawberry.enum(RefusalCode)
strawberry.enum(Verdict, description="UNDECIDED: something is not known yet, or a person must judge. Closed.")


@strawberry.interface(description="Every problem says, to be read and to be heard, what happened, why, and what to do next.")
class Problem:
    message: str = strawberry.field(resolver=problems.message)
    spoken: str = strawberry.field(resolver=problems.spoken)


@strawberry.type(description="Where to prove more, or prove it again: a path, to which the app adds return_to and challenge.")
class StepUp:
    assurance: Assurance
    max_age_seconds: int
    url: str


@strawberry.type
class Fact:
    label: str = strawberry.field(resolver=problems.fact_label)
    value: str = strawberry.field(resolver=problems.fact_value)


@strawberry.type
class LawFigure:
    key: str
    label: str = strawberry.field(resolver=problems.figure_label)
    value: str
    since: Date
    source: str


@strawberry.type(description="Why: the rule, what it looked at, the figures of law it used and where those come from.")
class Reason:
    rule: str
    verdict: Verdict
    text: str = strawberry.field(resolver=problems.text)
    spoken: str = strawberry.field(resolver=problems.spoken_text)
    facts: list[Fact]
    figures: list[LawFigure]


@strawberry.type(description="Understood and declined; nothing has changed. reasons: every condition in the way, at once.")
class Refusal(Problem):
    cause: strawberry.Private[errors.Refusal]
    refusal_code: RefusalCode = strawberry.field(resolver=lambda self: self.cause.code)
    remedy: Remedy = strawberry.field(resolver=lambda self: self.cause.remedy)
    reasons: list[Reason] = strawberry.field(resolver=lambda self: self.cause.reasons)
    step_up: StepUp | None = strawberry.field(resolver=lambda self: self.cause.step_up)
    retry_after_seconds: int | None = strawberry.field(resolver=lambda self: self.cause.retry_after_seconds)
    current: Annotated["Case", strawberry.lazy("schema.cases")] | None = strawberry.field(resolver=lambda self: self.cause.current)


@strawberry.type(description="path leads down from the argument; about is the id of the form field, section or material, to go there.")
class Issue:
    path: list[str]
    about: strawberry.ID | None
    code: str
    message: str = strawberry.field(resolver=problems.text)
    spoken: str = strawberry.field(resolver=problems.spoken_text)


@strawberry.type(description="Answers that need correcting, all of them at once; nothing has been kept.")
class InvalidForm(Problem):
    cause: strawberry.Private[errors.InvalidForm]
    issues = strawberry.field(graphql_type=list[Issue], resolver=problems.issues)


class TellRefusal(ExceptionHandler[errors.Refusal, Refusal]):
    def handle(self, exception: errors.Refusal, *, field: StrawberryField, info: Info) -> Refusal:
        return Refusal(cause=exception)


class TellInvalidForm(ExceptionHandler[errors.InvalidForm, InvalidForm]):
    def handle(self, exception: errors.InvalidForm, *, field: StrawberryField, info: Info) -> InvalidForm:
        return InvalidForm(cause=exception)
