"""The departments, all by one technical standard (the wire format stands in mocks/departments.py): hand over, cancel, be called back.

Both ways are signed after Standard Webhooks with a secret per department. Each department has a line of its own.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC
from typing import Annotated
from urllib.parse import quote

import httpx2
import msgspec
from msgspec import Meta, Struct
from standardwebhooks import Webhook, WebhookVerificationError

from domain.clock import Now, whole_milliseconds
from domain.ports import CancelAnswer, Decided, Handoff, HandoffAnswer, ItemOutcome, NoAnswer, Rejected, Working
from integrations.http import Answer, Line, Question, Wiring, open_line
from integrations.moments import Moment, must_be_believable

PLACE = "{department}"
"""Where a department's code goes in the address of departments, and in ours that they call back."""

Sequence = Annotated[int, Meta(ge=1, le=1_000_000)]
Sentence = Annotated[str, Meta(max_length=2000)]
Sentences = Annotated[tuple[Sentence, ...], Meta(max_length=50)]


class _Decided(Struct, frozen=True, tag_field="status", tag="decided"):
    sequence: Sequence
    outcome: ItemOutcome
    at: Moment
    text: Sentence = ""
    reasons: Sentences = ()

    def __post_init__(self) -> None:
        must_be_believable(self.at)

    def said(self) -> Decided:
        return Decided(self.sequence, self.outcome, whole_milliseconds(self.at), self.text, self.reasons)


class _Accepted(Struct, frozen=True, tag_field="status", tag="accepted"):
    sequence: Sequence

    def said(self) -> Working:
        return Working(self.sequence)


class _Working(_Accepted, frozen=True, tag_field="status", tag="working"):
    pass


class _Rejected(Struct, frozen=True, tag_field="status", tag="rejected"):
    reasons: Sentences

    def said(self) -> Rejected:
        return Rejected(self.reasons)


class _About(Struct, frozen=True):
    key: Annotated[str, Meta(min_length=1, max_length=200)]


_ABOUT = msgspec.json.Decoder(_About)
_CALLED_BACK: msgspec.json.Decoder[_Decided | _Working] = msgspec.json.Decoder(_Decided | _Working)
_HEARD: msgspec.json.Decoder[_Decided | _Accepted] = msgspec.json.Decoder(_Decided | _Accepted)
_REFUSED = msgspec.json.Decoder(_Rejected)


class BadCallback(Exception):
    """What came to our door is not a department's word. The text says why and quotes nothing."""


class NotSigned(BadCallback):
    """Not from the department, altered on the way, or older than five minutes."""


class IllFormed(BadCallback):
    """Signed, but not in the agreed form."""


@dataclass(frozen=True, slots=True)
class HttpDepartments:
    """`secrets` and `lines` by department. `callback`: our address for them. `now` is the wall clock: signatures age by it."""

    lines: Mapping[str, Line]
    secrets: Mapping[str, str] = field(repr=False)
    callback: str
    now: Now

    async def hand_off(self, handoff: Handoff) -> HandoffAnswer:
        line = self._line(handoff.department)
        headers = {"Idempotency-Key": handoff.key}
        body = _body(handoff, callback=self.callback.replace(PLACE, handoff.department))
        answer = await line.ask(self._signed(handoff.department, "/handoffs", body, message=f"handoff-{handoff.key}", headers=headers))
        return _heard(line, answer)

    async def cancel(self, *, department: str, key: str) -> CancelAnswer:
        line = self._line(department)
        path = f"/handoffs/{quote(key, safe='')}/cancel"
        body = msgspec.json.encode({"key": key})  # the signature does not cover the path
        answer = await line.ask(self._signed(department, path, body, message=f"cancel-{key}"))
        if answer.status == httpx2.codes.OK:
            return CancelAnswer.CANCELLED
        if answer.status == httpx2.codes.CONFLICT:
            return CancelAnswer.TOO_LATE
        raise line.unusable(answer)

    def verify_callback(self, code: str, headers: Mapping[str, str], body: bytes) -> tuple[str, Decided | Working]:
        """The key of the hand-off and what the department says about it. Raises NotSigned, IllFormed."""
        self._verify_signature(code, headers, body)
        return read_callback(code, body)

    async def close(self) -> None:
        for line in self.lines.values():
            await line.close()

    def _verify_signature(self, code: str, headers: Mapping[str, str], body: bytes) -> None:
        secret = self.secrets.get(code)
        if secret is None:
            raise NotSigned("called back by a department that is not connected")
        try:
            Webhook(secret).verify(body, dict(headers), json_parse=False)
        except (WebhookVerificationError, ValueError) as error:  # ValueError: a signature that is not even base64, a body that is not text
            why = str(error) if isinstance(error, WebhookVerificationError) else "Ill-formed signature"
            raise NotSigned(f"{code} called back: {why}") from None

    def _line(self, department: str) -> Line:
        if department in self.lines:
            return self.lines[department]
        raise NoAnswer(department, "is not connected")

    def _signed(self, department: str, path: str, body: bytes, *, message: str, headers: Mapping[str, str] | None = None) -> Question:
        now = self.now().astimezone(UTC)
        signature = Webhook(self.secrets[department]).sign(message, now, body.decode())
        signed = {
            "Content-Type": "application/json",
            "webhook-id": message,
            "webhook-timestamp": str(int(now.timestamp())),
            "webhook-signature": signature,
        }
        return Question("POST", path, repeatable=True, body=body, headers={**signed, **(headers or {})})


def read_callback(department: str, body: bytes) -> tuple[str, Decided | Working]:
    """The key of the hand-off and what is said about it, without its signature. Raises IllFormed."""
    try:
        return _ABOUT.decode(body).key, _CALLED_BACK.decode(body).said()
    except (msgspec.MsgspecError, UnicodeDecodeError):
        pass  # whose text may quote the callback
    raise IllFormed(f"{department} called back in a form that was not agreed")


def departments(url: str, *, secrets: Mapping[str, str], callback: str, now: Now, wiring: Wiring) -> HttpDepartments:
    """`url` and `callback` hold {department}."""
    lines = {code: open_line(code, url.replace(PLACE, code), wiring) for code in secrets}
    return HttpDepartments(lines, secrets, callback, now)


def _body(handoff: Handoff, *, callback: str) -> bytes:
    return msgspec.json.encode(
        {
            "key": handoff.key,
            "department": handoff.department,
            "item": handoff.item,
            "caseNumber": handoff.case_number,
            "region": handoff.region,
            "applicant": handoff.applicant,
            "answers": handoff.answers,
            "materials": handoff.materials,
            "callback": callback,
        }
    )


def _heard(line: Line, answer: Answer) -> HandoffAnswer:
    if answer.status in (httpx2.codes.OK, httpx2.codes.ACCEPTED):
        return line.parsed(answer, _HEARD).said()
    if httpx2.codes.is_client_error(answer.status):
        return line.parsed(answer, _REFUSED).said()
    raise line.unusable(answer)
