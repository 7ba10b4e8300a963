"""Everything that is kept about a person is told: whole, in words, in their language, and to nobody else."""

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.acting import Assurance, CapacityKind
from domain.cases.case import Case
from domain.cases.filling import AnswerGiven
from domain.cases.keeping import erased
from domain.cases.recording import Moment
from domain.errors import AssuranceTooLow, NotPermitted
from domain.keeping.cases_told import case_told
from domain.keeping.own_data import Line, OwnData, OwnDataDesk, Plain, Tell, lines_of
from domain.keeping.sections import PersonSection
from domain.people import Person
from domain.words import Language, Text, Words
from integrations.documents.renderer import TypstDocuments
from tests.cases import (
    ACCOUNT,
    MONDAY,
    ZHANG,
    a_file,
    a_prefilled_case,
    acting,
    at,
    attached,
    filled,
    guangxi,
    loaded,
)
from tests.looks import as_delegate
from tests.progress import a_finished_case, withdrawn


def tell_in(language: Language) -> Tell:
    return lambda said: said.in_(language) if isinstance(said, Words) else loaded().wording.say(said, language)


tell = tell_in(Language.ZH_HANS)


class CaseOfHis:
    name = "cases"

    def __init__(self, case: Case) -> None:
        self.case = case

    async def of(self, person: Person, tell: Tell) -> list[Plain]:
        return [case_told(self.case, guangxi(), tell)]


def a_desk(case: Case) -> OwnDataDesk:
    now = lambda: at(100).at  # noqa: E731
    return OwnDataDesk((PersonSection(), CaseOfHis(case)), loaded().wording, TypstDocuments(), lambda: timedelta(minutes=20), now)


@pytest.mark.row("F66")
def test_a_case_is_told_whole_with_nothing_masked() -> None:
    case = attached(filled(a_prefilled_case(), AnswerGiven("mobile", value="13900000001")), "identity-card", a_file())

    told = case_told(case, guangxi(), tell)

    answers = {one["question"]: (one["answer"], one["source"]) for one in told["answers"]}
    assert ACCOUNT in {answer for answer, _ in answers.values()}
    assert ("13900000001", "您本人填写") in answers.values() or any(answer == "13900000001" for answer, _ in answers.values())
    assert len(answers) == sum(answer.given for answer in case.private.answers.values())
    assert [step["number"] for step in told["steps"]] == list(range(1, len(case.history) + 1))
    assert [material["id"] for material in told["materials"]] == ["file-1"]
    assert {consent["status"] for consent in told["consents"]} == {"已同意"}


def test_an_erased_case_is_told_as_what_was_done() -> None:
    case = withdrawn(a_prefilled_case())
    gone = erased(case, moment=Moment(case.erase_at, bytes(32)))

    told = case_told(gone, guangxi(), tell)

    assert (told["answers"], told["licences"], told["materials"]) == ([], [], [])
    assert ZHANG.name not in str(told)
    assert told["steps"][-1]["what"].startswith("这份申请里的个人信息和材料已清除")


@pytest.mark.parametrize("language", Language)
def test_every_name_of_data_has_its_words_in_every_language(language: Language) -> None:
    told = case_told(a_finished_case(), guangxi(), tell_in(language))

    lines = list(lines_of(OwnData(ZHANG, MONDAY, {"cases": [told], "files": []}), tell_in(language)))

    assert Line(1, tell_in(language)(Text("own-data.nothing"))) in lines
    assert all(line.label for line in lines)
    assert "None" not in {line.value for line in lines}


@pytest.mark.row("F66")
@pytest.mark.parametrize("language", Language)
async def test_it_can_be_had_printed_in_the_language_of_the_person(language: Language) -> None:
    desk = a_desk(a_finished_case())

    printed = await desk.printed(by=acting(), language=language)

    assert printed.startswith(b"%PDF")
    desk.printer.close()


@pytest.mark.row("F66")
async def test_only_people_themselves_proved_lately_are_given_it() -> None:
    desk = a_desk(a_finished_case())

    with pytest.raises(NotPermitted):
        await desk.everything(by=as_delegate(), language=Language.ZH_HANS)
    with pytest.raises(NotPermitted, match="own-device"):
        await desk.everything(by=replace(acting(), assisted_by="person-helper"), language=Language.ZH_HANS)
    with pytest.raises(AssuranceTooLow):
        await desk.everything(by=acting(assurance=Assurance.L2), language=Language.ZH_HANS)
    assert as_delegate().capacity is CapacityKind.PROXY
    assert list((await desk.everything(by=acting(), language=Language.EN)).sections) == ["person", "cases"]
