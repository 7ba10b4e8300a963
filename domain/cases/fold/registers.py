"""Consent and what licences and registers answer. Nothing that a person put in is ever overwritten."""

from dataclasses import replace

from domain.cases import happened as h
from domain.cases.case import Case
from domain.cases.fold.apply import apply, change_prefill
from domain.cases.parts import (
    Answer,
    ConsentState,
    ConsentStatus,
    FieldSource,
    LicenceHeld,
    Offer,
    OfferReason,
    PrefillState,
    PrefillStatus,
)
from domain.cases.steps import Step
from domain.catalogue.types import SourceKind


@apply.register
def _(happening: h.ConsentDecided, case: Case, step: Step) -> Case:
    for decision in happening.decisions:
        case = _decide_consent(case, decision, step)
    return case


def _decide_consent(case: Case, decision: h.ConsentDecision, step: Step) -> Case:
    former = next(consent for consent in case.consents if consent.purpose == decision.purpose)
    status = _consent_status(former.status, given=decision.given)
    now = ConsentState(decision.purpose, decision.version, status, step.at, step.actor)
    case = replace(case, consents=tuple(now if consent is former else consent for consent in case.consents))
    for state in case.prefill:
        if state.source in decision.sources:
            case = change_prefill(case, state.source, **_asking(case, step) if decision.given else _declined(state))
    return case


def _consent_status(former: ConsentStatus, *, given: bool) -> ConsentStatus:
    if given:
        return ConsentStatus.GIVEN
    return ConsentStatus.WITHDRAWN if former is ConsentStatus.GIVEN else ConsentStatus.REFUSED


def _asking(case: Case, step: Step) -> dict[str, object]:
    return {
        "status": PrefillStatus.ASKING,
        "asked_at": step.at,
        "asked_revision": case.revision,
        "attempts": 0,
        "next_try": step.at,
    }


def _declined(state: PrefillState) -> dict[str, object]:
    answered = state.status in {PrefillStatus.FILLED, PrefillStatus.NOTHING_FOUND}
    return {"status": state.status if answered else PrefillStatus.DECLINED, "next_try": None}


@apply.register
def _(happening: h.RegisterAnswered, case: Case, step: Step) -> Case:
    found = PrefillStatus.FILLED if happening.found else PrefillStatus.NOTHING_FOUND
    case = change_prefill(case, happening.source, status=found, at=step.at, next_try=None)
    if happening.identifier:
        held = LicenceHeld(happening.source, happening.identifier, happening.issuer, happening.issued_at or step.at, happening.valid_until)
        case = replace(case, private=replace(case.private, licences={**case.private.licences, happening.source: held}))
    for place, value in sorted(happening.attributes.items()):  # as a step keeps them, so that offers stand in one order
        case = _register_says(case, place, value, happening, step)
    return case


def _register_says(case: Case, place: str, value: str, happening: h.RegisterAnswered, step: Step) -> Case:
    """A register never overwrites what a person put in or took; of two registers the one that the catalogue names first wins."""
    case = _without_offer(case, place, happening.source)
    source = FieldSource(happening.source_kind, happening.source, step.at)
    new = Answer(value, (), source, case.revision)
    former = case.private.answers.get(place)
    if former is None or not former.given:
        return _offer(case, place, OfferReason.LATE, new, step) if happening.late else _answer(case, place, new)
    order = happening.precedence.get(place, ())
    stronger = former.person is None and _rank(order, happening.source) < _rank(order, former.source.name)
    if former.value == value:
        return _answer(case, place, new) if stronger or former.source.kind is SourceKind.PERSON else case
    if stronger:
        return _offer(_answer(case, place, new), place, OfferReason.DISAGREES, former, step)
    return _offer(case, place, OfferReason.DISAGREES, new, step)


def _rank(order: tuple[str, ...], source: str) -> int:
    return order.index(source) if source in order else len(order)


def _answer(case: Case, place: str, answer: Answer) -> Case:
    return replace(case, private=replace(case.private, answers={**case.private.answers, place: answer}))


def _without_offer(case: Case, place: str, source: str) -> Case:
    """What it offered when it was asked before is old."""
    offers = tuple(offer for offer in case.private.offers if (offer.place, offer.source.name) != (place, source))
    return replace(case, private=replace(case.private, offers=offers))


def _offer(case: Case, place: str, why: OfferReason, answer: Answer, step: Step) -> Case:
    offer = Offer(f"{case.id}.offer.{step.number}.{place}", place, why, answer.value or "", answer.source)
    return replace(case, private=replace(case.private, offers=(*case.private.offers, offer)))


@apply.register
def _(happening: h.RegisterSilent, case: Case, step: Step) -> Case:
    status = PrefillStatus.ASKING if happening.next_try else PrefillStatus.NO_ANSWER
    return change_prefill(case, happening.source, status=status, at=step.at, attempts=happening.attempt, next_try=happening.next_try)
