"""In which media type a client is answered, and with which status (GraphQL over HTTP)."""

import pytest

from api.graphql.http import LEGACY, MODERN, chosen_media
from tests.security.asking import a_client, ask


@pytest.mark.parametrize(
    ("accept", "media"),
    [
        (None, LEGACY),
        ("*/*", LEGACY),
        ("application/*", LEGACY),
        (LEGACY, LEGACY),
        (MODERN, MODERN),
        (f"{MODERN}, {LEGACY}", MODERN),
        (f"{LEGACY}, {MODERN}", MODERN),
        (f"{MODERN};q=0.5, {LEGACY}", LEGACY),
        (f"{LEGACY};q=0.9, {MODERN}", MODERN),
        (f"{MODERN}; charset=utf-8", MODERN),
        (f"{MODERN};q=0, */*;q=0.1", LEGACY),
        (f"text/html, {MODERN.upper()};q=0.3", MODERN),
        ("text/html", None),
        ("text/event-stream, text/html", None),
        (f"{LEGACY};q=0", None),
        (f"{MODERN};q=nonsense", None),
        (", ;;,q", None),
    ],
)
def test_the_answer_s_media_type_is_the_one_the_client_likes_best(accept: str | None, media: str | None) -> None:
    assert chosen_media(accept) == media


async def test_who_accepts_neither_type_is_told_so() -> None:
    async with a_client() as client:
        response = await ask(client, "{who}", accept="text/html")

    assert response.status_code == 406
