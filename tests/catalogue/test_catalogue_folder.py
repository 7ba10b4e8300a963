"""The catalogue as it stands in the folder."""

import re
import shutil
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from domain.catalogue.faults import CatalogueFaults
from domain.catalogue.types import Catalogue, FilingChannel, ItemMode, TimeUnit
from domain.words import Message, Words
from integrations.catalogue_files import CATALOGUE, Loaded, load

TODAY = date(2026, 11, 23)


@pytest.fixture(scope="module")
def loaded() -> Loaded:
    return load(today=TODAY)


@pytest.fixture(scope="module")
def guangxi(loaded: Loaded) -> Catalogue:
    return loaded.catalogues.in_force("guangxi")


def test_the_whole_catalogue_loads_without_a_fault(loaded: Loaded) -> None:
    assert {"anhui-city", "guyang", "guangxi", "ejin-horo", "national"} <= {region.code for region in loaded.catalogues.regions()}


def test_guangxi_offers_the_ten_services_of_its_document(guangxi: Catalogue) -> None:
    assert Counter(item.department for item in guangxi.items.values()) == {
        "hrss": 5,
        "medical": 2,
        "housing-fund": 1,
        "health": 1,
        "police": 1,
    }
    assert (guangxi.declared_total, guangxi.channels.count(FilingChannel.COMMUNITY_HELP)) == (10, 0)


def test_joint_services_wait_for_the_pension_and_a_look_up_waits_for_nothing(guangxi: Catalogue) -> None:
    assert {code: item.waits_for for code, item in guangxi.items.items() if item.waits_for} == {
        "pension": ("normal-retirement", "special-post-retirement", "disability-retirement", "deemed-years"),
        "medical-transfer": ("pension",),
        "medical-deemed-years": ("deemed-years",),
        "housing-fund-withdrawal": ("pension",),
        "family-planning-reward": ("pension",),
    }
    assert [code for code, item in guangxi.items.items() if item.mode is ItemMode.LOOKUP] == ["household-check"]


def test_the_pension_alone_gives_the_certificate(guangxi: Catalogue) -> None:
    assert [code for code, item in guangxi.items.items() if item.certificate] == ["pension"]


def test_only_law_sets_limits_because_the_document_promises_none(guangxi: Catalogue) -> None:
    limits = {code: item.statutory_limit for code, item in guangxi.items.items() if item.statutory_limit}

    assert {code: (limit.amount, limit.unit, limit.start_event) for code, limit in limits.items()} == {
        "pension": (20, TimeUnit.WORKING_DAYS, "accepted"),
        "housing-fund-withdrawal": (3, TimeUnit.DAYS, "accepted"),
    }
    assert not any(item.promise for item in guangxi.items.values())


@pytest.mark.row("A31")
def test_no_question_of_the_form_stands_twice(guangxi: Catalogue) -> None:
    keys = [field.key for section in guangxi.sections for field in section.fields]

    assert len(keys) == len(set(keys)) == 34


def test_a_register_fills_only_what_an_item_or_everybody_needs(guangxi: Catalogue) -> None:
    needed = {key for item in guangxi.items.values() for key in item.fields}

    assert [field.key for section in guangxi.sections for field in section.fields if not field.always and field.key not in needed] == []


@pytest.mark.row("F23")
def test_phone_and_email_are_never_locked(guangxi: Catalogue) -> None:
    locked = {field.key: field.locked for section in guangxi.sections for field in section.fields}

    assert (locked["mobile"], locked["email"]) == (False, False)


@pytest.mark.parametrize(
    ("key", "written", "answer"),
    [("post-category", "管理岗位", "MANAGEMENT_OR_TECHNICAL"), ("post-category", "灵活就业", None), ("bank", "某银行", "某银行")],
)
def test_what_a_register_writes_becomes_the_answer_it_means(guangxi: Catalogue, key: str, written: str, answer: str | None) -> None:
    (field,) = (field for section in guangxi.sections for field in section.fields if field.key == key)

    assert [origin.answer(written) for origin in field.origins] == [answer]


def test_traditional_characters_are_right_where_conversion_alone_is_wrong(loaded: Loaded, guangxi: Catalogue) -> None:
    texts = [
        *all_words(loaded),
        *(item.title for item in guangxi.items.values()),
        *(one.if_lost for one in guangxi.materials.values() if one.if_lost),
    ]

    wrong = re.compile("隻|髮|緻|户|衞|羣|覈|爲|臺")
    assert [words.hant for words in texts if wrong.search(words.hant)] == []


def all_words(loaded: Loaded) -> list[Words]:
    messages: list[Message] = list(loaded.wording.messages.values())
    return [words for message in messages for words in (message.text, message.spoken) if words]


@pytest.mark.row("B09")
def test_a_new_region_is_a_folder_of_toml(loaded: Loaded, tmp_path: Path) -> None:
    folder = copy_of_the_catalogue(tmp_path)
    shutil.copytree(folder / "guangxi", folder / "elsewhere")
    about = (folder / "elsewhere/region.toml").read_text(encoding="utf-8")
    (folder / "elsewhere/region.toml").write_text(about.replace('广西壮族自治区"', '别处"'), encoding="utf-8")

    catalogues = load(folder, today=TODAY).catalogues

    assert [region.name.hans for region in catalogues.regions() if region not in loaded.catalogues.regions()] == ["别处"]
    assert catalogues.in_force("elsewhere").items.keys() == catalogues.in_force("guangxi").items.keys()
    assert catalogues.in_force("elsewhere").items["pension"].id == "item-elsewhere-pension"


def test_a_region_that_is_wrong_is_refused_with_file_and_key(tmp_path: Path) -> None:
    folder = copy_of_the_catalogue(tmp_path)
    (folder / "elsewhere").mkdir()
    (folder / "elsewhere/items.toml").write_text("[pension]\n", encoding="utf-8")

    with pytest.raises(CatalogueFaults) as refused:
        load(folder, today=TODAY)

    assert "catalogue/elsewhere/region.toml: region.about is missing" in refused.value.lines
    assert "catalogue/elsewhere/items.toml: items.pension.title is missing" in refused.value.lines


@pytest.mark.parametrize("parameter", ["transition-formula", "addition-formula", "payout-months-method", "incapacity-rule"])
def test_a_figure_that_names_no_function_there_is_stops_the_start(tmp_path: Path, parameter: str) -> None:
    folder = copy_of_the_catalogue(tmp_path)
    (folder / "guangxi/parameters.toml").write_text(
        f'[{parameter}]\nlabel = {{ zh-Hans = "某", en = "Some" }}\nvalues = [{{ value = "nobody", since = 2025-01-01, source = "x" }}]\n',
        encoding="utf-8",
    )

    with pytest.raises(CatalogueFaults, match=rf"catalogue/guangxi/parameters\.toml: parameters\.{parameter}\.values names 'nobody'"):
        load(folder, today=TODAY)


def test_a_file_that_is_not_toml_is_named(tmp_path: Path) -> None:
    folder = copy_of_the_catalogue(tmp_path)
    (folder / "guangxi/items.toml").write_text("[pension", encoding="utf-8")

    with pytest.raises(CatalogueFaults, match=r"catalogue/guangxi/items\.toml: this file is not TOML"):
        load(folder, today=TODAY)


def copy_of_the_catalogue(tmp_path: Path) -> Path:
    return Path(shutil.copytree(CATALOGUE, tmp_path / "catalogue"))
