"""What a person allows to be fetched about them, one text at a time. Nothing is fetched before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from domain.acting import Acting, CapacityKind
from domain.cases.case import Case
from domain.cases.happened import ConsentDecided, ConsentDecision, ConsentWithdrawn
from domain.cases.parts import ConsentStatus, RequestMark
from domain.cases.reading import materials_of
from domain.cases.recording import Moment, record
from domain.cases.requests import already_done
from domain.cases.workflow import CaseAction, demand
from domain.catalogue.types import Catalogue, ConsentText
from domain.errors import InvalidForm, Issue, NotPermitted, Remedy, StepNotAllowed
from domain.words import Text


@dataclass(frozen=True, slots=True)
class Consenting:
    purpose: str
    version: str
    given: bool


def decide_consents(
    case: Case, *, consents: Sequence[Consenting], catalogue: Catalogue, by: Acting, mark: RequestMark | None, moment: Moment
) -> Case:
    """`mark` None: the opening itself asks. What already stands so is not decided again; what this case does not need is left alone."""
    if mark and already_done(case, mark):
        return case
    demand(case, CaseAction.CONSENT, by)
    if any(consent.given for consent in consents):
        _refuse_without_paper(case, catalogue, by)
    texts = {text.purpose: text for text in catalogue.consents}
    _refuse_unknown(consents, texts)
    standing = {consent.purpose: consent.status for consent in case.consents}
    decisions = tuple(
        _decision(case, consent, texts[consent.purpose])
        for consent in consents
        if consent.purpose in standing and _is_news(consent, standing[consent.purpose])
    )
    if not decisions:
        return case
    _refuse_giving_late(case, decisions)
    happening = ConsentWithdrawn if case.submitted_at else ConsentDecided
    return record(case, happening(requests=(mark,) if mark else (), decisions=decisions), by=by.actor(), moment=moment)


def _refuse_without_paper(case: Case, catalogue: Catalogue, by: Acting) -> None:
    """A clerk who only types knows a name and a number; what is fetched about somebody needs the form on which they allowed it."""
    papers = [material for material in materials_of(case, catalogue) if material.rule.channels]
    if by.capacity is CapacityKind.CLERK and any(not paper.files for paper in papers):
        raise NotPermitted("refusal.scan-the-form-first", remedy=Remedy.NONE)


def _refuse_giving_late(case: Case, decisions: Sequence[ConsentDecision]) -> None:
    """After submission nothing is fetched that one could still allow; what was allowed may be taken back (个人信息保护法 第十五条)."""
    if case.submitted_at and any(decision.given for decision in decisions):
        raise StepNotAllowed("refusal.consent-only-withdrawn", current=case)


def _is_news(consent: Consenting, standing: ConsentStatus) -> bool:
    return standing is ConsentStatus.ASKED or consent.given != (standing is ConsentStatus.GIVEN)


def _refuse_unknown(consents: Sequence[Consenting], texts: Mapping[str, ConsentText]) -> None:
    issues = [
        Issue(("input", "consents", str(place)), Text("issue.unknown-consent"))
        for place, consent in enumerate(consents)
        if consent.purpose not in texts or texts[consent.purpose].version != consent.version
    ]
    if issues:
        raise InvalidForm(issues)


def _decision(case: Case, consent: Consenting, text: ConsentText) -> ConsentDecision:
    sources = tuple(state.source for state in case.prefill if state.source in text.licences)
    return ConsentDecision(purpose=consent.purpose, version=consent.version, given=consent.given, sources=sources)
