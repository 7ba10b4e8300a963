"""Service points and the three-level list of matters, as a region's catalogue states them. Everything here is invented but the counts."""

from datetime import time

import pytest

from domain.catalogue.build import rebuild
from domain.catalogue.check import Known
from domain.catalogue.faults import CatalogueFaults
from domain.catalogue.points import counts
from domain.days.opening_hours import Extension, OpeningHours, Span
from tests.catalogue.files import RULES, TEXTS, TODAY, built, parsed, traditional
from tests.catalogue.points import MATTERS, POINTS, TWO_POINTS, list_of, somewhere

COUNTS = (48, 121, 163)
"""事项, 细项, 子项 in source 4, line 9."""


@pytest.mark.row("A48")
def test_the_full_list_has_as_many_of_each_level_as_its_document_says() -> None:
    assert counts(somewhere(matters="\n".join(list_of(*COUNTS))).matters) == COUNTS


def test_a_point_is_read_with_its_hours() -> None:
    hall, machines = somewhere().points

    assert (hall.id, hall.telephone, hall.address and hall.address.hant) == ("point-somewhere-hall", "12333", "[丙路1号]")
    assert hall.hours == OpeningHours((Span(time(9), time(12)),), {Extension.EARLY_AND_LATE: (Span(time(7, 30), time(9)),)})
    assert machines.hours == OpeningHours(always=True)


def test_points_and_matters_are_part_of_the_version_and_are_built_from_it_again() -> None:
    made = built(parsed({**TEXTS, POINTS: TWO_POINTS, MATTERS: "\n".join(list_of(2, 3, 4))}))
    now = made.catalogues["somewhere"]
    again = rebuild(made.contents["somewhere"], now_in_force=now, hant=traditional, known=Known(RULES, {}, made.messages, TODAY))

    assert (again.points, again.matters) == (now.points, now.matters)
    assert now.version != built().catalogues["somewhere"].version


@pytest.mark.parametrize(
    ("points", "matters", "told"),
    [
        (TWO_POINTS.replace("closes = 12", "closes = 08"), "", "points.hall.hours.regular closes at 08:00, before it opens"),
        (TWO_POINTS.replace("always = true", "always = false"), "", "points.machines.hours is never open"),
        (TWO_POINTS.replace("EARLY_AND_LATE", "SUNDAY"), "", "points.hall.hours cannot be read: Invalid enum value 'SUNDAY'"),
        ("", "\n".join(list_of(1, 2, 0)).replace("m1-1", "m1-0"), "matters.m1.parts has m1-0 twice"),
    ],
)
def test_what_is_wrong_is_named(points: str, matters: str, told: str) -> None:
    with pytest.raises(CatalogueFaults) as refused:
        somewhere(points, matters)

    assert told in str(refused.value)


def test_a_region_without_points_has_none() -> None:
    assert (built().catalogues["somewhere"].points, built().catalogues["somewhere"].matters) == ((), ())
