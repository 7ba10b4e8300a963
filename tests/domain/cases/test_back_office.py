"""What the product does for a case by itself: each errand is one call, and its outcome is in the newest case as soon as it is there."""

from dataclasses import replace

import pytest

from domain.cases.filling import AnswerGiven
from domain.cases.outcomes import notice_delayed
from domain.cases.parts import ItemStatus
from domain.cases.patience import PATIENCE
from domain.identifiers import DocumentKind
from domain.ports import (
    CancelAnswer,
    MessageChannel,
    NoAnswer,
    OutgoingMessage,
    Working,
)
from tests.back_office import AWAY, House, Outside, a_house, messages
from tests.cases import (
    ALL_ITEMS,
    LICENCES,
    ZHANG,
    a_submitted_case,
    an_opened_case,
    at,
    filled,
    kinds,
    statuses,
)
from tests.progress import cancel_answered, department_says, granted, withdrawn


@pytest.fixture
def outside() -> Outside:
    return Outside()


@pytest.fixture
def house(outside: Outside) -> House:
    return a_house(outside)


# ---------------------------------------------------------------- what is asked, once each


@pytest.mark.row("A07")
async def test_each_licence_and_register_that_may_be_asked_is_asked_once_with_the_consent_that_allows_it(
    house: House, outside: Outside
) -> None:
    case = await house.attend(house.store.put(an_opened_case()))

    number, kind = ZHANG.document_number, DocumentKind.RESIDENT_ID
    purposes = {"resident-id": "identity", "portrait": "identity", "household-register": "household", "social-security-card": "payout"}
    assert sorted(outside.asked) == sorted((source, kind, number, purposes.get(source, "contributions")) for source in LICENCES)
    assert {state.status.value for state in case.prefill} == {"FILLED"}
    assert house.observed == [("ask-register", "done")] * 5


async def test_who_has_allowed_nothing_is_asked_about_nowhere(house: House, outside: Outside) -> None:
    case = house.store.put(an_opened_case(consenting=False))

    assert (await house.attend(case), outside.asked) == (case, [])


@pytest.mark.row("F26")
async def test_a_register_that_does_not_answer_holds_up_no_other(house: House, outside: Outside) -> None:
    outside.answers["portrait"] = AWAY

    case = await house.attend(house.store.put(an_opened_case()))

    assert {state.source: state.status.value for state in case.prefill} == dict.fromkeys(LICENCES, "FILLED") | {"portrait": "ASKING"}


@pytest.mark.row("F42")
async def test_every_item_that_is_due_is_handed_over_under_its_key_and_the_applicant_told(house: House, outside: Outside) -> None:
    case = await house.attend(house.store.put(a_submitted_case()), 20)

    told = OutgoingMessage(
        f"{case.id}.submitted",
        MessageChannel.SMS,
        "13900000001",
        f"您的退休申请（编号 {case.number}）已提交，进展可在掌办查看。",
    )
    assert sorted(map(str, outside.asked)) == sorted(
        map(str, [f"{case.id}.normal-retirement.1", f"{case.id}.deemed-years.1", f"{case.id}.household-check.1", told])
    )
    assert [item.status for item in case.items].count(ItemStatus.HANDED_OFF) == 3
    assert case.notices == ()


async def test_what_is_not_due_yet_is_left_alone(house: House, outside: Outside) -> None:
    outside.answers |= dict.fromkeys(ALL_ITEMS, AWAY)
    case = await house.attend(house.store.put(a_submitted_case(items=("pension",))), 20)
    outside.asked.clear()

    assert (await house.attend(case, 20.9), outside.asked) == (case, [])
    assert kinds(await house.attend(case, 21))[-1] == "handoff-delayed"
    assert outside.asked == [f"{case.id}.pension.1"]


async def test_a_department_that_owes_an_answer_is_asked_under_the_same_key(house: House, outside: Outside) -> None:
    case = house.store.put(department_says(a_submitted_case(items=("pension",)), "pension", Working(1)))
    outside.answers["pension"] = granted()

    case = await house.attend(case, 86_430)

    assert f"{case.id}.pension.1" in outside.asked
    assert case.item("pension").status is ItemStatus.DONE


