"""What an answer of the server means to an app: data, a problem to show, or a fault."""

from typing import Any

import httpx2

Json = dict[str, Any]

PROBLEMS = frozenset({"Refusal", "InvalidForm"})
MOST_PATIENCE = 5.0
SHORT_PAUSES = range(6)
"""Seconds after which an app asks again by itself when a Refusal says so."""


class Fault(Exception):
    """The server answered with something that no app can act on."""


class NoAnswer(Exception):
    """Nothing answered, however often it was asked."""


class SessionEnded(Exception):
    """The session is over: sign in again."""


class ProblemAnswer(Exception):
    """The server understood and declined (Refusal), or wants answers corrected (InvalidForm): `answer` is all that it said."""

    def __init__(self, answer: Json) -> None:
        self.answer = answer
        self.typename: str = answer.get("__typename", "Refusal")
        self.message: str = answer["message"]
        self.issues: list[Json] = answer.get("issues", [])
        self.code: str = answer.get("refusalCode") or answer.get("code") or ",".join(issue["code"] for issue in self.issues)
        self.remedy: str | None = answer.get("remedy")
        super().__init__(f"{self.typename} {self.code}: {self.message}")


def data_of(answer: httpx2.Response) -> Json:
    """The data of a GraphQL answer. Raises Fault."""
    try:
        body: Json = answer.json()
    except ValueError:
        raise Fault(f"{answer.status_code}, and no JSON: {answer.text[:300]}") from None
    if body.get("errors") or body.get("data") is None:
        raise Fault(f"{answer.status_code}: {body.get('errors', body)}")
    data: Json = body["data"]
    return data


def only(data: Json) -> Json:
    """What the one root field answered."""
    (answer,) = data.values()
    value: Json = answer
    return value


def is_problem(answer: object) -> bool:
    return isinstance(answer, dict) and answer.get("__typename") in PROBLEMS


def refuse_problem(answer: Json) -> None:
    """Raises ProblemAnswer."""
    if is_problem(answer):
        raise ProblemAnswer(answer)


def asks_for_a_pause(answer: Json) -> bool:
    return is_problem(answer) and answer.get("remedy") == "RETRY" and answer.get("retryAfterSeconds") in SHORT_PAUSES


def asked_patience(answer: httpx2.Response, *, otherwise: float) -> float:
    """Retry-After in seconds, within reason."""
    asked = answer.headers.get("Retry-After", "")
    return min(float(asked), MOST_PATIENCE) if asked.isdecimal() else otherwise
