"""What a browser does while somebody signs in: it follows redirects, here to the address that carries the ticket."""

from urllib.parse import parse_qs

import httpx2

from mocks.answers import Fault, NoAnswer

MOST_REDIRECTS = 10


async def ticket_at(page: httpx2.URL, http: httpx2.AsyncClient) -> str:
    """Raises Fault, NoAnswer."""
    for _ in range(MOST_REDIRECTS):
        answer = await _opened(page, http)
        if not answer.has_redirect_location:
            raise Fault(f"the way to the ticket ended at {page} with {answer.status_code}: {answer.text[:300]}")
        page = page.join(answer.headers["Location"])
        if ticket := parse_qs(page.fragment).get("ticket"):
            return ticket[0]
    raise Fault(f"{MOST_REDIRECTS} redirects, and no ticket; the last to {page}")


async def _opened(page: httpx2.URL, http: httpx2.AsyncClient) -> httpx2.Response:
    try:
        return await http.get(page)
    except httpx2.TransportError as lost:
        raise NoAnswer(f"GET {page}: {type(lost).__name__} {lost}") from lost
