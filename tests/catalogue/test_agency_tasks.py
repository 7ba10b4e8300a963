"""One application, and the agencies do the rest (A74): of five papers two are asked of the applicant, and each other has its owner."""

from dataclasses import replace
from datetime import date

import pytest

from domain.acting import Acting
from domain.cases.case import Case
from domain.cases.doing_tasks import complete_task, departments_in, take_task
from domain.cases.filling import AnswerGiven, fill
from domain.cases.form import Form
from domain.cases.handing_off import handoff_of
from domain.cases.joining import introduced
from domain.cases.parts import ItemStatus, MaterialStatus
from domain.cases.reading import materials_of
from domain.cases.recording import replay
from domain.cases.seeing import sight_of
from domain.cases.submitting import attach, submit, withdraw
from domain.cases.telling import StepInCase
from domain.catalogue.faults import CatalogueFaults
from domain.catalogue.types import Catalogue, FieldRule
from domain.errors import Conflict, InvalidForm, NotFound, NotPermitted, Refusal, StepNotAllowed
from domain.words import Language
from integrations.catalogue_files import Loaded, load
from tests.cases import SAMPLE, ZHANG, a_file, a_mark, acting, at, kinds
from tests.catalogue.coral_bay import CORAL_BAY, with_coral_bay
from tests.officers import HRSS, MEDICAL, TAN, WEI, an_officer
from tests.regions import a_case_in

TODAY = date(2026, 11, 23)
FROM_APPLICANT = ("transfer-application", "authority-to-act")
OURS, THEIRS = replace(HRSS, region="coral-bay"), replace(MEDICAL, region="coral-bay")
PENSIONS = an_officer(of=OURS)
MEDICAL_OFFICER = an_officer(TAN, of=THEIRS)


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Loaded:
    return load(with_coral_bay(tmp_path_factory.mktemp("coral-bay")), today=TODAY)


@pytest.fixture(scope="module")
def coral_bay(loaded: Loaded) -> Catalogue:
    return loaded.catalogues.in_force("coral-bay")


def a_draft(catalogue: Catalogue) -> Case:
    return a_case_in(catalogue, "relation-transfer", "medical-relation")


def with_both_papers(catalogue: Catalogue) -> Case:
    case = a_draft(catalogue)
    for code in FROM_APPLICANT:
        case = attach(case, material=code, files=[a_file(code)], catalogue=catalogue, by=acting(), mark=a_mark(code), moment=at(5))
    return case


def handed_in(catalogue: Catalogue) -> Case:
    case = with_both_papers(catalogue)
    blanks = [one.rule for section in Form(case, catalogue).sections for entry in section.entries for one in entry.fields if one.issue]
    given = [AnswerGiven(rule.key, value=_something(rule)) for rule in blanks]
    case = fill(case, given=given, catalogue=catalogue, by=acting(), mark=a_mark("rest"), revision=case.revision, moment=at(6))
    agreed = [one.id for one in catalogue.declarations]
    return submit(case, revision=case.revision, declarations=agreed, catalogue=catalogue, by=acting(), mark=a_mark("submit"), moment=at(20))


def _something(rule: FieldRule) -> str:
    formats = {"phone": "13900000001", "document-number": ZHANG.document_number, "division": "45/4501/450103"}
    return rule.options[0].value if rule.options else formats.get(rule.format or "", SAMPLE.get(rule.kind, "甲市乙区"))


def done(case: Case, material: str, catalogue: Catalogue, *, by: Acting = PENSIONS, reference: str = "转20261123001") -> Case:
    who, met = by.known_person(), introduced(case, by, moment=at(30))
    mark = a_mark(f"take-{material}", person=who)
    taken = take_task(met, material=material, catalogue=catalogue, by=by, mark=mark, moment=at(30))
    mark = a_mark(f"done-{material}", person=who)
    return complete_task(taken, material=material, reference=reference, catalogue=catalogue, by=by, mark=mark, moment=at(40))


@pytest.mark.row("A74")
def test_two_papers_are_asked_of_the_applicant_and_each_other_has_an_agency_that_owns_it(coral_bay: Catalogue) -> None:
    papers = materials_of(a_draft(coral_bay), coral_bay)

    asked = [paper.code for paper in papers if paper.status(TODAY) is MaterialStatus.NEEDED]
    others = {paper.code: (paper.status(TODAY), paper.rule.owner, paper.reasons[0].rule) for paper in papers if paper.code not in asked}
    assert asked == list(FROM_APPLICANT)
    assert others == {
        "payment-certificate": (MaterialStatus.SEARCH_REQUESTED, "hrss", "agency-owner"),
        "information-sheet": (MaterialStatus.SEARCH_REQUESTED, "hrss", "agency-owner"),
        "medical-sheet": (MaterialStatus.SEARCH_REQUESTED, "medical", "agency-owner"),
    }


@pytest.mark.row("A74")
def test_one_application_gives_each_agency_its_task_and_the_services_wait_for_what_is_fetched(coral_bay: Catalogue) -> None:
    case = handed_in(coral_bay)
    one = done(case, "payment-certificate", coral_bay)
    both = done(one, "information-sheet", coral_bay)
    rest = done(both, "medical-sheet", coral_bay, by=MEDICAL_OFFICER)

    assert [task.material for task in case.tasks] == ["payment-certificate", "information-sheet", "medical-sheet"]
    ready = [[item.code for item in each.items if item.hand_off_at] for each in (case, one, both, rest)]
    assert ready == [[], [], ["relation-transfer"], ["relation-transfer", "medical-relation"]]
    assert {item.status for item in rest.items} == {ItemStatus.WAITING}
    assert [paper.status(TODAY) for paper in materials_of(rest, coral_bay)] == [MaterialStatus.PROVIDED] * 5
    handed = handoff_of(rest, "medical-relation", coral_bay)
    assert {"material": "medical-sheet", "reference": "转20261123001"} in handed.materials


