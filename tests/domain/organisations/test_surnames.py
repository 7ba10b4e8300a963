"""Under which names people are found."""

from datetime import date

import pytest

from domain.errors import InvalidForm
from domain.identifiers import DocumentKind
from domain.organisations.client import Sought, birth_date_of, client_id
from domain.organisations.client_desk import sought_by
from domain.organisations.surnames import plain_name, surnames_of
from domain.people import Person
from integrations.sealing import Sealing
from tests.organisations import COMMUNITY, ELDER, ELSEWHERE


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("张守田", ("张",)),
        ("欧阳清", ("欧阳", "欧")),
        ("歐陽清", ("歐陽", "歐")),
        ("欧阳", ("欧",)),
        ("GARCIA LOPEZ, Ana", ("garcia", "lopez", "ana")),
        ("阿依古丽·买买提", ("阿依古丽", "买买提")),
        ("张 三", ("张", "三")),
        ("", ()),
    ],
)
def test_surnames_of_one_character_of_two_and_in_any_order(name: str, found: tuple[str, ...]) -> None:
    assert surnames_of(name) == found


def test_names_are_compared_as_people_type_them() -> None:
    assert plain_name("Ａna  García") == plain_name("ana garcía")
    assert plain_name("买买提·阿不都") == plain_name("买买提 阿不都")


def test_a_birth_date_is_read_from_the_number_where_it_stands_there() -> None:
    assert birth_date_of(ELDER) == date(1966, 5, 2)
    assert birth_date_of(Person("p", "Ana", DocumentKind.PASSPORT, "E12345678")) is None


def test_the_same_person_is_somebody_else_on_another_list(sealing: Sealing) -> None:
    assert client_id(COMMUNITY, ELDER.id, sealing) != client_id(ELSEWHERE, ELDER.id, sealing)


def test_a_search_is_by_exactly_one_thing() -> None:
    assert sought_by(name="", surname="欧阳", birth_date=None) == Sought(surname="欧阳")
    for name, born in (("", None), ("欧阳清", date(1966, 5, 2))):
        with pytest.raises(InvalidForm):
            sought_by(name=name, surname="", birth_date=born)
