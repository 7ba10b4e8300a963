"""The law in process, on one core: forecasts, estimates and guides in a second, and how long all catalogues take to load."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from time import perf_counter

from bench.figures import Figures, spread
from bench.guide import ANSWERS
from domain.cases.filling import AnswerGiven
from domain.catalogue.types import Catalogue
from domain.clock import day_in_china, system_now
from domain.guide.guide import guide
from domain.policy.law import law_of
from domain.policy.months import Age, Month
from domain.policy.pension.estimate import estimate
from domain.policy.pension.question import PensionQuestion
from domain.policy.retirement.forecast import PostCategory, RetirementQuestion, Sex, forecast
from integrations.catalogue_files import load

ROUNDS = 5
SECONDS = 1.0
REGION, PRICED = "guangxi", "sichuan"
"""The second has figures for an estimate."""

RETIREMENT = RetirementQuestion(Sex.FEMALE, date(1976, 3, 12), PostCategory.MANAGEMENT_OR_TECHNICAL, 190)
PENSION = PensionQuestion(
    retirement_month=Month(2025, 12),
    age=Age(60, 1),
    contribution_months=517,
    deemed_months=157,
    early_paid_months=0,
    indexed_wage=Decimal("7378.86"),
    account_balance=Decimal("111640.05"),
)


async def measure() -> Figures:
    today = day_in_china(system_now())
    catalogues = load(today=today).catalogues
    region, priced = catalogues.in_force(REGION), catalogues.in_force(PRICED)
    measured = (
        ("forecast", _a_second(lambda: forecast(RETIREMENT, law_of(region, today)))),
        ("estimate", _a_second(lambda: estimate(PENSION, law_of(priced, today)))),
        ("guide", _a_second(lambda: _guided(region, today))),
    )
    rows = [(name, *spread(rates, "{:,.0f}")) for name, rates in measured]
    loading = ("loading all catalogues, ms", *spread([1000 * _seconds(lambda: load(today=today)) for _ in range(ROUNDS)], "{:.0f}"))
    return Figures("law in process: evaluations/s", ("what", "least", "median", "most"), [*rows, loading])


def _guided(catalogue: Catalogue, today: date) -> object:
    return guide(catalogue, [AnswerGiven(key, value) for key, value in ANSWERS.items()], day=today)


def _a_second(work: Callable[[], object]) -> list[float]:
    """Evaluations in a second, in each round."""
    return [_rate(work) for _ in range(ROUNDS)]


def _rate(work: Callable[[], object]) -> float:
    began, done = perf_counter(), 0
    while (taken := perf_counter() - began) < SECONDS:
        work()
        done += 1
    return done / taken


def _seconds(work: Callable[[], object]) -> float:
    began = perf_counter()
    work()
    return perf_counter() - began
