"""Staff begin cases under a card that was read: exactly one."""

from dataclasses import replace

import pytest

from domain.acting import CapacityKind
from domain.cases.opening import Opening
from domain.catalogue.types import FilingChannel
from domain.errors import InvalidForm, NotFound, NotPermitted
from domain.mandates.mandate import MandateEnd
from domain.organisations.organisation import OrganisationKind
from tests.capacities import STATION
from tests.cases import MONDAY, ZHANG, loaded
from tests.filing_hall import CLERK, COUNTER, HELPER, Hall


@pytest.fixture
def hall() -> Hall:
    return Hall()


@pytest.mark.row("F11", "A80")
async def test_a_card_that_was_read_is_good_for_exactly_one_case(hall: Hall) -> None:
    clerk = hall.acts(CLERK, CapacityKind.CLERK)
    mandate = hall.read_card(clerk)

    case = await hall.in_person(mandate, clerk)
    again = await hall.in_person(mandate, clerk)

    by = case.filed_by
    assert (case.person, by.person, by.on_behalf_of, by.mandate, by.organisation) == (ZHANG.id, CLERK.id, ZHANG.id, mandate.id, COUNTER.id)
    assert (again.id, list(hall.store.kept), hall.shelf.mandates[mandate.id].scope.case) == (case.id, [case.id], case.id)
    assert hall.clients.put_down == [(COUNTER.id, ZHANG.id)] * 2
    with pytest.raises(NotPermitted) as refused:
        await hall.in_person(mandate, clerk, request="request-9876543210")
    assert refused.value.text.key == "refusal.mandate-for-one-case"


async def test_another_member_of_the_organisation_goes_on_with_what_a_card_began(hall: Hall) -> None:
    clerk, other = hall.acts(CLERK, CapacityKind.CLERK), hall.acts(HELPER, CapacityKind.CLERK)
    case = await hall.in_person(hall.read_card(clerk), clerk)

    assert (await hall.desk.opening.book.authority.acting_on(case, other)).authority.actions is not None


async def test_a_card_read_by_another_organisation_is_not_there(hall: Hall) -> None:
    clerk, stranger = hall.acts(CLERK, CapacityKind.CLERK), hall.acts(HELPER, CapacityKind.HELPER, STATION)
    mandate = hall.read_card(clerk)

    with pytest.raises(NotFound):
        await hall.in_person(mandate, stranger)


@pytest.mark.parametrize(
    "terms", [{"ended_at": MONDAY, "ended_because": MandateEnd.REVOKED}, {"begin_by": MONDAY}], ids=["revoked", "its minutes are over"]
)
async def test_a_mandate_that_has_ended_begins_nothing(hall: Hall, terms: dict[str, object]) -> None:
    clerk = hall.acts(CLERK, CapacityKind.CLERK)

    with pytest.raises(NotPermitted):
        await hall.in_person(hall.read_card(clerk, **terms), clerk)
    assert hall.store.kept == {}


async def test_other_services_than_those_on_the_mandate_are_refused(hall: Hall) -> None:
    clerk = hall.acts(CLERK, CapacityKind.CLERK)

    with pytest.raises(NotPermitted) as refused:
        await hall.in_person(hall.read_card(clerk), clerk, Opening(("item-guangxi-household-check",)))

    assert refused.value.text.key == "refusal.items-outside-mandate"


async def test_slips_in_what_was_asked_can_be_mended_under_the_same_card(hall: Hall) -> None:
    clerk = hall.acts(CLERK, CapacityKind.CLERK)
    mandate = replace(
        hall.read_card(clerk), scope=replace(hall.read_card(clerk).scope, items=("item-guangxi-pension", "item-guangxi-none"))
    )
    hall.shelf.mandates[mandate.id] = mandate

    with pytest.raises(InvalidForm):
        await hall.in_person(mandate, clerk, Opening(("item-guangxi-none",)))

    assert (await hall.in_person(mandate, clerk, request="request-9876543210")).person == ZHANG.id


@pytest.mark.row("A80")
async def test_volunteers_file_as_a_friend_would(hall: Hall) -> None:
    known = loaded().catalogues.in_force("guangxi").organisations
    volunteers = next(one for one in known.values() if one.kind is OrganisationKind.VOLUNTEERS)
    volunteer = hall.acts(HELPER, CapacityKind.HELPER, volunteers)

    assert (await hall.in_person(hall.read_card(volunteer), volunteer)).channel is FilingChannel.FRIEND_PROXY
