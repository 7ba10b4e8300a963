"""Items and materials of a case, read together with what the catalogue says of them, as far as somebody may see them."""

from dataclasses import dataclass
from datetime import date, datetime

from domain.cases.case import Case
from domain.cases.papers_asked import asked_of_filing, papers_asked
from domain.cases.parts import ITEM_OVER, FileRef, ItemState, ItemStatus, ItemWords, LicenceHeld, MaterialStatus, Turn
from domain.cases.seeing import EVERYTHING, Sight
from domain.cases.tasks import AgencyTask
from domain.catalogue.types import Catalogue, Department, MaterialRule, PromiseMark, ServiceItem
from domain.clock import day_in_china
from domain.policy import RULES
from domain.policy.facts import Facts
from domain.policy.law import Law, law_of
from domain.policy.materials import fetched_by, marks_complete, missing_marks
from domain.ports import ItemOutcome
from domain.reasons import Reason, Verdict
from domain.words import Text


@dataclass(frozen=True, slots=True)
class EvidenceUsed:
    """What a result rests on: a licence that was held, or a file that was handed in."""

    id: str
    kind: str
    title: Text
    at: datetime | None


@dataclass(frozen=True, slots=True)
class ItemInCase:
    case: Case
    catalogue: Catalogue
    state: ItemState
    sight: Sight = EVERYTHING

    @property
    def id(self) -> str:
        return f"{self.case.id}.item.{self.code}"

    @property
    def open(self) -> bool:
        """Whether more of it may be seen than what it is, whose it is, and where it stands."""
        return self.sight.item(self.code)

    @property
    def code(self) -> str:
        return self.state.code

    @property
    def offered(self) -> ServiceItem:
        return self.catalogue.items[self.code]

    @property
    def papers(self) -> tuple[str, ...]:
        return papers_asked(self.case, self.code, self.catalogue)

    @property
    def department(self) -> Department:
        return self.catalogue.departments[self.offered.department]

    @property
    def status(self) -> ItemStatus:
        return self.state.status

    @property
    def status_text(self) -> Text:
        """WAITING is told by what for: for the person, for another item, or for nothing any more."""
        waiting = self.status is ItemStatus.WAITING
        if waiting and self.case.submitted_at is None:
            return Text("item.waiting.to-be-submitted")
        return Text("item.waiting.on-its-way") if waiting and self.state.ready_at else Text(f"item.status.{self.status}")

    @property
    def turn(self) -> Turn:
        if self.status in ITEM_OVER or self.case.over:
            return Turn.OVER
        return Turn.OURS if self.case.submitted_at else Turn.YOURS

    @property
    def waits_for(self) -> tuple["ItemInCase", ...]:
        here = {item.code: item for item in self.case.items}
        return tuple(ItemInCase(self.case, self.catalogue, here[code], self.sight) for code in self.offered.waits_for if code in here)

    @property
    def result(self) -> "ItemInCase | None":
        """Itself, once it has an outcome."""
        return self if self.state.outcome and self.open else None

    @property
    def outcome(self) -> ItemOutcome | None:
        return self.state.outcome

    @property
    def at(self) -> datetime | None:
        return self.state.decided_at

    @property
    def written(self) -> ItemWords:
        """What the department wrote, in its own words."""
        return self.case.private.results.get(self.code, NO_WORDS) if self.open else NO_WORDS

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """The department's own, or the refused item because of which this one was not started."""
        verdict = Verdict.MET if self.status is ItemStatus.DONE else Verdict.NOT_MET
        said = tuple(Reason("department", verdict, Text("reason.department", {"words": words})) for words in self.written.reasons)
        return (*said, *self._not_started)

    @property
    def _not_started(self) -> tuple[Reason, ...]:
        because = self.catalogue.items.get(self.state.because or "")
        if because is None or not self.open:
            return ()
        return (Reason("waits-for", Verdict.NOT_MET, Text("reason.waits-for-refused", {"item": because.title})),)

    @property
    def evidence(self) -> tuple[EvidenceUsed, ...]:
        materials = (MaterialInCase(self.case, self.catalogue, self.catalogue.materials[code]) for code in self.papers)
        return tuple(used for material in materials for used in material.evidence)


NO_WORDS = ItemWords("", ())


def items_of(case: Case, catalogue: Catalogue, sight: Sight = EVERYTHING) -> tuple[ItemInCase, ...]:
    return tuple(ItemInCase(case, catalogue, state, sight) for state in case.items)


