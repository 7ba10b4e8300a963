"""What comes in about cases, in the contract's shapes, and the domain's values that they mean."""

from collections.abc import Mapping
from functools import cache

import strawberry
from strawberry import ID, UNSET
from strawberry.schema.name_converter import NameConverter
from strawberry.types import get_object_definition
from strawberry.types.arguments import InputContext

from domain.cases.consenting import Consenting
from domain.cases.filling import AnswerGiven
from domain.cases.opening import Opening
from domain.cases.parts import CaseStatus, Turn
from domain.cases.stores import CaseFilter
from domain.catalogue.types import PromiseMark
from resolvers.scalars import DateTime, moment_typed

strawberry.enum(CaseStatus)
strawberry.enum(Turn, description="Whose turn it is: the applicant's side, ours, nobody's any more. Closed.")


@strawberry.input(description="One of value, values and offerId (the register's value, as it is); none of them clears the answer.")
class AnswerInput:
    key: str
    value: str | None = UNSET
    values: list[str] | None = UNSET
    offer_id: ID | None = UNSET
    entry: ID | None = strawberry.field(default=UNSET, description="In a section that repeats: the entry's id, or a UUID for a new one.")

    def given(self) -> AnswerGiven:
        values = tuple(self.values) if self.values else None
        return AnswerGiven(self.key, self.value or None, values, self.offer_id or None, self.entry or None)


_ANSWER = get_object_definition(AnswerInput, strict=True)


@cache
def _python_names(converter: NameConverter) -> Mapping[str, str]:
    return {converter.from_field(field): field.python_name for field in _ANSWER.fields}


def _as_sent(kind: type[AnswerInput], sent: Mapping[str, str | list[str] | None], context: InputContext) -> AnswerInput:
    """Texts and lists of texts need no conversion. strawberry's finds that out for each value of each answer, slowly."""
    names = _python_names(context.config.name_converter)
    return kind(**{names[name]: value for name, value in sent.items()})  # type: ignore[arg-type]  # validated by graphql-core


_ANSWER.from_input = _as_sent


@strawberry.input
class ConsentInput:
    purpose: str
    version: str
    given: bool

    def consenting(self) -> Consenting:
        return Consenting(self.purpose, self.version, self.given)


@strawberry.input(description="Items of one region. Consent may come with it, from the catalogue's texts.")
class OpenCaseInput:
    item_ids: list[ID]
    answers: list[AnswerInput] = strawberry.field(default_factory=list)
    consents: list[ConsentInput] = strawberry.field(default_factory=list)

    def opening(self) -> Opening:
        answers = tuple(answer.given() for answer in self.answers)
        return Opening(tuple(self.item_ids), answers, tuple(consent.consenting() for consent in self.consents))


@strawberry.input
class DecideConsentsInput:
    case_id: ID
    consents: list[ConsentInput]


@strawberry.input(description="All or nothing. CONFLICT only if somebody else has changed one of the same answers since.")
class FillFormInput:
    case_id: ID
    revision: int
    answers: list[AnswerInput]
    remove_entries: list[ID] = strawberry.field(default_factory=list)


@strawberry.input(
    description="The files of the material from now on: these and no others, in this order. marks: what was seen on a written promise."
)
class AttachMaterialInput:
    material_id: ID
    file_ids: list[ID]
    marks: list[PromiseMark] = strawberry.field(default_factory=list)


@strawberry.input(description="CONFLICT if anything a person put in has changed since this revision; declarations: those agreed to.")
class SubmitCaseInput:
    case_id: ID
    revision: int
    declarations: list[ID]


@strawberry.input
class WithdrawCaseInput:
    case_id: ID
    reason: str


@strawberry.input
class SeenCaseInput:
    case_id: ID
    version: int


@strawberry.input
class CaseFilterInput:
    statuses: list[CaseStatus] | None = UNSET
    turn: Turn | None = UNSET
    region: str | None = UNSET
    updated_since: DateTime | None = UNSET

    def filter(self) -> CaseFilter:
        """Raises InvalidForm for a moment typed wrong."""
        since = moment_typed(self.updated_since or None, "filter", "updatedSince")
        return CaseFilter(tuple(self.statuses or ()), self.turn or None, self.region or None, since)
