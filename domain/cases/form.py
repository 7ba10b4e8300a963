"""The one form of a case, as its catalogue asks it and its answers stand: read here, changed in filling.py."""

from dataclasses import dataclass
from functools import cached_property

from domain.cases.case import Case
from domain.cases.checks import slip
from domain.cases.parts import Answer, FieldSource, Offer, PrefillState
from domain.cases.reading import known_of
from domain.cases.seeing import EVERYTHING, Sight
from domain.catalogue.types import AnswerKind, Catalogue, FieldRule, Repetition, SectionRule, SourceKind
from domain.clock import day_in_china
from domain.errors import Issue
from domain.identifiers import mask_bank_card, mask_document_number
from domain.policy import is_asked


@dataclass(frozen=True, slots=True)
class FormField:
    """One question with its answer. `place` is where the answer stands: its key, or section/entry/key where the section repeats."""

    case: Case
    rule: FieldRule
    place: str
    sight: Sight = EVERYTHING

    @property
    def id(self) -> str:
        return f"{self.case.id}.field.{self.place}"

    @property
    def answer(self) -> Answer | None:
        return self.case.private.answers.get(self.place)

    @property
    def value(self) -> str | None:
        return self.answer.value if self.answer and self.told and not self.masked else None

    @property
    def values(self) -> tuple[str, ...]:
        return self.answer.values if self.answer and not self.masked else ()

    @property
    def told(self) -> tuple[str, ...]:
        """What stands there, held back or not. A licence's picture is shown, not told."""
        if self.answer is None:
            return ()
        alone = self.answer.value if self.rule.kind is not AnswerKind.FILE else None
        return self.answer.values or ((alone,) if alone else ())

    @property
    def masked(self) -> bool:
        """An officer reads long numbers as others show them; `revealValue` gives one of them, and is noted."""
        return not self.sight.whole and self.rule.format in MASKED and self.answer is not None and self.answer.given

    @property
    def source(self) -> FieldSource | None:
        return self.answer.source if self.answer else None

    @property
    def locked(self) -> bool:
        """The register's: corrected there, not here (F22)."""
        return self.rule.locked and self.source is not None and self.source.kind is not SourceKind.PERSON

    @property
    def offers(self) -> tuple[Offer, ...]:
        return tuple(offer for offer in self.case.private.offers if offer.place == self.place)

    @property
    def issue(self) -> Issue | None:
        today = day_in_china(self.case.updated_at)
        wrong = slip(self.rule, self.answer, document_kind=self.case.beneficiary.document_kind, today=today)
        return Issue(("answers", self.place), wrong, about=self.id) if wrong else None


MASKED = frozenset({"document-number", "bank-account"})


def shown_value(rule: FieldRule, value: str) -> str:
    """As the page shows it; long numbers are masked by what they are."""
    match rule.format:
        case "document-number":
            return mask_document_number(value)
        case "bank-account":
            return mask_bank_card(value)
        case _:
            return value


@dataclass(frozen=True, slots=True)
class FormEntry:
    """`key` is empty in a section that does not repeat."""

    case: Case
    section: SectionRule
    key: str
    rules: tuple[FieldRule, ...]
    sight: Sight = EVERYTHING

    @property
    def id(self) -> str:
        return self.key or f"{self.case.id}.entry.{self.section.key}"

    @property
    def fields(self) -> tuple[FormField, ...]:
        prefix = f"{self.section.key}/{self.key}/" if self.key else ""
        return tuple(FormField(self.case, rule, prefix + rule.key, self.sight) for rule in self.rules)


@dataclass(frozen=True, slots=True)
class BlankEntry:
    """What a new entry of a repeating section asks."""

    section: "FormSection"
    min: int
    max: int

    @property
    def blank(self) -> tuple[FormField, ...]:
        return FormEntry(self.section.case, self.section.rule, "new", self.section.rules).fields


@dataclass(frozen=True)
class FormSection:
    """Not slotted: its issues, which a page asks for three times, are looked for once."""

    case: Case
    rule: SectionRule
    rules: tuple[FieldRule, ...]
    sight: Sight = EVERYTHING

    @property
    def id(self) -> str:
        return f"{self.case.id}.section.{self.rule.key}"

    @property
    def key(self) -> str:
        return self.rule.key

    @property
    def repeats(self) -> BlankEntry | None:
        repeats: Repetition | None = self.rule.repeats
        return BlankEntry(self, repeats.min, repeats.max) if repeats else None

    @property
    def entries(self) -> tuple[FormEntry, ...]:
        keys = entry_keys(self.case, self.rule) if self.rule.repeats else ("",)
        return tuple(FormEntry(self.case, self.rule, key, self.rules, self.sight) for key in keys)

    @property
    def complete(self) -> bool:
        return not self.issues

    @cached_property
    def issues(self) -> tuple[Issue, ...]:
        return tuple(issue for entry in self.entries for field in entry.fields if (issue := field.issue))


def entry_keys(case: Case, section: SectionRule) -> tuple[str, ...]:
    """The entries of a repeating section, in the order in which they were begun; one without any answer is not there."""
    prefix = f"{section.key}/"
    return tuple(dict.fromkeys(place.split("/")[1] for place in case.private.answers if place.startswith(prefix)))


@dataclass(frozen=True)
class Form:
    """Not slotted: its pages are put together once."""

    case: Case
    catalogue: Catalogue
    sight: Sight = EVERYTHING

    @property
    def id(self) -> str:
        return f"{self.case.id}.form"

    @property
    def revision(self) -> int:
        return self.case.revision

    @property
    def prefill(self) -> tuple[PrefillState, ...]:
        return self.case.prefill if self.sight.whole else ()

    @cached_property
    def sections(self) -> tuple[FormSection, ...]:
        """The pages with at least one question that a chosen item needs."""
        asked = asked_fields(self.case, self.catalogue)
        seen = asked if self.sight.whole else asked & self.sight.fields
        pages = ((section, tuple(rule for rule in section.fields if rule.key in seen)) for section in self.catalogue.sections)
        return tuple(FormSection(self.case, section, rules, self.sight) for section, rules in pages if rules)

    @property
    def issues(self) -> tuple[Issue, ...]:
        return tuple(issue for section in self.sections for issue in section.issues)

    @property
    def complete(self) -> bool:
        return not self.issues


def asked_fields(case: Case, catalogue: Catalogue) -> frozenset[str]:
    """What the chosen items need and everybody is asked, except where the answers so far leave nothing to ask (F32)."""
    named = {key for item in case.items for key in catalogue.items[item.code].fields}
    facts, law = known_of(case, catalogue)
    return frozenset(
        rule.key
        for section in catalogue.sections
        for rule in section.fields
        if (rule.always or rule.key in named) and is_asked(rule, facts, law)
    )
