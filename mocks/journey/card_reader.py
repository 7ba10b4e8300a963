"""The device on a clerk's desk: it reads the card of whoever stands before it, and the identity platform signs what it saw."""

import httpx2

from mocks.journey.expecting import expect
from mocks.phone import Phone


async def read_card(person: str, nonce: str, *, device: Phone) -> str:
    """The signed reading; the platform is where the sign-in page leads."""
    async with httpx2.AsyncClient(base_url=device.base_url, trust_env=False) as http:
        page = await http.get("/sign-in", params={"return_to": "/app", "challenge": "-" * 43})
        platform, _, _ = page.headers.get("Location", "").partition("/authorize")
        answer = await http.post(f"{platform}/card-readings", json={"person": person, "nonce": nonce})
    expect(answer.status_code == 201, f"读卡器没有读成：{answer.status_code} {answer.text[:200]}")
    reading: str = answer.json()["reading"]
    return reading
