"""People put answers into the form. Saving is not checking: only what cannot be kept is refused, all or nothing."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from domain.acting import Acting, Actor
from domain.cases.case import Case
from domain.cases.checks import LONGEST_VALUE, MANY, MOST_VALUES, as_kept
from domain.cases.fold.applicant import answered
from domain.cases.form import FormField, asked_fields, entry_keys
from domain.cases.parts import Answer, FieldSource, Offer, Pending, RequestMark
from domain.cases.patience import PATIENCE, Patience
from domain.cases.recording import Moment, settle
from domain.cases.requests import already_done
from domain.cases.workflow import CaseAction, demand
from domain.catalogue.types import Catalogue, FieldRule, SectionRule, SourceKind
from domain.errors import Conflict, InvalidForm, Issue
from domain.words import Text

_UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
"""What clients make for a new entry. It stands in the open part of the history, so it may say nothing."""

NOT_ASTRAY: Mapping[int, Text] = {}


@dataclass(frozen=True, slots=True)
class AnswerGiven:
    """One of value, values and the id of an offer; none of them clears the answer. `entry`: in a section that repeats."""

    key: str
    value: str | None = None
    values: tuple[str, ...] | None = None
    offer_id: str | None = None
    entry: str | None = None


@dataclass(frozen=True, slots=True)
class _Asked:
    section: SectionRule
    rule: FieldRule


def fill(
    case: Case,
    *,
    given: Sequence[AnswerGiven],
    catalogue: Catalogue,
    by: Acting,
    mark: RequestMark,
    revision: int,
    moment: Moment,
    remove_entries: Sequence[str] = (),
    patience: Patience = PATIENCE,
    opening: bool = False,
    astray: Mapping[int, Text] = NOT_ASTRAY,
) -> Case:
    """The form with these answers. Raises InvalidForm for what cannot be kept, Conflict if somebody else changed the same answer since.

    `astray`: by its number, why an answer is not what it should be: no place, or the account of somebody else.
    """
    if not opening and already_done(case, mark):
        return case
    demand(case, CaseAction.FILL, by)
    asked = _asked(case, catalogue)
    removed = _removed(case, remove_entries, asked)
    _refuse_slips(case, given, asked, removed, astray, opening=opening)
    person = by.known_person().id
    new = {_place(one, asked): _answer(case, one, asked, person=person, moment=moment) for one in given if _open(case, one, asked)}
    changed = {place: answer for place, answer in new.items() if _differs(case.private.answers.get(place), answer)}
    if not changed and not removed:
        return case
    _refuse_overtaken(case, changed, removed, revision=revision, person=person)
    return _saved(case, changed, removed, actor=by.actor(), mark=mark, moment=moment, patience=patience)


def _asked(case: Case, catalogue: Catalogue) -> Mapping[str, _Asked]:
    keys = asked_fields(case, catalogue)
    return {rule.key: _Asked(section, rule) for section in catalogue.sections for rule in section.fields if rule.key in keys}


# ---------------------------------------------------------------- what cannot be kept


def _refuse_slips(
    case: Case,
    given: Sequence[AnswerGiven],
    asked: Mapping[str, _Asked],
    removed: Sequence[str],
    astray: Mapping[int, Text],
    *,
    opening: bool,
) -> None:
    entries = _entries(case, given, asked, removed)
    found = ((place, one, _slip(case, one, asked, entries, opening=opening) or astray.get(place)) for place, one in enumerate(given))
    issues = [Issue(("input", "answers", str(place), "value"), text, about=_about(case, one, asked)) for place, one, text in found if text]
    if issues:
        raise InvalidForm(issues)


def _entries(case: Case, given: Sequence[AnswerGiven], asked: Mapping[str, _Asked], removed: Sequence[str]) -> Mapping[str, list[str]]:
    """Each repeating section's entries as they would stand then, in the order in which they were begun."""
    entries: dict[str, list[str]] = {}
    for section in {question.section.key: question.section for question in asked.values() if question.section.repeats}.values():
        kept = [key for key in entry_keys(case, section) if f"{section.key}/{key}" not in removed]
        new = [one.entry for one in given if one.entry and one.key in asked and asked[one.key].section == section]
        entries[section.key] = list(dict.fromkeys([*kept, *new]))
    return entries


def _slip(case: Case, one: AnswerGiven, asked: Mapping[str, _Asked], entries: Mapping[str, list[str]], *, opening: bool) -> Text | None:
    question = asked.get(one.key)
    if question is None:
        return Text("issue.unknown-field")
    shape = misshapen(one, question.rule) or _misplaced(one, question, entries)
    if shape:
        return shape
    if one.offer_id is not None:
        return None if _offer(case, one, asked) else Text("issue.no-such-offer")
    if opening and question.rule.locked and question.rule.origins:
        return Text("issue.locked")
    return _locked(case, one, asked)


