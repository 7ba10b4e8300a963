"""Layers, versions, dates: how a catalogue comes about from its files."""

from dataclasses import replace
from datetime import date

import pytest

from domain.catalogue.build import rebuild, version_of
from domain.catalogue.check import Known
from domain.catalogue.faults import CatalogueFaults
from domain.catalogue.offered import offered
from domain.catalogue.types import Catalogue, Department
from domain.words import Words
from integrations.catalogue_files import traditional as by_opencc
from tests.catalogue.files import RULES, TEXTS, TODAY, built, parsed, traditional

REGIONAL = "somewhere/departments.toml"


def catalogue_of(**texts: str) -> Catalogue:
    return built(parsed({**TEXTS, **texts})).catalogues["somewhere"]


def rebuilt(content: bytes, *, rules: frozenset[str] = RULES, now_in_force: Catalogue | None = None) -> Catalogue:
    known = Known(rules, {}, built().messages, TODAY)
    return rebuild(content, now_in_force=now_in_force or catalogue_of(), hant=traditional, known=known)


def test_a_region_has_what_is_national_unless_it_says_otherwise() -> None:
    assert catalogue_of().departments == {"hrss": Department("hrss", Words("人社", "[人社]", "HRSS"), region="somewhere")}


def test_a_key_of_a_region_replaces_the_national_one_whole() -> None:
    national = '[hrss]\nname = { zh-Hans = "人社", en = "HRSS" }\n[police]\nname = { zh-Hans = "公安", en = "Police" }\n'
    regional = '[hrss]\nname = { zh-Hans = "某地人社", en = "HRSS of Somewhere" }\n'

    catalogue = catalogue_of(**{"national/departments.toml": national, REGIONAL: regional})

    assert [(code, one.name.en) for code, one in catalogue.departments.items()] == [("hrss", "HRSS of Somewhere"), ("police", "Police")]


def test_a_list_of_a_region_is_not_merged_with_the_national_one() -> None:
    regional = '[identity]\ntitle = { zh-Hans = "您", en = "You" }\nfields = ["sex", "name"]\n'

    catalogue = catalogue_of(**{"somewhere/sections.toml": regional})

    assert [[field.key for field in section.fields] for section in catalogue.sections] == [["sex", "name"]]


def test_an_item_is_offered_with_its_department_its_materials_and_what_it_waits_for() -> None:
    check, pension = offered(catalogue_of())

    assert pension.waits_for == (check,)
    assert pension.department.id == "department-somewhere-hrss"
    assert [(material.code, [kind.code for kind in material.licence_kinds]) for material in pension.materials] == [("paper", ["card"])]


def test_the_version_is_the_same_for_the_same_content_however_it_is_written() -> None:
    written_otherwise = TEXTS["national/departments.toml"].replace('zh-Hans = "人社", en = "HRSS"', 'en = "HRSS", zh-Hans = "人社"')

    assert catalogue_of(**{"national/departments.toml": written_otherwise}).version == catalogue_of().version


def test_the_version_changes_with_any_word_of_it() -> None:
    reworded = TEXTS["national/departments.toml"].replace("HRSS", "Hrss")

    assert catalogue_of(**{"national/departments.toml": reworded}).version != catalogue_of().version


def test_an_item_has_the_same_id_in_every_version() -> None:
    reworded = catalogue_of(**{"national/departments.toml": TEXTS["national/departments.toml"].replace("HRSS", "Hrss")})

    assert [item.id for item in reworded.items.values()] == [item.id for item in catalogue_of().items.values()]
    assert reworded.items["pension"].id == "item-somewhere-pension"


def test_a_version_is_built_again_from_its_content() -> None:
    first = built()

    assert rebuilt(first.contents["somewhere"]) == first.catalogues["somewhere"]
    assert version_of(first.contents["somewhere"]) == first.catalogues["somewhere"].version


def test_an_earlier_version_follows_the_law_of_today() -> None:
    earlier = built()
    newer = built(parsed(path="national/parameters.toml", old="value = 20", new="value = 30")).catalogues["somewhere"]

    again = rebuilt(earlier.contents["somewhere"], now_in_force=newer)

    assert again == replace(earlier.catalogues["somewhere"], parameters=newer.parameters)
    assert again.figure("minutes", TODAY) == 30


def test_an_earlier_version_whose_rule_is_gone_is_refused() -> None:
    earlier = built()

    with pytest.raises(CatalogueFaults) as refused:
        rebuilt(earlier.contents["somewhere"], rules=frozenset())

    (line,) = refused.value.lines
    version = earlier.catalogues["somewhere"].version
    assert line == (
        f"catalogue/(stored) somewhere {version}: materials.paper.needed_if names 'a-rule', which is not a rule of domain/policy"
    )


@pytest.mark.parametrize(("day", "value"), [(date(2025, 1, 1), 20), (date(2026, 11, 30), 20), (date(2026, 12, 1), 10)])
def test_a_figure_is_that_of_its_day(day: date, value: int) -> None:
    assert catalogue_of().figure("minutes", day) == value


def test_a_figure_has_no_value_before_its_first_day() -> None:
    with pytest.raises(LookupError, match="minutes has no value on 2024-12-31; its first is of 2025-01-01"):
        catalogue_of().figure("minutes", date(2024, 12, 31))


def test_simplified_characters_become_those_of_hong_kong() -> None:
    assert by_opencc({})("养老保险待遇核定，为了您") == "養老保險待遇核定，為了您"


def test_a_wording_that_is_overridden_stands_as_it_is_written_and_the_longer_wins() -> None:
    hant = by_opencc({"户": "戶", "户口": "戶籍"})

    assert hant("账户和户口") == "賬戶和戶籍"


def test_an_override_that_is_no_text_is_named() -> None:
    with pytest.raises(CatalogueFaults, match=r"catalogue/national/zh-Hant\.toml: '户' is not text"):
        by_opencc({"户": 1})
