"""What somebody might try: say more than is asked, guess numbers, use one capacity's token for another's things, or a revoked one."""

import asyncio
import logging
from collections.abc import Iterator

import pytest
from graphql import GraphQLInputObjectType, get_named_type
from starlette.applications import Starlette
from structlog.testing import capture_logs

from api.graphql.errors import Told
from tests.access.asking import asked, document, variables
from tests.access.callers import CALLERS, CODE, ENDED, NAMES
from tests.access.wanted import nobodys, things
from tests.access.world import HIS, THEIRS, Json, World
from tests.access.written import root
from tests.security.live import closed, dial, greeted, hear, serving, subscribe

CLOSES_WITHIN = 5.0
WATCH = "subscription($id: ID!) { caseProgress(caseId: $id) { case { number } } }"
BEYOND = ("status", "owner", "person", "filedBy", "capacity", "organisation", "assurance", "version", "onBehalfOf", "mandate")
"""What nobody says of their own matter."""


def inputs() -> Iterator[tuple[str, str]]:
    """Of every mutation the arguments that have fields."""
    for mutation, field in root("Mutation").fields.items():
        for name, argument in field.args.items():
            if isinstance(get_named_type(argument.type), GraphQLInputObjectType):
                yield mutation, name


@pytest.mark.parametrize(("mutation", "argument"), list(inputs()))
async def test_nothing_is_taken_that_was_not_asked_for(world: World, mutation: str, argument: str) -> None:
    asked = get_named_type(root("Mutation").fields[mutation].args[argument].type)
    assert isinstance(asked, GraphQLInputObjectType)

    for name in set(BEYOND) - asked.fields.keys():
        said = variables("Mutation", mutation)
        with pytest.raises(Told, match=name):
            await world.ask("applicant", document("Mutation", mutation), **said | {argument: {**_fields(said[argument]), name: "DONE"}})


def _fields(said: object) -> Json:
    assert isinstance(said, dict)
    return said


@pytest.mark.parametrize("mutation", list(root("Mutation").fields))
async def test_who_acts_and_for_whom_is_no_argument(world: World, mutation: str) -> None:
    assert root("Mutation").fields[mutation].args.keys().isdisjoint(BEYOND)


@pytest.mark.as_(*CALLERS)
async def test_a_public_number_opens_nothing(world: World, caller: str) -> None:
    """Nor does one that is guessed from it."""
    numbers = [number for case in world.cases.values() for number in (case.number, f"{case.number[:-1]}0", f"case-{case.number}")]

    answers = [await world.ask(caller, "query($id: ID!) { case(id: $id) { id } }", id=number) for number in numbers]

    assert answers == [{"data": {"case": None}}] * len(numbers)


@pytest.mark.as_(*ENDED)
async def test_a_capacity_that_has_ended_is_nobodys(world: World, caller: str) -> None:
    assert world.acting[caller] is None
    answer = await world.http.post("/graphql", json={"query": "{ viewer { assurance } }"}, headers=_bearing(world, caller))

    assert answer.status_code == 401


def _bearing(world: World, who: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {world.token(who)}"}


async def test_a_mandate_taken_back_stops_the_request_in_flight_and_the_open_socket(world: World) -> None:
    before = world.acting["delegate to lose"]
    assert before
    draft, caught = world.cases["draft"], "fillForm"
    app = Starlette(routes=world.routes)
    async with serving(app) as (_, port), dial(port) as socket:
        await greeted(socket, token=world.token("delegate to lose"))
        await subscribe(socket, WATCH, variables={"id": draft.id})
        assert draft.number in str(await hear(socket))

        await _revoked(world)
        refused = await asked(world, "delegate to lose", "Mutation", caught, "input.caseId", draft.id)

        assert _fields(_fields(refused["data"])[caught])["refusalCode"] == "NOT_PERMITTED"
        async with asyncio.timeout(CLOSES_WITHIN):
            assert (await closed(socket))[0] == 4403
    assert await world.office.sign_in.live.acting_in(before.session) is None


async def _revoked(world: World) -> None:
    by = world.acting["applicant"]
    assert by
    await world.office.desks.mandates.revoke("revoke-0123456789ab", world.mandates["to lose"].id, by=by)


async def test_nothing_personal_is_logged_while_all_of_this_is_tried(world: World, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    with capture_logs() as logs:
        for who in CALLERS:
            await _tries_everything(world, who)

    ours = [
        record.getMessage() for record in caplog.records if not record.name.startswith("http")
    ]  # the test's own client says what it asks
    said = f"{logs} {ours}"
    hidden = {*NAMES.values(), CODE, *(value for known in (HIS, THEIRS) for value in (known.person.name, known.person.document_number))}
    hidden |= {value for known in (HIS, THEIRS) for number in range(1, 8) for value in known.in_case(number).of_the_case}
    assert not [value for value in hidden if value in said]
    assert any(entry["event"] == "request" for entry in logs)


async def _tries_everything(world: World, who: str) -> None:
    """Over HTTP, with good names and bad ids."""
    headers = _bearing(world, who) if who != "nobody" else {}
    mandate = next(thing for thing in things(world)["mandate"])
    tried = [("acceptMandate", "mandateId", mandate.id), ("revokeMandate", "mandateId", nobodys(mandate)), ("grantMandate", "", "")]
    for mutation, where, id in [
        *tried,
        ("openCaseAtCounter", "", ""),
        ("appointMember", "", ""),
        ("revealValue", "input.about", HIS.person.name),
    ]:
        said = variables("Mutation", mutation, where, id)
        said = {key: _naming_him(key, value) for key, value in said.items()}
        await world.logged.post("/graphql", json={"query": document("Mutation", mutation, where), "variables": said}, headers=headers)
    for path in (f"/files/{HIS.person.name}", f"/certificates/{HIS.phone}.pdf", f"/me/data.json?name={HIS.person.document_number}"):
        await world.logged.get(path, headers=headers)


def _naming_him(key: str, value: object) -> object:
    """With a number that is none, so that nothing comes of it."""
    if isinstance(value, dict):
        return {one: _naming_him(one, inner) for one, inner in value.items()}
    if "ocumentNumber" in key:
        return f"{HIS.person.document_number}9"
    return HIS.person.name if key in {"name", "delegateName"} else value
