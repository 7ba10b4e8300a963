"""The client's own name for one request, so that asking again has no second effect."""

from dataclasses import dataclass
from hashlib import sha256

from domain.requests import checked_request_id


@dataclass(frozen=True, slots=True)
class Request:
    """`input`: digest of what was asked. It always holds a long random secret or the id of a session, so that nobody can guess it back, and
    the same id from somebody else is never taken for this one."""

    id: str
    input: str


def read_request(request_id: str, verb: str, *asked: str) -> Request:
    """Raises InvalidForm unless the id has 16 to 64 characters."""
    return Request(checked_request_id(request_id), sha256("\x00".join((verb, *asked)).encode()).hexdigest())
