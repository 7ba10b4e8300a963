"""Nothing about a person is fetched before they have allowed it, one text at a time."""

import pytest

from domain.cases.case import Case
from domain.cases.consenting import Consenting
from domain.cases.errands import ErrandKind, errands
from domain.cases.handing_off import consent_for
from domain.cases.parts import ConsentState, ConsentStatus, PrefillStatus
from domain.errors import InvalidForm, StepNotAllowed
from domain.ports import ConsentProof
from tests.cases import (
    LICENCES,
    a_licence,
    a_prefilled_case,
    a_submitted_case,
    acting,
    an_opened_case,
    answered_by,
    at,
    consented,
    consents,
    guangxi,
    kinds,
    rebuilt,
    register_is_silent,
    slips,
)

CARD = "social-security-card"
PAYOUT = Consenting("payout", "1", given=True)
NOT_PAYOUT = Consenting("payout", "1", given=False)


def asked(case: Case) -> list[str]:
    return [errand.about for errand in errands(case) if errand.kind is ErrandKind.ASK_REGISTER]


def statuses(case: Case) -> dict[str, ConsentStatus]:
    return {consent.purpose: consent.status for consent in case.consents}


def prefill(case: Case, source: str = CARD) -> PrefillStatus:
    return next(state.status for state in case.prefill if state.source == source)


def test_before_any_consent_nobody_is_asked() -> None:
    case = an_opened_case(consenting=False)

    assert asked(case) == []
    assert set(statuses(case).values()) == {ConsentStatus.ASKED}
    assert {state.status for state in case.prefill} == {PrefillStatus.CONSENT_NEEDED}
    assert answered_by(case, CARD, a_licence(CARD)) == case


def test_a_consent_starts_the_asking_of_what_its_text_names_and_of_nothing_else() -> None:
    case = consented(an_opened_case(consenting=False), PAYOUT)

    assert asked(case) == [CARD]
    assert case.consents[-2:] == (
        ConsentState("payout", "1", ConsentStatus.GIVEN, at(5).at, acting().actor()),
        ConsentState("contributions", "1", ConsentStatus.ASKED),
    )


def test_the_question_carries_the_consent_that_allows_it() -> None:
    case = consented(an_opened_case(consenting=False), PAYOUT)

    assert consent_for(case, CARD, guangxi()) == ConsentProof(f"{case.id}.consent.payout", "payout", "1", at(5).at)
    for source in LICENCES.keys() - {CARD}:
        with pytest.raises(LookupError):
            consent_for(case, source, guangxi())


def test_what_is_refused_is_not_asked_and_filled_in_by_hand() -> None:
    case = consented(an_opened_case(consenting=False), NOT_PAYOUT)

    assert (statuses(case)["payout"], prefill(case), asked(case)) == (ConsentStatus.REFUSED, PrefillStatus.DECLINED, [])


def test_who_refused_may_still_agree() -> None:
    case = consented(consented(an_opened_case(consenting=False), NOT_PAYOUT), PAYOUT, mark="second", seconds=6)

    assert (statuses(case)["payout"], asked(case)) == (ConsentStatus.GIVEN, [CARD])


def test_withdrawn_while_it_is_being_asked_the_answer_is_not_taken() -> None:
    case = consented(register_is_silent(an_opened_case(), CARD), NOT_PAYOUT)

    assert (statuses(case)["payout"], prefill(case)) == (ConsentStatus.WITHDRAWN, PrefillStatus.DECLINED)
    assert CARD not in asked(case)
    assert answered_by(case, CARD, a_licence(CARD), 6) == case
    assert register_is_silent(case, CARD, 6) == case


def test_withdrawn_afterwards_what_was_filled_in_stays_and_nothing_more_is_asked() -> None:
    case = consented(a_prefilled_case(), NOT_PAYOUT)

    assert (statuses(case)["payout"], prefill(case), case.answer("bank")) == (
        ConsentStatus.WITHDRAWN,
        PrefillStatus.FILLED,
        "中国工商银行",
    )


def test_given_again_it_is_asked_again_and_what_it_offered_before_is_old() -> None:
    late = answered_by(an_opened_case(), CARD, a_licence(CARD), 5)
    case = consented(consented(late, NOT_PAYOUT), PAYOUT, mark="again", seconds=6)

    case = answered_by(case, CARD, a_licence(CARD, bank="中国农业银行"), 7)

    assert (case.answer("bank"), case.private.offers) == ("中国农业银行", ())


def test_deciding_as_it_stands_is_no_step() -> None:
    case = an_opened_case()

    assert consented(case, *consents()) == case
    assert consented(an_opened_case(consenting=False)).history[-1].number == len(an_opened_case(consenting=False).history)


def test_what_this_case_does_not_need_is_left_alone() -> None:
    case = an_opened_case(items=("household-check",), consenting=False)

    case = consented(case, *consents())

    assert statuses(case) == {"identity": ConsentStatus.GIVEN, "household": ConsentStatus.GIVEN}
    assert asked(case) == ["resident-id", "household-register"]


def test_a_text_that_is_not_the_one_shown_is_refused_with_every_slip_at_once() -> None:
    case = an_opened_case(consenting=False)
    wrong = Consenting("payout", "0", given=True), PAYOUT, Consenting("everything", "1", given=True)

    with pytest.raises(InvalidForm) as refused:
        consented(case, *wrong)

    assert slips(refused) == [
        (("input", "consents", "0"), "unknown-consent"),
        (("input", "consents", "2"), "unknown-consent"),
    ]


@pytest.mark.row("F38")
def test_one_request_decides_once() -> None:
    case = consented(an_opened_case(consenting=False), PAYOUT)
    changed = consented(case, NOT_PAYOUT, mark="other", seconds=6)

    assert consented(changed, PAYOUT, seconds=7) == changed


def test_after_submission_a_consent_can_be_withdrawn_and_nothing_that_was_done_is_undone() -> None:
    before = a_submitted_case()

    case = consented(before, NOT_PAYOUT, seconds=30)

    assert (statuses(case)["payout"], kinds(case)[-1]) == (ConsentStatus.WITHDRAWN, "consent-withdrawn")
    assert (case.private.answers, case.items, case.status) == (before.private.answers, before.items, before.status)
    with pytest.raises(LookupError):
        consent_for(case, CARD, guangxi())
    assert rebuilt(case) == case
    assert consented(case, NOT_PAYOUT, mark="again", seconds=40) == case


def test_after_submission_no_consent_can_be_given_any_more() -> None:
    withdrawn = consented(a_submitted_case(), NOT_PAYOUT, seconds=30)

    with pytest.raises(StepNotAllowed) as refused:
        consented(withdrawn, PAYOUT, mark="again", seconds=40)

    assert refused.value.text.key == "refusal.consent-only-withdrawn"


@pytest.mark.row("B08")
def test_a_case_of_every_decision_is_what_its_steps_make() -> None:
    case = consented(an_opened_case(consenting=False), PAYOUT, *(one for one in consents(given=False) if one.purpose != "payout"))
    case = consented(answered_by(case, CARD, a_licence(CARD), 6), NOT_PAYOUT, mark="later", seconds=7)

    assert rebuilt(case) == case
    assert kinds(case)[-3:] == ["consent-decided", "register-answered", "consent-decided"]
