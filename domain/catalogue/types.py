"""What a region offers, as frozen values. Facts come from catalogue/*.toml; nothing here decides anything."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from domain.catalogue.parameters import Parameter as Parameter
from domain.catalogue.parameters import ParameterValue as ParameterValue
from domain.catalogue.points import Matter, ServicePoint
from domain.catalogue.questions import AnswerKind as AnswerKind
from domain.catalogue.questions import FieldRule as FieldRule
from domain.catalogue.questions import Option as Option
from domain.catalogue.questions import Origin as Origin
from domain.catalogue.questions import Repetition as Repetition
from domain.catalogue.questions import SectionRule as SectionRule
from domain.catalogue.questions import SourceKind as SourceKind
from domain.catalogue.queues import GradedReview as GradedReview
from domain.catalogue.queues import PriorityBasis, Queue
from domain.catalogue.queues import ReviewGrade as ReviewGrade
from domain.organisations.organisation import Organisation
from domain.words import Text, Words


class ItemMode(StrEnum):
    """DECISION a department decides; LOOKUP it answers from its records; GUIDANCE the applicant is told how."""

    DECISION = "DECISION"
    LOOKUP = "LOOKUP"
    GUIDANCE = "GUIDANCE"


class TimeUnit(StrEnum):
    HOURS = "HOURS"
    DAYS = "DAYS"
    WORKING_DAYS = "WORKING_DAYS"
    MONTHS = "MONTHS"


class FilingChannel(StrEnum):
    """个人掌上办, 企业自助办, 朋友代替办, 社区帮扶办, 窗口现场 (后台补录) 办."""

    PERSONAL = "PERSONAL"
    EMPLOYER = "EMPLOYER"
    FRIEND_PROXY = "FRIEND_PROXY"
    COMMUNITY_HELP = "COMMUNITY_HELP"
    COUNTER = "COUNTER"


@dataclass(frozen=True, slots=True)
class Region:
    code: str
    name: Words

    @property
    def id(self) -> str:
        return f"region-{self.code}"


@dataclass(frozen=True, slots=True)
class Department:
    """`region`: the one whose catalogue names it so. `telephone`: where it answers questions about its services."""

    code: str
    name: Words
    telephone: str | None = None
    region: str = ""

    @property
    def id(self) -> str:
        return f"department-{self.region}-{self.code}"


@dataclass(frozen=True, slots=True)
class LicenceKind:
    """An electronic licence (电子证照) or a register that can be asked about a person. `attributes`: what its answer may hold.

    `vouched`: the identity platform, which has told it at sign-in; it is not asked again, and needs no consent.
    """

    code: str
    name: Words
    kind: SourceKind
    attributes: tuple[str, ...]
    vouched: bool = False


@dataclass(frozen=True, slots=True)
class TimeLimit:
    """`start_event`: the code of the event that starts the clock."""

    amount: int
    unit: TimeUnit
    start_event: str
    source: str
    since: date

    @property
    def text(self) -> Text:
        return Text(f"limit.{self.unit}", {"amount": self.amount, "event": Text(f"event.{self.start_event}")})


class PromiseMark(StrEnum):
    """What a written promise must bear: the person's signature (签字), the fingerprint (按手印)."""

    SIGNATURE = "SIGNATURE"
    FINGERPRINT = "FINGERPRINT"


@dataclass(frozen=True, slots=True)
class MaterialRule:
    """`needed_if` names a rule of domain/policy; None: always. `satisfied_by`: licences that make the paper unnecessary.
    `searched_if` names the rule by which the paper is lost; then the department `searched_by` looks in its own files instead.
    `owner`: the department that fetches it from another agency, so that it is asked of nobody (A74).
    `needs`: without these it is incomplete. `by_stamp`: an employer's electronic stamp will do. `channels`: every case of these needs it.
    """

    code: str
    title: Words
    max_files: int
    required: bool
    satisfied_by: tuple[str, ...] = ()
    needed_if: str | None = None
    searched_if: str | None = None
    searched_by: str | None = None
    owner: str | None = None
    needs: tuple[PromiseMark, ...] = ()
    by_stamp: bool = False
    channels: tuple[FilingChannel, ...] = ()
    condition: Words | None = None
    if_lost: Words | None = None
    source: str = ""
    licence_kinds: tuple[LicenceKind, ...] = ()
    """Those that `satisfied_by` names."""


@dataclass(frozen=True, slots=True)
class ServiceItem:
    """One service of a department. `certificate`: its approval issues the e-retirement-certificate.

    It starts once all that it `waits_for` in the case is approved; of those that `after` names too, any decision will do.
    `recommended_if` and `conditions` name rules of domain/policy: whom it is for, and what must hold for it to be granted.
    `only_with`: it is chosen together with one of these, or by somebody who is retired already (A26).
    """

    code: str
    title: Words
    department: str
    mode: ItemMode
    basic: bool
    source: str
    waits_for: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    materials: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    statutory_limit: TimeLimit | None = None
    promise: TimeLimit | None = None
    certificate: bool = False
    recommended_if: str | None = None
    conditions: tuple[str, ...] = ()
    only_with: tuple[str, ...] = ()
    legal_basis: tuple[str, ...] = ()
    requirements: Words | None = None
    result: Words | None = None
    review: GradedReview | None = None
    region: str = ""

    @property
    def id(self) -> str:
        """The same in every version of the region's catalogue."""
        return f"item-{self.region}-{self.code}"


@dataclass(frozen=True, slots=True)
class ConsentText:
    """What a holder is asked to allow; shown before anything is fetched."""

    purpose: str
    version: str
    title: Words
    text: Words
    spoken: Words
    licences: tuple[str, ...]
    licence_kinds: tuple[LicenceKind, ...] = ()
    """Those that `licences` names."""


@dataclass(frozen=True, slots=True)
class Declaration:
    """What the person declares by submitting."""

    code: str
    version: str
    text: Words
    spoken: Words

    @property
    def id(self) -> str:
        return f"declaration-{self.code}-{self.version}"


@dataclass(frozen=True, slots=True)
class Catalogue:
    """One region's catalogue with the national one beneath it. `version` is the hash of all that it was made from."""

    region: Region
    version: str
    title: Words
    source: str
    declared_total: int
    channels: tuple[FilingChannel, ...]
    departments: Mapping[str, Department]
    licences: Mapping[str, LicenceKind]
    items: Mapping[str, ServiceItem]
    materials: Mapping[str, MaterialRule]
    sections: tuple[SectionRule, ...]
    guide: tuple[FieldRule, ...]
    consents: tuple[ConsentText, ...]
    declarations: tuple[Declaration, ...]
    parameters: Mapping[str, Parameter]
    points: tuple[ServicePoint, ...]
    matters: tuple[Matter, ...]
    organisations: Mapping[str, Organisation]
    """By id."""
    queues: Mapping[str, Queue] = field(default_factory=dict)
    """By role."""
    priorities: Mapping[str, PriorityBasis] = field(default_factory=dict)

    @property
    def id(self) -> str:
        return f"catalogue-{self.region.code}-{self.version}"

    def item_by_id(self, id: str) -> ServiceItem | None:
        return next((item for item in self.items.values() if item.id == id), None)

    def figure(self, key: str, day: date) -> int:
        """A whole-number parameter as it stands on that day."""
        return self.parameters[key].on(day).number