async def test_a_withdrawn_case_asks_its_departments_to_drop_what_they_have(house: House, outside: Outside) -> None:
    case = house.store.put(withdrawn(department_says(a_submitted_case(items=("pension",)), "pension", Working(1))))
    outside.answers["cancel"] = AWAY

    case = await house.attend(case, 60)
    del outside.answers["cancel"]
    cancelled = await house.attend(case, 61)

    assert ("cancel-delayed" in kinds(case), statuses(cancelled)) == (True, {"pension": ItemStatus.NOT_STARTED})
    assert outside.asked.count(("cancel", "hrss", f"{case.id}.pension.1")) == 2
    assert cancel_answered(cancelled, "pension", CancelAnswer.CANCELLED) == cancelled


async def test_a_certificate_is_asked_for_until_it_is_made(house: House, outside: Outside) -> None:
    case = house.store.put(department_says(a_submitted_case(items=("pension",)), "pension", granted()))
    outside.answers["issue"] = NoAnswer("signer", "away")

    delayed = await house.attend(case, 30)
    del outside.answers["issue"]
    issued = await house.attend(delayed, 35)

    assert ("certificate-delayed" in kinds(delayed), delayed.certificate) == (True, None)
    assert (issued.certificate, issued.status.value) == ("certificate-1", "DONE")


@pytest.mark.row("F44")
async def test_a_hand_off_that_has_failed_is_told_in_messages_to_the_applicant_and_to_operators(house: House, outside: Outside) -> None:
    outside.answers["pension"] = AWAY
    case = house.store.put(a_submitted_case(items=("pension",)))
    for _ in range(len(PATIENCE.hand_off) + 2):
        case = await house.attend(case, 86_400 + (house.clock.at - at().at).total_seconds())

    assert [(one.channel, one.to, one.text) for one in messages(outside)][1:] == [
        (
            MessageChannel.SMS,
            "13900000001",
            f"您的退休申请（编号 {case.number}）有事项没能送到部门，已转人工处理，您不用重新提交。",
        ),
        (
            MessageChannel.PERSON,
            "operators",
            f"申请 {case.number}：“新增退休人员养老保险待遇核定发放”多次未能送到人力资源社会保障部门，请处理。",
        ),
    ]
    assert (case.item("pension").status, case.notices) == (ItemStatus.FAILED, ())


async def test_a_message_that_is_not_taken_is_sent_again_and_then_given_up(house: House, outside: Outside) -> None:
    outside.answers["submitted"] = NoAnswer("messages", "away")
    case = house.store.put(a_submitted_case(items=("pension",)))
    for attempt in range(len(PATIENCE.notice) + 1):
        case = await house.attend(case, 3_600 * (attempt + 1))

    assert kinds(case).count("notice-delayed") == len(PATIENCE.notice) + 1
    assert (case.notices, case.last_step.data["retry_at"]) == ((), None)
    assert len({one.key for one in messages(outside)}) == 1


async def test_a_message_with_nowhere_to_go_is_no_message_and_can_be_told(house: House, outside: Outside) -> None:
    case = a_submitted_case(items=("pension",))
    unreachable = {key: answer for key, answer in case.private.answers.items() if key != "mobile"}
    house.store.put(replace(case, private=replace(case.private, answers=unreachable)))

    case = await house.attend(case, 20)

    assert messages(outside) == []
    assert (case.notices, "notice-delayed" in kinds(case)) == ((), True)
    assert notice_delayed(case, key="submitted", patience=PATIENCE, moment=at(30)) == case


# ---------------------------------------------------------------- its own clock


async def test_autosaves_become_a_step_after_five_minutes(house: House) -> None:
    case = house.store.put(filled(an_opened_case(consenting=False), AnswerGiven("email", value="a@b.cn")))

    assert await house.attend(case, 309.9) == case
    settled = await house.attend(case, 310)
    assert (kinds(settled)[-1], settled.private.pending, settled.last_step.at) == ("filled", None, at(10).at)


@pytest.mark.row("F35")
async def test_a_draft_that_nobody_submits_ends_by_itself(house: House) -> None:
    case = house.store.put(an_opened_case(consenting=False))

    assert (await house.attend(case, 90 * 86_400)).status.value == "WITHDRAWN"
