"""The fields of a case, each told in the reader's language and as far as the viewer may see."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from strawberry import Parent

from domain.acting import Assurance
from domain.cases.case import Case
from domain.cases.clocks import Deadline
from domain.cases.clocks import case_deadline as deadline_of_case
from domain.cases.clocks import deadline as deadline_of
from domain.cases.feed import CaseProgress
from domain.cases.form import Form
from domain.cases.parts import ConsentState, FileRef
from domain.cases.reading import EvidenceUsed, ItemInCase, MaterialInCase, items_of, materials_of
from domain.cases.telling import ActorInCase, StepInCase
from domain.cases.workflow import Transition, allowed
from domain.catalogue.types import Catalogue, ConsentText, Declaration, Region
from domain.certificates.certificate import Certificate
from domain.errors import StepUp
from domain.ports import MessageChannel
from domain.words import Text
from resolvers.context import Info


@dataclass(frozen=True, slots=True)
class Audience:
    label: Text
    via: MessageChannel


@dataclass(frozen=True, slots=True)
class ConsentInCase:
    case: Case
    catalogue: Catalogue
    state: ConsentState


def catalogue_of(case: Case, info: Info) -> Catalogue:
    """The version that the case began with; its desk has brought it."""
    return info.context.catalogues.version(case.region, case.catalogue_version)


def region(case: Parent[Case], info: Info) -> Region:
    return catalogue_of(case, info).region


def status_text(case: Parent[Case], info: Info) -> str:
    return info.context.say(f"case.status.{case.status}")


def status_spoken(case: Parent[Case], info: Info) -> str:
    return info.context.speak(Text(f"case.status.{case.status}"))


def filed_by(case: Parent[Case], info: Info) -> ActorInCase:
    return ActorInCase(case, catalogue_of(case, info), case.filed_by)


def informs(case: Parent[Case]) -> Sequence[Audience]:
    return (Audience(Text("audience.applicant"), MessageChannel.SMS),)


def items(case: Parent[Case], info: Info) -> Sequence[ItemInCase]:
    return items_of(case, catalogue_of(case, info))


def materials(case: Parent[Case], info: Info) -> Sequence[MaterialInCase]:
    return materials_of(case, catalogue_of(case, info))


def consents(case: Parent[Case], info: Info) -> Sequence[ConsentInCase]:
    catalogue = catalogue_of(case, info)
    return [ConsentInCase(case, catalogue, state) for state in case.consents]


async def certificate(case: Parent[Case], info: Info) -> Certificate | None:
    return await info.context.certificate_of(case.certificate) if case.certificate else None


def form(case: Parent[Case], info: Info) -> Form | None:
    return Form(case, catalogue_of(case, info))


def declarations(case: Parent[Case], info: Info) -> Sequence[Declaration]:
    return catalogue_of(case, info).declarations


def steps(case: Parent[Case], info: Info, after: int = 0, first: int = 100) -> Sequence[StepInCase]:
    catalogue = catalogue_of(case, info)
    return [StepInCase(case, catalogue, step) for step in case.steps_after(after, first=first)]


def last_step(case: Parent[Case], info: Info) -> StepInCase:
    return StepInCase(case, catalogue_of(case, info), case.last_step)


def available_actions(case: Parent[Case], info: Info) -> Sequence["ActionOnCase"]:
    catalogue = catalogue_of(case, info)
    return [ActionOnCase(row, catalogue.figure("assurance-minutes", info.context.today)) for row in allowed(case)]


def deadline(case: Parent[Case], info: Info) -> Deadline | None:
    context = info.context
    return deadline_of_case(case, items(case, info), context.desks.calendars.in_force, now=context.now)


def progress_steps(progress: Parent[CaseProgress], info: Info) -> Sequence[StepInCase]:
    case = progress.case
    return [StepInCase(case, catalogue_of(case, info), step) for step in progress.steps] if case else ()


# ---------------------------------------------------------------- actions and audiences


@dataclass(frozen=True, slots=True)
class ActionOnCase:
    """`minutes`: for how long a proof of identity is recent enough."""

    row: Transition
    minutes: int


def action_label(on: Parent[ActionOnCase], info: Info) -> str:
    return info.context.say(f"action.{on.row.action}.label")


def confirm_text(on: Parent[ActionOnCase], info: Info) -> str | None:
    return info.context.say(f"action.{on.row.action}.confirm") if on.row.asks else None


def action_step_up(on: Parent[ActionOnCase], info: Info) -> StepUp | None:
    acting = info.context.acting
    if not on.row.sensitive or acting is None:
        return None
    return acting.lacking(Assurance.L3, within=timedelta(minutes=on.minutes), now=info.context.now)


def audience_label(audience: Parent[Audience], info: Info) -> str:
    return info.context.say(audience.label)


# ---------------------------------------------------------------- steps and items


def step_text(step: Parent[StepInCase], info: Info) -> str:
    return info.context.say(step.text)


def step_spoken(step: Parent[StepInCase], info: Info) -> str:
    return info.context.speak(step.text)


def item_title(item: Parent[ItemInCase], info: Info) -> str:
    return info.context.say(item.offered.title)


def item_status_text(item: Parent[ItemInCase], info: Info) -> str:
    return info.context.say(item.status_text)


def statutory_deadline(item: Parent[ItemInCase], info: Info) -> Deadline | None:
    return deadline_of(item, item.offered.statutory_limit, info.context.desks.calendars.in_force, now=info.context.now)


def promised_deadline(item: Parent[ItemInCase], info: Info) -> Deadline | None:
    return deadline_of(item, item.offered.promise, info.context.desks.calendars.in_force, now=info.context.now)


def result_text(item: Parent[ItemInCase], info: Info) -> str:
    return item.written.text or info.context.say(f"item.outcome.{item.outcome}")


def result_spoken(item: Parent[ItemInCase], info: Info) -> str:
    return item.written.text or info.context.speak(Text(f"item.outcome.{item.outcome}"))


def evidence_title(evidence: Parent[EvidenceUsed], info: Info) -> str:
    return info.context.say(evidence.title)


# ---------------------------------------------------------------- materials, files, consents


def material_title(material: Parent[MaterialInCase], info: Info) -> str:
    return info.context.say(material.rule.title)


def material_status(material: Parent[MaterialInCase], info: Info) -> str:
    return material.status(info.context.today)


def material_status_text(material: Parent[MaterialInCase], info: Info) -> str:
    return info.context.say(f"material.status.{material.status(info.context.today)}")


def material_files(material: Parent[MaterialInCase]) -> Sequence["FileInCase"]:
    return [FileInCase(material.case, material.catalogue, file) for file in material.files]


@dataclass(frozen=True, slots=True)
class FileInCase:
    case: Case
    catalogue: Catalogue
    file: FileRef


def file_by(of: Parent[FileInCase]) -> ActorInCase:
    return ActorInCase(of.case, of.catalogue, of.file.by)


def consent_wording(consent: Parent[ConsentInCase]) -> ConsentText:
    return next(text for text in consent.catalogue.consents if text.purpose == consent.state.purpose)


def consent_by(consent: Parent[ConsentInCase]) -> ActorInCase | None:
    by = consent.state.decided_by
    return ActorInCase(consent.case, consent.catalogue, by) if by else None


def declaration_text(declaration: Parent[Declaration], info: Info) -> str:
    return info.context.say(declaration.text)


def declaration_spoken(declaration: Parent[Declaration], info: Info) -> str:
    return info.context.say(declaration.spoken)
