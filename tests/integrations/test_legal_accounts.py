"""Signing in with an enterprise's legal account (法人账号): its legal representative, and which enterprise."""

from datetime import datetime

import httpx2
import pytest

from domain.organisations.organisation import Enterprise
from domain.ports import NotProven
from mocks.identity import identity_app
from mocks.others import ENTERPRISES, FURNACE
from mocks.people import PEOPLE
from mocks.provider import Grant, Provider
from tests.sign_in import ATTEMPT, ISSUER, Clock, a_provider, platform_of, proven


@pytest.fixture
def provider(moment: datetime) -> Provider:
    return a_provider(Clock(moment))


@pytest.mark.parametrize("key", ["furnace", "crowd"])
async def test_a_representative_signs_in_as_one_of_their_enterprises(provider: Provider, key: str) -> None:
    identity = await proven(provider, platform_of(provider), f"boss@{key}")

    assert identity.enterprise == Enterprise(ENTERPRISES[key].code, ENTERPRISES[key].name)
    assert (identity.name, identity.document_number) == (PEOPLE["boss"].name, PEOPLE["boss"].document_number)


async def test_the_same_person_signs_in_for_themselves_without_one(provider: Provider) -> None:
    assert (await proven(provider, platform_of(provider), "boss")).enterprise is None


@pytest.mark.parametrize("hint", ["agent@furnace", "boss@machines", "zhang@furnace", "boss@nowhere", "@furnace"])
async def test_nobody_else_signs_in_as_an_enterprise(provider: Provider, hint: str) -> None:
    """They are shown the page to pick from, and get no code."""
    address = await platform_of(provider).authorisation_url(ATTEMPT, login_hint=hint, assurance=None)
    async with httpx2.AsyncClient(transport=httpx2.ASGITransport(identity_app(provider)), base_url=ISSUER) as browser:
        answer = await browser.get(address)

    assert (answer.status_code, "location" in answer.headers) == (200, False)
    assert all(enterprise.name in answer.text for enterprise in ENTERPRISES.values())


@pytest.mark.parametrize(
    "lies",
    [
        {"organisation_code": FURNACE},
        {"organisation_name": "柳州荷塘炉料有限公司"},
        {"organisation_code": FURNACE[:-1] + ("0" if FURNACE[-1] != "0" else "1"), "organisation_name": "柳州荷塘炉料有限公司"},
        {"organisation_code": "", "organisation_name": "柳州荷塘炉料有限公司"},
        {"organisation_code": FURNACE, "organisation_name": ""},
        {"organisation_code": 7, "organisation_name": "柳州荷塘炉料有限公司"},
        {"organisation_code": FURNACE, "organisation_name": "炉" * 201},
    ],
    ids=["no name", "no code", "a wrong check character", "an empty code", "an empty name", "no text", "endless"],
)
async def test_half_an_enterprise_is_neither_one_nor_a_person(moment: datetime, lies: dict[str, object]) -> None:
    class Liar(Provider):
        def claims(self, grant: Grant) -> dict[str, object]:
            return super().claims(grant) | lies

    liar = a_provider(Clock(moment), Liar)

    with pytest.raises(NotProven):
        await proven(liar, platform_of(liar))
