"""What always holds of a forecast, and the published tables row by row. Single cases stand in retirement.toml."""

import tomllib
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.policy.law import Law
from domain.policy.months import Age, Month, after
from domain.policy.retirement.choices import ChoiceKind, retirement_choices
from domain.policy.retirement.forecast import PostCategory, RetirementForecast, RetirementQuestion, Sex, SpecialPost, forecast
from domain.reasons import Verdict
from integrations.catalogue_files import Loaded, load

TODAY = date(2026, 11, 23)
TABLES = tomllib.loads((Path(__file__).parent / "tables" / "retirement_ages.toml").read_text(encoding="utf-8"))
GROUPS = {
    "men": (Sex.MALE, PostCategory.ORDINARY),
    "women-management": (Sex.FEMALE, PostCategory.MANAGEMENT_OR_TECHNICAL),
    "women-ordinary": (Sex.FEMALE, PostCategory.ORDINARY),
}
births = st.dates(date(1930, 1, 1), date(2008, 12, 31))
posts = st.sampled_from([*GROUPS.values()])
days = st.dates(date(1978, 6, 2), date(2060, 12, 31))


@pytest.fixture(scope="module")
def loaded() -> Loaded:
    return load(today=TODAY)


@pytest.fixture(scope="module")
def law(loaded: Loaded) -> Law:
    return loaded.catalogues.law(None, TODAY)


class Row(NamedTuple):
    born: Month
    delay: int
    age: Age
    retires: Month


def rows(group: str) -> Iterator[Row]:
    """Every month of birth in the table, the last one of a group checked against what is printed."""
    for first, last, delay, (years, months), begins, ends in TABLES[group]:
        born, until, retires = (Month(*map(int, written.split("-"))) for written in (first, last, begins))
        length = until.since(born)
        assert str(retires.plus(length)) == ends
        yield from (Row(born.plus(later), delay, Age(years, months), retires.plus(later)) for later in range(length + 1))


@pytest.mark.row("B02")
@pytest.mark.parametrize(("group", "months"), [("men", 144), ("women-management", 144), ("women-ordinary", 120)])
def test_every_month_of_the_published_tables_comes_out(law: Law, group: str, months: int) -> None:
    sex, post = GROUPS[group]
    expected = [*rows(group)]

    found = [forecast(RetirementQuestion(sex, date(*row.born, 15), post), law) for row in expected]

    assert len(expected) == months
    assert [(each.delay_months, each.statutory.age, Month.of(each.statutory.date)) for each in found] == [row[1:] for row in expected]
    assert {each.statutory.date.day for each in found} == {15}


@pytest.mark.row("B02")
def test_the_minimum_rises_by_half_a_year_from_2030_to_2039(law: Law) -> None:
    by_year = {
        each.statutory.date.year: each.statutory.minimum_contribution_months
        for each in (forecast(RetirementQuestion(Sex.MALE, date(year, 1, 15)), law) for year in range(1960, 1990))
    }

    assert [by_year[year] for year in (2024, 2025, 2026, 2027, 2028, 2030, 2031)] == [180, 180, 180, 180, 180, 186, 192]
    assert [by_year[year] for year in (2032, 2033, 2035, 2036, 2037, 2038, 2040, 2050)] == [198, 204, 216, 222, 228, 234, 240, 240]


# ---------------------------------------------------------------- what always holds


@pytest.mark.row("B02")
@given(birth=births, later=st.integers(0, 4000), post=posts, day=days)
def test_who_is_born_later_never_retires_earlier(law: Law, birth: date, later: int, post: tuple[Sex, PostCategory], day: date) -> None:
    first = forecast(RetirementQuestion(post[0], birth, post[1]), law.on(day))
    second = forecast(RetirementQuestion(post[0], birth + timedelta(days=later), post[1]), law.on(day))

    assert first.statutory.date <= second.statutory.date
    assert first.delay_months <= second.delay_months
    assert (first.statutory.minimum_contribution_months or 0) <= (second.statutory.minimum_contribution_months or 0)
    if first.earliest and second.earliest and first.latest and second.latest:
        assert first.earliest.date <= second.earliest.date
        assert first.latest.date <= second.latest.date


@pytest.mark.row("B02")
@given(birth=births, post=posts, day=days)
def test_earliest_statutory_and_latest_keep_their_order_and_their_distance(
    law: Law, birth: date, post: tuple[Sex, PostCategory], day: date
) -> None:
    found = forecast(RetirementQuestion(post[0], birth, post[1]), law.on(day))
    reached = after(birth, found.original_age.in_months)

    assert (found.earliest is None) == (found.latest is None) == (day < date(2025, 1, 1) or reached < date(2025, 1, 1))
    assert found.statutory.date >= reached
    if found.earliest and found.latest:
        assert reached <= found.earliest.date <= found.statutory.date < found.latest.date
        assert found.statutory.age.in_months - found.earliest.age.in_months <= 36
        assert found.latest.age.in_months - found.statutory.age.in_months == 36
        assert (found.earliest.minimum_contribution_months or 0) <= (found.statutory.minimum_contribution_months or 0)
        assert found.latest.minimum_contribution_months == found.statutory.minimum_contribution_months


