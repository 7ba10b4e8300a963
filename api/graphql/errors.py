"""What a client is told when there is no answer: the request's own mistakes as they are, ours only as an id to quote.

Told                  the request itself is at fault
  InvalidDocument     it does not parse, does not validate, is too large, or its variables do not fit
  Unauthenticated     a token was sent and is not good
  Overloaded          too often, or something is away; come back later
Anything else is a fault of ours: it is logged with its traceback under an id, and the client gets the id.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import ClassVar

import structlog
from graphql import GraphQLError

Json = Mapping[str, object]

LOGGED_AT_MOST = 3
log = structlog.stdlib.get_logger("graphql")


class Told(Exception):
    """`code` is for programs; `status` is the HTTP status."""

    def __init__(self, message: str, *, status: int = 400, code: str | None = None, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.headers = dict(headers or {})
        self.errors: Sequence[Json] = [{"message": message, **({"extensions": {"code": code}} if code else {})}]

    def legacy_status(self) -> int:
        """For clients that read only application/json."""
        return self.status


class InvalidDocument(Told):
    """Well asked over HTTP, wrong as GraphQL: a legacy client is answered 200, as GraphQL over HTTP says."""

    def __init__(self, errors: Sequence[GraphQLError]) -> None:
        super().__init__(errors[0].message)
        self.errors = [_as_it_is(error) for error in errors]

    def legacy_status(self) -> int:
        return 200


class UnknownDocument(InvalidDocument):
    def __init__(self) -> None:
        extensions = {"code": "DOCUMENT_NOT_FOUND"}
        super().__init__([GraphQLError("No document is registered under this documentId.", extensions=extensions)])
        self.status = 404


class Unauthenticated(Told):
    challenge: ClassVar[str] = 'Bearer error="invalid_token"'

    def __init__(self, message: str = "The access token is not good. Refresh it, or sign in again.") -> None:
        super().__init__(message, status=401, code="UNAUTHENTICATED", headers={"WWW-Authenticate": self.challenge})


class Overloaded(Told):
    """429: this caller asks too often; 503: nobody can be served just now."""

    def __init__(self, message: str, *, retry_after: int, status: int = 503) -> None:
        super().__init__(message, status=status, headers={"Retry-After": str(retry_after)})
        self.retry_after = retry_after
        code = "TOO_MANY_REQUESTS" if status == 429 else "UNAVAILABLE"
        self.errors = [{"message": message, "extensions": {"code": code, "retryAfterSeconds": retry_after}}]


def cause(error: GraphQLError) -> Exception:
    """The innermost: graphql-core wraps what a scalar raised, and quotes it."""
    inner = error.original_error
    return cause(inner) if isinstance(inner, GraphQLError) else inner or error


class Faults:
    """Turns errors into what may leave. `new_id` makes the id that stands both in the answer and in the log.

    `away`: what is raised when something that we need does not answer. That is no fault: whoever asked is to come again, with the same id.
    """

    def __init__(self, new_id: Callable[[], str], away: tuple[type[Exception], ...] = ()) -> None:
        self._new_id = new_id
        self._away = away

    def outside(self, error: Exception) -> Told:
        """For a failure outside any field."""
        if isinstance(error, self._away):
            return _not_answering(error)
        told = Told("", status=500)
        told.errors = [self.hidden(error)]
        return told

    def hidden(self, error: BaseException) -> Json:
        error_id = self._new_id()
        log.error("fault", error_id=error_id, exc_info=error)
        return _fault(error_id)

    def of_fields(self, errors: Sequence[GraphQLError]) -> list[Json]:
        """For failures while fields were resolved: one id for the operation, its place kept so that a client knows what is missing.

        Raises Overloaded if it was for something that is away.
        """
        if away := next((why for why in map(cause, errors) if isinstance(why, self._away)), None):
            raise _not_answering(away)
        error_id = self._new_id()
        for error in errors[:LOGGED_AT_MOST]:
            log.error("fault", error_id=error_id, path=error.path, failures=len(errors), exc_info=error.original_error or error)
        return [{**_fault(error_id), "path": error.path} for error in errors]

    def of_request(self, errors: Sequence[GraphQLError]) -> Told:
        """For failures before any field: a value that does not fit is the client's, a scalar that broke over it is ours."""
        ours = next((why for why in map(cause, errors) if not isinstance(why, GraphQLError)), None)
        if ours is None:
            return InvalidDocument(errors)
        return self.outside(ours)


def _not_answering(away: Exception) -> Overloaded:
    log.warning("away", why=type(away).__name__)
    return Overloaded("Something that is needed does not answer just now. Ask again, with the same requestId.", retry_after=1)


def _fault(error_id: str) -> Json:
    message = "Something went wrong on our side. Try again; if it stays, quote the error id."
    return {"message": message, "extensions": {"errorId": error_id}}


def _as_it_is(error: GraphQLError) -> Json:
    return {key: value for key, value in error.formatted.items() if value}
