"""A case whole, as its person takes it away: every answer unmasked, every step told in words."""

from collections.abc import Sequence

from domain.cases.case import Case
from domain.cases.parts import Answer, ConsentState
from domain.cases.reading import items_of
from domain.cases.telling import ActorInCase, StepInCase, answer_source
from domain.catalogue.types import AnswerKind, Catalogue, FieldRule
from domain.keeping.own_data import Plain, Tell
from domain.words import Text


def case_told(case: Case, catalogue: Catalogue, tell: Tell) -> Plain:
    return {
        "id": case.id,
        "number": case.number,
        "region": tell(catalogue.region.name),
        "status": tell(Text(f"case.status.{case.status}")),
        "opened_at": case.opened_at,
        "submitted_at": case.submitted_at,
        "kept_until": case.erase_at,
        "erased_at": case.erased_at,
        "locked_at": case.locked_at,
        "items": [
            {"item": tell(item.offered.title), "status": tell(item.status_text), "at": item.at} for item in items_of(case, catalogue)
        ],
        "answers": _answers(case, catalogue, tell),
        "licences": [
            {"source": tell(catalogue.licences[kind].name), "identifier": held.identifier, "issued_by": held.issuer}
            for kind, held in case.private.licences.items()
        ],
        "results": [
            {"item": tell(catalogue.items[code].title), "words": words.text, "reasons": "；".join(words.reasons)}
            for code, words in case.private.results.items()
        ],
        "materials": [
            {"material": tell(catalogue.materials[code].title), "id": file.id, "content_type": file.content_type, "at": file.at}
            for code, files in case.materials.items()
            for file in files
        ],
        "consents": [_consent(consent, catalogue, tell) for consent in case.consents],
        "steps": [_step(StepInCase(case, catalogue, step), tell) for step in case.history],
    }


def _answers(case: Case, catalogue: Catalogue, tell: Tell) -> Sequence[Plain]:
    rules = {rule.key: rule for section in catalogue.sections for rule in section.fields}
    asked = ((rules.get(place.rpartition("/")[2]), answer) for place, answer in case.private.answers.items())
    return [
        {"question": tell(rule.label), "answer": _said(rule, answer, tell), "source": tell(answer_source(case, answer, catalogue))}
        for rule, answer in asked
        if rule and answer.given
    ]


def _said(rule: FieldRule, answer: Answer, tell: Tell) -> str:
    """A picture is told to be there; it is fetched where the files are."""
    if rule.kind is AnswerKind.FILE:
        return tell(Text("own-data.a-picture"))
    options = {option.value: tell(option.label) for option in rule.options}
    given = answer.values or (answer.value or "",)
    return "、".join(options.get(value, value) for value in given)


def _consent(consent: ConsentState, catalogue: Catalogue, tell: Tell) -> Plain:
    title = next((tell(text.title) for text in catalogue.consents if text.purpose == consent.purpose), consent.purpose)
    status = tell(Text(f"consent.status.{consent.status}"))
    return {"consent": title, "text_version": consent.version, "status": status, "decided_at": consent.decided_at}


def _step(step: StepInCase, tell: Tell) -> Plain:
    return {"number": step.number, "at": step.at, "what": tell(step.text), "by": _name(step.by, tell)}


def _name(by: ActorInCase, tell: Tell) -> str:
    return by.person.name if by.person else tell(by.system_name)
