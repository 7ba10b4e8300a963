"""Somebody signs in with the legal account of an enterprise: it is known from then on, and they appoint who acts for it."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path

import pytest

from domain.acting import CapacityKind
from domain.organisations.organisation import OrganisationKind
from integrations.mongo.database import Database
from integrations.mongo.organisations import ENTERPRISES
from integrations.sealing import Sealing
from mocks.others import ENTERPRISES as INVENTED
from tests.sign_in import Clock
from tests.sign_in_house import House, a_house

MONDAY = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


@pytest.fixture
async def house(database: Database, sealing: Sealing, tmp_path: Path) -> House:
    return await a_house(database, sealing, Clock(MONDAY), tmp_path)


async def test_the_legal_account_supervises_the_enterprise(house: House) -> None:
    acting = await house.acting(await house.signed_in("boss@furnace"))

    assert acting
    (post,) = await house.posts.mine(acting)
    assert (post.kind, post.in_force, post.organisation.kind) == (CapacityKind.SUPERVISOR, True, OrganisationKind.EMPLOYER)
    assert (post.organisation.name.hans, post.organisation.code) == (INVENTED["furnace"].name, INVENTED["furnace"].code)


async def test_however_often_it_comes_there_is_one_enterprise_and_one_post(house: House) -> None:
    sessions = await asyncio.gather(*[house.signed_in("boss@furnace") for _ in range(3)])

    acting = await house.acting(sessions[0])
    assert acting
    assert len(await house.posts.mine(acting)) == 1
    assert await house.count(ENTERPRISES.name) == 1


async def test_the_same_person_by_themselves_supervises_nothing(house: House) -> None:
    acting = await house.acting(await house.signed_in("boss"))

    assert acting
    assert await house.posts.mine(acting) == []


async def test_one_representative_of_two_enterprises_has_two_posts(house: House) -> None:
    await house.signed_in("boss@crowd")
    acting = await house.acting(await house.signed_in("boss@furnace"))

    assert acting
    assert {post.organisation.code for post in await house.posts.mine(acting)} == {INVENTED[key].code for key in ("crowd", "furnace")}
