"""A change of the account that the pension is paid to: whose it may be, whom it is told, when it is in force, and who then hears of it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.acting import Assurance
from domain.cases.errands import next_due
from domain.cases.handing_off import handoff_of
from domain.cases.recording import replay
from domain.errors import StepNotAllowed
from domain.ports import Rejected
from tests.back_office import AWAY, messages
from tests.cases import ACCOUNT, MONDAY, a_submitted_case, acting, guangxi
from tests.payout_branch import Branch, a_branch
from tests.payouts import BANK, DAYS, NEW
from tests.progress import withdrawn

REQUEST, OTHER = "request-0123456789", "request-9876543210"


@pytest.fixture
def branch() -> Branch:
    return a_branch()


# ---------------------------------------------------------------- in force after some days


@pytest.mark.row("C05")
async def test_another_account_waits_is_told_to_the_old_number_and_is_then_told_to_the_department(branch: Branch) -> None:
    branch.house.clock.at = MONDAY + timedelta(minutes=1)
    asked = await branch.ask()
    told = await branch.after(0.01)
    early = await branch.after(DAYS - 0.01)
    done = await branch.after(DAYS + 0.01)

    (first,) = branch.texts("asked")
    (later,) = branch.texts("changed")
    assert first.to == asked.answer("mobile") == later.to
    assert NEW not in first.text
    assert BANK not in first.text
    assert told.answer("bank-account") == early.answer("bank-account") == ACCOUNT
    assert (done.answer("bank"), done.answer("bank-account")) == (BANK, NEW)
    assert f"{done.id}.payout-pension.{asked.last_step.number}" in branch.outside.asked
    kinds = [step.kind for step in done.history if step.kind.startswith("payout")]
    assert kinds == ["payout-change-asked", "payout-changed", "payout-told"]
    assert done.private.payout is None


async def test_its_history_makes_the_same_case_and_shows_no_account(branch: Branch) -> None:
    branch.house.clock.at = MONDAY + timedelta(minutes=1)
    await branch.ask()
    await branch.after(0.01)
    done = await branch.after(DAYS + 0.01)

    assert replay(done.history, done.private.secrets, case_id=done.id) == done
    assert not [step for step in done.history if NEW.encode() in step.canonical]


async def test_until_then_it_stands_on_the_alarm_clock(branch: Branch) -> None:
    branch.house.clock.at = MONDAY + timedelta(minutes=1)
    await branch.ask()
    quiet = replace((await branch.after(0.01)), items=(), erase_at=None)

    assert next_due(quiet) == MONDAY + timedelta(minutes=1, days=DAYS)


async def test_it_can_be_cancelled_until_then_and_everything_stays_as_it_was(branch: Branch) -> None:
    branch.house.clock.at = MONDAY + timedelta(minutes=1)
    await branch.ask()
    cancelled = await branch.desk.cancel(OTHER, "case-zh8k0001", by=replace(acting(), assurance=Assurance.L2))
    again = await branch.desk.cancel(OTHER, "case-zh8k0001", by=acting())
    later = await branch.after(DAYS + 1)

    assert again == cancelled
    assert later.answer("bank-account") == ACCOUNT
    assert branch.texts("asked") == []
    assert [one.to for one in branch.texts("cancelled")] == [later.answer("mobile")]
    with pytest.raises(StepNotAllowed):
        await branch.desk.cancel("request-00000000001", "case-zh8k0001", by=acting())


async def test_another_telephone_since_does_not_draw_the_notice_to_itself(branch: Branch) -> None:
    branch.house.clock.at = MONDAY + timedelta(minutes=1)
    asked = await branch.ask()
    mobile = replace(asked.private.answers["mobile"], value="13911111111")
    branch.house.store.put(replace(asked, private=replace(asked.private, answers={**asked.private.answers, "mobile": mobile})))

    await branch.after(0.01)

    assert [one.to for one in branch.texts("asked")] == [asked.answer("mobile")]


async def test_a_department_hears_once_more_what_it_was_given_before(branch: Branch) -> None:
    before = handoff_of(branch.case, "pension", guangxi())
    branch.house.clock.at = MONDAY + timedelta(minutes=1)
    await branch.ask()
    done = await branch.after(DAYS + 0.01)

    assert handoff_of(done, "pension", guangxi()) == before


async def test_an_item_that_is_not_handed_over_yet_takes_the_new_account_with_it() -> None:
    branch = a_branch(a_submitted_case())
    waiting = next(item.code for item in branch.case.items if item.ready_at is None and "bank-account" in guangxi().items[item.code].fields)
    branch.house.clock.at = MONDAY + timedelta(minutes=1)
    await branch.ask()
    branch.outside.answers |= {item.code: AWAY for item in branch.case.items}
    done = await branch.after(DAYS + 0.01)

    assert handoff_of(done, waiting, guangxi()).answers["bank-account"] == NEW


@pytest.mark.parametrize(("answer", "times"), [(AWAY, 8), (Rejected(("不收",)), 1)], ids=["away", "refused"])
async def test_if_a_department_cannot_be_told_operators_are(branch: Branch, answer: object, times: int) -> None:
    branch.house.clock.at = MONDAY + timedelta(minutes=1)
    await branch.ask()
    branch.outside.answers["payout-change"] = answer
    for hours in range(24):
        await branch.after(DAYS + 0.01 + hours / 8)

    told = [one for one in messages(branch.outside) if one.to == "operators" and "payout-not-told" in one.key]
    assert len(told) == 1
    assert sum(1 for one in branch.outside.asked if isinstance(one, str) and ".payout-pension." in one) == times
    assert branch.case.private.payout is None
    assert branch.case.answer("bank-account") == NEW


async def test_of_a_case_withdrawn_meanwhile_nothing_changes(branch: Branch) -> None:
    branch.house.clock.at = MONDAY + timedelta(minutes=1)
    asked = await branch.ask()
    branch.house.store.put(withdrawn(asked, seconds=200))
    later = await branch.after(DAYS + 1)

    assert later.answer("bank-account") == ACCOUNT
    assert "payout-change-cancelled" in [step.kind for step in later.history]