@pytest.mark.row("B05")
@given(birth=births, post=posts, day=st.dates(date(1978, 6, 2), date(2024, 12, 31)))
def test_before_2025_nobody_has_a_delay(law: Law, birth: date, post: tuple[Sex, PostCategory], day: date) -> None:
    found = forecast(RetirementQuestion(post[0], birth, post[1]), law.on(day))

    assert (found.delay_months, found.statutory.age) == (0, found.original_age)
    assert all(figure.since <= day for reason in found.reasons for figure in reason.figures)


@given(
    birth=births,
    day=days,
    sex=st.sampled_from(Sex),
    post=st.sampled_from(PostCategory),
    paid=st.none() | st.integers(0, 600),
    kind=st.none() | st.sampled_from(SpecialPost),
    archive=st.none() | births,
)
def test_every_figure_of_law_has_its_source_and_every_doubt_is_an_officers_or_for_want_of_an_answer(
    law: Law,
    birth: date,
    day: date,
    sex: Sex,
    post: PostCategory,
    paid: int | None,
    kind: SpecialPost | None,
    archive: date | None,
) -> None:
    question = RetirementQuestion(sex, birth, post, paid, archive, kind, 100 if kind else None)

    found = forecast(question, law.on(day))

    assert all(figure.source and figure.label.en for reason in found.reasons for figure in reason.figures)
    assert ("birth-record" in rules(found)) == (archive not in (None, birth))
    assert ("post-undetermined" in rules(found)) == (sex is Sex.FEMALE and post is PostCategory.UNDETERMINED)
    doubtful = {reason.rule for reason in found.reasons if reason.verdict is Verdict.UNDECIDED and not reason.officer}
    assert doubtful <= {"enough-contributions", "no-minimum-contribution"}
    assert (found.shortfall is not None) == (("enough-contributions", Verdict.NOT_MET) in {(r.rule, r.verdict) for r in found.reasons})


@given(birth=births, first=st.sampled_from(PostCategory), second=st.sampled_from(PostCategory))
def test_a_mans_post_makes_no_difference_to_his_dates(law: Law, birth: date, first: PostCategory, second: PostCategory) -> None:
    assert forecast(RetirementQuestion(Sex.MALE, birth, first), law) == forecast(RetirementQuestion(Sex.MALE, birth, second), law)


@pytest.mark.row("B06")
@given(birth=st.dates(date(1963, 1, 1), date(1990, 12, 31)), day=st.dates(date(2025, 1, 1), date(2052, 12, 31)), post=posts)
def test_a_notice_of_today_is_in_time_for_the_day_that_is_named_and_for_no_earlier_one(
    law: Law, birth: date, day: date, post: tuple[Sex, PostCategory]
) -> None:
    found = retirement_choices(RetirementQuestion(post[0], birth, post[1]), law.on(day))
    first = found.first_if_told_today
    early = next((each for each in found.choices if each.kind is ChoiceKind.EARLY), None)

    if first is None:
        assert early is None or not early.possible
        return
    assert early
    assert found.forecast.earliest
    assert early.possible
    assert early.point.date == first < found.forecast.statutory.date
    assert after(first, -3) >= day
    assert first == found.forecast.earliest.date or after(first - timedelta(days=1), -3) < day


def rules(found: RetirementForecast) -> set[str]:
    return {reason.rule for reason in found.reasons}


def test_a_way_that_closed_before_today_is_not_told_as_open(law: Law) -> None:
    found = forecast(RetirementQuestion(Sex.FEMALE, date(1976, 3, 12)), law)

    assert {reason.rule: reason.verdict for reason in found.reasons if reason.rule.startswith("flexible")} == {
        "flexible-early": Verdict.NOT_MET,
        "flexible-delay": Verdict.NOT_MET,
    }


@pytest.mark.parametrize(("paid", "verdict"), [(10, Verdict.NOT_MET), (180, Verdict.MET)])
def test_enough_time_in_a_special_post_is_not_enough_years_of_contributions(law: Law, paid: int, verdict: Verdict) -> None:
    question = RetirementQuestion(
        Sex.MALE, date(1971, 8, 9), contribution_months=paid, special_post_kind=SpecialPost.HIGH_HEAT, special_post_months=112
    )

    found = forecast(question, law)

    assert {reason.rule: reason.verdict for reason in found.reasons if reason.rule.startswith("special")} == {
        "special-post": Verdict.MET,
        "special-post-enough": verdict,
    }
