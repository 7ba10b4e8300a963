"""How a happening becomes a step of a case, and how a case is made again from its steps alone."""

import hmac
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256

import msgspec

from domain.acting import THE_PRODUCT, Actor
from domain.cases.case import Case
from domain.cases.fold import apply, opened, with_pending
from domain.cases.happened import KINDS, Filled, Happening, Opened
from domain.cases.parts import Pending, RequestMark
from domain.cases.steps import GENESIS, Plain, Secret, Step, canonical_bytes, make_step


@dataclass(frozen=True, slots=True)
class Moment:
    """When a decision is made, and the randomness it may use (32 bytes); the same for each time that it is made again."""

    at: datetime
    seed: bytes

    def salt(self, number: int) -> bytes:
        return hmac.new(self.seed, str(number).encode(), sha256).digest()


def begin(happening: Opened, *, case_id: str, by: Actor, moment: Moment) -> Case:
    """The case as its first step makes it."""
    step, secret = _step(GENESIS, 1, happening, by=by, moment=moment)
    return _kept(opened(happening, step, case_id=case_id), step, secret)


def record(case: Case, happening: Happening, *, by: Actor = THE_PRODUCT, moment: Moment) -> Case:
    """The case after one more step. Autosaves that wait become a step first, so that the history stays in order."""
    return _record(settle(case, moment=moment), happening, by=by, moment=moment)


def settle(case: Case, *, moment: Moment) -> Case:
    """The case with its waiting autosaves made a step."""
    pending = case.private.pending
    if pending is None:
        return case
    filled = Filled(
        requests=pending.requests,
        revision=case.revision,
        keys=tuple(pending.answers),
        removed=pending.removed,
        answers=pending.answers,
    )
    settled = replace(case, private=replace(case.private, pending=None))
    return _record(settled, filled, by=pending.actor, moment=Moment(pending.at, moment.seed))


def replay(steps: Sequence[Step], secrets: Mapping[int, Secret], *, case_id: str, pending: Pending | None = None) -> Case:
    """The case that these steps (and autosaves that are no step yet) make: equal to the one that was kept."""
    case: Case | None = None
    for step in steps:
        secret = secrets.get(step.number)
        happening = happening_of(step, secret)
        case = apply(happening, case, step) if case else _opened(happening, step, case_id)
        case = _kept(case, step, secret)
    if case is None:
        raise ValueError(f"case {case_id} has no steps")
    return with_pending(case, pending) if pending else case


def happening_of(step: Step, secret: Secret | None) -> Happening:
    """What happened, with its private part while that has not been erased."""
    private: Plain = msgspec.json.decode(secret.data) if secret else {}
    return msgspec.convert({**step.data, **private}, KINDS[step.kind])


def seen_request(case: Case, mark: RequestMark) -> RequestMark | None:
    """The request with this id of this person that has already had its effect here, if any."""
    pending = case.private.pending
    marks = list(pending.requests) if pending else []
    for step in case.history:
        marks.extend(msgspec.convert(step.data.get("requests", ()), tuple[RequestMark, ...]))
    return next((seen for seen in marks if (seen.id, seen.person) == (mark.id, mark.person)), None)


def _record(case: Case, happening: Happening, *, by: Actor, moment: Moment) -> Case:
    previous = case.history[-1]
    at = max(moment.at, previous.at)
    step, secret = _step(previous.hash, previous.number + 1, happening, by=by, moment=Moment(at, moment.seed))
    return _kept(apply(happening, case, step), step, secret)


def _opened(happening: Happening, step: Step, case_id: str) -> Case:
    if not isinstance(happening, Opened):
        raise ValueError(f"the history of {case_id} begins with {step.kind}")
    return opened(happening, step, case_id=case_id)


def _step(previous: str, number: int, happening: Happening, *, by: Actor, moment: Moment) -> tuple[Step, Secret | None]:
    public: Plain = msgspec.to_builtins(happening)
    private = {name: public.pop(name) for name in happening.private if name in public}
    secret = Secret(moment.salt(number), canonical_bytes(private)) if private else None
    kind = happening.kind
    return make_step(previous, number=number, at=moment.at, v=happening.v, kind=kind, actor=by, data=public, secret=secret), secret


def _kept(case: Case, step: Step, secret: Secret | None) -> Case:
    secrets = {**case.private.secrets, step.number: secret} if secret else case.private.secrets
    return replace(case, history=(*case.history, step), updated_at=step.at, private=replace(case.private, secrets=secrets))
