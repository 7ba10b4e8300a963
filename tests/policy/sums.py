"""How the worked examples ask for sums: pension.toml, disability.toml, loan.toml."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

from domain.policy.law import Law, law_of
from domain.policy.months import Age, Month
from domain.policy.pension.disability import DisabilityAllowance, DisabilityQuestion, disability_allowance
from domain.policy.pension.estimate import PensionEstimate, estimate
from domain.policy.pension.loan import LoanRepayment, example_loan, loan_repayment
from domain.policy.pension.parts import PensionPart
from domain.policy.pension.question import PensionQuestion
from domain.reasons import Verdict
from integrations.catalogue_files import Loaded

Given = Mapping[str, object]
Found = PensionEstimate | DisabilityAllowance | LoanRepayment
TODAY = date(2026, 11, 23)


def law_in(loaded: Loaded, region: object) -> Law:
    return law_of(loaded.catalogues.in_force(str(region)), TODAY)


def pension_found(given: Given, loaded: Loaded) -> PensionEstimate:
    return estimate(_question(given, "retirement_month"), law_in(loaded, given["region"]))


def disability_found(given: Given, loaded: Loaded) -> DisabilityAllowance:
    statutory = date.fromisoformat(str(given["statutory"]))
    question = DisabilityQuestion(_question(given, "month"), statutory, woman=bool(given["woman"]))
    return disability_allowance(question, law_in(loaded, given["region"]))


def loan_found(given: Given, loaded: Loaded) -> LoanRepayment:
    """What is not given is as in the source's example."""
    law = law_in(loaded, "national")
    return loan_repayment(replace(example_loan(law), **{key: Decimal(str(value)) for key, value in given.items()}), law)


FOUND: Mapping[str, Callable[[Given, Loaded], Found]] = {"pension": pension_found, "disability": disability_found, "loan": loan_found}


def pension(given: Given, loaded: Loaded) -> dict[str, object]:
    found = pension_found(given, loaded)
    undecided = [reason.rule for reason in found.reasons if reason.verdict is Verdict.UNDECIDED]
    return {"total": str(found.total), "payout_months": str(found.payout_months), "parts": _parts(found.parts), "undecided": undecided}


def disability(given: Given, loaded: Loaded) -> dict[str, object]:
    found = disability_found(given, loaded)
    return {
        "kind": found.kind,
        "total": str(found.total),
        "parts": _parts(found.parts),
        "statutory": found.statutory.isoformat(),
        "payment_months": found.payment_months or "until the statutory age",
        "reworked": str(found.reworked or "never"),
    }


def loan(given: Given, loaded: Loaded) -> dict[str, object]:
    found = loan_found(given, loaded)
    return {
        "payments": len(found.payments),
        "last_payment": str(found.last_payment),
        "interest": str(found.interest),
        "full_pension_from_month": found.full_pension_from_month,
    }


def _question(given: Given, month: str) -> PensionQuestion:
    asked = Month.read(str(given[month]))
    years, months = given["age"]
    assert asked
    early = given.get("early_paid_months")
    return PensionQuestion(
        retirement_month=asked,
        age=Age(years, months),
        contribution_months=int(str(given["contribution_months"])),
        deemed_months=int(str(given.get("deemed_months", 0))),
        early_paid_months=early if isinstance(early, int) else None,
        computing_base=Decimal(str(given["computing_base"])) if "computing_base" in given else None,
        indexed_wage=Decimal(str(given["indexed_wage"])),
        account_balance=Decimal(str(given["account_balance"])),
    )


def _parts(parts: tuple[PensionPart, ...]) -> dict[str, str]:
    return {part.key: str(part.amount) for part in parts}