@dataclass(frozen=True, slots=True)
class MaterialInCase:
    case: Case
    catalogue: Catalogue
    rule: MaterialRule
    sight: Sight = EVERYTHING

    @property
    def id(self) -> str:
        return f"{self.case.id}.material.{self.code}"

    @property
    def code(self) -> str:
        return self.rule.code

    @property
    def max_files(self) -> int:
        return self.rule.max_files

    @property
    def files(self) -> tuple[FileRef, ...]:
        return self.case.materials.get(self.code, ())

    @property
    def used_by(self) -> tuple[ItemInCase, ...]:
        items, of_filing = items_of(self.case, self.catalogue, self.sight), asked_of_filing(self.case, self.rule)
        return tuple(item for item in items if of_filing or self.code in item.offered.materials)

    @property
    def marks(self) -> tuple[PromiseMark, ...]:
        """The signature, the fingerprint that were seen on it."""
        return self.case.marks.get(self.code, ())

    @property
    def task(self) -> AgencyTask | None:
        """Of the department that fetches it, once that was given it."""
        return next((task for task in self.case.tasks if task.material == self.code), None)

    @property
    def fetched(self) -> bool:
        return self.task is not None and self.task.done_at is not None

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """Why it is needed or not, where a rule decides; and why what was handed in will not do yet."""
        return (
            *fetched_by(self.rule, self.catalogue.departments),
            *self._judged,
            *((marks_complete(self.rule, frozenset(self.marks)),) if self.files and self._unsigned else ()),
        )

    @property
    def _judged(self) -> tuple[Reason, ...]:
        if self.rule.needed_if is None:
            return ()
        return (RULES[self.rule.needed_if](*known_of(self.case, self.catalogue)),)

    @property
    def _unsigned(self) -> bool:
        return bool(missing_marks(self.rule, frozenset(self.marks)))

    @property
    def lacking(self) -> Text:
        """What is to be done about a paper that is needed."""
        if self.files and self._unsigned:
            return marks_complete(self.rule, frozenset(self.marks)).text
        return Text("issue.material-needed", {"material": self.rule.title})

    @property
    def stamped_at(self) -> datetime | None:
        """When the employer's electronic stamp on the form came to stand for it (A42)."""
        return self.case.stamped_at if self.rule.by_stamp else None

    def licence(self, today: date) -> LicenceHeld | None:
        """The licence that makes the paper unnecessary, if it was valid when the case was submitted, or is today (A32)."""
        day = day_in_china(self.case.submitted_at) if self.case.submitted_at else today
        held = (self.case.private.licences.get(kind) for kind in self.rule.satisfied_by)
        return next((licence for licence in held if licence and (licence.valid_until is None or licence.valid_until >= day)), None)

    def status(self, today: date) -> MaterialStatus:
        if self.stamped_at or self.fetched or (self.files and not self._unsigned):
            return MaterialStatus.PROVIDED
        if self.licence(today):
            return MaterialStatus.SATISFIED_BY_LICENCE
        if not self.rule.required or any(reason.verdict is Verdict.NOT_MET for reason in self._judged):
            return MaterialStatus.NOT_NEEDED
        if any(reason.officer for reason in self._judged):
            return MaterialStatus.DEFERRED
        return MaterialStatus.SEARCH_REQUESTED if self.rule.owner or self._lost else MaterialStatus.NEEDED

    @property
    def _lost(self) -> bool:
        """So that a department searches its own files on the person's behalf."""
        rule = self.rule.searched_if
        return rule is not None and RULES[rule](*known_of(self.case, self.catalogue)).verdict is Verdict.MET

    @property
    def evidence(self) -> tuple[EvidenceUsed, ...]:
        handed_in = Text("evidence.file", {"material": self.rule.title})
        files = tuple(EvidenceUsed(f"{self.id}.{file.id}", "FILE", handed_in, file.at) for file in self.files)
        licence = None if files else self.licence(day_in_china(self.case.updated_at))
        return (*files, self._licence_used(licence)) if licence else files

    def _licence_used(self, licence: LicenceHeld) -> EvidenceUsed:
        title = Text("evidence.licence", {"licence": self.catalogue.licences[licence.kind].name})
        return EvidenceUsed(f"{self.id}.{licence.kind}", "LICENCE", title, licence.issued_at)


def known_of(case: Case, catalogue: Catalogue) -> tuple[Facts, Law]:
    """What the rules are asked with: the answers, and the law of the day of submission, or of the last change before it."""
    day = day_in_china(case.submitted_at or case.updated_at)
    answers = {place: answer.value or answer.values for place, answer in case.private.answers.items()}
    return Facts(answers, day), law_of(catalogue, day)


def materials_of(case: Case, catalogue: Catalogue, sight: Sight = EVERYTHING) -> tuple[MaterialInCase, ...]:
    """Each material once, however many items use it (A02), in the catalogue's order."""
    named = {code for item in case.items for code in papers_asked(case, item.code, catalogue) if sight.material(code)}
    return tuple(MaterialInCase(case, catalogue, rule, sight) for code, rule in catalogue.materials.items() if code in named)
