"""Every step of every case can be told, to be read and to be heard, in every language; and who did it by name."""

from dataclasses import replace

import pytest

from domain.acting import Acting
from domain.cases import outcomes
from domain.cases.case import Case
from domain.cases.consenting import Consenting
from domain.cases.filling import AnswerGiven
from domain.cases.happened import KINDS, Confirmed, HandedOver, ItemDecided, Stamped, TaskDone, TaskGiven, TaskTaken
from domain.cases.joining import introduced
from domain.cases.keeping import delete_or_lock, erased
from domain.cases.operating import retry_handoff
from domain.cases.patience import PATIENCE
from domain.cases.recording import record, settle
from domain.cases.steps import Step
from domain.cases.telling import StepInCase
from domain.catalogue.types import Catalogue
from domain.ports import CancelAnswer, ItemOutcome, Rejected, Working
from domain.words import Language
from tests.capacities import DAUGHTER, a_mandate, under
from tests.cases import (
    MONDAY,
    ZHANG,
    a_file,
    a_mark,
    a_submitted_case,
    acting,
    an_opened_case,
    answered_by,
    at,
    attached,
    consented,
    consents,
    filled,
    guangxi,
    kinds,
    loaded,
    register_is_silent,
)
from tests.officers import by_officers
from tests.payouts import every_payout_change
from tests.progress import (
    a_finished_case,
    cancel_answered,
    cancel_is_silent,
    decided,
    department_is_silent,
    department_says,
    granted,
    notified,
    refused,
    withdrawn,
)

ITEM, LOOKUP = "normal-retirement", "household-check"


def every_kind() -> list[Case]:
    """Cases in which everything happens that can happen."""
    draft = attached(register_is_silent(answered_by(an_opened_case(), "portrait", None), "resident-id"), "identity-card", a_file())
    case = a_submitted_case(items=(ITEM, "pension", "medical-transfer"))
    looked_up = a_submitted_case(items=(LOOKUP,))
    worked = department_says(department_says(case, ITEM, Working(1)), ITEM, Working(2), 40)
    expired, back_at_once = outcomes.draft_expired(draft, catalogue=guangxi(), moment=at(91 * 86_400)), withdrawn(case)
    back = withdrawn(department_is_silent(worked, ITEM, 50))
    given_up = back
    for _ in range(len(PATIENCE.cancel) + 1):
        given_up = cancel_is_silent(given_up, ITEM)
    failed = department_says(department_is_silent(case, ITEM), ITEM, Rejected(("no",)))
    retried = retry_handoff(failed, item=ITEM, moment=at(50))
    unheard = outcomes.notice_undeliverable(
        outcomes.notice_delayed(failed, key="submitted", patience=PATIENCE, moment=at(50)), key="submitted", moment=at(60)
    )
    delayed = outcomes.certificate_delayed(
        department_says(a_submitted_case(items=("pension",)), "pension", granted()), patience=PATIENCE, moment=at(50)
    )
    return [
        notified(a_finished_case()),
        department_says(case, ITEM, refused()),
        cancel_answered(back, ITEM, CancelAnswer.CANCELLED),
        cancel_answered(back, ITEM, CancelAnswer.TOO_LATE),
        given_up,
        retried,
        unheard,
        delayed,
        *(department_says(case, ITEM, decided(outcome)) for outcome in (ItemOutcome.GRANTED, ItemOutcome.REFUSED)),
        *(department_says(looked_up, LOOKUP, decided(outcome)) for outcome in (ItemOutcome.FOUND, ItemOutcome.NOT_FOUND)),
        consented(case, Consenting("payout", "1", given=False), seconds=30),
        erased(expired, moment=at(99 * 86_400)),
        delete_or_lock(back_at_once, by=acting(), mark=a_mark("delete"), moment=at(70)),
        delete_or_lock(a_finished_case(), by=acting(), mark=a_mark("delete"), moment=at(70)),
        introduced(case, under(a_mandate()), moment=at(30)),
        *(record(case, happening, moment=at(30)) for happening in (Confirmed(ready=()), Stamped(revision=1), HandedOver())),
        *(record(case, happening, moment=at(30)) for happening in by_officers(ITEM)),
        *every_payout_change(),
        record(case, ItemDecided(item=ITEM, sequence=1, outcome=ItemOutcome.TOLD, decided_at=MONDAY), moment=at(30)),
    ]


