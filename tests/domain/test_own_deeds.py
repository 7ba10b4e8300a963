"""What people have signed and shared is read off the steps of their own cases and mandates, newest first, page by page."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest

from domain.acting import Acting, CapacityKind
from domain.cases.case import Case
from domain.certificates.views import View, ViewPage
from domain.mandates.mandate import Mandate
from domain.mandates.steps import MandateStep, MandateStepKind
from domain.mandates.stores import MandatePage
from domain.own.deeds import Deed, DeedKind
from domain.own.desk import DeedDesk
from tests.capacities import DAUGHTER, a_mandate, under
from tests.cases import MONDAY, ZHANG, a_submitted_case, acting, guangxi, loaded
from tests.memory import MemoryCases
from tests.progress import withdrawn

VIEW = View("view-1", "certificate-1", ZHANG.id, MONDAY + timedelta(days=3), "李*", None, None)


@dataclass
class Pages:
    """Mandates and views in the process alone."""

    mandates: Sequence[Mandate] = ()
    views: Sequence[View] = ()

    async def page(self, *, first: int, after: Mandate | None, person: str) -> MandatePage:
        mine = [one for one in self.mandates if person in {one.principal.id, one.delegate.id}]
        begin = mine.index(after) + 1 if after else 0
        return MandatePage(mine[begin : begin + first], more=len(mine) > begin + first)

    async def of(self, person: str, *, first: int, after: str | None) -> ViewPage:
        older = [view for view in self.views if view.person == person and (after is None or view.order < after)]
        return ViewPage(older[:first], more=len(older) > first, later=after is not None)


def a_desk(*cases: Case, mandates: Sequence[Mandate] = (), views: Sequence[View] = ()) -> DeedDesk:
    kept, pages = MemoryCases(), Pages(mandates, views)
    for case in cases:
        kept.put(case)
    return DeedDesk(kept, pages, pages, loaded().catalogues)


def given(*steps: tuple[MandateStepKind, Acting], in_person: bool = False) -> Mandate:
    history = tuple(MandateStep(kind, MONDAY + timedelta(hours=number), by.actor()) for number, (kind, by) in enumerate(steps))
    return replace(a_mandate(), history=history, in_person=in_person)


async def signatures(desk: DeedDesk, by: Acting | None = None, *, first: int = 100, after: str | None = None) -> Sequence[Deed]:
    return (await desk.signatures(by or acting(), first=first, after=after)).deeds


@pytest.mark.row("F04")
async def test_what_was_submitted_is_a_signature_with_the_texts_that_were_agreed_to() -> None:
    case = a_submitted_case()

    (deed,) = await signatures(a_desk(case))

    assert (deed.kind, deed.case, deed.by) == (DeedKind.SUBMITTED, case.id, None)
    assert deed.text.params["number"] == case.number
    assert deed.agreed == tuple(declaration.text for declaration in guangxi().declarations)


async def test_a_withdrawal_is_one_too_and_the_newest_comes_first() -> None:
    deeds = await signatures(a_desk(withdrawn(a_submitted_case())))

    assert [deed.kind for deed in deeds] == [DeedKind.WITHDRAWN, DeedKind.SUBMITTED]


async def test_what_another_signed_in_ones_name_says_who() -> None:
    case = a_submitted_case()
    step = next(step for step in case.history if step.kind == "submitted")
    by_daughter = replace(step, actor=replace(step.actor, person=DAUGHTER.id))
    people = {**case.private.people, DAUGHTER.id: DAUGHTER}
    history = tuple(by_daughter if one is step else one for one in case.history)
    case = replace(case, history=history, private=replace(case.private, people=people))

    (deed,) = await signatures(a_desk(case))

    assert deed.by == DAUGHTER.masked_name


@pytest.mark.row("F04")
async def test_mandates_are_signed_by_who_gave_and_by_who_took_them() -> None:
    mandate = given((MandateStepKind.GRANTED, acting()), (MandateStepKind.ACCEPTED, acting(DAUGHTER)), (MandateStepKind.REVOKED, acting()))
    desk = a_desk(mandates=[mandate])

    assert [deed.kind for deed in await signatures(desk)] == [DeedKind.MANDATE_REVOKED, DeedKind.MANDATE_GRANTED]
    assert [deed.kind for deed in await signatures(desk, acting(DAUGHTER))] == [DeedKind.MANDATE_ACCEPTED]
    assert (await signatures(desk))[0].text.params == {"principal": ZHANG.name, "delegate": DAUGHTER.name}


async def test_what_was_taken_in_person_is_the_signature_of_whose_card_was_read() -> None:
    desk = a_desk(mandates=[given((MandateStepKind.TAKEN_IN_PERSON, acting(DAUGHTER)), in_person=True)])

    assert [deed.kind for deed in await signatures(desk)] == [DeedKind.MANDATE_TAKEN_IN_PERSON]
    assert await signatures(desk, acting(DAUGHTER)) == []


@pytest.mark.row("F04")
async def test_shares_are_consents_mandates_given_and_who_was_shown_a_certificate() -> None:
    mandate = given((MandateStepKind.GRANTED, acting()), (MandateStepKind.ACCEPTED, acting(DAUGHTER)))
    case = a_submitted_case()
    desk = a_desk(case, mandates=[mandate], views=[VIEW])

    deeds = (await desk.shares(acting(), first=100, after=None)).deeds

    kinds = {deed.kind for deed in deeds}
    assert kinds == {DeedKind.CERTIFICATE_SEEN, DeedKind.MANDATE_GRANTED, DeedKind.CONSENT_GIVEN}
    assert deeds[0].id == VIEW.id
    assert {deed.agreed for deed in deeds if deed.kind is DeedKind.CONSENT_GIVEN} == {(text.text,) for text in guangxi().consents}
    assert (await desk.shares(acting(DAUGHTER), first=100, after=None)).deeds == []


@pytest.mark.row("F04")
@pytest.mark.parametrize("size", [1, 2, 7])
async def test_page_after_page_brings_everything_once(size: int) -> None:
    granted = given((MandateStepKind.GRANTED, acting()))
    mandates = [replace(granted, id=f"mandate-{number}") for number in range(60)]
    views = [replace(VIEW, id=f"view-{number}") for number in (3, 2, 1)]
    desk = a_desk(withdrawn(a_submitted_case()), mandates=mandates, views=views)
    for ask in (desk.signatures, desk.shares):
        whole, found, after, more = (await ask(acting(), first=100, after=None)).deeds, list[Deed](), None, True
        while more and len(found) < len(whole):
            page = await ask(acting(), first=size, after=after)
            assert page.later is (after is not None)
            found += page.deeds
            after, more = page.deeds[-1].order, page.more

        assert found == list(whole)
        assert not more


@pytest.mark.row("F04")
@pytest.mark.parametrize(
    "by",
    [
        None,
        replace(acting(), person=None),
        replace(acting(), assisted_by="person-helper"),
        replace(acting(), capacity=CapacityKind.HELPER),
        under(a_mandate()),
    ],
    ids=["nobody", "not known", "on another's device", "helper", "proxy"],
)
async def test_nobody_reads_them_but_their_owner_in_their_own_capacity(by: Acting | None) -> None:
    desk = a_desk(a_submitted_case(), mandates=[given((MandateStepKind.GRANTED, acting()))], views=[VIEW])

    assert (await desk.signatures(by, first=10, after=None)).deeds == ()
    assert (await desk.shares(by, first=10, after=None)).deeds == ()
