"""Who acts for somebody else: what they may begin and do, what a mandate that has ended stops, and who is named in the case."""

from dataclasses import replace
from functools import partial

import pytest

from domain.acting import UNLIMITED, Acting, CapacityKind
from domain.cases.accounts import OwnAccounts
from domain.cases.book import CaseBook
from domain.cases.case import Case
from domain.cases.filing import Filings
from domain.cases.filling import AnswerGiven, fill
from domain.cases.naming import CaseNames
from domain.cases.opening import Opening
from domain.cases.opening_desk import OpeningDesk
from domain.cases.requests import Marks
from domain.cases.telling import ActorInCase, StepInCase
from domain.cases.workflow import CaseAction, allowed
from domain.catalogue.types import FilingChannel
from domain.errors import NotFound, NotPermitted
from domain.mandates.actions import MandateAction
from domain.mandates.mandate import Mandate, MandateEnd
from domain.words import Language
from tests.capacities import DAUGHTER, Shelf, a_mandate, a_post, at_post, under
from tests.cases import MONDAY, ZHANG, a_mark, acting, an_opened_case, at, guangxi, kinds, loaded, numbers, rebuilt, somebody
from tests.domain.cases.test_opening_desk import Hourglass
from tests.looks import NotedLooks
from tests.memory import MemoryCases, a_book
from tests.places import some_places
from tests.told_registers import ToldAccounts

PENSION = ("item-guangxi-pension",)
STRANGER = somebody("person-st8k2m4n6p8q", "王远")


def shelf_of(*mandates: Mandate) -> Shelf:
    return Shelf(mandates={mandate.id: mandate for mandate in mandates})


def desk_of(shelf: Shelf, store: MemoryCases | None = None) -> OpeningDesk:
    book = a_book(store=store, shelf=shelf)
    names, marks = CaseNames(numbers()), Marks(bytes.hex)
    filings = Filings(book.authority.capacities)
    return OpeningDesk(
        book,
        loaded().catalogues,
        names,
        marks,
        lambda: bytes(32),
        book.now,
        Hourglass(),
        some_places(),
        filings,
        OwnAccounts(ToldAccounts()),
        NotedLooks(),
    )


async def opened(desk: OpeningDesk, by: Acting, items: tuple[str, ...] = PENSION) -> Case:
    return await desk.open("request-0123456789", Opening(items), by=by, language=Language.ZH_HANS)


async def types(book: CaseBook, case: Case, by: Acting, text: str = "甲市乙区") -> Case:
    verb = partial(fill, given=[AnswerGiven("living-address", value=text)], catalogue=guangxi(), revision=case.revision)
    decide = partial(verb, mark=a_mark(text, person=by.known_person()), moment=at(10))
    return await book.change_for(by, case.id, decide, moment=at(10))


# ---------------------------------------------------------------- beginning


@pytest.mark.row("F12")
async def test_what_a_delegate_begins_is_the_principals_case_and_says_by_whom_and_under_which_mandate() -> None:
    mandate = a_mandate()
    case = await opened(desk_of(shelf_of(mandate)), under(mandate))

    assert (case.person, case.channel) == (ZHANG.id, FilingChannel.FRIEND_PROXY)
    by = case.filed_by
    assert (by.person, by.capacity, by.on_behalf_of, by.mandate) == (DAUGHTER.id, CapacityKind.PROXY, ZHANG.id, mandate.id)
    assert case.private.people == {ZHANG.id: ZHANG, DAUGHTER.id: DAUGHTER}
    assert rebuilt(case) == case


async def test_the_principals_name_is_vouched_for_by_their_grant_and_a_wards_by_nobody() -> None:
    mandate = a_mandate()
    ward = replace(under(mandate), mandate=None, authority=UNLIMITED)

    granted = await opened(desk_of(shelf_of(mandate)), under(mandate))
    guarded = await opened(desk_of(Shelf(wards={DAUGHTER.id: (ZHANG,)})), ward)

    assert (granted.answer("name"), guarded.answer("name")) == (ZHANG.name, None)
    assert (guarded.filed_by.on_behalf_of, guarded.filed_by.mandate) == (ZHANG.id, None)


@pytest.mark.parametrize(
    ("mandate", "key"),
    [
        (a_mandate(items=("item-guangxi-household-check",)), "refusal.items-outside-mandate"),
        (a_mandate(case="case-zh8k0001"), "refusal.mandate-for-one-case"),
        (a_mandate(actions=frozenset({MandateAction.VIEW})), "refusal.mandate-only-to-look"),
        (a_mandate(ended_at=MONDAY, ended_because=MandateEnd.REVOKED), "refusal.capacity-ended"),
        (a_mandate(accepted=False), "refusal.capacity-ended"),
    ],
    ids=["other-services", "for-one-case", "only-to-look", "revoked", "not-accepted"],
)
@pytest.mark.row("F08")
@pytest.mark.row("A04")
async def test_nothing_is_begun_beyond_a_mandate_or_without_one_in_force(mandate: Mandate, key: str) -> None:
    store = MemoryCases()

    with pytest.raises(NotPermitted) as refused:
        await opened(desk_of(shelf_of(mandate), store), under(mandate))

    assert (refused.value.text.key, store.kept) == (key, {})


