"""One effect per request: the client's own id for what it asks, kept with the step that it caused."""

from collections.abc import Callable
from dataclasses import dataclass

from domain.acting import Acting
from domain.cases.case import Case
from domain.cases.parts import RequestMark
from domain.cases.recording import seen_request
from domain.cases.steps import canonical_bytes
from domain.errors import Conflict
from domain.requests import checked_request_id


def already_done(case: Case, mark: RequestMark) -> bool:
    """Whether this very request has had its effect on the case. Raises Conflict if its id had another."""
    seen = seen_request(case, mark)
    if seen is None:
        return False
    if seen.fingerprint != mark.fingerprint:
        raise Conflict("refusal.request-reused", current=case)
    return True


@dataclass(frozen=True, slots=True)
class Marks:
    """`fingerprint`: a keyed hash, because a plain one of a telephone number could be guessed."""

    fingerprint: Callable[[bytes], str]

    def mark(self, request_id: str, verb: str, asked: object, *, by: Acting) -> RequestMark:
        """Raises InvalidForm for an id that is too short or too long."""
        checked = checked_request_id(request_id)
        return RequestMark(checked, by.known_person().id, self.fingerprint(canonical_bytes((verb, asked))))
