"""Signatures and shares of one person, read off the steps of their cases and mandates: no copy is kept of what is a step there."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from domain.cases.case import Case
from domain.cases.steps import Step
from domain.catalogue.types import Catalogue
from domain.certificates.views import View
from domain.mandates.mandate import Mandate
from domain.mandates.steps import MandateStepKind
from domain.words import Text, Words

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class DeedKind(StrEnum):
    SUBMITTED = "SUBMITTED"
    CONFIRMED = "CONFIRMED"
    WITHDRAWN = "WITHDRAWN"
    MANDATE_GRANTED = "MANDATE_GRANTED"
    MANDATE_TAKEN_IN_PERSON = "MANDATE_TAKEN_IN_PERSON"
    MANDATE_ACCEPTED = "MANDATE_ACCEPTED"
    MANDATE_DECLINED = "MANDATE_DECLINED"
    MANDATE_REVOKED = "MANDATE_REVOKED"
    CONSENT_GIVEN = "CONSENT_GIVEN"
    CONSENT_WITHHELD = "CONSENT_WITHHELD"
    CERTIFICATE_SEEN = "CERTIFICATE_SEEN"


SIGNED_IN_A_CASE = {"submitted": DeedKind.SUBMITTED, "confirmed": DeedKind.CONFIRMED, "withdrawn": DeedKind.WITHDRAWN}
SIGNED_IN_A_MANDATE = {
    MandateStepKind.GRANTED: DeedKind.MANDATE_GRANTED,
    MandateStepKind.TAKEN_IN_PERSON: DeedKind.MANDATE_TAKEN_IN_PERSON,
    MandateStepKind.ACCEPTED: DeedKind.MANDATE_ACCEPTED,
    MandateStepKind.DECLINED: DeedKind.MANDATE_DECLINED,
    MandateStepKind.REVOKED: DeedKind.MANDATE_REVOKED,
}


@dataclass(frozen=True, slots=True)
class Deed:
    """`by`: the masked name of whoever did it in this person's name; None: themselves. `agreed`: the texts agreed to, as they were then."""

    id: str
    at: datetime
    kind: DeedKind
    text: Text
    by: str | None = None
    case: str | None = None
    agreed: tuple[Words, ...] = ()

    @property
    def order(self) -> str:
        """Sorts as time does, and two of one moment always the same way."""
        return f"{(self.at - _EPOCH) // timedelta(milliseconds=1):015}.{self.id}"


@dataclass(frozen=True, slots=True)
class DeedPage:
    """`more` follow; `later`: some came before."""

    deeds: Sequence[Deed]
    more: bool
    later: bool


NOTHING = DeedPage((), more=False, later=False)


def page_of(deeds: Iterator[Deed], *, first: int, after: str | None) -> DeedPage:
    older = sorted((deed for deed in deeds if after is None or deed.order < after), key=lambda deed: deed.order, reverse=True)
    return DeedPage(older[:first], more=len(older) > first, later=after is not None)


# ---------------------------------------------------------------- signatures


def signed_in_case(case: Case, catalogue: Catalogue) -> Iterator[Deed]:
    """By whomever, for it is this person's matter."""
    for step in case.history:
        if kind := SIGNED_IN_A_CASE.get(step.kind):
            text = Text(f"deed.{kind}", {"number": case.number})
            yield Deed(_id(case, step), step.at, kind, text, _by_another(case, step), case.id, _declared(step, catalogue))


def signed_in_mandate(mandate: Mandate, person: str) -> Iterator[Deed]:
    """What this person did themselves; and what was taken in person, which they gave by their card."""
    for number, step in enumerate(mandate.history):
        given = step.kind is MandateStepKind.TAKEN_IN_PERSON and mandate.principal.id == person
        if (kind := SIGNED_IN_A_MANDATE.get(step.kind)) and (given or (step.by.person == person and not mandate.in_person)):
            yield Deed(f"{mandate.id}.{number}", step.at, kind, Text(f"deed.{kind}", _between(mandate)))


def _between(mandate: Mandate) -> dict[str, str | int | Words | Text]:
    return {"principal": mandate.principal.name, "delegate": mandate.delegate.name}


def _declared(step: Step, catalogue: Catalogue) -> tuple[Words, ...]:
    agreed = step.data.get("declarations")
    codes = {str(code) for code, _ in agreed} if isinstance(agreed, list | tuple) else set[str]()
    return tuple(declaration.text for declaration in catalogue.declarations if declaration.code in codes)


def _by_another(case: Case, step: Step) -> str | None:
    if step.actor.person in {None, case.person}:
        return None
    person = case.private.people.get(step.actor.person or "")
    return person.masked_name if person else None


# ---------------------------------------------------------------- shares


def shared_in_case(case: Case, catalogue: Catalogue) -> Iterator[Deed]:
    """What registers and offices may be asked about them, and what not any more."""
    texts = {(text.purpose, text.version): text for text in catalogue.consents}
    for step in case.history:
        decisions = step.data.get("decisions") if step.kind == "consent-decided" else None
        for decision in decisions if isinstance(decisions, list | tuple) else ():
            text = texts.get((str(decision["purpose"]), str(decision["version"])))
            if text:
                kind = DeedKind.CONSENT_GIVEN if decision["given"] else DeedKind.CONSENT_WITHHELD
                told = Text(f"deed.{kind}", {"what": text.title, "number": case.number})
                yield Deed(f"{_id(case, step)}.{text.purpose}", step.at, kind, told, _by_another(case, step), case.id, (text.text,))


def shared_by_mandate(mandate: Mandate, person: str) -> Iterator[Deed]:
    """Whom they let act for them, from when to when."""
    if mandate.principal.id == person:
        yield from (deed for deed in signed_in_mandate(mandate, person) if deed.kind in _GIVES_OR_TAKES_BACK)


_GIVES_OR_TAKES_BACK = {DeedKind.MANDATE_GRANTED, DeedKind.MANDATE_TAKEN_IN_PERSON, DeedKind.MANDATE_REVOKED}


def seen(view: View) -> Deed:
    """Somebody was shown their certificate."""
    return Deed(view.id, view.at, DeedKind.CERTIFICATE_SEEN, Text("deed.CERTIFICATE_SEEN", {"by": view.by}))


def _id(case: Case, step: Step) -> str:
    return f"{case.id}.step.{step.number}"
