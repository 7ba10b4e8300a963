"""Who did it, and where an answer comes from, as a case tells it."""

from dataclasses import replace

import pytest

from domain.acting import THE_PRODUCT, Actor, CapacityKind, system
from domain.cases.case import Case
from domain.cases.filling import AnswerGiven
from domain.cases.joining import introduced
from domain.cases.parts import FieldSource
from domain.cases.telling import ActorInCase, answer_source, source_name
from domain.catalogue.types import SourceKind
from domain.words import Language, Text
from tests.capacities import a_mandate, under
from tests.cases import (
    MONDAY,
    ZHANG,
    an_opened_case,
    at,
    filled,
    guangxi,
    loaded,
)


def who(case: Case, actor: Actor) -> ActorInCase:
    return ActorInCase(case, guangxi(), actor)


def test_the_applicant_is_told_by_name_and_a_stranger_to_the_case_by_nothing() -> None:
    case = an_opened_case()
    filed = who(case, replace(case.filed_by, on_behalf_of=ZHANG.id))

    assert (filed.person, filed.on_behalf_of, filed.capacity, filed.assurance) == (ZHANG, ZHANG, CapacityKind.SELF, "L3")
    stranger = who(case, Actor(CapacityKind.CLERK, person="person-none", on_behalf_of="person-none"))
    assert (stranger.person, stranger.on_behalf_of, who(case, THE_PRODUCT).person) == (None, None, None)


def test_a_system_is_told_by_its_name() -> None:
    case, catalogue = an_opened_case(), guangxi()

    names = [who(case, system(code)).system_name for code in ("hrss", "resident-id", "unknown")]

    assert names == [catalogue.departments["hrss"].name, catalogue.licences["resident-id"].name, Text("actor.product")]


def test_a_source_is_told_by_its_name() -> None:
    catalogue = guangxi()
    sources = [
        FieldSource(SourceKind.PERSON, "", MONDAY),
        FieldSource(SourceKind.LICENCE, "resident-id", MONDAY),
        FieldSource(SourceKind.EARLIER_CASE, "", MONDAY),
    ]

    assert [source_name(source, catalogue) for source in sources] == [
        Text("source.PERSON"),
        catalogue.licences["resident-id"].name,
        Text("source.EARLIER_CASE"),
    ]


@pytest.mark.row("F15")
def test_an_answer_in_another_s_name_says_whose_it_is() -> None:
    delegate = under(a_mandate())
    draft = introduced(an_opened_case(consenting=False), delegate, moment=at(5))
    mine = filled(draft, AnswerGiven("email", value="a@b.cn"))
    theirs = filled(mine, AnswerGiven("living-address", value="甲市乙区"), by=delegate, mark="theirs", revision=1, seconds=20)

    told = [answer_source(theirs, theirs.private.answers[key], guangxi()) for key in ("email", "living-address")]

    assert [loaded().wording.say(one, Language.ZH_HANS) for one in told] == ["本人填写", "由张小满代填"]
