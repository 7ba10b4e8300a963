"""Exact amounts, rounded as the notices of the pension offices round them, and how they are written in a sentence."""

from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")


def cents(amount: Decimal) -> Decimal:
    return amount.quantize(CENT, ROUND_HALF_UP)


def years_of(months: int) -> Decimal:
    """Years that count, half up to two decimals before anything is multiplied (Sichuan's notices of 2024 and 2025, to the cent)."""
    return cents(Decimal(months) / 12)


def percent(rate: Decimal) -> str:
    """1.3% of 0.013."""
    return f"{(rate * 100).normalize():f}%"


def yuan(amount: Decimal) -> str:
    return f"{amount:.2f}"
