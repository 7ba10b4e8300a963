"""The form as a page draws it: labels, values and what is said beside them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from strawberry import Parent

from domain.cases import telling
from domain.cases.form import Form, FormField, FormSection, shown_value
from domain.cases.parts import FieldSource, Offer, PrefillState
from domain.catalogue.questions import DIVISION
from domain.catalogue.types import AnswerKind, Catalogue, FieldRule, Option
from domain.places.places import Choice
from domain.words import Text, Words
from resolvers.case_fields import catalogue_of
from resolvers.context import Info


class Asked(Protocol):
    """A question of a form or of the guide."""

    @property
    def rule(self) -> FieldRule: ...


def label(question: Parent[Asked], info: Info) -> str:
    return info.context.say(question.rule.label)


def spoken(question: Parent[Asked], info: Info) -> str:
    return info.context.say(question.rule.spoken or question.rule.label)


def help_text(question: Parent[Asked], info: Info) -> str | None:
    return info.context.say(question.rule.help) if question.rule.help else None


def display(field: Parent[FormField], info: Info) -> str | None:
    shown = [_shown(field.rule, value, info) for value in field.told]
    return "、".join(shown) or (info.context.say("word.fetched") if field.answer and field.answer.given else None)


def _shown(rule: FieldRule, value: str, info: Info) -> str:
    if rule.kind is AnswerKind.YES_NO:
        return info.context.say("word.yes" if value == "YES" else "word.no")
    if rule.format == DIVISION:
        return info.context.say(info.context.desks.places.address(value))
    option = next((option for option in rule.options if option.value == value), None)
    return info.context.say(option.label) if option else shown_value(rule, value)


@dataclass(frozen=True, slots=True)
class Sourced:
    """A source with what it is called."""

    source: FieldSource
    name: Text | Words


def source(field: Parent[FormField], info: Info) -> Sourced | None:
    answer = field.answer
    return Sourced(answer.source, telling.answer_source(field.case, answer, catalogue_of(field.case, info))) if answer else None


def source_name(of: Parent[Sourced], info: Info) -> str:
    return info.context.say(of.name)


@dataclass(frozen=True, slots=True)
class OfferInForm:
    catalogue: Catalogue
    rule: FieldRule
    offer: Offer


def offers(field: Parent[FormField], info: Info) -> Sequence[OfferInForm]:
    return [OfferInForm(catalogue_of(field.case, info), field.rule, offer) for offer in field.offers]


def offer_display(of: Parent[OfferInForm], info: Info) -> str:
    return _shown(of.rule, of.offer.value, info)


def offer_source(of: Parent[OfferInForm]) -> Sourced:
    return Sourced(of.offer.source, telling.source_name(of.offer.source, of.catalogue))


def option_label(option: Parent[Option | Choice], info: Info) -> str:
    return info.context.say(option.label)


def has_children(option: Parent[Option | Choice]) -> bool:
    return isinstance(option, Choice) and option.has_children


def options(question: Parent[Asked]) -> Sequence[Option]:
    return question.rule.options


def section_title(section: Parent[FormSection], info: Info) -> str:
    return info.context.say(section.rule.title)


def section_spoken(section: Parent[FormSection], info: Info) -> str:
    return info.context.say(section.rule.spoken or section.rule.title)


@dataclass(frozen=True, slots=True)
class PrefillOf:
    catalogue: Catalogue
    state: PrefillState


def prefill(form: Parent[Form]) -> Sequence[PrefillOf]:
    return [PrefillOf(form.catalogue, state) for state in form.prefill]


def prefill_name(of: Parent[PrefillOf], info: Info) -> str:
    return info.context.say(of.catalogue.licences[of.state.source].name)
