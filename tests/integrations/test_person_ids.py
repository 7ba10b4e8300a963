"""By which ids organisations know people: each by its own, which only it can mean."""

import pytest

from domain.access.person_ids import meant_by, shown_to
from domain.acting import CapacityKind
from domain.organisations.organisation import Organisation, OrganisationKind
from domain.words import Words
from integrations.person_ids import SivPersonIds
from tests.capacities import DAUGHTER, STATION, a_mandate, a_post, at_post, under
from tests.cases import ZHANG, acting, somebody

IDS = SivPersonIds(b"s" * 32)
OTHER = Organisation("org-guangxi-other", OrganisationKind.COMMUNITY, Words("乙站", "乙站", "Station B"), region="guangxi")
HELPER = somebody("person-he8k2m4n6p8q7r9s0t1v", "周帮办")


def helper(where: Organisation = STATION):  # type: ignore[no-untyped-def]
    return at_post(a_post(HELPER, organisation=where, kind=CapacityKind.HELPER))


def test_an_organisation_knows_somebody_by_one_id_and_another_by_another() -> None:
    here, again, there = (shown_to(by, ZHANG.id, IDS) for by in (helper(), helper(), helper(OTHER)))

    assert here == again
    assert len({here, there, ZHANG.id}) == 3
    assert (meant_by(helper(), here, IDS), meant_by(helper(OTHER), here, IDS)) == (ZHANG.id, "")


def test_oneself_and_for_whom_one_acts_is_known_by_the_id_itself() -> None:
    assert shown_to(acting(), ZHANG.id, IDS) == ZHANG.id
    assert shown_to(under(a_mandate()), ZHANG.id, IDS) == ZHANG.id
    assert shown_to(helper(), HELPER.id, IDS) == HELPER.id
    assert shown_to(None, ZHANG.id, IDS) == ZHANG.id
    assert meant_by(under(a_mandate()), DAUGHTER.id, IDS) == DAUGHTER.id


@pytest.mark.parametrize("text", ["", ZHANG.id, "person-", "person-aaaaaaaa", "不是", IDS.shown("person-x", organisation="elsewhere")])
def test_what_was_never_shown_means_nobody(text: str) -> None:
    assert meant_by(helper(), text, IDS) == ""
