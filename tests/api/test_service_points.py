"""Service points as a phone asks for them, without a sign-in."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from domain.catalogue.store import Catalogues
from domain.days.calendars import Calendars
from domain.words import Language
from integrations.calendar_files import shipped_years
from resolvers.context import Context
from schema import schema
from tests.cases import loaded
from tests.catalogue.points import TWO_POINTS, list_of, somewhere
from tests.days import Imported
from tests.desks import some_desks

POINTS = """query($at: DateTime, $onlyOpen: Boolean! = false) {
  servicePoints(region: "somewhere", at: $at, onlyOpen: $onlyOpen) {
    id code name address telephone alwaysOpen hours { opens closes } extended { kind label spans { opens closes } }
    open openBy openText provisional source
  }
}"""
MATTERS = '{ matters(region: "somewhere") { code title source parts { code title parts { code title } } } }'
NIGHT = datetime(2026, 11, 23, 19, 0, tzinfo=UTC)


async def ask(document: str, **variables: object) -> Mapping[str, object]:
    catalogue = somewhere(TWO_POINTS, "\n".join(list_of(1, 1, 1)))
    held = loaded().catalogues
    catalogues = Catalogues(replace(held.built, catalogues={"somewhere": catalogue}), held.rebuild)
    calendars = Calendars(shipped_years(), Imported())
    context = Context(
        desks=some_desks(calendars=calendars),
        catalogues=catalogues,
        wording=loaded().wording,
        acting=None,
        language=Language.EN,
        now=NIGHT,
        caller="",
        address="",
        certificates=None,
    )
    result = await schema.execute(document, variable_values=variables, context_value=context)
    assert result.errors is None
    return result.data


@pytest.mark.row("A48")
async def test_a_point_tells_its_hours_and_whether_it_is_open() -> None:
    hall, machines = (await ask(POINTS, at="2026-11-25T07:50:00+08:00"))["servicePoints"]

    assert hall == {
        "id": "point-somewhere-hall",
        "code": "hall",
        "name": "Hall",
        "address": "1 Bing Road",
        "telephone": "12333",
        "alwaysOpen": False,
        "hours": [{"opens": "09:00", "closes": "12:00"}],
        "extended": [{"kind": "EARLY_AND_LATE", "label": "Open early and late", "spans": [{"opens": "07:30", "closes": "09:00"}]}],
        "open": True,
        "openBy": "EARLY_AND_LATE",
        "openText": "Open early and late",
        "provisional": False,
        "source": "its document",
    }
    assert (machines["alwaysOpen"], machines["openText"], machines["hours"]) == (True, "Open", [])


@pytest.mark.parametrize(
    ("at", "codes"),
    [
        (None, ["machines"]),  # now, in the night
        ("2026-11-25T10:00:00+08:00", ["hall", "machines"]),
        ("2026-11-28T10:00:00+08:00", ["machines"]),
    ],
)
async def test_those_that_are_closed_can_be_left_out(at: str | None, codes: list[str]) -> None:
    answer = await ask(POINTS, at=at, onlyOpen=True)

    assert [point["code"] for point in answer["servicePoints"]] == codes


async def test_matters_are_told_in_their_three_levels() -> None:
    part = {"code": "m1-0-0", "title": "Part"}

    assert (await ask(MATTERS))["matters"] == [
        {"code": "m1", "title": "Matter 1", "source": "its document", "parts": [{"code": "m1-0", "title": "Detail", "parts": [part]}]}
    ]


@pytest.mark.parametrize("query", ['{ servicePoints(region: "nowhere") { id } }', '{ matters(region: "nowhere") { code } }'])
async def test_a_region_that_is_not_here_has_none(query: str) -> None:
    (answer,) = (await ask(query)).values()

    assert answer == []
