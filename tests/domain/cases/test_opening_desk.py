"""A case is opened once however often it is asked for, and answers with what registers have said by then."""

import asyncio
from dataclasses import dataclass, field

import pytest

from domain.cases.accounts import OwnAccounts
from domain.cases.case import Case
from domain.cases.consenting import Consenting
from domain.cases.filing import Filings
from domain.cases.filling import AnswerGiven
from domain.cases.naming import CaseNames
from domain.cases.opening import Opening
from domain.cases.opening_desk import OpeningDesk
from domain.cases.parts import PrefillStatus
from domain.cases.requests import Marks
from domain.cases.stores import WORK
from domain.errors import AlreadyOpen, AssuranceTooLow, Conflict, InvalidForm
from domain.words import Language
from tests.capacities import capacities
from tests.cases import ALL_ITEMS, LICENCES, ZHANG, a_licence, acting, an_opened_case, answered_by, consents, filled, loaded, numbers
from tests.looks import NotedLooks
from tests.memory import MemoryCases, a_book
from tests.places import some_places
from tests.progress import withdrawn
from tests.told_registers import ToldAccounts

REQUEST = "request-0123456789"
PENSION = Opening(("item-guangxi-pension",))
GENEROUS = 20.0


@dataclass
class Hourglass:
    """`sand`: seconds until it has run through, whatever was asked; None: it never does."""

    sand: float | None = 0.0
    asked: list[float] = field(default_factory=list)

    def __call__(self, seconds: float) -> asyncio.Timeout:
        self.asked.append(seconds)
        return asyncio.timeout(self.sand)


@pytest.fixture
def desk() -> OpeningDesk:
    return a_desk()


def a_desk(store: MemoryCases | None = None, within: Hourglass | None = None) -> OpeningDesk:
    book = a_book(store=store)
    names, marks = CaseNames(numbers()), Marks(bytes.hex)
    return OpeningDesk(
        book,
        loaded().catalogues,
        names,
        marks,
        lambda: bytes(32),
        book.now,
        within or Hourglass(),
        some_places(),
        Filings(capacities()),
        OwnAccounts(ToldAccounts()),
        NotedLooks(),
    )


def kept(desk: OpeningDesk) -> MemoryCases:
    return desk.book.store


async def opened(desk: OpeningDesk, opening: Opening = PENSION, *, request: str = REQUEST) -> Case:
    return await desk.open(request, opening, by=acting(), language=Language.ZH_HANS)


# ---------------------------------------------------------------- once


@pytest.mark.row("F38")
async def test_the_same_request_opens_one_case_however_often_it_comes(desk: OpeningDesk) -> None:
    first = await opened(desk)
    changed = kept(desk).put(filled(first, AnswerGiven("email", value="a@b.cn")))

    assert await opened(desk) == changed
    assert list(kept(desk).kept) == [first.id]


@pytest.mark.row("F38", "F39")
async def test_fifty_of_one_request_at_once_open_one_case_and_all_are_told_of_it(desk: OpeningDesk) -> None:
    cases = await asyncio.gather(*(opened(desk) for _ in range(50)))

    assert {case.id for case in cases} == set(kept(desk).kept)
    assert len(kept(desk).kept) == 1


@pytest.mark.row("F38")
async def test_a_request_that_was_quicker_elsewhere_is_no_second_case_to_its_own_retry(desk: OpeningDesk) -> None:
    """The other process adds it after this one has looked, and before it adds."""

    kept(desk).before_save.append(lambda: opened(a_desk(kept(desk))))

    assert (await opened(desk)).id in kept(desk).kept
    assert len(kept(desk).kept) == 1


@pytest.mark.row("F38")
async def test_the_same_request_with_other_input_is_a_conflict(desk: OpeningDesk) -> None:
    first = await opened(desk)

    with pytest.raises(Conflict) as refused:
        await opened(desk, Opening(("item-guangxi-household-check",)))

    assert (refused.value.text.key, refused.value.current) == ("refusal.request-reused", first)


