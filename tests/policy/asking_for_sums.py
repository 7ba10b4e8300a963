"""Asking for estimates as a phone does, without a sign-in."""

from dataclasses import dataclass
from datetime import date

import strawberry
from strawberry.schema.config import StrawberryConfig

from domain.catalogue.store import Catalogues
from domain.wording import Wording
from domain.words import Language
from integrations.catalogue_files import Loaded
from resolvers.context import Context
from schema.pension import PensionQuery
from schema.problems import Problem, TellInvalidForm, TellRefusal
from schema.scalars import SCALARS

SCHEMA = strawberry.Schema(
    query=PensionQuery,
    types=[Problem],
    config=StrawberryConfig(scalar_map=SCALARS),
    exception_handlers=[TellRefusal(), TellInvalidForm()],
)
ESTIMATE = """query($question: PensionQuestionInput!) { pensionEstimate(question: $question) {
    ... on PensionEstimate {
        total payoutMonths reasons { rule verdict text spoken }
        parts { key label amount formula reasons { rule verdict text facts { label value } figures { key label value since source } } }
    }
    ... on InvalidForm { message issues { path code message } }
} }"""
ALLOWANCE = """query($question: DisabilityQuestionInput!) { disabilityAllowance(question: $question) {
    ... on DisabilityAllowance {
        kind total paymentMonths reworkedFrom until parts { key amount } reasons { rule verdict text figures { key source } }
    }
    ... on InvalidForm { issues { path code } }
} }"""
LOAN = """query($question: LoanQuestionInput!) { loanRepayment(question: $question) {
    ... on LoanRepayment {
        interest lastPayment fullPensionFromMonth payments { month interest payment left }
        reasons { rule text figures { key since source } }
    }
    ... on InvalidForm { issues { path code message } }
} }"""


@dataclass
class Reading:
    """As much of a request's context as an estimate needs."""

    catalogues: Catalogues
    wording: Wording
    language: Language
    today: date
    say = Context.say
    speak = Context.speak


async def asked(query: str, question: dict[str, object], loaded: Loaded, language: Language = Language.ZH_HANS) -> dict[str, object]:
    context = Reading(loaded.catalogues, loaded.wording, language, date(2026, 11, 23))
    result = await SCHEMA.execute(query, {"question": question}, context_value=context)
    assert result.errors is None
    (answer,) = result.data.values()
    return answer


def a_question(**differing: object) -> dict[str, object]:
    """The notice of Sichuan of 2025-12."""
    usual = {
        "region": "sichuan",
        "retirementMonth": "2025-12",
        "age": {"years": 60, "months": 1},
        "contributionMonths": 517,
        "deemedMonths": 130,
        "paidMonthsBeforeAccounts": 27,
        "indexedMonthlyWage": "7378.86",
        "accountBalance": "111640.05",
    }
    return {**usual, **differing}


def slips(answer: dict[str, object]) -> list[tuple[str, str]]:
    return [(".".join(issue["path"]), issue["code"]) for issue in answer["issues"]]
