"""Does a chosen path hold together, and is it told as an address is written?"""

import pytest

from domain.places.divisions import address
from domain.places.places import Places
from domain.words import Text
from tests.places import QINGXIU, Imported, some_places


@pytest.fixture
def places() -> Places:
    return some_places()


async def path(places: Places, typed: str) -> str | Text:
    found = await places.find(typed)
    return found if isinstance(found, Text) else "/".join(one.code for one in found)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("45/4501/450103", "45/4501/450103"),
        (" ４５ / 4501/450103 ", "45/4501/450103"),
        ("450103", "45/4501/450103"),
        ("4501/450103", "45/4501/450103"),
        ("15/1502/150222/150222102/150222102023", "15/1502/150222/150222102/150222102023"),
        ("150222102023", "15/1502/150222/150222102/150222102023"),
        ("81", "81"),
        ("44/4419/441900", "44/4419/441900"),
    ],
)
async def test_what_holds_together_is_kept_as_the_whole_path(places: Places, typed: str, kept: str) -> None:
    assert await path(places, typed) == kept


@pytest.mark.row("A08")
@pytest.mark.parametrize(
    ("typed", "name", "parent"),
    [
        ("15/1502/150222/150222102/150627100202", "150627100202", "150222102"),
        ("15/1502/150222/150627100", "150627100", "150222"),
        ("45/4501/450203", "450203", "4501"),
        ("45/450103", "450103", "45"),
        ("45/45/4501/450103", "45", "45"),
    ],
)
async def test_a_community_of_another_county_does_not_hold_together(places: Places, typed: str, name: str, parent: str) -> None:
    wrong = await path(places, typed)

    assert isinstance(wrong, Text)
    assert (wrong.key, wrong.params["code"], wrong.params["parentCode"]) == ("issue.bad-division", name, parent)


@pytest.mark.parametrize("typed", ["99", "45/4501/459999", "南宁市", "45/4501/450103/450103001", "45//450103", "/", "45/" * 900, "4501031"])
async def test_what_is_in_no_table_is_unknown(places: Places, typed: str) -> None:
    wrong = await path(places, typed)

    assert isinstance(wrong, Text)
    assert wrong.key == "issue.unknown-division"


@pytest.mark.parametrize("typed", ["45", "45/4501", "4690"])
async def test_a_path_goes_down_to_a_county_where_there_are_any(places: Places, typed: str) -> None:
    assert await path(places, typed) == Text("issue.division-incomplete")


# ---------------------------------------------------------------- in words


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("45/4501/450103", "广西壮族自治区南宁市青秀区"),
        ("15/1502/150222/150222102/150222102023", "内蒙古自治区包头市固阳县金山镇南关社区居委会"),
        ("11/1101/110101", "北京市东城区"),
        ("41/4190/419001", "河南省济源市"),
        ("44/4419/441900", "广东省东莞市"),
        ("81", "香港特别行政区"),
        ("柳州市河边", "柳州市河边"),
    ],
)
def test_a_path_is_told_as_an_address_is_written(places: Places, path: str, words: str) -> None:
    assert places.address(path).hans == words


async def test_what_was_imported_is_told_once_it_was_brought() -> None:
    places, path = some_places(Imported(QINGXIU)), "45/4501/450103/450103001/450103001001"
    before = places.address(path).hans

    await places.bring(path)

    assert (before, places.address(path).hans) == ("广西壮族自治区南宁市青秀区", "广西壮族自治区南宁市青秀区甲街道乙社区")


def test_an_address_of_nothing_is_empty() -> None:
    assert address([]).hans == ""
