"""Who appoints whom, as a table; and what may become of an appointment."""

from dataclasses import replace

import pytest

from domain.acting import CapacityKind
from domain.errors import Conflict, NotPermitted, StepNotAllowed
from domain.identifiers import DocumentKind
from domain.organisations.appointing import (
    appointed,
    confirmed,
    declined,
    ended,
    refuse_unless_given_there,
    slips_in,
    supervising,
)
from domain.organisations.organisation import Organisation, OrganisationKind
from domain.organisations.post import Mark, Post, PostStatus, organisation_of
from domain.words import Words
from tests.cases import MONDAY, acting, guangxi
from tests.organisations import BUREAU, CHIEF, COMMUNITY, COUNTER, HELPER, STRANGER, naming, organisation

GIVEN = {
    OrganisationKind.COMMUNITY: "HELPER",
    OrganisationKind.VOLUNTEERS: "HELPER",
    OrganisationKind.EMPLOYER: "EMPLOYER",
    OrganisationKind.COUNTER: "CLERK",
    OrganisationKind.DEPARTMENT: "OFFICER",
}


def a_post(**changed: object) -> Post:
    post = appointed(HELPER, organisation(), naming(), by=CHIEF.id, at=MONDAY, random="0" * 20)
    return replace(post, **changed)  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", CapacityKind)
@pytest.mark.parametrize("where", OrganisationKind)
@pytest.mark.row("A51")
def test_each_audience_gives_its_own_posts_and_no_others(where: OrganisationKind, kind: CapacityKind) -> None:
    there = Organisation("org-x-y", where, Words("某处", "某處", "Somewhere"))

    if GIVEN[where] == kind:
        refuse_unless_given_there(kind, there)
    else:
        with pytest.raises(NotPermitted):
            refuse_unless_given_there(kind, there)


def test_a_post_waits_for_the_person_and_goes_by_the_written_name() -> None:
    assert a_post() == Post(
        id=f"post-{COMMUNITY}-{'0' * 20}",
        person=HELPER,
        organisation=organisation(),
        kind=CapacityKind.HELPER,
        appointed_at=MONDAY,
        appointed_by=CHIEF.id,
        status=PostStatus.PENDING,
    )
    assert organisation_of(a_post().id) == COMMUNITY


def test_a_supervisor_is_in_office_at_once() -> None:
    assert supervising(CHIEF, organisation(), at=MONDAY, random="0").in_force


def test_every_slip_is_named_at_once() -> None:
    bad = replace(naming(), name=" ", document_number="1", items=("pension",))

    slips = slips_in(bad.plain, organisation(), guangxi().items, today=MONDAY.date())

    assert [(slip.path, slip.code) for slip in slips] == [
        (("input", "name"), "bad-name"),
        (("input", "documentNumber"), "bad-document-number"),
        (("input", "itemCodes"), "services-not-for-this-post"),
    ]


def test_a_number_is_read_as_people_type_it() -> None:
    typed = replace(naming(), name="  卢 敏芝 ", document_kind=DocumentKind.PASSPORT, document_number="ｅ 1234-5678")

    assert (typed.plain.name, typed.plain.document_number) == ("卢 敏芝", "E12345678")


@pytest.mark.parametrize(
    ("where", "codes", "wrong"),
    [
        (COUNTER, ("pension", "medical-transfer"), []),
        (COUNTER, ("pension", "flying"), ["1"]),
        (BUREAU, ("pension",), []),
        (BUREAU, ("pension", "medical-transfer"), ["1"]),
    ],
)
def test_certified_services_are_those_of_the_region_and_an_officers_those_of_the_department(
    where: str, codes: tuple[str, ...], wrong: list[str]
) -> None:
    kind = CapacityKind.CLERK if where == COUNTER else CapacityKind.OFFICER

    slips = slips_in(naming(HELPER, kind, *codes), organisation(where), guangxi().items, today=MONDAY.date())

    assert [slip.path[-1] for slip in slips] == wrong


@pytest.mark.parametrize(("codes", "items"), [((), None), (("pension",), frozenset({"item-guangxi-pension"}))])
def test_a_clerk_reaches_the_services_they_are_certified_for(codes: tuple[str, ...], items: frozenset[str] | None) -> None:
    post = appointed(HELPER, organisation(COUNTER), naming(HELPER, CapacityKind.CLERK, *codes), by=None, at=MONDAY, random="0")

    assert (post.authority.items, post.authority.region, post.authority.department) == (items, "guangxi", None)


def test_only_the_named_person_confirms() -> None:
    assert confirmed(a_post(), by=acting(HELPER), at=MONDAY) == a_post(status=PostStatus.ACTIVE, confirmed_at=MONDAY)
    with pytest.raises(NotPermitted):
        confirmed(a_post(), by=acting(STRANGER), at=MONDAY)


def test_what_has_been_answered_is_answered_once() -> None:
    gone = declined(a_post(), by=acting(HELPER), at=MONDAY)

    assert gone == a_post(status=PostStatus.DECLINED, ended_at=MONDAY, ended_by=HELPER.id)
    for decide in (confirmed, declined, ended):
        with pytest.raises(StepNotAllowed):
            decide(gone, by=acting(HELPER), at=MONDAY)


def test_either_side_ends_it_at_any_time() -> None:
    for status in (PostStatus.PENDING, PostStatus.ACTIVE):
        over = ended(a_post(status=status), by=acting(CHIEF), at=MONDAY)

        assert over == a_post(status=PostStatus.ENDED, ended_at=MONDAY, ended_by=CHIEF.id)
        assert not over.in_force


def test_a_request_has_one_effect() -> None:
    post = a_post().marked(Mark(CHIEF.id, "request-1", "asked"))

    assert post.has_seen(Mark(CHIEF.id, "request-1", "asked"))
    assert not post.has_seen(Mark(HELPER.id, "request-1", "other"))
    with pytest.raises(Conflict):
        post.has_seen(Mark(CHIEF.id, "request-1", "other"))
