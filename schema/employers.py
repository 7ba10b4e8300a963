"""What an employer's agent is told of the cases that were opened from a list of staff."""

from typing import Annotated

import strawberry

from domain.employers import opening as domain
from resolvers import employers as resolvers
from schema.cases import Case
from schema.problems import InvalidForm, Refusal


@strawberry.type(description="row: its number in the sheet; name: as it stands there. again: the same request, sent again, may open it.")
class StaffRow:
    row: int = strawberry.field(resolver=lambda self: self.row.row)
    name: str = strawberry.field(resolver=lambda self: self.row.name)
    case: Case | None
    problem: str | None = strawberry.field(resolver=resolvers.problem, description="Why nothing was opened for this row.")
    problem_spoken: str | None = strawberry.field(resolver=resolvers.spoken_problem)
    again: bool


@strawberry.type(
    description="waiting: good rows of the list after these; ask for them with the same requestId and the last row as `after`."
)
class StaffImport:
    rows: list[StaffRow]
    opened: int
    waiting: int

    @classmethod
    def is_type_of(cls, obj: object, info: object) -> bool:
        return isinstance(obj, domain.StaffImport)


StaffImportResult = Annotated[StaffImport | Refusal | InvalidForm, strawberry.union("StaffImportResult")]


@strawberry.type
class EmployerMutation:
    open_staff_cases = strawberry.field(
        graphql_type=StaffImportResult,
        resolver=resolvers.open_staff_cases,
        description="By an employer's agent, from a list handed in at POST /employers/staff-sheets; each row once, however often.",
    )
