"""The fields of an item of a case: where it stands, by when it is due, who has it, what came of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from strawberry import Parent

from domain.cases.clocks import Deadline
from domain.cases.clocks import deadline as deadline_of
from domain.cases.parts import Proposal
from domain.cases.reading import EvidenceUsed, ItemInCase
from domain.cases.reviews import Review
from domain.cases.telling import ActorInCase
from domain.catalogue.types import TimeLimit
from domain.words import Text
from resolvers.context import Info


def item_title(item: Parent[ItemInCase], info: Info) -> str:
    return info.context.say(item.offered.title)


def item_status_text(item: Parent[ItemInCase], info: Info) -> str:
    return info.context.say(item.status_text)


def statutory_deadline(item: Parent[ItemInCase], info: Info) -> Deadline | None:
    return _deadline(item, item.offered.statutory_limit, info)


def promised_deadline(item: Parent[ItemInCase], info: Info) -> Deadline | None:
    return _deadline(item, item.offered.promise, info)


def _deadline(item: ItemInCase, limit: TimeLimit | None, info: Info) -> Deadline | None:
    if not item.open:
        return None
    return deadline_of(item, limit, info.context.desks.calendars.in_force, now=info.context.now)


def result_text(item: Parent[ItemInCase], info: Info) -> str:
    return item.written.text or info.context.say(f"item.outcome.{item.outcome}")


def result_spoken(item: Parent[ItemInCase], info: Info) -> str:
    return item.written.text or info.context.speak(Text(f"item.outcome.{item.outcome}"))


def evidence_title(evidence: Parent[EvidenceUsed], info: Info) -> str:
    return info.context.say(evidence.title)


# ---------------------------------------------------------------- who has it, and who has reviewed it


@dataclass(frozen=True, slots=True)
class ReviewInCase:
    """`proposal`: to the department's officers who have the item; the applicant is told what is decided in the end."""

    item: ItemInCase
    review: Review
    proposal: Proposal | None


def taken_by(item: Parent[ItemInCase]) -> ActorInCase | None:
    by = item.state.taken_by if item.open else None
    return ActorInCase(item.case, item.catalogue, by) if by else None


def waived_because(item: Parent[ItemInCase]) -> str | None:
    return item.case.private.waivers.get(item.code) if item.open else None


def reviews(item: Parent[ItemInCase]) -> Sequence[ReviewInCase]:
    if not item.open:
        return ()
    proposals = item.case.private.proposals.get(item.code, ()) if item.code in item.sight.taken else ()
    told = [*proposals, *[None] * len(item.state.reviews)]
    return [ReviewInCase(item, review, told[place]) for place, review in enumerate(item.state.reviews)]


def review_by(of: Parent[ReviewInCase]) -> ActorInCase:
    return ActorInCase(of.item.case, of.item.catalogue, of.review.by)


def review_title(of: Parent[ReviewInCase], info: Info) -> str:
    return info.context.say(f"review.{of.review.grade}")


def review_text(of: Parent[ReviewInCase]) -> str | None:
    return of.proposal.words.text if of.proposal else None


def review_reasons(of: Parent[ReviewInCase]) -> Sequence[str]:
    return of.proposal.words.reasons if of.proposal else ()
