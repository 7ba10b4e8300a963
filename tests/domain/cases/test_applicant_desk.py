"""What an applicant can do with their own cases: each request once, with the case's own catalogue, and nothing with anybody else's."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import pytest

from domain.acting import Acting
from domain.cases.case import Case
from domain.cases.consenting import Consenting
from domain.cases.desk import ApplicantDesk
from domain.cases.filling import AnswerGiven
from domain.cases.parts import CaseStatus
from domain.cases.stores import CaseFilter
from domain.errors import AlreadyOpen, Conflict, InvalidForm, NotFound, Refusal, Remedy, StepNotAllowed
from domain.file_kinds import ContentType
from domain.files import StoredFile
from tests.applicants import an_applicant_desk
from tests.cases import (
    MONDAY,
    ZHANG,
    a_complete_case,
    a_file,
    a_submitted_case,
    acting,
    an_opened_case,
    filled,
    guangxi,
    kinds,
    slips,
    somebody,
)
from tests.memory import MemoryCases, a_book
from tests.progress import withdrawn

REQUEST, OTHER = "request-0123456789", "request-9876543210"
EMAIL = [AnswerGiven("email", value="a@b.cn")]
DECLARED = tuple(declaration.id for declaration in guangxi().declarations)
CARD = "case-zh8k0001.material.identity-card"


@dataclass
class Files:
    """Which files were given to which case."""

    given: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)

    async def attach(self, ids: Sequence[str], *, case: Case, by: Acting) -> tuple[StoredFile, ...]:
        self.given.append((case.id, tuple(ids)))
        usual = {"person": ZHANG.id, "by": by.actor(), "request": REQUEST, "content_type": ContentType.PNG, "size": 100}
        return tuple(StoredFile(id=id, sha256="0" * 64, at=MONDAY, **usual) for id in ids)


@pytest.fixture
def desk() -> ApplicantDesk:
    book = a_book(an_opened_case())
    return an_applicant_desk(book, files=Files())


def kept(desk: ApplicantDesk) -> MemoryCases:
    return desk.book.store


def the_case(desk: ApplicantDesk) -> Case:
    return kept(desk).kept["case-zh8k0001"]


async def fill(desk: ApplicantDesk, request: str = REQUEST, *, answers: Sequence[AnswerGiven] = EMAIL, by: Acting | None = None) -> Case:
    seen = the_case(desk).revision if request == OTHER else 0
    return await desk.fill(request, "case-zh8k0001", answers, revision=seen, remove_entries=(), by=by or acting())


# ---------------------------------------------------------------- one effect per request


@pytest.mark.row("F38")
async def test_fifty_of_one_request_at_once_have_one_effect_and_one_outcome(desk: ApplicantDesk) -> None:
    cases = await asyncio.gather(*(fill(desk) for _ in range(50)))

    assert {(case.revision, case.answer("email")) for case in cases} == {(1, "a@b.cn")}
    assert len(the_case(desk).private.pending.requests) == 1


@pytest.mark.row("F38")
async def test_the_same_request_later_answers_the_case_as_it_then_stands(desk: ApplicantDesk) -> None:
    await fill(desk)
    now = await fill(desk, OTHER, answers=[AnswerGiven("email", value="c@d.cn")])

    assert await fill(desk) == now


@pytest.mark.row("F38")
async def test_the_same_request_with_other_input_is_a_conflict_whatever_the_verb(desk: ApplicantDesk) -> None:
    await fill(desk)

    for again in (
        fill(desk, answers=[AnswerGiven("email", value="c@d.cn")]),
        desk.submit(REQUEST, "case-zh8k0001", revision=1, declarations=DECLARED, by=acting()),
        desk.withdraw(REQUEST, "case-zh8k0001", reason="", by=acting()),
    ):
        with pytest.raises(Conflict) as refused:
            await again
        assert (refused.value.text.key, refused.value.current) == ("refusal.request-reused", the_case(desk))


@pytest.mark.row("F38")
async def test_a_refusal_is_not_remembered_and_the_request_is_judged_afresh(desk: ApplicantDesk) -> None:
    with pytest.raises(InvalidForm):
        await desk.submit(REQUEST, "case-zh8k0001", revision=0, declarations=DECLARED, by=acting())
    complete = kept(desk).put(a_complete_case())

    submitted = await desk.submit(REQUEST, "case-zh8k0001", revision=complete.revision, declarations=DECLARED, by=acting())

    assert submitted.status is CaseStatus.SUBMITTED


@pytest.mark.row("F38")
async def test_submitting_fifty_times_at_once_is_submitting_once(desk: ApplicantDesk) -> None:
    complete = kept(desk).put(a_complete_case())

    cases = await asyncio.gather(
        *(desk.submit(REQUEST, complete.id, revision=complete.revision, declarations=DECLARED, by=acting()) for _ in range(50))
    )

    assert {case.status for case in cases} == {CaseStatus.SUBMITTED}
    assert kinds(the_case(desk)).count("submitted") == 1


@pytest.mark.parametrize("request_id", ["fifteen-letters", "x" * 65])
async def test_a_request_has_sixteen_to_sixty_four_characters(desk: ApplicantDesk, request_id: str) -> None:
    with pytest.raises(InvalidForm) as refused:
        await fill(desk, request_id)

    assert slips(refused) == [(("requestId",), "request-id")]


# ---------------------------------------------------------------- while others change it


async def test_a_save_that_was_overtaken_is_decided_again_on_the_fresh_case(desk: ApplicantDesk) -> None:
    async def elsewhere() -> None:
        case = the_case(desk)
        kept(desk).put(filled(case, AnswerGiven("living-address", value="丙路1号"), by=acting(session="session-2"), mark="elsewhere"))

    kept(desk).before_save.append(elsewhere)

    case = await fill(desk)

    assert (case.answer("email"), case.answer("living-address"), case.revision) == ("a@b.cn", "丙路1号", 2)


async def test_who_is_overtaken_five_times_is_told_to_try_again(desk: ApplicantDesk) -> None:
    async def elsewhere() -> None:
        kept(desk).put(the_case(desk))

    kept(desk).before_save += [elsewhere] * 5

    with pytest.raises(Conflict) as refused:
        await fill(desk)

    told, rests = refused.value, desk.book.rest.taken
    assert (told.text.key, told.remedy, told.retry_after_seconds) == ("refusal.busy", Remedy.RETRY, 2)
    assert (rests[0], len(rests), rests == sorted(set(rests))) == (0, 5, True), "each time longer"


@pytest.mark.row("F39")
async def test_a_second_case_cannot_be_submitted_beside_an_open_one(desk: ApplicantDesk) -> None:
    complete, other = kept(desk).put(a_complete_case()), kept(desk).put(a_submitted_case(id="case-zh8k0002"))

    with pytest.raises(AlreadyOpen) as refused:
        await desk.submit(REQUEST, complete.id, revision=complete.revision, declarations=DECLARED, by=acting())

    assert (refused.value.current, the_case(desk).status) == (other, CaseStatus.DRAFT)


async def test_a_decision_that_changes_nothing_is_not_saved(desk: ApplicantDesk) -> None:
    version = the_case(desk).version

    assert (await fill(desk, answers=[])).version == version
    assert desk.book.bells.rung == []


# ---------------------------------------------------------------- each verb


async def test_consents_are_decided_and_the_worker_rung_for(desk: ApplicantDesk) -> None:
    case = kept(desk).put(an_opened_case(consenting=False))

    decided = await desk.decide_consents(REQUEST, case.id, [Consenting("payout", "1", given=True)], by=acting())

    assert (kinds(decided)[-1], desk.book.bells.rung) == ("consent-decided", [(case.id, "work")])


async def test_files_are_given_to_the_case_before_they_are_its_own(desk: ApplicantDesk) -> None:
    case = await desk.attach(REQUEST, CARD, ["file-1", "file-2", "file-1"], by=acting())

    assert desk.files.given == [("case-zh8k0001", ("file-1", "file-2"))]
    assert case.materials["identity-card"] == (a_file("file-1"), a_file("file-2"))
    assert await desk.attach(REQUEST, CARD, ["file-1", "file-2", "file-1"], by=acting()) == case


async def test_files_that_are_refused_stay_nobodys(desk: ApplicantDesk) -> None:
    with pytest.raises(InvalidForm):
        await desk.attach(REQUEST, CARD, ["file-1", "file-2", "file-3"], by=acting())
    with pytest.raises(NotFound):
        await desk.attach(REQUEST, "case-zh8k0001.material.special-post-evidence", ["file-1"], by=acting())
    kept(desk).put(a_submitted_case())
    with pytest.raises(StepNotAllowed):
        await desk.attach(REQUEST, CARD, ["file-1"], by=acting())

    assert desk.files.given == []


async def test_no_files_take_away_those_that_were_there(desk: ApplicantDesk) -> None:
    await desk.attach(REQUEST, CARD, ["file-1"], by=acting())

    assert (await desk.attach(OTHER, CARD, [], by=acting())).materials["identity-card"] == ()


# ---------------------------------------------------------------- nobody else's


LI = acting(somebody("person-zh8kli000000"))


async def test_what_is_somebody_elses_is_not_there_whatever_is_asked(desk: ApplicantDesk) -> None:
    assert await desk.one("case-zh8k0001", by=LI) is None
    assert (await desk.page(first=20, after=None, filter=CaseFilter(), by=LI)).cases == []
    for id in ("case-zh8k0001", "case-none", ""):
        for refused in (
            desk.fill(REQUEST, id, EMAIL, revision=0, remove_entries=(), by=LI),
            desk.decide_consents(REQUEST, id, [], by=LI),
            desk.attach(REQUEST, f"{id}.material.identity-card", ["file-1"], by=LI),
            desk.submit(REQUEST, id, revision=0, declarations=(), by=LI),
            desk.withdraw(REQUEST, id, reason="", by=LI),
        ):
            with pytest.raises(Refusal) as refusal:
                await refused
            assert (refusal.value.code, refusal.value.current) == ("NOT_FOUND", None)


async def test_a_page_has_one_to_fifty_cases(desk: ApplicantDesk) -> None:
    for number in range(2, 54):
        kept(desk).put(withdrawn(replace(an_opened_case(), id=f"case-zh8k00{number:02}")))

    sizes = [len((await desk.page(first=first, after=None, filter=CaseFilter(), by=acting())).cases) for first in (-1, 0, 3, 50, 1_000)]

    assert sizes == [1, 1, 3, 50, 50]
