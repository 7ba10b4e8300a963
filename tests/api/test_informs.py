"""Before anything is submitted the form names who will be sent messages, and where."""

from dataclasses import replace
from types import SimpleNamespace

import pytest

from domain.cases.case import Case
from domain.cases.filling import AnswerGiven
from domain.cases.seeing import EVERYTHING, Sight
from domain.ports import MessageChannel
from domain.words import Language
from resolvers.case_fields import informs
from tests.cases import an_opened_case, filled, loaded


def told(case: Case, sight: Sight = EVERYTHING) -> list[tuple[str, MessageChannel]]:
    info = SimpleNamespace(context=SimpleNamespace(sight=lambda case: sight))
    return [(loaded().wording.say(one.label, Language.ZH_HANS), one.via) for one in informs(case, info)]


@pytest.mark.row("F17")
def test_a_draft_names_whom_messages_will_reach_and_by_which_number() -> None:
    draft = an_opened_case(consenting=False)
    with_number = filled(draft, AnswerGiven("mobile", value="13900000001"))

    assert told(draft) == [("还没有填手机号码，收不到短信；有事会由工作人员联系", MessageChannel.PERSON)]
    assert told(with_number) == [("申请人本人，手机 139****0001", MessageChannel.SMS)]


def test_who_may_not_see_the_person_is_not_told_their_number() -> None:
    case = filled(an_opened_case(consenting=False), AnswerGiven("mobile", value="13900000001"))

    assert told(case, replace(EVERYTHING, items=frozenset())) == [("申请人本人", MessageChannel.SMS)]
