"""Organisations as a region's catalogue states them."""

import pytest

from domain.catalogue.build import rebuild
from domain.catalogue.check import Known
from domain.catalogue.faults import CatalogueFaults
from domain.organisations.organisation import Organisation, OrganisationKind
from domain.words import Words
from integrations.catalogue_files import Loaded
from tests.cases import loaded as the_loaded
from tests.catalogue.files import RULES, TEXTS, TODAY, built, parsed, traditional

PATH = "somewhere/organisations.toml"
TWO = """
[station]
kind = "COMMUNITY"
name = { zh-Hans = "甲社区帮扶站", en = "Station A" }

[bureau]
kind = "DEPARTMENT"
department = "hrss"
"""
SLIPS = [
    ('kind = "COMMUNITY"', 'kind = "CLUB"', "station.kind cannot be read: Invalid enum value 'CLUB'"),
    ('kind = "COMMUNITY"', 'kind = "EMPLOYER"', "station.kind is an employer, which comes by its legal account and not from the catalogue"),
    ('department = "hrss"', 'department = "x"', "bureau.department names 'x', which is not a department of somewhere"),
    ('department = "hrss"', "", "bureau.department belongs to organisations of kind DEPARTMENT, each of which names one"),
    (
        'kind = "COMMUNITY"',
        'kind = "COMMUNITY"\ndepartment = "hrss"',
        "station.department belongs to organisations of kind DEPARTMENT, each of which names one",
    ),
    (
        'department = "hrss"',
        'department = "hrss"\nname = { zh-Hans = "乙", en = "B" }',
        "bureau.name is that of the department, and is stated only where there is none",
    ),
    (
        'name = { zh-Hans = "甲社区帮扶站", en = "Station A" }',
        "",
        "station.name is that of the department, and is stated only where there is none",
    ),
]


def test_a_departments_office_has_the_departments_name() -> None:
    somewhere = built(parsed({**TEXTS, PATH: TWO})).catalogues["somewhere"]

    station, bureau = somewhere.organisations.values()
    assert station == Organisation(
        "org-somewhere-station", OrganisationKind.COMMUNITY, Words("甲社区帮扶站", "[甲社区帮扶站]", "Station A"), region="somewhere"
    )
    assert (bureau.id, bureau.name, bureau.department) == ("org-somewhere-bureau", somewhere.departments["hrss"].name, "hrss")


@pytest.mark.parametrize(("right", "wrong", "fault"), SLIPS)
def test_every_slip_is_named(right: str, wrong: str, fault: str) -> None:
    assert right in TWO

    with pytest.raises(CatalogueFaults) as faults:
        built(parsed({**TEXTS, PATH: TWO.replace(right, wrong, 1)}))

    assert f"catalogue/{PATH}: organisations.{fault}" in faults.value.lines


def test_who_works_there_makes_no_new_version_and_an_earlier_one_knows_who_works_there_now() -> None:
    made = built(parsed({**TEXTS, PATH: TWO}))
    now = made.catalogues["somewhere"]

    again = rebuild(made.contents["somewhere"], now_in_force=now, hant=traditional, known=Known(RULES, {}, made.messages, TODAY))

    assert now.version == built().catalogues["somewhere"].version
    assert again == now


@pytest.fixture(scope="module")
def loaded() -> Loaded:
    return the_loaded()


@pytest.mark.parametrize("region", ["guangxi", "guyang", "ejin-horo", "anhui-city"])
def test_a_region_that_offers_services_has_who_helps_and_an_office_of_every_department_that_decides(loaded: Loaded, region: str) -> None:
    catalogue = loaded.catalogues.in_force(region)
    kinds = {organisation.kind for organisation in catalogue.organisations.values()}
    offices = {organisation.department for organisation in catalogue.organisations.values()} - {None}

    assert kinds == set(OrganisationKind) - {OrganisationKind.EMPLOYER}
    assert {item.department for item in catalogue.items.values()} <= offices


def test_an_organisation_is_found_by_its_id_and_no_other_is(loaded: Loaded) -> None:
    found = loaded.catalogues.organisation("org-guyang-apricot")

    assert found
    assert (found.name.hans, found.region) == ("杏花村社区帮扶站", "guyang")
    assert loaded.catalogues.organisation("org-guyang-nowhere") is None