@pytest.mark.row("F39")
async def test_while_one_case_stands_another_request_is_told_of_it(desk: OpeningDesk) -> None:
    first = await opened(desk)

    with pytest.raises(AlreadyOpen) as refused:
        await opened(desk, request="request-9876543210")

    assert refused.value.current == first


async def test_a_case_that_is_over_is_in_nobodys_way(desk: OpeningDesk) -> None:
    first = kept(desk).put(withdrawn(await opened(desk)))

    second = await opened(desk, request="request-9876543210")

    assert (second.id != first.id, await opened(desk)) == (True, first)


async def test_somebody_quicker_whose_case_is_over_again_leaves_the_way_free_for_the_next_try(desk: OpeningDesk) -> None:
    async def elsewhere() -> None:
        other = an_opened_case(id="case-zh8kother", mark="other")
        kept(desk).openings[f"{ZHANG.id}.{REQUEST}"] = other.id

    kept(desk).before_save.append(elsewhere)

    with pytest.raises(Conflict) as refused:
        await opened(desk)

    assert refused.value.text.key == "refusal.busy"


@pytest.mark.parametrize("request_id", ["short", "x" * 65])
async def test_a_request_without_a_name_of_its_own_is_refused(desk: OpeningDesk, request_id: str) -> None:
    with pytest.raises(InvalidForm) as refused:
        await opened(desk, request=request_id)

    assert [issue.path for issue in refused.value.issues] == [("requestId",)]


async def test_who_has_not_been_identified_opens_nothing(desk: OpeningDesk) -> None:
    with pytest.raises(AssuranceTooLow):
        await desk.open(REQUEST, PENSION, by=acting(None), language=Language.EN)


@pytest.mark.parametrize(("ids", "code"), [((), "no-items"), (("item-nowhere-pension",), "unknown-item")])
async def test_items_of_no_region_are_refused(desk: OpeningDesk, ids: tuple[str, ...], code: str) -> None:
    with pytest.raises(InvalidForm) as refused:
        await opened(desk, Opening(ids))

    assert [issue.code for issue in refused.value.issues] == [code]


async def test_a_number_that_somebody_has_is_not_given_again(desk: OpeningDesk) -> None:
    """The names of the next case are made of the second and third random numbers: its number would be made of the third."""
    same_numbers = numbers()
    *_, taken = [CaseNames(same_numbers).number(desk.now()) for _ in range(2)]
    kept(desk).numbers[taken] = "case-other"

    case = await opened(desk)

    assert (case.number != taken, kept(desk).numbers) == (True, {taken: "case-other", case.number: case.id})


# ---------------------------------------------------------------- with what is known


async def test_opening_waits_for_the_registers_and_answers_with_what_is_there() -> None:
    desk = a_desk(within=Hourglass(sand=None))

    async def registers_answer() -> None:
        (case,) = kept(desk).kept.values()
        for source in LICENCES:
            case = kept(desk).put(answered_by(case, source, a_licence(source)))
        await desk.book.bells.ring(case.id)

    desk.book.bells.meanwhile = registers_answer
    opening = Opening(tuple(f"item-guangxi-{code}" for code in ALL_ITEMS), consents=consents())

    async with asyncio.timeout(GENEROUS):
        case = await opened(desk, opening)

    assert {state.status for state in case.prefill} == {PrefillStatus.FILLED}


async def test_a_silent_register_holds_up_opening_for_two_seconds_and_no_longer() -> None:
    hourglass = Hourglass()
    desk = a_desk(within=hourglass)

    case = await opened(desk, Opening(PENSION.item_ids, consents=(Consenting("payout", "1", given=True),)))

    assert hourglass.asked == [2.0]
    assert [state.status for state in case.prefill if state.source == "social-security-card"] == [PrefillStatus.ASKING]
    assert desk.book.bells.rung == [(case.id, WORK)]


async def test_where_nobody_is_to_be_asked_nobody_waits_and_no_worker_is_rung_for() -> None:
    desk = a_desk(within=Hourglass(sand=None))

    async with asyncio.timeout(GENEROUS):
        case = await opened(desk)

    assert desk.book.bells.rung == [(case.id,)]
