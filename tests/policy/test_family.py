"""What the applicant's family decides."""

from datetime import date

import pytest

from domain.policy import RULES
from domain.policy.facts import Facts
from domain.policy.law import Law
from domain.reasons import Verdict
from domain.words import Text


@pytest.mark.parametrize(
    ("answers", "verdict", "said"),
    [
        ({"only-child": "YES"}, Verdict.MET, "word.yes"),
        ({"only-child": "NO"}, Verdict.NOT_MET, "word.no"),
        ({}, Verdict.UNDECIDED, "word.not-answered"),
    ],
)
def test_the_certificate_of_an_only_childs_parent_depends_on_the_answer(answers: dict[str, str], verdict: Verdict, said: str) -> None:
    today = date(2026, 11, 23)
    reason = RULES["only-child-parent"](Facts(answers, today), Law({}, today))

    assert (reason.verdict, reason.text) == (verdict, Text(f"rule.only-child-parent.{verdict}"))
    assert [fact.value for fact in reason.facts] == [Text(said)]
