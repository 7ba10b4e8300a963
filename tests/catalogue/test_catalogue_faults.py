"""Every kind of slip is named with its file and key, all of a run at once."""

import pytest

from domain.catalogue.check import FORMATS
from domain.catalogue.faults import CatalogueFaults
from tests.catalogue.files import TEXTS, built, parsed

ITEMS, FIELDS, MATERIALS = "somewhere/items.toml", "national/fields.toml", "national/materials.toml"
SECTIONS, CONSENTS, PARAMETERS = "national/sections.toml", "national/consents.toml", "national/parameters.toml"
MESSAGES, REGION = "national/messages/all.toml", "somewhere/region.toml"

SLIPS = [
    (ITEMS, 'waits_for = ["check"]', 'waits_for = ["x"]', "items.pension.waits_for names 'x', which is not an item of somewhere"),
    (ITEMS, 'department = "hrss"', 'department = "x"', "items.check.department names 'x', which is not a department of somewhere"),
    (ITEMS, 'materials = ["paper"]', 'materials = ["x"]', "items.pension.materials names 'x', which is not a material of somewhere"),
    (ITEMS, 'fields = ["name"]', 'fields = ["x"]', "items.check.fields names 'x', which is not a field of somewhere"),
    (ITEMS, 'start_event = "accepted"', 'start_event = "x"', "items.pension starts a clock at 'x', and no message event.x says that"),
    (
        ITEMS,
        "[check]",
        '[check]\nwaits_for = ["pension"]',
        "items.check.waits_for goes round in a circle: check waits for pension waits for check",
    ),
    (
        ITEMS,
        "[check]",
        "[check]\ncertificate = true",
        "items.pension.certificate cannot stand beside that of check: one certificate for one case",
    ),
    (ITEMS, "[check]", "[check]\nwaits = []", "items.check.waits is not a key known here"),
    (ITEMS, "[check]", '[check]\ncode = "c"', "items.check.code is not a key known here"),
    (ITEMS, "[check]", '[check]\nregion = "r"', "items.check.region is not a key known here"),
    (ITEMS, "amount = 20", "amount = 20, days = 1", "items.pension.statutory_limit.days is not a key known here"),
    (ITEMS, "amount = 20", "amount = 0", "items.pension has a limit of 0 WORKING_DAYS; it needs at least 1, and a source"),
    (ITEMS, 'source = "a law"', 'source = " "', "items.pension has a limit of 20 WORKING_DAYS; it needs at least 1, and a source"),
    (ITEMS, 'mode = "LOOKUP"', 'mode = "LOOK"', "items.check.mode cannot be read: Invalid enum value 'LOOK'"),
    (ITEMS, 'mode = "LOOKUP"', "", "items.check.mode is missing"),
    (ITEMS, ', en = "Check"', "", "items.check.title has no en"),
    (ITEMS, 'zh-Hans = "确认"', 'zh-Hans = " "', "items.check.title has no zh-Hans"),
    (ITEMS, 'en = "Check"', 'en = "Check", fr = "Contrôle"', "items.check.title.fr is not a language that is written here"),
    (FIELDS, 'licence = "card"', 'licence = "x"', "fields.name.origins names 'x', which is not a licence of somewhere"),
    (FIELDS, 'attribute = "name"', 'attribute = "x"', "fields.name.origins names 'x', which is not an attribute of card"),
    (FIELDS, 'kind = "CHOICE"', 'kind = "TEXT"', "fields.sex has options but is no choice"),
    (FIELDS, "options = [{", "option_list = 'sexes'\noptions = [{", "fields.sex is a choice and needs either options or an option_list"),
    (FIELDS, "options = [{", "option_list = 'sexes'\noptions = [{", "fields.sex has the option_list 'sexes', which is none of divisions"),
    (
        FIELDS,
        "options = [{",
        'options = [{ value = "MALE", label = { zh-Hans = "男", en = "M" } }, {',
        "fields.sex has the same option twice",
    ),
    (FIELDS, 'label = { zh-Hans = "男", en = "Male" }', 'label = { zh-Hans = "男" }', "fields.sex.options[0].label has no en"),
    (FIELDS, "[sex]", "[sex]\nlocked = true", "fields.sex is locked, but nothing fills it"),
    (
        MATERIALS,
        'satisfied_by = ["card"]',
        'satisfied_by = ["x"]',
        "materials.paper.satisfied_by names 'x', which is not a licence of somewhere",
    ),
    (MATERIALS, 'needed_if = "a-rule"', 'needed_if = "x"', "materials.paper.needed_if names 'x', which is not a rule of domain/policy"),
    (SECTIONS, '["name", "sex"]', '["name", "sex", "x"]', "sections.identity.fields names 'x', which is not a field of somewhere"),
    (SECTIONS, "[identity]", "[identity]\nrepeats = { min = 2, max = 1 }", "sections.identity.repeats must have 0 ≤ min ≤ max"),
    (SECTIONS, '["name", "sex"]', "[]", "sections.identity.fields is empty"),
    (PARAMETERS, "value = 20, ", "value = 20, until = 1, ", "parameters.minutes.values[0].until is not a key known here"),
    (FIELDS, "[sex]", "[sex]\nformat = 'x'", f"fields.sex has the format 'x', which is none of {', '.join(sorted(FORMATS))}"),
    (CONSENTS, 'licences = ["card"]', 'licences = ["x"]', "consents.identity.licences names 'x', which is not a licence of somewhere"),
    (PARAMETERS, "2026-12-01", "2025-01-01", "parameters.minutes.values has two values since 2025-01-01"),
    (
        PARAMETERS,
        "2025-01-01",
        "2026-12-24",
        "parameters.minutes.values must stand in the order of their dates; 2026-12-01 comes after 2026-12-24",
    ),
    (PARAMETERS, "2025-01-01", "2026-11-24", "parameters.minutes.values has no value on 2026-11-23"),
    (MESSAGES, 'en = "Hello {name}"', "", "greeting has no en"),
    (MESSAGES, "[greeting]", "[farewell]\n[greeting.spoken]\n[greeting]", "greeting.spoken has no zh-Hans"),
    (REGION, "declared_total = 18", "declared_total = 1", "region.about.declared_total is less than the 2 items that are named"),
    (REGION, "[about]", "[abuot]", "region.about is missing"),
    (REGION, "[about]", "[also]\n[about]", "region.also is not a key known here"),
]


