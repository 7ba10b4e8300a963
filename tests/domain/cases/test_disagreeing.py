"""Registers and people who disagree: nobody is overwritten, and what differs stays visible."""

from dataclasses import replace

import pytest

from domain.cases.filling import AnswerGiven
from domain.cases.parts import Answer, FieldSource, OfferReason
from domain.catalogue.types import SourceKind
from tests.cases import (
    ZHANG,
    a_licence,
    an_opened_case,
    answered_by,
    at,
    field,
    filled,
    offers,
)

CARD = "social-security-card"


@pytest.mark.row("F25", "A33")
def test_a_register_never_overwrites_what_a_person_put_in() -> None:
    case = filled(an_opened_case(), AnswerGiven("bank", value="中国农业银行"))

    case = answered_by(case, CARD, a_licence(CARD), 11)

    assert case.private.answers["bank"] == Answer("中国农业银行", (), FieldSource(SourceKind.PERSON, "", at(10).at), 1, ZHANG.id)
    assert ("bank", OfferReason.DISAGREES, "中国工商银行", CARD) in offers(case)


def test_a_register_that_says_the_same_is_the_source_from_then_on() -> None:
    case = filled(an_opened_case(), AnswerGiven("bank", value="中国工商银行"))

    case = answered_by(case, CARD, a_licence(CARD), 11)

    assert field(case, "bank").source == FieldSource(SourceKind.LICENCE, CARD, at(11).at)


@pytest.mark.row("F27", "A33")
@pytest.mark.parametrize("order", [("household-register", "resident-id"), ("resident-id", "household-register")])
def test_of_two_registers_that_disagree_the_first_named_wins_and_the_other_stays_visible(order: tuple[str, str]) -> None:
    case = an_opened_case()
    for source in order:
        licence = a_licence(source)
        address = {"resident-id": "address", "household-register": "household-address"}[source]
        case = answered_by(case, source, replace(licence, attributes={**licence.attributes, address: f"{source}上的地址"}))

    assert field(case, "household-address").source.name == "household-register"
    assert offers(case) == [("household-address", OfferReason.DISAGREES, "resident-id上的地址", "resident-id")]


@pytest.mark.row("F25")
def test_what_a_person_took_from_one_register_another_does_not_overwrite() -> None:
    licence = a_licence("resident-id", address="身份证上的地址")
    case = answered_by(an_opened_case(), "resident-id", licence, 10)
    (offer,) = field(case, "household-address").offers
    case = filled(case, AnswerGiven("household-address", offer_id=offer.id), seconds=11)

    case = answered_by(case, "household-register", a_licence("household-register"), 12)

    assert case.answer("household-address") == "身份证上的地址"
    assert [(why, source) for place, why, _, source in offers(case) if place == "household-address"] == [
        (OfferReason.DISAGREES, "household-register")
    ]


def test_an_answer_of_ones_own_puts_an_end_to_the_offers_for_it() -> None:
    case = answered_by(an_opened_case(), CARD, a_licence(CARD), 10)

    case = filled(case, AnswerGiven("bank", value="中国农业银行"), seconds=20)

    assert [place for place, *_ in offers(case)] == ["bank-account"]
