"""Adding and changing mandates while others do: read, decide, save, and decide again whenever somebody was faster."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace

from domain.cases.parts import RequestMark
from domain.errors import Conflict, NotFound, Remedy
from domain.mandates.granting import made_by
from domain.mandates.mandate import Mandate
from domain.mandates.stores import Mandates, NumberTaken

TRIES = 8


async def changed(mandates: Mandates, id: str, decide: Callable[[Mandate], Mandate]) -> Mandate:
    """As it then stands. Raises NotFound, Conflict, and whatever `decide` raises."""
    for _ in range(TRIES):
        before = await mandates.one(id)
        if before is None:
            raise NotFound("mandate.not-found")
        after = decide(before)
        kept = before if after == before else await mandates.save(after)
        if kept:
            return kept
    raise busy()


async def numbered(mandates: Mandates, mandate: Mandate, mark: RequestMark, *, judge: Callable[[Sequence[Mandate]], None]) -> Mandate:
    """Added as the next of its principal, judged by all that have not ended: of two at once, one is judged again with the other there.

    The one that this very request made, if it has been here before. Raises what `judge` raises, and Conflict.
    """
    for _ in range(TRIES):
        last = await mandates.last_number(mandate.principal.id)  # first the number, then what there is up to it
        given = await mandates.given(mandate.principal.id)
        if earlier := made_by(mark, given):
            return earlier
        judge(given)
        with suppress(NumberTaken):
            return await mandates.add(replace(mandate, number=last + 1))
    raise busy()


def busy() -> Conflict:
    return Conflict("mandate.busy", remedy=Remedy.RETRY, retry_after_seconds=1)
