"""One whole value at a time: to who may have it, with a reason, and noted before it is told."""

from dataclasses import dataclass, field
from datetime import datetime

import pytest

from domain.access.person_ids import shown_to
from domain.acting import Acting
from domain.cases.case import Case
from domain.cases.revealing import RevealDesk
from domain.errors import Conflict, InvalidForm, NotFound, NotPermitted, Unavailable
from domain.sessions.request import Request
from integrations.person_ids import SivPersonIds
from tests.capacities import a_mandate, a_post, at_post, under
from tests.cases import ACCOUNT, MONDAY, ZHANG, a_prefilled_case, acting, loaded, slips, somebody
from tests.looks import NotedLooks
from tests.memory import MemoryCases
from tests.officers import TAN, a_clerk, by_counter

REQUEST, WHY = "request-0123456789", "核对银行卡是不是本人的"

IDS = SivPersonIds(b"k" * 32)


@dataclass
class MemoryRequests:
    known: dict[str, Request] = field(default_factory=dict)

    async def remember(self, request: Request, *, session: str, until: datetime) -> str:
        self.known[request.id] = request
        return session

    async def recall(self, request: Request) -> str | None:
        before = self.known.get(request.id)
        if before and before != request:
            raise Conflict("refusal.request-reused")
        return "session" if before else None

    async def forget(self, request: Request) -> None:
        self.known.pop(request.id, None)


AT_THE_COUNTER = shown_to(a_clerk(TAN), ZHANG.id, IDS)
"""As its sessions know him."""


def a_desk(*cases: Case, looks: NotedLooks | None = None) -> RevealDesk:
    store = MemoryCases()
    for case in cases:
        store.put(case)
    return RevealDesk(store, loaded().catalogues, looks or NotedLooks(), MemoryRequests(), IDS, lambda: MONDAY)


async def revealed(desk: RevealDesk, about: str, by: Acting, *, purpose: str = WHY, request: str = REQUEST) -> str:
    return (await desk.reveal(request, about, purpose=purpose, by=by)).value


def account_of(case: Case) -> str:
    return f"{case.id}.field.bank-account"


async def test_the_person_themselves_is_told_without_a_reason_and_without_a_note() -> None:
    case, looks = a_prefilled_case(), NotedLooks()
    desk = a_desk(case, looks=looks)

    assert await revealed(desk, account_of(case), acting(), purpose="") == ACCOUNT
    assert await revealed(desk, ZHANG.id, acting(), purpose="", request=REQUEST + "-2") == ZHANG.document_number
    assert looks.noted == []


@pytest.mark.row("F65")
async def test_a_clerk_of_the_counter_is_told_with_a_reason_that_is_noted() -> None:
    case, looks = by_counter(a_prefilled_case()), NotedLooks()
    assert await revealed(a_desk(case, looks=looks), AT_THE_COUNTER, a_clerk(TAN)) == ZHANG.document_number
    (look,) = looks.noted
    assert (look.person, look.by, look.field, look.stated, look.case_number) == (ZHANG.id, TAN.id, "document-number", WHY, case.number)


@pytest.mark.parametrize("purpose", ["", "看看", "长" * 201])
async def test_staff_say_why_in_a_sentence(purpose: str) -> None:
    with pytest.raises(InvalidForm) as told:
        await revealed(a_desk(by_counter(a_prefilled_case())), AT_THE_COUNTER, a_clerk(TAN), purpose=purpose)

    assert slips(told) == [(("input", "purpose"), "purpose-length")]


async def test_a_delegate_is_told_what_is_not_masked_to_them_and_no_document_number() -> None:
    case = a_prefilled_case()
    desk, delegate = a_desk(case), under(a_mandate())

    assert await revealed(desk, account_of(case), delegate) == ACCOUNT
    with pytest.raises(NotPermitted):
        await revealed(desk, ZHANG.id, delegate, request=REQUEST + "-2")


@pytest.mark.parametrize("about", ["case-zh8k0001.field.bank-account", ZHANG.id, "case-none.field.name", "person-none", "", "x.field."])
async def test_what_is_not_there_and_what_is_not_theirs_look_the_same(about: str) -> None:
    desk = a_desk(a_prefilled_case())

    for by in (acting(somebody("person-st8k2m4n6p8q")), a_clerk(TAN), at_post(a_post(TAN))):
        with pytest.raises(NotFound, match="not-found"):
            await revealed(desk, about, by)


async def test_a_question_without_an_answer_has_nothing_to_reveal() -> None:
    case = a_prefilled_case()

    with pytest.raises(NotFound):
        await revealed(a_desk(case), f"{case.id}.field.email", acting())


@pytest.mark.row("F65")
async def test_what_cannot_be_noted_is_not_told() -> None:
    with pytest.raises(Unavailable):
        await revealed(a_desk(by_counter(a_prefilled_case()), looks=NotedLooks(away=True)), AT_THE_COUNTER, a_clerk(TAN))


async def test_the_same_request_is_one_look_and_another_under_its_id_a_conflict() -> None:
    case, looks = by_counter(a_prefilled_case()), NotedLooks()
    desk = a_desk(case, looks=looks)

    assert {await revealed(desk, AT_THE_COUNTER, a_clerk(TAN)) for _ in range(2)} == {ZHANG.document_number}
    assert len(looks.noted) == 1
    with pytest.raises(Conflict):
        await revealed(desk, account_of(case), a_clerk(TAN))
