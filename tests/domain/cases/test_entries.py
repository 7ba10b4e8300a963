"""Relatives and the like, entry by entry; and what two people change at the same time."""

from uuid import UUID

import pytest

from domain.cases.filling import AnswerGiven
from domain.cases.form import Form
from domain.errors import Conflict
from tests.cases import (
    a_licence,
    acting,
    an_opened_case,
    answered_by,
    fill_slips,
    filled,
    guangxi,
    somebody,
)

LI = somebody("person-zh8kli000000", "李秋")


def entry(number: int) -> str:
    return str(UUID(int=number))


def relative(number: int, name: str = "张某") -> AnswerGiven:
    return AnswerGiven("relative-name", value=name, entry=entry(number))


def test_entries_stand_in_the_order_in_which_they_were_begun() -> None:
    case = filled(an_opened_case(), relative(9), relative(3), AnswerGiven("relative-phone", value="13900000009", entry=entry(9)))
    case = filled(case, relative(1), relative(3, "李某"), mark="more")

    (section,) = [section for section in Form(case, guangxi()).sections if section.repeats]
    assert [one.id for one in section.entries] == [entry(9), entry(3), entry(1)]
    assert (section.repeats.min, section.repeats.max, len(section.repeats.blank)) == (0, 5, 3)
    assert [issue.path[1] for issue in section.issues][:2] == [
        f"relatives/{entry(9)}/relative-relation",
        f"relatives/{entry(3)}/relative-relation",
    ]


def test_there_are_no_more_entries_than_the_section_may_have_however_they_come() -> None:
    one_by_one = an_opened_case()
    for number in range(5):
        one_by_one = filled(one_by_one, relative(number), mark=f"fill-{number}")

    assert fill_slips(one_by_one, relative(5)) == [(("input", "answers", "0", "value"), "too-many-entries")]
    assert fill_slips(an_opened_case(), *(relative(number) for number in range(7))) == [
        (("input", "answers", "5", "value"), "too-many-entries"),
        (("input", "answers", "6", "value"), "too-many-entries"),
    ]
    assert filled(one_by_one, relative(4, "李某"), mark="changed").revision == 6


def test_removing_an_entry_makes_room_for_another_in_the_same_request() -> None:
    case = filled(an_opened_case(), *(relative(number) for number in range(5)))

    case = filled(case, relative(7), removing=(entry(0),), mark="swap")

    (section,) = [section for section in Form(case, guangxi()).sections if section.repeats]
    assert [one.id for one in section.entries] == [entry(number) for number in (1, 2, 3, 4, 7)]


def test_an_entry_that_is_not_there_cannot_be_removed() -> None:
    case = filled(an_opened_case(), relative(1))

    assert fill_slips(case, removing=(entry(1), entry(2))) == [(("input", "removeEntries", "1"), "unknown-entry")]


# ---------------------------------------------------------------- somebody else


def test_what_somebody_else_has_changed_since_is_not_overwritten() -> None:
    seen = filled(an_opened_case(), AnswerGiven("email", value="a@b.cn"), relative(1))
    changed = filled(seen, AnswerGiven("email", value="c@d.cn"), relative(1, "李某"), by=acting(LI, session="session-li"), mark="li")

    for given, removing in (((AnswerGiven("email", value="e@f.cn"),), ()), ((), (entry(1),))):
        with pytest.raises(Conflict) as refusal:
            filled(changed, *given, removing=removing, revision=seen.revision, mark="late")
        assert (refusal.value.text.key, refusal.value.current) == ("refusal.answer-changed", changed)


def test_what_somebody_else_has_changed_elsewhere_or_oneself_on_another_phone_is_no_conflict() -> None:
    seen = filled(an_opened_case(), AnswerGiven("email", value="a@b.cn"))
    changed = filled(seen, AnswerGiven("living-address", value="丙路1号"), by=acting(LI, session="session-li"), mark="li")
    changed = filled(changed, AnswerGiven("email", value="c@d.cn"), by=acting(session="session-2"), mark="phone-2")

    assert filled(changed, AnswerGiven("email", value="e@f.cn"), revision=seen.revision, mark="late").answer("email") == "e@f.cn"


def test_what_a_register_says_meanwhile_costs_nobody_their_typing() -> None:
    seen = an_opened_case()
    later = answered_by(seen, "social-security-card", a_licence("social-security-card"))

    case = filled(later, AnswerGiven("bank", value="中国农业银行"), revision=seen.revision)

    assert (case.answer("bank"), later.revision, case.revision) == ("中国农业银行", 0, 1)
