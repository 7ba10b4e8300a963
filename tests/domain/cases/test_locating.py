"""An answer that is a place is kept as the whole path or not at all, whether a case is opened with it or filled in later."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from domain.cases.accounts import OwnAccounts
from domain.cases.case import Case
from domain.cases.desk import ApplicantDesk
from domain.cases.filing import Filings
from domain.cases.filling import AnswerGiven
from domain.cases.naming import CaseNames
from domain.cases.opening import Opening
from domain.cases.opening_desk import OpeningDesk
from domain.cases.requests import Marks
from domain.errors import InvalidForm
from domain.wording import Wording
from domain.words import Language
from tests.applicants import an_applicant_desk
from tests.capacities import capacities
from tests.cases import acting, an_opened_case, consents, loaded, numbers, slips
from tests.looks import NotedLooks
from tests.memory import a_book
from tests.places import QINGXIU, Imported, some_places
from tests.told_registers import ToldAccounts

REQUEST, OTHER = "request-0123456789", "request-9876543210"
AT_HOME = "45/4501/450103/450103001/450103001001"
ELSEWHERE = "15/1502/150222/150222102/150627100202"
"""A community of 伊金霍洛旗 below a town of 固阳县."""


def lives(path: str) -> AnswerGiven:
    return AnswerGiven("living-division", value=path)


@pytest.fixture
def imported() -> Imported:
    return Imported(QINGXIU)


@pytest.fixture
def applicant(imported: Imported) -> ApplicantDesk:
    book = a_book(an_opened_case())
    return an_applicant_desk(book, places=some_places(imported))


@pytest.fixture
def opening(imported: Imported) -> OpeningDesk:
    book = a_book()
    names, marks = CaseNames(numbers()), Marks(bytes.hex)
    return OpeningDesk(
        book,
        loaded().catalogues,
        names,
        marks,
        lambda: bytes(32),
        book.now,
        None,
        some_places(imported),
        Filings(capacities()),
        OwnAccounts(ToldAccounts()),
        NotedLooks(),
    )


async def filled(desk: ApplicantDesk, *given: AnswerGiven, request: str = REQUEST, revision: int = 0) -> Case:
    return await desk.fill(request, "case-zh8k0001", given, revision=revision, remove_entries=(), by=acting())


def said(refused: InvalidForm) -> Sequence[str]:
    wording: Wording = loaded().wording
    return [wording.say(issue.text, Language.ZH_HANS) for issue in refused.issues]


@pytest.mark.row("A08")
async def test_a_community_of_another_county_is_refused_and_both_are_named(applicant: ApplicantDesk) -> None:
    with pytest.raises(InvalidForm) as refused:
        await filled(applicant, lives(ELSEWHERE))

    assert slips(refused) == [(("input", "answers", "0", "value"), "bad-division")]
    assert refused.value.issues[0].about == "case-zh8k0001.field.living-division"
    assert said(refused.value) == ["曼赖村村委会（150627100202）不在金山镇（150222102）的下一级里，请从金山镇往下重新选。"]
    assert (await applicant.one("case-zh8k0001", by=acting())).answer("living-division") is None


@pytest.mark.row("A08")
async def test_a_case_is_not_opened_with_a_community_of_another_county(opening: OpeningDesk) -> None:
    wanted = Opening(("item-guangxi-pension",), (lives(ELSEWHERE),), consents(given=False))

    with pytest.raises(InvalidForm) as refused:
        await opening.open(REQUEST, wanted, by=acting(), language=Language.ZH_HANS)

    assert slips(refused) == [(("input", "answers", "0", "value"), "bad-division")]
    assert opening.book.store.kept == {}


@pytest.mark.parametrize(("typed", "kept"), [(AT_HOME, AT_HOME), ("450103", "45/4501/450103"), (" ４５/4501/450103", "45/4501/450103")])
async def test_a_place_is_kept_as_the_whole_path(applicant: ApplicantDesk, typed: str, kept: str) -> None:
    assert (await filled(applicant, lives(typed))).answer("living-division") == kept


async def test_it_is_refused_together_with_whatever_else_is_wrong(applicant: ApplicantDesk) -> None:
    with pytest.raises(InvalidForm) as refused:
        await filled(applicant, AnswerGiven("weather", value="x"), lives("45"), lives("99"), AnswerGiven("email", values=("x",)))

    assert [code for _, code in slips(refused)] == ["unknown-field", "division-incomplete", "unknown-division", "wrong-kind"]


async def test_it_can_be_cleared(applicant: ApplicantDesk) -> None:
    there = await filled(applicant, lives(AT_HOME))

    cleared = await filled(applicant, AnswerGiven("living-division"), request=OTHER, revision=there.revision)

    assert (there.answer("living-division"), cleared.answer("living-division")) == (AT_HOME, None)


async def test_the_same_request_again_has_one_effect_where_the_table_has_changed_since(applicant: ApplicantDesk) -> None:
    once = await filled(applicant, lives(AT_HOME))
    gone = replace(applicant, places=some_places())

    assert await filled(gone, lives(AT_HOME)) == once


async def test_whoever_reads_the_case_is_told_of_the_place_in_words(imported: Imported, applicant: ApplicantDesk) -> None:
    await filled(applicant, lives(AT_HOME))
    fresh = replace(applicant, places=some_places(imported))

    await fresh.one("case-zh8k0001", by=acting())

    assert fresh.places.address(AT_HOME).hans == "广西壮族自治区南宁市青秀区甲街道乙社区"
