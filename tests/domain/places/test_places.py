"""Does every place lead to its children, and does a chosen path hold together?"""

from collections.abc import Sequence

import pytest

from domain.places.divisions import LENGTHS, divisions, parent_of
from domain.places.places import Choice, ChoicePage, Places
from tests.places import QINGXIU, Imported, shipped_divisions, some_places


@pytest.fixture
def places() -> Places:
    return some_places()


async def offered(
    places: Places, parent: str | None = None, search: str | None = None, *, first: int = 50, after: str | None = None
) -> ChoicePage:
    return await places.options(parent, search, first=first, after=after)


def told(choices: Sequence[Choice]) -> list[tuple[str, str, bool]]:
    return [(choice.value, choice.label.hans, choice.has_children) for choice in choices]


# ---------------------------------------------------------------- what is shipped


def test_all_provinces_cities_and_counties_are_shipped_and_two_counties_to_the_last_village() -> None:
    codes = shipped_divisions().names

    assert [sum(len(code) == length for code in codes) for length in LENGTHS] == [34, 342, 2980, 15, 247]
    assert {code[:6] for code in codes if len(code) > 6} == {"150222", "150627"}


def test_everything_that_is_shipped_has_its_parent_there() -> None:
    codes = shipped_divisions().names

    assert [code for code in codes if len(code) > 2 and parent_of(code) not in codes] == []


def test_names_are_there_in_traditional_characters_too() -> None:
    names = shipped_divisions().names

    assert (names["150222"].hant, names["653226"].hant, names["360824"].hant) == ("固陽縣", "于田縣", "新干縣")


def test_divisions_stand_in_the_order_of_their_codes() -> None:
    made = divisions([("450103002", "乙"), ("450103001", "甲")], hant=str)

    assert made.children("450103") == ("450103001", "450103002")


# ---------------------------------------------------------------- drop-downs


async def test_the_first_drop_down_has_the_provinces(places: Places) -> None:
    page = await offered(places)

    assert (len(page.choices), page.more, page.later) == (34, False, False)
    assert told(page.choices)[:2] == [("11", "北京市", True), ("12", "天津市", True)]
    assert told(page.choices)[-2:] == [("81", "香港特别行政区", False), ("82", "澳门特别行政区", False)]


async def test_each_level_leads_to_the_next_down_to_the_villages(places: Places) -> None:
    """固阳县."""
    levels = [(await offered(places, parent, first=1)).choices[0] for parent in ("15", "1502", "150222", "150222102")]

    assert told(levels) == [
        ("1501", "呼和浩特市", True),
        ("150202", "东河区", False),
        ("150222102", "金山镇", True),
        ("150222102005", "科教居委会", False),
    ]


async def test_cities_that_are_none_lead_to_their_counties(places: Places) -> None:
    below = {parent: (await offered(places, parent)).choices for parent in ("50", "41", "4190", "46", "6590")}

    assert told(below["50"]) == [("5001", "市辖区", True), ("5002", "县", True)]
    assert told(below["41"])[-1] == ("4190", "省直辖县级行政区划", True)
    assert told(below["4190"]) == [("419001", "济源市", False)]
    assert "4690" in [choice.value for choice in below["46"]]
    assert len(below["6590"]) == 12


async def test_a_county_that_was_imported_has_children(places: Places) -> None:
    imported = some_places(Imported(QINGXIU))

    assert told((await offered(imported, "4501", first=2)).choices) == [("450102", "兴宁区", False), ("450103", "青秀区", True)]
    assert told((await offered(imported, "450103")).choices) == [("450103001", "甲街道", True), ("450103002", "丙镇", False)]
    assert told((await offered(imported, "450103001")).choices) == [("450103001001", "乙社区", False)]


async def test_what_was_imported_stands_for_what_was_shipped() -> None:
    places = some_places(Imported({"150222": [("150222999", "新镇")]}))

    assert told((await offered(places, "150222")).choices) == [("150222999", "新镇", False)]


async def test_a_long_list_comes_in_pages(places: Places) -> None:
    first = await offered(places, "1301", first=20)
    second = await offered(places, "1301", first=20, after=first.choices[-1].value)

    assert (len(first.choices), first.more, first.later) == (20, True, False)
    assert (second.more, second.later) == (False, True)
    assert [choice.value for choice in (*first.choices, *second.choices)] == list(shipped_divisions().children("1301"))


@pytest.mark.parametrize(("asked", "got"), [(0, 1), (-3, 1), (10_000, 50)])
async def test_a_page_has_at_least_one_and_at_most_fifty(places: Places, asked: int, got: int) -> None:
    assert len((await offered(places, search="县", first=asked)).choices) == got


@pytest.mark.parametrize("parent", ["99", "45x", "4", " ", "北京", "450103001", "/", "81", "1" * 500])
async def test_a_parent_that_is_not_there_has_no_children(places: Places, parent: str) -> None:
    assert ((await offered(places, parent)).choices, (await offered(places, parent, "县")).choices) == ((), ())


async def test_a_parent_may_be_the_whole_path(places: Places) -> None:
    assert (await offered(places, "15/1502/150222")).choices == (await offered(places, "150222")).choices


# ---------------------------------------------------------------- searching


async def test_what_is_searched_for_everywhere_is_told_with_its_whole_address(places: Places) -> None:
    assert told((await offered(places, search="青秀")).choices) == [("450103", "广西壮族自治区南宁市青秀区", False)]


@pytest.mark.parametrize("typed", ["金山", " 金山 "])
async def test_within_a_parent_only_what_is_beneath_it_is_found_and_told(places: Places, typed: str) -> None:
    found = told((await offered(places, "150222", typed)).choices)

    assert found[0] == ("150222102", "金山镇", True)
    assert {value[:6] for value, _, _ in found} == {"150222"}


async def test_traditional_characters_find_too(places: Places) -> None:
    assert told((await offered(places, "15", "固陽")).choices) == [("150222", "包头市固阳县", True)]


async def test_within_a_county_that_was_imported_its_villages_are_found() -> None:
    places = some_places(Imported(QINGXIU))

    assert told((await offered(places, "450103", "乙")).choices) == [("450103001001", "甲街道乙社区", False)]


async def test_a_city_that_is_none_is_not_found_by_its_name(places: Places) -> None:
    assert (await offered(places, search="省直辖")).choices == ()
