"""The fields of a case, each told in the reader's language and as far as the viewer may see."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from strawberry import Parent

from domain.acting import Assurance
from domain.cases.case import Case
from domain.cases.clocks import Deadline
from domain.cases.clocks import case_deadline as deadline_of_case
from domain.cases.feed import CaseProgress
from domain.cases.form import Form
from domain.cases.parts import ConsentState, FileRef
from domain.cases.reading import ItemInCase, MaterialInCase, items_of, materials_of
from domain.cases.seeing import steps_seen
from domain.cases.steps import Step
from domain.cases.telling import ActorInCase, StepInCase
from domain.cases.workflow import Transition, allowed
from domain.catalogue.types import Catalogue, ConsentText, Declaration, Region
from domain.certificates.certificate import Certificate
from domain.errors import StepUp
from domain.identifiers.masking import mask_mobile
from domain.people import Person
from domain.ports import MessageChannel
from domain.words import Text
from resolvers.context import Info
from resolvers.people import Unmasked


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


def informs(case: Parent[Case], info: Info) -> Sequence[Audience]:
    """Who is sent messages, by the number that stands in the form (F17)."""
    mobile = case.answer("mobile")
    if not mobile:
        return (Audience(Text("audience.nobody-yet"), MessageChannel.PERSON),)
    where = {"mobile": mask_mobile(mobile)} if info.context.sight(case).personal else {}
    return (Audience(Text("audience.applicant-at" if where else "audience.applicant", where), MessageChannel.SMS),)


def items(case: Parent[Case], info: Info) -> Sequence[ItemInCase]:
    return items_of(case, catalogue_of(case, info), info.context.sight(case))


def materials(case: Parent[Case], info: Info) -> Sequence[MaterialInCase]:
    return materials_of(case, catalogue_of(case, info), info.context.sight(case))


def consents(case: Parent[Case], info: Info) -> Sequence[ConsentInCase]:
    catalogue, sight = catalogue_of(case, info), info.context.sight(case)
    return [ConsentInCase(case, catalogue, state) for state in case.consents] if sight.personal else ()


async def certificate(case: Parent[Case], info: Info) -> Certificate | None:
    visible = case.certificate and info.context.sight(case).certificate
    return await info.context.certificate_of(case.certificate) if case.certificate and visible else None


def form(case: Parent[Case], info: Info) -> Form | None:
    sight = info.context.sight(case)
    return Form(case, catalogue_of(case, info), sight) if sight.personal else None


def beneficiary(case: Parent[Case], info: Info) -> Person:
    """By name to whoever sees their answers: those who file for them, and the officer who has taken one of the items."""
    sight, person = info.context.sight(case), case.beneficiary
    return Unmasked.of(person) or person if sight.personal else person


def declarations(case: Parent[Case], info: Info) -> Sequence[Declaration]:
    return catalogue_of(case, info).declarations


def steps(case: Parent[Case], info: Info, after: int = 0, first: int = 100) -> Sequence[StepInCase]:
    return _steps(case, steps_seen(case, info.context.sight(case), after=after, first=first), info)


def _steps(case: Case, steps: Sequence[Step], info: Info) -> Sequence[StepInCase]:
    catalogue, sight = catalogue_of(case, info), info.context.sight(case)
    return [StepInCase(case, catalogue, step, sight) for step in steps]


def last_step(case: Parent[Case], info: Info) -> StepInCase:
    sight = info.context.sight(case)
    return _steps(case, [step for step in case.history if sight.step(step)][-1:], info)[0]


async def available_actions(case: Parent[Case], info: Info) -> Sequence["ActionOnCase"]:
    acting = await info.context.acting_on(case)
    minutes = catalogue_of(case, info).figure("assurance-minutes", info.context.today)
    return [ActionOnCase(row, minutes) for row in allowed(case, acting)] if acting else ()


def deadline(case: Parent[Case], info: Info) -> Deadline | None:
    context = info.context
    return deadline_of_case(case, items(case, info), context.desks.calendars.in_force, now=context.now)


def progress_steps(progress: Parent[CaseProgress], info: Info) -> Sequence[StepInCase]:
    case = progress.case
    return _steps(case, list(filter(info.context.sight(case).step, progress.steps)), info) if case else ()


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


# ---------------------------------------------------------------- steps


def step_text(step: Parent[StepInCase], info: Info) -> str:
    return info.context.say(step.text)


def step_spoken(step: Parent[StepInCase], info: Info) -> str:
    return info.context.speak(step.text)


# ---------------------------------------------------------------- materials, files, consents


def material_title(material: Parent[MaterialInCase], info: Info) -> str:
    return info.context.say(material.rule.title)


def material_status(material: Parent[MaterialInCase], info: Info) -> str:
    return material.status(info.context.today)


def material_status_text(material: Parent[MaterialInCase], info: Info) -> str:
    return info.context.say(f"material.status.{material.status(info.context.today)}")


def material_marks(material: Parent[MaterialInCase]) -> Sequence[str]:
    return material.marks if material.sight.files(material.code) else ()


def material_files(material: Parent[MaterialInCase]) -> Sequence["FileInCase"]:
    files = material.files if material.sight.files(material.code) else ()
    return [FileInCase(material.case, material.catalogue, file) for file in files]


@dataclass(frozen=True, slots=True)
class FileInCase:
    case: Case
    catalogue: Catalogue
    file: FileRef

    @property
    def url(self) -> str:
        """Whoever sees the case there may fetch it, not only whose it is."""
        return f"/files/{self.file.id}?caseId={self.case.id}"


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