def test_its_steps_say_which_agency_does_what(coral_bay: Catalogue, loaded: Loaded) -> None:
    case = done(handed_in(coral_bay), "medical-sheet", coral_bay, by=MEDICAL_OFFICER)

    said = [loaded.wording.say(StepInCase(case, coral_bay, step).text, Language.ZH_HANS) for step in case.history if "task" in step.kind]
    name = coral_bay.departments["medical"].name.hans
    assert f"已请{name}调取“医保转移信息表”，您不用提交。" in said
    assert said[-1] == f"{name}已取得“医保转移信息表”。"
    assert not [step for step in case.history if "转20261123001".encode() in step.canonical]
    assert replay(case.history, case.private.secrets, case_id=case.id) == case


# ---------------------------------------------------------------- whose task it is


@pytest.mark.parametrize(
    ("by", "refusal", "key"),
    [
        (MEDICAL_OFFICER, NotPermitted, "refusal.task-of-another"),
        (an_officer(of=HRSS), NotPermitted, "refusal.task-of-another"),
        (acting(), NotPermitted, "refusal.task-of-another"),
        (an_officer(ZHANG, of=OURS), NotPermitted, "refusal.own-matter"),
    ],
    ids=["another department", "another region", "the applicant", "their own matter"],
)
def test_nobody_else_takes_it(coral_bay: Catalogue, by: Acting, refusal: type[Refusal], key: str) -> None:
    with pytest.raises(refusal) as refused:
        done(handed_in(coral_bay), "information-sheet", coral_bay, by=by)

    assert refused.value.text.key == key


def test_of_two_officers_one_has_it_and_only_they_say_that_it_is_done(coral_bay: Catalogue) -> None:
    case, colleague = handed_in(coral_bay), an_officer(TAN, of=OURS)
    asked = {"material": "information-sheet", "catalogue": coral_bay, "moment": at(30)}
    mine = take_task(case, by=PENSIONS, mark=a_mark("take", person=WEI), **asked)

    with pytest.raises(Conflict):
        take_task(mine, by=colleague, mark=a_mark("take", person=TAN), **asked)
    with pytest.raises(StepNotAllowed):
        complete_task(mine, reference="1", by=colleague, mark=a_mark("done", person=TAN), **asked)
    with pytest.raises(InvalidForm):
        complete_task(mine, reference=" ", by=PENSIONS, mark=a_mark("done", person=WEI), **asked)
    with pytest.raises(NotFound):
        take_task(case, by=PENSIONS, mark=a_mark("other", person=WEI), **{**asked, "material": "authority-to-act"})
    assert take_task(mine, by=PENSIONS, mark=a_mark("again", person=WEI), **asked) == mine


def test_what_is_done_is_not_done_again(coral_bay: Catalogue) -> None:
    case = done(handed_in(coral_bay), "medical-sheet", coral_bay, by=MEDICAL_OFFICER)

    assert done(case, "medical-sheet", coral_bay, by=MEDICAL_OFFICER) == case
    assert kinds(case).count("task-done") == 1
    with pytest.raises(StepNotAllowed):
        take_task(case, material="medical-sheet", catalogue=coral_bay, by=MEDICAL_OFFICER, mark=a_mark("x", person=TAN), moment=at(50))


def test_for_a_case_that_was_withdrawn_nothing_is_fetched(coral_bay: Catalogue) -> None:
    case = withdraw(handed_in(coral_bay), reason="", catalogue=coral_bay, by=acting(), mark=a_mark("withdraw"), moment=at(25))

    with pytest.raises(StepNotAllowed):
        done(case, "medical-sheet", coral_bay, by=MEDICAL_OFFICER)


def test_an_owner_sees_the_case_for_its_task_and_the_person_once_it_is_taken(coral_bay: Catalogue) -> None:
    case = handed_in(coral_bay)
    before = sight_of(case, coral_bay, MEDICAL_OFFICER)
    mark = a_mark("take", person=TAN)
    taken = take_task(case, material="medical-sheet", catalogue=coral_bay, by=MEDICAL_OFFICER, mark=mark, moment=at(30))
    after = sight_of(taken, coral_bay, MEDICAL_OFFICER)

    assert (before.material("medical-sheet"), before.personal, before.material("information-sheet")) == (True, False, False)
    assert (after.personal, after.files("medical-sheet"), after.files("information-sheet")) == (True, True, False)
    assert departments_in(case, coral_bay) == ["hrss", "medical"]


def test_an_owner_that_is_no_department_stops_the_start(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = with_coral_bay(tmp_path_factory.mktemp("wrong"))
    wrong = CORAL_BAY["materials.toml"].replace('owner = "medical"', 'owner = "moon"')
    (folder / "coral-bay" / "materials.toml").write_text(wrong, encoding="utf-8")

    with pytest.raises(CatalogueFaults) as refused:
        load(folder, today=TODAY)

    assert "materials.medical-sheet.owner names 'moon', which is not a department of coral-bay" in str(refused.value)