def faults_of(*, path: str, old: str, new: str) -> tuple[str, ...]:
    with pytest.raises(CatalogueFaults) as refused:
        built(parsed(path=path, old=old, new=new))
    return refused.value.lines


@pytest.mark.parametrize(("path", "old", "new", "told"), SLIPS, ids=[slip[3] for slip in SLIPS])
def test_a_slip_is_named_with_its_file_and_key(path: str, old: str, new: str, told: str) -> None:
    assert f"catalogue/{path}: {told}" in faults_of(path=path, old=old, new=new)


def test_what_is_lost_is_searched_for_by_somebody() -> None:
    path, lost = "national/materials.toml", 'needed_if = "a-rule"\nsearched_if = "a-rule"'

    assert faults_of(path=path, old='needed_if = "a-rule"', new=lost) == (
        "catalogue/national/materials.toml: materials.paper needs both searched_if and searched_by, or neither",
    )


def test_what_takes_other_parameters_in_another_language_is_named() -> None:
    lines = faults_of(path=MESSAGES, old="Hello {name}", new="Hello {nmae}")

    assert lines == ("catalogue/national/messages: greeting takes {name} in zh-Hans but {nmae} in en",)


def test_a_licence_that_no_consent_covers_is_named_where_it_is_used() -> None:
    lines = faults_of(path=CONSENTS, old='licences = ["card"]', new="licences = []")

    assert lines == (
        "catalogue/national/fields.toml: fields.name.origins uses 'card', which no consent covers",
        "catalogue/national/materials.toml: materials.paper.satisfied_by uses 'card', which no consent covers",
    )


def test_what_an_item_needs_must_have_a_place_in_the_form() -> None:
    lines = faults_of(path=SECTIONS, old='["name", "sex"]', new='["name"]')

    assert lines == ("catalogue/somewhere/items.toml: items.pension.fields names 'sex', which stands in no section",)


@pytest.mark.row("A31")
def test_a_question_asked_on_two_pages_is_refused() -> None:
    texts = {**TEXTS, SECTIONS: TEXTS[SECTIONS] + '\n[again]\ntitle = { zh-Hans = "再", en = "Again" }\nfields = ["sex"]\n'}

    with pytest.raises(CatalogueFaults) as refused:
        built(parsed(texts))

    assert refused.value.lines == ("catalogue/national/fields.toml: fields.sex stands 2 times in the form (identity and again)",)


def test_a_region_without_an_item_is_refused() -> None:
    with pytest.raises(CatalogueFaults) as refused:
        built(parsed({**TEXTS, ITEMS: ""}))

    assert refused.value.lines == ("catalogue/somewhere/items.toml: items has no item of the 18 declared",)


def test_a_message_that_two_files_define_is_refused() -> None:
    texts = {**TEXTS, "national/messages/more.toml": '[greeting]\nzh-Hans = "好，{name}"\nen = "Hi {name}"\n'}

    with pytest.raises(CatalogueFaults) as refused:
        built(parsed(texts))

    assert refused.value.lines == ("catalogue/national/messages/more.toml: greeting is defined in national/messages/all.toml already",)


@pytest.mark.parametrize("path", ["somewhere/iteems.toml", "somewhere/deep/items.toml", "somewhere/messages/mine.toml"])
def test_a_file_that_nobody_would_read_is_refused(path: str) -> None:
    with pytest.raises(CatalogueFaults, match=f"catalogue/{path}: this file is none of region.toml, departments.toml"):
        built(parsed({**TEXTS, path: ""}))


def test_all_faults_of_a_run_are_told_at_once() -> None:
    texts = {
        **TEXTS,
        ITEMS: TEXTS[ITEMS].replace('mode = "LOOKUP"', 'mood = "LOOKUP"').replace('materials = ["paper"]', 'materials = ["x"]'),
        FIELDS: TEXTS[FIELDS].replace("required = true", "required = 1"),
    }

    with pytest.raises(CatalogueFaults) as refused:
        built(parsed(texts))

    assert set(refused.value.lines) == {
        "catalogue/somewhere/items.toml: items.check.mode is missing",
        "catalogue/somewhere/items.toml: items.check.mood is not a key known here",
        "catalogue/somewhere/items.toml: items.pension.materials names 'x', which is not a material of somewhere",
        "catalogue/national/fields.toml: fields.name.required cannot be read: Expected `bool`, got `int`",
        "catalogue/national/fields.toml: fields.sex.required cannot be read: Expected `bool`, got `int`",
    }
