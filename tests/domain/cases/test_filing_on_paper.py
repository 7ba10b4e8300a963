"""A clerk begins a case from a paper form: for whom it names, received when it came."""

from datetime import timedelta

import pytest

from domain.acting import CapacityKind
from domain.catalogue.types import FilingChannel
from domain.errors import Conflict, InvalidForm, NotPermitted
from tests.cases import MONDAY, ZHANG, slips
from tests.filing_hall import CLERK, HELPER, Hall, paper


@pytest.fixture
def hall() -> Hall:
    return Hall()


@pytest.mark.row("F19", "A04")
async def test_a_paper_form_is_the_citizens_case_received_when_it_came(hall: Hall) -> None:
    clerk = hall.acts(CLERK, CapacityKind.CLERK)
    case = await hall.on_paper(paper(), clerk)

    assert (case.person, case.channel, case.received_at, case.opened_at) == (
        ZHANG.id,
        FilingChannel.COUNTER,
        MONDAY - timedelta(days=2),
        MONDAY,
    )
    assert (case.filed_by.person, case.filed_by.capacity) == (CLERK.id, CapacityKind.CLERK)
    assert (await hall.on_paper(paper(), clerk)).id == case.id
    with pytest.raises(Conflict):
        await hall.on_paper(paper(received_at=MONDAY), clerk)


@pytest.mark.row("A04")
async def test_every_slip_on_the_paper_is_named_at_once(hall: Hall) -> None:
    clerk = hall.acts(CLERK, CapacityKind.CLERK)

    with pytest.raises(InvalidForm) as refused:
        await hall.on_paper(paper(name=" ", document_number="450102", received_at=MONDAY + timedelta(minutes=1)), clerk)

    assert slips(refused) == [
        (("input", "applicant", "name"), "required"),
        (("input", "applicant", "documentNumber"), "bad-document-number"),
        (("input", "receivedAt"), "received-later"),
    ]


async def test_a_number_that_belongs_to_somebody_of_another_name_is_a_slip(hall: Hall) -> None:
    with pytest.raises(InvalidForm) as refused:
        await hall.on_paper(paper(name="张守天"), hall.acts(CLERK, CapacityKind.CLERK))

    assert slips(refused) == [(("input", "applicant", "name"), "name-of-another")]


@pytest.mark.row("A04")
async def test_only_a_clerk_in_post_enters_paper_forms(hall: Hall) -> None:
    gone = hall.acts(CLERK, CapacityKind.CLERK)
    hall.shelf.posts.clear()
    others = [hall.acts(HELPER, kind) for kind in (CapacityKind.HELPER, CapacityKind.EMPLOYER, CapacityKind.OFFICER)]

    for by in (gone, *others):
        with pytest.raises(NotPermitted):
            await hall.on_paper(paper(), by)
    assert hall.store.kept == {}


@pytest.mark.row("A63")
async def test_a_clerk_enters_only_what_they_are_certified_for(hall: Hall) -> None:
    with pytest.raises(NotPermitted) as refused:
        await hall.on_paper(paper(), hall.acts(CLERK, CapacityKind.CLERK, items=("household-check",)))

    assert refused.value.text.key == "post.not-certified"
