"""Departments decide from what they know of a person, and say why in plain words."""

from datetime import date

import pytest

from mocks.decisions import DEPARTMENTS, Verdict, verdict
from mocks.people import PEOPLE, RETIREES

TODAY = date(2026, 11, 23)
ITEMS = {item: decide for items in DEPARTMENTS.values() for item, decide in items.items()}
GRANTED = {
    "normal-retirement": {"zhang", "li", "wang", "lin", "bai"},
    "retirement-approval": {"zhang", "li", "wang", "lin", "bai"},
    "pension-claim": set(RETIREES),
    "payout-account": set(RETIREES),
    "social-management": set(RETIREES),
    "arrears-payment": set(RETIREES),
    "labour-record": {"zhang", "li", "bao", "gao", "chen", "lin", "sun"},
    "special-post-retirement": {"gao"},
    "disability-retirement": {"sun"},
    "deemed-years": {"zhang", "bao"},
    "pension": {"zhang", "li", "bao", "wang", "gao", "chen", "lin", "sun", "bai"},
    "medical-transfer": {"zhang", "bao", "wang", "gao", "chen", "lin", "sun", "bai"},
    "medical-deemed-years": {"zhang", "bao"},
    "housing-fund-withdrawal": {"zhang", "li", "bao", "gao", "chen", "zhao", "lin", "sun"},
    "family-planning-reward": {"zhang", "wang", "chen"},
    "only-child-reward": {"zhang", "wang", "chen"},
    "medical-years": {"zhang", "bao", "wang", "gao", "chen", "lin", "sun", "bai"},
    "social-security-card": set(RETIREES),
    "relation-transfer": set(RETIREES),
    "retirement-certificate": set(RETIREES),
    "payer-check": set(RETIREES),
}


@pytest.mark.parametrize("item", GRANTED)
def test_an_item_is_granted_to_those_of_the_ten_who_have_a_right_to_it(item: str) -> None:
    verdicts = {key: verdict(ITEMS[item], person, TODAY) for key, person in RETIREES.items()}

    assert {key for key, found in verdicts.items() if found.outcome == "GRANTED"} == GRANTED[item]
    assert all(found.reasons for found in verdicts.values() if found.outcome == "REFUSED")


def test_every_item_but_the_look_up_and_the_change_of_account_is_in_the_table_above() -> None:
    assert ITEMS.keys() - GRANTED.keys() == {"household-check", "payout-change"}


def test_the_household_check_finds_everybody_who_is_registered_somewhere() -> None:
    outcomes = {key: verdict(ITEMS["household-check"], person, TODAY).outcome for key, person in RETIREES.items()}

    assert outcomes == {key: "NOT_FOUND" if key == "lin" else "FOUND" for key in RETIREES}


def test_retirement_before_the_day_is_refused_and_names_the_day() -> None:
    assert verdict(ITEMS["normal-retirement"], PEOPLE["zhang"], date(2026, 11, 14)) == Verdict(
        "REFUSED", "不予通过：2026年11月15日才达到法定退休年龄", ("2026年11月15日才达到法定退休年龄",)
    )


def test_of_somebody_unknown_nothing_is_found_and_nothing_granted() -> None:
    outcomes = {item: verdict(decide, None, TODAY).outcome for item, decide in ITEMS.items()}

    assert outcomes == {item: "NOT_FOUND" if item == "household-check" else "REFUSED" for item in ITEMS}