async def test_staff_say_for_whom_they_apply() -> None:
    helper = at_post(a_post(STRANGER))

    with pytest.raises(NotPermitted) as refused:
        await opened(desk_of(Shelf(posts={"post-1": a_post(STRANGER)})), helper)

    assert refused.value.text.key == "refusal.name-the-person"


# ---------------------------------------------------------------- acting in a case


async def test_whoever_acts_for_the_first_time_is_named_in_the_case_before_what_they_do() -> None:
    mandate = a_mandate()
    case = an_opened_case(consenting=False)
    book = a_book(case, shelf=shelf_of(mandate))

    after = await types(book, await book.store.one(case.id), under(mandate))
    again = await types(book, after, under(mandate), "甲市丙区")

    joined = after.history[-1]
    assert (kinds(after)[-1], joined.actor.person, joined.actor.on_behalf_of) == ("joined", DAUGHTER.id, ZHANG.id)
    assert loaded().wording.say(StepInCase(after, guangxi(), joined).text, Language.ZH_HANS) == "张**（受托人）开始参与办理。"
    assert ActorInCase(again, guangxi(), joined.actor).person == DAUGHTER
    assert kinds(again).count("joined") == 1
    assert rebuilt(again) == replace(again, version=0)


async def test_who_changes_nothing_is_not_named() -> None:
    mandate, case = a_mandate(), an_opened_case(consenting=False)
    book = a_book(case, shelf=shelf_of(mandate))

    verb = partial(fill, given=[], catalogue=guangxi(), revision=0, mark=a_mark("typed", person=DAUGHTER), moment=at(10))
    after = await book.change_for(under(mandate), case.id, verb, moment=at(10))

    assert kinds(after) == kinds(case)


async def test_a_delegate_may_do_what_the_mandate_says_and_no_more() -> None:
    mandate = a_mandate(actions=frozenset({MandateAction.VIEW, MandateAction.ATTACH}))
    case = an_opened_case(consenting=False)
    book = a_book(case, shelf=shelf_of(mandate))

    with pytest.raises(NotPermitted) as refused:
        await types(book, case, under(mandate))

    assert refused.value.text.key == "refusal.not-in-mandate"
    assert {row.action for row in allowed(case, under(mandate))} == {CaseAction.ATTACH}
    assert {row.action for row in allowed(case, acting())} > {CaseAction.FILL, CaseAction.SUBMIT, CaseAction.CONSENT}


async def test_a_case_with_a_service_outside_the_mandate_is_not_there_for_the_delegate() -> None:
    mandate, case = a_mandate(items=PENSION), an_opened_case(consenting=False)
    book = a_book(case, shelf=shelf_of(mandate))

    with pytest.raises(NotFound):
        await types(book, case, under(mandate))


# ---------------------------------------------------------------- ending


@pytest.mark.row("F10")
async def test_a_mandate_taken_back_while_a_save_is_in_flight_stops_that_save() -> None:
    mandate, case = a_mandate(), an_opened_case(consenting=False)
    shelf, store = shelf_of(mandate), MemoryCases()
    book = a_book(case, store=store, shelf=shelf)

    async def taken_back() -> None:
        shelf.mandates[mandate.id] = replace(mandate, ended_at=MONDAY, ended_because=MandateEnd.REVOKED)
        await store.raise_revisions(ZHANG.id)

    store.before_save.append(taken_back)
    with pytest.raises(NotPermitted) as refused:
        await types(book, case, under(mandate))

    assert refused.value.text.key == "refusal.capacity-ended"
    assert kinds(store.kept[case.id]) == kinds(case)
    assert store.kept[case.id].private.pending is None


async def test_once_a_mandate_given_in_person_has_ended_the_case_is_only_to_be_seen() -> None:
    post = a_post(STRANGER)
    mandate = a_mandate(delegate=STRANGER, in_person=True, organisation=post.organisation.id, case="case-zh8k0001")
    helper = at_post(post)
    filed = replace(helper.actor(), on_behalf_of=ZHANG.id, mandate=mandate.id)
    case = replace(an_opened_case(consenting=False), filed_by=filed)
    shelf = Shelf(mandates={mandate.id: mandate}, posts={post.id: post})
    book = a_book(case, shelf=shelf)

    assert (await types(book, case, helper)).answer("living-address") == "甲市乙区"
    shelf.mandates[mandate.id] = replace(mandate, ended_at=MONDAY, ended_because=MandateEnd.REVOKED)
    with pytest.raises(NotPermitted) as refused:
        await types(book, case, helper, "甲市丙区")

    assert refused.value.text.key == "refusal.not-in-mandate"
    assert (await book.store.one(case.id)).answer("living-address") == "甲市乙区"
