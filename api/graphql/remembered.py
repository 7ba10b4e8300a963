"""Answers that depend on nothing but what was asked, kept for a minute: what a crowd asks at once is worked out once. Decision 14."""

import asyncio
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any

import orjson

from api.graphql.errors import Json
from api.graphql.operations import Operation

KEPT_SECONDS = 60
MOST_ANSWERS = 500
MOST_BYTES = 64 * 1024
"""Of one answer; 32 MB for all of them at worst."""

Circumstances = Callable[[Any], Sequence[str]]
"""Of a context: all that such an answer depends on besides the question."""


@dataclass(frozen=True, slots=True)
class Remembered:
    """`fields`: the root fields whose answers depend on their arguments and the `circumstances` alone; no others are kept.

    A question is known by a hash under a key of this process, because its answers may be personal.
    """

    fields: frozenset[str] = frozenset()
    circumstances: Circumstances = lambda _: ()
    seconds: float = KEPT_SECONDS
    _secret: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    _answers: dict[bytes, Json] = field(default_factory=dict)

    def question(self, actions: Sequence[str], operation: Operation, context: object) -> bytes | None:
        """By which its answer is known; None if that is not kept."""
        if not self.fields.issuperset(actions):
            return None
        asked = [operation.query, operation.document_id, operation.name, operation.variables, self.circumstances(context)]
        return blake2b(orjson.dumps(asked), key=self._secret, digest_size=32).digest()

    def answer(self, question: bytes | None) -> Json | None:
        return self._answers.get(question) if question else None

    def keep(self, question: bytes | None, answer: Json) -> Json:
        """The answer as it can be sent. One with errors is not kept, nor one more than there is room for."""
        if question is None or "errors" in answer:
            return answer
        written = orjson.dumps(answer["data"])
        sent: Json = {"data": orjson.Fragment(written)}
        if len(written) <= MOST_BYTES and len(self._answers) < MOST_ANSWERS:
            self._answers[question] = sent
            asyncio.get_running_loop().call_later(self.seconds, self._answers.pop, question, None)
        return sent


NOTHING_REMEMBERED = Remembered()