def misshapen(one: AnswerGiven, rule: FieldRule) -> Text | None:
    """Why it is no answer to that kind of question at all, whatever it says."""
    if sum(part is not None for part in (one.value, one.values, one.offer_id)) > 1:
        return Text("issue.one-of-value")
    many = rule.kind in MANY
    if (one.value is not None and many) or (one.values is not None and not many):
        return Text("issue.wrong-kind")
    if len(one.value or "") > LONGEST_VALUE or len(one.values or ()) > MOST_VALUES or any(len(v) > 200 for v in one.values or ()):
        return Text("issue.too-long", {"most": LONGEST_VALUE})
    return None


def _misplaced(one: AnswerGiven, question: _Asked, entries: Mapping[str, list[str]]) -> Text | None:
    repeats = question.section.repeats
    if repeats is None:
        return Text("issue.no-entries-here") if one.entry else None
    if not one.entry or not _UUID.fullmatch(one.entry):
        return Text("issue.entry-needed")
    full = entries[question.section.key].index(one.entry) >= repeats.max
    return Text("issue.too-many-entries", {"most": repeats.max}) if full else None


def _locked(case: Case, one: AnswerGiven, asked: Mapping[str, _Asked]) -> Text | None:
    """The register's value may be sent back as it is shown; another is refused (F22)."""
    field = _field(case, one, asked)
    same = one.value == field.value and one.values in (None, field.values)
    return Text("issue.locked") if field.locked and not same else None


def _field(case: Case, one: AnswerGiven, asked: Mapping[str, _Asked]) -> FormField:
    return FormField(case, asked[one.key].rule, _place(one, asked))


def _about(case: Case, one: AnswerGiven, asked: Mapping[str, _Asked]) -> str | None:
    return _field(case, one, asked).id if one.key in asked else None


def _open(case: Case, one: AnswerGiven, asked: Mapping[str, _Asked]) -> bool:
    """A locked value that was not refused is as it was shown, which for a picture is not as it stands."""
    return one.offer_id is not None or not _field(case, one, asked).locked


def _removed(case: Case, entries: Sequence[str], asked: Mapping[str, _Asked]) -> tuple[str, ...]:
    """As section/entry. Raises InvalidForm for an entry that is not there."""
    there = {key: f"{one.section.key}/{key}" for one in asked.values() if one.section.repeats for key in entry_keys(case, one.section)}
    unknown = [
        Issue(("input", "removeEntries", str(place)), Text("issue.unknown-entry"))
        for place, entry in enumerate(entries)
        if entry not in there
    ]
    if unknown:
        raise InvalidForm(unknown)
    return tuple(there[entry] for entry in entries)


# ---------------------------------------------------------------- what is kept


def _place(one: AnswerGiven, asked: Mapping[str, _Asked]) -> str:
    return f"{asked[one.key].section.key}/{one.entry}/{one.key}" if one.entry else one.key


def _offer(case: Case, one: AnswerGiven, asked: Mapping[str, _Asked]) -> Offer | None:
    place = _place(one, asked)
    return next((offer for offer in case.private.offers if (offer.id, offer.place) == (one.offer_id, place)), None)


def _answer(case: Case, one: AnswerGiven, asked: Mapping[str, _Asked], *, person: str, moment: Moment) -> Answer:
    offer = _offer(case, one, asked) if one.offer_id else None
    if offer:
        return Answer(offer.value, (), offer.source, case.revision + 1, person)
    source = FieldSource(SourceKind.PERSON, "", moment.at)
    return Answer(as_kept(one.value, asked[one.key].rule), one.values or (), source, case.revision + 1, person)


def _differs(former: Answer | None, new: Answer) -> bool:
    """Saving the same again is no change, and a register's value that is sent back stays the register's."""
    if former is None:
        return new.given
    return (former.value, former.values) != (new.value, new.values) or new.source.kind is not SourceKind.PERSON


def _refuse_overtaken(case: Case, changed: Mapping[str, Answer], removed: Sequence[str], *, revision: int, person: str) -> None:
    for place, former in case.private.answers.items():
        touched = place in changed or any(place.startswith(f"{entry}/") for entry in removed)
        if touched and former.revision > revision and former.person not in (None, person):
            raise Conflict("refusal.answer-changed", current=case)


def _saved(
    case: Case,
    changed: Mapping[str, Answer],
    removed: tuple[str, ...],
    *,
    actor: Actor,
    mark: RequestMark,
    moment: Moment,
    patience: Patience,
) -> Case:
    """Autosaves of one session (as sure of who it is) within five minutes wait together for one step."""
    waiting = case.private.pending
    if waiting and (waiting.actor != actor or moment.at - waiting.since >= patience.autosave):
        case, waiting = settle(case, moment=moment), None
    earlier = waiting.answers if waiting else {}
    kept = {place: answer for place, answer in earlier.items() if not any(place.startswith(f"{entry}/") for entry in removed)}
    pending = Pending(
        actor=actor,
        since=waiting.since if waiting else moment.at,
        at=moment.at,
        answers={**kept, **changed},
        removed=(*(waiting.removed if waiting else ()), *removed),
        requests=(*(waiting.requests if waiting else ()), mark),
    )
    case = answered(case, changed, removed, revision=case.revision + 1)
    return replace(case, updated_at=moment.at, private=replace(case.private, pending=pending))
