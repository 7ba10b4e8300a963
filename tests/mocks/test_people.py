"""The invented people: well formed by the application's own rules, found by their documents, the same for the same seed."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.identifiers import DocumentKind, is_bank_card, is_document_number, is_mobile
from mocks.numbers import credit_code
from mocks.people import CROWD, ELDERS, PEOPLE, RETIREES, Resident, anyone, elder, find, resident

SEEDS = st.integers(0, CROWD - 1)


def is_well_formed(person: Resident) -> bool:
    return (
        is_document_number(DocumentKind(person.document_kind), person.document_number, today=date(2026, 11, 23))
        and (person.mobile is None or is_mobile(person.mobile))
        and (person.bank_account is None or is_bank_card(person.bank_account))
    )


@pytest.mark.parametrize("person", PEOPLE.values(), ids=PEOPLE)
def test_everybody_by_name_is_well_formed_and_found_by_key_and_document(person: Resident) -> None:
    assert is_well_formed(person)
    assert resident(person.key) is person
    assert find(person.document_kind, person.document_number) is person


def test_the_ten_are_those_of_the_table() -> None:
    assert list(RETIREES) == ["zhang", "li", "bao", "wang", "gao", "chen", "zhao", "lin", "sun", "bai"]
    assert len(PEOPLE["lin"].document_number) == 9
    assert PEOPLE["bai"].mobile is None


@given(seed=SEEDS, kind=st.sampled_from(DocumentKind))
def test_anyone_is_well_formed_at_retirement_age_and_found_again(seed: int, kind: DocumentKind) -> None:
    person = anyone(seed, kind.value)

    assert is_well_formed(person)
    assert date(2025, 11, 1) <= person.retires_on <= date(2026, 11, 22)
    assert (anyone(seed, kind.value), resident(person.key), find(kind.value, person.document_number)) == (person, person, person)


@given(seed=st.integers(0, ELDERS - 1))
def test_an_elder_of_guyang_is_well_formed_at_retirement_age_and_found_again(seed: int) -> None:
    person = elder(seed)

    assert is_well_formed(person)
    assert (person.region, person.retires_on <= date(2026, 11, 22)) == ("guyang", True)
    assert (resident(person.key), find("RESIDENT_ID", person.document_number)) == (person, person)


def test_no_two_people_share_a_document() -> None:
    crowd, elders = range(0, CROWD, 43), range(0, ELDERS, 43)
    made = [*(anyone(seed) for seed in crowd), *(elder(seed) for seed in elders)]

    numbers = {person.document_number for person in (*made, *PEOPLE.values())}

    assert len(numbers) == len(crowd) + len(elders) + len(PEOPLE)


@given(st.text(max_size=30), st.sampled_from([*DocumentKind, "DOG_TAG"]))
def test_whatever_is_asked_for_finds_nobody_or_its_holder(number: str, kind: str) -> None:
    found = find(kind, number)

    assert found is None or found.document_number == number


@pytest.mark.parametrize("number", ["110101190001010000", "450101197013320003", "", "999999999", "450101196510010001"])
def test_a_number_that_nobody_holds_finds_nobody(number: str) -> None:
    assert find("RESIDENT_ID", number) is None


@pytest.mark.parametrize("key", ["nobody", "anyone-", f"anyone-{CROWD}", "anyone-1-DOG_TAG", "anyone--1", "elder-", f"elder-{ELDERS}"])
def test_an_unknown_key_is_nobodys(key: str) -> None:
    assert resident(key) is None


def test_credit_codes_follow_the_example_that_the_standard_prints() -> None:
    assert credit_code("91350100", "M000100Y") == "91350100M000100Y43"
