"""The client's own id for one request, which has one effect however often it is sent."""

from domain.errors import InvalidForm, Issue
from domain.words import Text

SHORTEST, LONGEST = 16, 64


def checked_request_id(id: str) -> str:
    """Raises InvalidForm unless it has 16 to 64 characters."""
    if not SHORTEST <= len(id) <= LONGEST:
        raise InvalidForm([Issue(("requestId",), Text("issue.request-id"))])
    return id
