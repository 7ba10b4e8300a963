"""Whose account the pension may be paid to, and who may say so: in the form, and once it is submitted."""

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.acting import Acting, Assurance, CapacityKind
from domain.cases.desk import ApplicantDesk
from domain.cases.filling import AnswerGiven
from domain.cases.opening import Opening
from domain.errors import AssuranceTooLow, InvalidForm, NotFound, NotPermitted, Refusal, StepNotAllowed, Unavailable
from domain.mandates.mandate import Mandate
from domain.words import Language
from tests.applicants import an_applicant_desk
from tests.capacities import DAUGHTER, Shelf, a_mandate, a_post, at_post, under
from tests.cases import ACCOUNT, MONDAY, ZHANG, acting, an_opened_case, somebody
from tests.domain.cases.test_acting_for_others import desk_of
from tests.memory import a_book
from tests.payout_branch import Branch, a_branch
from tests.payouts import BANK, NEW, THEIRS
from tests.told_registers import ToldAccounts

REQUEST, OTHER = "request-0123456789", "request-9876543210"


@pytest.fixture
def branch() -> Branch:
    return a_branch()


# ---------------------------------------------------------------- by whom, and whose


def as_guardian(shelf: Shelf) -> Acting:
    shelf.wards[DAUGHTER.id] = (ZHANG,)
    return replace(acting(DAUGHTER), capacity=CapacityKind.PROXY, on_behalf_of=ZHANG.id)


@pytest.mark.row("C05")
async def test_a_guardian_may_to_the_wards_own_account_alone(branch: Branch) -> None:
    guardian = as_guardian(branch.shelf)
    with pytest.raises(InvalidForm) as refused:
        await branch.ask(THEIRS, by=guardian)
    asked = await branch.ask(NEW, by=guardian)

    assert [issue.code for issue in refused.value.issues] == ["account-of-another"]
    assert asked.last_step.actor.on_behalf_of == ZHANG.id


@pytest.mark.row("C05")
async def test_no_delegate_and_no_staff_may(branch: Branch) -> None:
    mandate, post = a_mandate(), a_post(somebody("person-he8k2m4n6p8q", "卢敏芝"))
    branch.shelf.mandates[mandate.id], branch.shelf.posts[post.id] = mandate, post
    filed = replace(branch.case.filed_by, organisation=post.organisation.id)
    branch.house.store.put(replace(branch.case, filed_by=filed))
    before = branch.case

    for by in (under(mandate), at_post(post)):
        with pytest.raises(NotPermitted) as refused:
            await branch.ask(by=by)
        assert refused.value.text.key == "refusal.payout-only-the-person"
    assert branch.case == before
    assert branch.accounts.asked == []


@pytest.mark.parametrize(
    ("by", "refusal"),
    [
        (acting(somebody("person-st8k2m4n6p8q")), NotFound),
        (replace(acting(), assurance=Assurance.L2), AssuranceTooLow),
        (replace(acting(), proved_at=MONDAY - timedelta(hours=1)), AssuranceTooLow),
    ],
    ids=["a stranger", "not sure enough", "too long ago"],
)
async def test_who_they_are_must_be_sure_and_recent(branch: Branch, by: Acting, refusal: type[Refusal]) -> None:
    with pytest.raises(refusal):
        await branch.ask(by=by)


@pytest.mark.parametrize(
    ("account", "bank", "codes"),
    [
        (THEIRS, BANK, ["account-of-another"]),
        (ACCOUNT, BANK, ["same-account"]),
        ("1234", BANK, ["bad-bank-account"]),
        ("", "", ["required", "required"]),
    ],
)
async def test_what_is_no_account_of_theirs_is_refused_in_words(branch: Branch, account: str, bank: str, codes: list[str]) -> None:
    with pytest.raises(InvalidForm) as refused:
        await branch.ask(account, bank=bank)

    assert [issue.code for issue in refused.value.issues] == codes


async def test_while_the_register_is_away_nothing_changes(branch: Branch) -> None:
    branch.accounts.away = True

    with pytest.raises(Unavailable):
        await branch.ask()


async def test_one_change_at_a_time_and_the_same_request_has_one_effect(branch: Branch) -> None:
    first = await branch.ask()
    again = await branch.ask()

    assert again == first
    with pytest.raises(StepNotAllowed) as refused:
        await branch.ask(request=OTHER)
    assert refused.value.text.key == "refusal.payout-change-waits"


# ---------------------------------------------------------------- in the form itself


def a_desk(accounts: ToldAccounts, mandate: Mandate) -> ApplicantDesk:
    return an_applicant_desk(a_book(an_opened_case(), shelf=Shelf(mandates={mandate.id: mandate})), accounts=accounts)


@pytest.mark.row("C05")
async def test_a_delegate_never_puts_their_own_account_into_the_form() -> None:
    mandate = a_mandate()
    accounts = ToldAccounts({NEW: ZHANG.document_number, THEIRS: DAUGHTER.document_number})
    desk = a_desk(accounts, mandate)
    fill = {"revision": 0, "remove_entries": (), "by": under(mandate)}

    with pytest.raises(InvalidForm) as refused:
        await desk.fill(REQUEST, "case-zh8k0001", [AnswerGiven("email", value="a@b.cn"), AnswerGiven("bank-account", value=THEIRS)], **fill)
    kept = await desk.fill(OTHER, "case-zh8k0001", [AnswerGiven("bank-account", value=NEW)], **fill)

    assert [(issue.path, issue.code) for issue in refused.value.issues] == [(("input", "answers", "1", "value"), "account-of-another")]
    assert kept.answer("bank-account") == NEW


async def test_while_the_register_is_away_a_delegate_waits_and_the_person_does_not() -> None:
    mandate = a_mandate()
    desk = a_desk(ToldAccounts(away=True), mandate)
    given = [AnswerGiven("bank-account", value=THEIRS)]

    with pytest.raises(Unavailable):
        await desk.fill(REQUEST, "case-zh8k0001", given, revision=0, remove_entries=(), by=under(mandate))
    own = await desk.fill(OTHER, "case-zh8k0001", given, revision=0, remove_entries=(), by=acting())

    assert own.answer("bank-account") == THEIRS


@pytest.mark.row("C05")
async def test_on_a_helpers_device_too_only_an_own_account_goes_into_the_form() -> None:
    desk = a_desk(ToldAccounts({THEIRS: DAUGHTER.document_number}), a_mandate())
    at_home = replace(acting(), assisted_by=DAUGHTER.id)
    given = [AnswerGiven("bank-account", value=THEIRS)]

    with pytest.raises(InvalidForm):
        await desk.fill(REQUEST, "case-zh8k0001", given, revision=0, remove_entries=(), by=at_home)


@pytest.mark.row("C05")
async def test_a_case_is_not_opened_with_the_account_of_whoever_opens_it() -> None:
    mandate = a_mandate()
    opening = desk_of(Shelf(mandates={mandate.id: mandate}))
    asked = Opening(("item-guangxi-pension",), (AnswerGiven("bank-account", value=THEIRS),))

    with pytest.raises(InvalidForm) as refused:
        await opening.open(REQUEST, asked, by=under(mandate), language=Language.ZH_HANS)

    assert [issue.code for issue in refused.value.issues] == ["account-of-another"]
