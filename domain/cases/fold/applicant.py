"""What the applicant does: opens, fills, attaches, submits, withdraws."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from domain.acting import Actor
from domain.cases import happened as h
from domain.cases.case import Case, PrivatePart
from domain.cases.fold.apply import apply
from domain.cases.parts import Answer, CaseStatus, ConsentState, ConsentStatus, ItemState, ItemStatus, Pending, PrefillState, PrefillStatus
from domain.cases.steps import Step
from domain.words import Words


def opened(happening: h.Opened, step: Step, *, case_id: str) -> Case:
    """The case that the first step begins."""
    known = (happening.beneficiary, happening.filer)
    return Case(
        id=case_id,
        number=happening.number,
        person=happening.person,
        region=happening.region,
        catalogue_version=happening.catalogue_version,
        channel=happening.channel,
        language=happening.language,
        filed_by=step.actor,
        opened_at=step.at,
        updated_at=step.at,
        draft_expires_at=happening.draft_expires_at,
        items=tuple(ItemState(code) for code in happening.items),
        consents=tuple(ConsentState(purpose, version, ConsentStatus.ASKED) for purpose, version in happening.consents),
        prefill=tuple(PrefillState(source, PrefillStatus.CONSENT_NEEDED) for source in happening.sources),
        private=PrivatePart(people={person.id: person for person in known if person}),
        received_at=happening.received_at,
        organisations=_named(step.actor, happening.organisation),
    )


def _named(actor: Actor, organisation: Words | None) -> Mapping[str, Words]:
    return {actor.organisation: organisation} if actor.organisation and organisation else {}


def answered(case: Case, answers: Mapping[str, Answer], removed: tuple[str, ...], *, revision: int) -> Case:
    """The form with these answers put in and these entries (`section/entry`) taken out; an offer that was answered is gone."""
    kept = {key: answer for key, answer in case.private.answers.items() if not any(key.startswith(f"{entry}/") for entry in removed)}
    offers = tuple(offer for offer in case.private.offers if offer.place not in answers)
    private = replace(case.private, answers={**kept, **answers}, offers=offers)
    return replace(case, revision=revision, stamped_at=_stamp_kept(case), private=private)


def _stamp_kept(case: Case) -> datetime | None:
    """A stamp is on a draft as it stood (A42): what is changed afterwards is to be stamped again. What was submitted stays stamped."""
    return case.stamped_at if case.submitted_at else None


def with_pending(case: Case, pending: Pending) -> Case:
    """Autosaves that are no step yet stand in the form all the same."""
    case = answered(case, pending.answers, pending.removed, revision=case.revision + len(pending.requests))
    return replace(case, updated_at=pending.at, private=replace(case.private, pending=pending))


@apply.register
def _(happening: h.Joined, case: Case, step: Step) -> Case:
    people = {**case.private.people, happening.person: happening.somebody} if happening.somebody else case.private.people
    organisations = {**case.organisations, **_named(step.actor, happening.organisation)}
    return replace(case, organisations=organisations, private=replace(case.private, people=people))


@apply.register
def _(happening: h.Filled, case: Case, step: Step) -> Case:
    in_order = {key: happening.answers[key] for key in happening.keys if key in happening.answers}
    return answered(case, in_order, happening.removed, revision=happening.revision)


@apply.register
def _(happening: h.Attached, case: Case, step: Step) -> Case:
    materials, marks = {**case.materials, happening.material: happening.files}, {**case.marks, happening.material: happening.marks}
    return replace(case, revision=happening.revision, materials=materials, marks=marks, stamped_at=_stamp_kept(case))


@apply.register
def _(happening: h.Submitted, case: Case, step: Step) -> Case:
    received = case.received_at or step.at
    items = tuple(replace(item, ready_at=received, hand_off_at=step.at) if item.code in happening.ready else item for item in case.items)
    case = _asking_no_more(replace(case, items=items, notices=(*case.notices, *happening.notices)))
    return replace(case, status=CaseStatus.SUBMITTED, submitted_at=step.at, received_at=received)


@apply.register
def _(happening: h.Withdrawn, case: Case, step: Step) -> Case:
    items = tuple(_asked_back(item, step.at) if item.code in happening.cancel else _stopped(item) for item in case.items)
    return _asking_no_more(replace(case, status=CaseStatus.WITHDRAWN, items=items, erase_at=happening.erase_at))


@apply.register
def _(happening: h.DraftExpired, case: Case, step: Step) -> Case:
    items = tuple(_stopped(item) for item in case.items)
    return _asking_no_more(replace(case, status=CaseStatus.WITHDRAWN, items=items, erase_at=happening.erase_at))


def _asking_no_more(case: Case) -> Case:
    """No longer a draft: what a register has not said by now will not go into the form."""
    return replace(case, draft_expires_at=None, prefill=tuple(_let_be(state) for state in case.prefill))


def _let_be(state: PrefillState) -> PrefillState:
    status = PrefillStatus.NO_ANSWER if state.status is PrefillStatus.ASKING else state.status
    return replace(state, status=status, next_try=None)


def _asked_back(item: ItemState, at: datetime) -> ItemState:
    """It is, or may be, at its department: what becomes of it, the department says."""
    return replace(item, cancel_at=at, hand_off_at=None, ask_again_at=None, attempts=0)


def _stopped(item: ItemState) -> ItemState:
    return replace(item, status=ItemStatus.NOT_STARTED) if item.status is ItemStatus.WAITING else item
