"""Staff ask again: after slips, after a mandate has ended, in a post elsewhere. What was begun stays as it was, and nothing begins anew."""

from dataclasses import replace

import pytest

from domain.acting import CapacityKind
from domain.cases.filling import AnswerGiven
from domain.errors import AlreadyOpen, InvalidForm, NotPermitted, Unavailable
from domain.mandates.mandate import MandateEnd
from tests.cases import MONDAY, ZHANG
from tests.filing_hall import CLERK, COUNTER, HELPER, PENSION, Hall, paper


@pytest.fixture
def hall() -> Hall:
    return Hall()


@pytest.mark.row("F10", "F11")
async def test_a_mandate_that_has_ended_after_slips_in_the_first_try_begins_nothing(hall: Hall) -> None:
    clerk = hall.acts(CLERK, CapacityKind.CLERK)
    mandate = hall.read_card(clerk)
    with pytest.raises(InvalidForm):
        await hall.in_person(mandate, clerk, replace(PENSION, answers=(AnswerGiven("no-such-question", value="x"),)))

    hall.shelf.mandates[mandate.id] = hall.shelf.mandates[mandate.id].ended(MandateEnd.REVOKED, at=MONDAY)

    with pytest.raises(NotPermitted):
        await hall.in_person(mandate, clerk, request="request-9876543210")
    assert hall.store.kept == {}


async def test_the_same_request_answers_the_same_case_after_the_mandate_has_ended(hall: Hall) -> None:
    clerk = hall.acts(CLERK, CapacityKind.CLERK)
    mandate = hall.read_card(clerk)
    case = await hall.in_person(mandate, clerk)

    hall.shelf.mandates[mandate.id] = hall.shelf.mandates[mandate.id].ended(MandateEnd.REVOKED, at=MONDAY)

    assert await hall.in_person(mandate, clerk) == case


async def test_the_same_request_in_a_post_elsewhere_is_told_nothing_of_the_case(hall: Hall) -> None:
    elsewhere = replace(COUNTER, id="org-guangxi-elsewhere")
    await hall.on_paper(paper(), hall.acts(CLERK, CapacityKind.CLERK))
    clerk = hall.acts(CLERK, CapacityKind.CLERK, elsewhere)

    for form in (paper(), paper(received_at=MONDAY)):
        with pytest.raises(AlreadyOpen) as refused:
            await hall.on_paper(form, clerk)
        assert (refused.value.text.key, refused.value.current) == ("refusal.already-open-elsewhere", None)


async def test_a_clerk_enters_no_paper_of_their_own(hall: Hall) -> None:
    clerk = hall.acts(ZHANG, CapacityKind.CLERK)

    with pytest.raises(NotPermitted, match="oneself"):
        await hall.on_paper(paper(), clerk)
    assert hall.store.kept == {}


@pytest.mark.row("F66")
async def test_the_same_request_is_not_answered_with_a_case_that_the_law_alone_keeps(hall: Hall) -> None:
    clerk = hall.acts(CLERK, CapacityKind.CLERK)
    mandate = hall.read_card(clerk)
    case = await hall.in_person(mandate, clerk)
    hall.store.put(replace(case, locked_at=MONDAY))

    with pytest.raises(AlreadyOpen) as refused:
        await hall.in_person(mandate, clerk)
    assert refused.value.current is None


@pytest.mark.row("F13")
async def test_a_relative_is_no_helper_whoever_read_the_card_or_took_the_paper(hall: Hall) -> None:
    reader, daughter = hall.acts(HELPER, CapacityKind.CLERK), hall.acts(CLERK, CapacityKind.CLERK)
    hall.kin.pairs.add((CLERK.id, ZHANG.id))

    for begins in (hall.in_person(hall.read_card(reader), daughter), hall.on_paper(paper(), daughter)):
        with pytest.raises(NotPermitted) as refused:
            await begins
        assert refused.value.text.key == "mandate.reading.relative"
    assert hall.store.kept == {}


async def test_while_the_register_is_away_nobody_new_is_served_and_nothing_is_begun(hall: Hall) -> None:
    hall.kin.away = True

    with pytest.raises(Unavailable):
        await hall.on_paper(paper(), hall.acts(CLERK, CapacityKind.CLERK))
    assert hall.store.kept == {}