def with_an_owner() -> Catalogue:
    """As if the police fetched the identity card from another agency."""
    card = replace(guangxi().materials["identity-card"], owner="police")
    return replace(guangxi(), materials={**guangxi().materials, card.code: card})


def a_fetched_paper() -> Case:
    case = a_submitted_case()
    for happening in (TaskGiven, TaskTaken, TaskDone):
        case = record(case, happening(material="identity-card"), moment=at(30))
    return case


def submitted_by(acting: Acting) -> StepInCase:
    case = introduced(a_submitted_case(), acting, moment=at(30))
    step = next(step for step in case.history if step.kind == "submitted")
    return StepInCase(case, guangxi(), replace(step, actor=acting.actor()))


@pytest.fixture(scope="module")
def told() -> list[StepInCase]:
    fetched = a_fetched_paper()
    return [
        submitted_by(under(a_mandate())),
        *(StepInCase(case, guangxi(), step) for case in every_kind() for step in case.history),
        *(StepInCase(fetched, with_an_owner(), step) for step in fetched.history),
    ]


def test_every_step_has_a_sentence_to_show_and_one_to_speak_in_every_language(told: list[StepInCase]) -> None:
    wording = loaded().wording

    assert {one.kind for one in told} == set(KINDS)
    for one in told:
        for language in Language:
            sentences = wording.say(one.text, language), wording.speak(one.text, language)
            assert all(sentences)
            assert "{" not in "".join(sentences)


def test_every_sentence_about_a_step_is_said_of_some_step(told: list[StepInCase]) -> None:
    sentences = {key for key in loaded().wording.messages if key.startswith("step.")}

    assert sentences - {one.text.key for one in told} == set()


@pytest.mark.row("F15")
def test_who_submits_for_another_is_named_with_whom_it_was_for() -> None:
    delegate = under(a_mandate())
    guardian = replace(delegate, mandate=None)

    said = [loaded().wording.say(submitted_by(one).text, Language.ZH_HANS) for one in (delegate, guardian)]

    name, ward = DAUGHTER.masked_name, ZHANG.masked_name
    assert said == [f"{name}（受托人）代{ward}提交了申请。", f"{name}（监护人）代{ward}提交了申请。"]


@pytest.mark.parametrize(
    ("kind", "sentence"),
    [
        ("opened", "已建立申请，编号 ZB2026112300000017。"),
        ("attached", "已提交材料“居民身份证”。"),
        ("notice-sent", "已发送通知（短信）。"),
    ],
)
def test_a_sentence_names_what_it_is_about(told: list[StepInCase], kind: str, sentence: str) -> None:
    assert loaded().wording.say(next(one for one in told if one.kind == kind).text, Language.ZH_HANS) == sentence


def test_a_sentence_counts_what_was_filled_in_and_taken_out() -> None:
    entry = "00000000-0000-0000-0000-000000000001"
    case = filled(an_opened_case(), AnswerGiven("relative-name", value="李某", entry=entry), AnswerGiven("email", value="a@b.cn"))
    case = settle(filled(case, AnswerGiven("email", value="c@d.cn"), removing=(entry,), mark="out"), moment=at(30))

    assert StepInCase(case, guangxi(), case.last_step).text.params["count"] == 2


def test_a_step_knows_its_item_and_its_name() -> None:
    case = department_says(a_submitted_case(), ITEM, granted())
    step = StepInCase(case, guangxi(), next(step for step in case.history if step.kind == "item-decided"))
    opened = StepInCase(case, guangxi(), case.history[0])

    assert (step.item.code, step.id, step.number, step.at) == (ITEM, f"{case.id}.step.{step.step.number}", step.step.number, at(30).at)
    assert opened.item is None


def test_every_notice_has_its_sentence() -> None:
    said = {notice.wording for case in every_kind() for notice in case.notices} | {
        "notice.submitted",
        "notice.to-confirm",
        "notice.completed",
        "notice.payout-change-asked",
    }

    assert {key for key in loaded().wording.messages if key.startswith("notice.")} == said


def test_a_consent_that_is_decided_is_told() -> None:
    case = consented(an_opened_case(consenting=False), *consents())
    step: Step = case.last_step

    assert (kinds(case)[-1], StepInCase(case, guangxi(), step).text.key) == ("consent-decided", "step.consent-decided")
