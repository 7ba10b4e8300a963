"""The form, and whatever a person is asked, as the contract shows it."""

import strawberry

from domain.cases import form, parts
from domain.catalogue.types import AnswerKind, SourceKind
from resolvers import forms as resolvers
from schema.problems import Issue
from schema.scalars import DateTime

strawberry.enum(AnswerKind, description="The shape of an answer: CHOICES and FILE (ids) use values, the rest value. Closed.")
strawberry.enum(SourceKind)
strawberry.enum(parts.OfferReason)
strawberry.enum(parts.PrefillStatus)


@strawberry.type
class Option:
    value: str
    label: str = strawberry.field(resolver=resolvers.option_label)
    has_children: bool = strawberry.field(resolver=resolvers.has_children)


@strawberry.interface(description="Whatever a person is asked, in the guide or in a form: one component of the app draws both.")
class Question:
    key: str = strawberry.field(resolver=lambda self: self.rule.key)
    label: str = strawberry.field(resolver=resolvers.label)
    spoken: str = strawberry.field(resolver=resolvers.spoken)
    help: str | None = strawberry.field(resolver=resolvers.help_text)
    required: bool = strawberry.field(resolver=lambda self: self.rule.required)
    kind: AnswerKind = strawberry.field(resolver=lambda self: self.rule.kind)
    format: str | None = strawberry.field(resolver=lambda self: self.rule.format)
    options = strawberry.field(graphql_type=list[Option], resolver=resolvers.options)
    option_list: str | None = strawberry.field(resolver=lambda self: self.rule.chosen_from)
    decides: bool = strawberry.field(resolver=lambda self: self.rule.decides)


@strawberry.type
class FieldSource:
    kind: SourceKind = strawberry.field(resolver=lambda self: self.source.kind)
    name: str = strawberry.field(resolver=resolvers.source_name)
    at: DateTime = strawberry.field(resolver=lambda self: self.source.at)


@strawberry.type(description="What came late, or disagrees; it never replaces an answer by itself.")
class Offer:
    id: strawberry.ID = strawberry.field(resolver=lambda self: self.offer.id)
    why: parts.OfferReason = strawberry.field(resolver=lambda self: self.offer.why)
    display: str = strawberry.field(resolver=resolvers.offer_display)
    source = strawberry.field(graphql_type=FieldSource, resolver=resolvers.offer_source)


@strawberry.type(description="key is unique in the form.")
class FormField(Question):
    id: strawberry.ID
    value: str | None
    values: list[str]
    display: str | None = strawberry.field(resolver=resolvers.display, description="What the page shows.")
    masked: bool
    source = strawberry.field(graphql_type=FieldSource | None, resolver=resolvers.source)
    locked: bool = strawberry.field(description="A locked value is the register's; it is corrected there, not here.")
    offers = strawberry.field(graphql_type=list[Offer], resolver=resolvers.offers)

    @classmethod
    def is_type_of(cls, obj: object, info: object) -> bool:
        return isinstance(obj, form.FormField)


@strawberry.type
class FormEntry:
    id: strawberry.ID
    fields: list[FormField]


@strawberry.type(description="How many there may be, and what a new one asks.")
class Repeats:
    min: int
    max: int
    blank: list[FormField]


@strawberry.type(description="A page of the form. One that repeats has an entry for each; any other has exactly one.")
class FormSection:
    id: strawberry.ID
    key: str
    title: str = strawberry.field(resolver=resolvers.section_title)
    spoken: str = strawberry.field(resolver=resolvers.section_spoken)
    complete: bool
    repeats: Repeats | None
    entries: list[FormEntry]


@strawberry.type
class Prefill:
    name: str = strawberry.field(resolver=resolvers.prefill_name)
    status: parts.PrefillStatus = strawberry.field(resolver=lambda self: self.state.status)
    at: DateTime | None = strawberry.field(resolver=lambda self: self.state.at)


@strawberry.type
class Form:
    id: strawberry.ID
    sections: list[FormSection]
    complete: bool
    revision: int = strawberry.field(description="Rises when somebody changes an answer or a file, not when a register answers.")
    issues: list[Issue] = strawberry.field(description="All that is not right yet. It keeps nobody from saving, only from submitting.")
    prefill = strawberry.field(graphql_type=list[Prefill], resolver=resolvers.prefill)
