"""Whether a mandate may be given: what was typed, what there is already, and whether its principal can still give any."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from unicodedata import normalize

from domain.cases.parts import RequestMark
from domain.catalogue.offered import OfferedItem
from domain.catalogue.store import Catalogues
from domain.errors import Issue, NotPermitted, Remedy, StepNotAllowed, Unavailable
from domain.identifiers import DocumentKind, is_document_number, normalised
from domain.mandates.actions import MandateAction
from domain.mandates.mandate import Mandate, MandateScope
from domain.mandates.terms import Terms
from domain.people import LONGEST_NAME, Person
from domain.ports import NoAnswer
from domain.registers import Life, LifeRegister
from domain.words import Text

_DOTS = re.compile(r"[•‧・･∙⋅.]")


@dataclass(frozen=True, slots=True)
class Grant:
    """What a principal asks for: for whom, from when to when, for which services or which case, to do what."""

    delegate_name: str
    delegate_kind: DocumentKind
    delegate_number: str
    until: date
    from_: date | None = None
    items: tuple[str, ...] | None = None
    case: str | None = None
    actions: tuple[MandateAction, ...] = ()

    @property
    def number(self) -> str:
        return normalised(self.delegate_number)

    @property
    def allowed(self) -> frozenset[MandateAction]:
        """Whoever may do anything may look."""
        return frozenset({MandateAction.VIEW, *self.actions})


def plain_name(name: str) -> str:
    """Names are compared without spaces, in one form of letters and of the dot inside (买买提·艾力)."""
    return _DOTS.sub("·", "".join(normalize("NFKC", name).split())).casefold()


def slips(grant: Grant, *, principal: Person, terms: Terms, today: date) -> list[Issue]:
    return [*_about_the_delegate(grant, principal, today), *_about_the_days(grant, terms, today), *_about_the_actions(grant)]


def _about_the_delegate(grant: Grant, principal: Person, today: date) -> list[Issue]:
    found = []
    if not 0 < len(plain_name(grant.delegate_name)) <= LONGEST_NAME:
        found.append(Issue(("input", "delegateName"), Text("mandate.issue.name-needed")))
    if not is_document_number(grant.delegate_kind, grant.number, today=today):
        found.append(Issue(("input", "delegateDocumentNumber"), Text("issue.bad-document-number")))
    if (grant.delegate_kind, grant.number) == (principal.document_kind, principal.document_number):
        found.append(Issue(("input", "delegateDocumentNumber"), Text("mandate.issue.oneself")))
    return found


def _about_the_days(grant: Grant, terms: Terms, today: date) -> list[Issue]:
    first = grant.from_ or today
    if first < today:
        return [Issue(("input", "from"), Text("mandate.issue.begins-in-the-past"))]
    if grant.until < first:
        return [Issue(("input", "until"), Text("mandate.issue.ends-before-it-begins"))]
    if grant.until > today + timedelta(days=terms.most_days):
        return [Issue(("input", "until"), Text("mandate.issue.lasts-too-long", {"most": terms.most_days}))]
    return []


def _about_the_actions(grant: Grant) -> list[Issue]:
    return [] if grant.actions else [Issue(("input", "actions"), Text("mandate.issue.no-actions"))]


def slips_of_items(items: Sequence[str], catalogues: Catalogues, *path: str) -> list[Issue]:
    """Services of one region, each known there."""
    if not items:
        return [Issue(path, Text("issue.no-items"))]
    offered = [catalogues.item(item) for item in items]
    unknown = [Issue((*path, str(place)), Text("issue.unknown-item")) for place, found in enumerate(offered) if found is None]
    return unknown or ([Issue(path, Text("mandate.issue.one-region"))] if len(_regions(offered)) > 1 else [])


def _regions(offered: Sequence[OfferedItem | None]) -> set[str]:
    return {found.catalogue.region.code for found in offered if found}


def scope_of_items(items: Sequence[str]) -> MandateScope:
    return MandateScope(items=tuple(dict.fromkeys(items)))


# ---------------------------------------------------------------- what there is already


def made_by(mark: RequestMark, given: Sequence[Mandate]) -> Mandate | None:
    """The mandate that this very request made meanwhile. Raises Conflict if its id had another effect."""
    return next((one for one in given if one.done_by(mark)), None)


def refuse_second(mandate: Mandate, given: Sequence[Mandate], *, at: datetime) -> None:
    """One living mandate for each pair and matter; and for one matter only one delegate may do more than look (F09)."""
    same_matter = [other for other in given if other.living(at) and other.scope.overlaps(mandate.scope)]
    for other in same_matter:
        name = other.delegate.masked_name if mandate.in_person else other.delegate.name  # a helper is not told who somebody's relatives are
        named: dict[str, str | int | Text] = {"name": name, "until": other.until.isoformat()}
        if other.delegate.id == mandate.delegate.id:
            raise StepNotAllowed(Text("mandate.given-already", named))
        if not (other.only_to_look or mandate.only_to_look):
            raise StepNotAllowed(Text("mandate.one-acts", named))


def refuse_too_many(mandate: Mandate, given: Sequence[Mandate], *, most: int, at: datetime) -> None:
    others = {other.delegate.id for other in given if other.living(at) and not other.in_person}
    if len(others | {mandate.delegate.id}) > most:
        raise NotPermitted(Text("mandate.too-many-delegates", {"most": most}), remedy=Remedy.NONE)


# ---------------------------------------------------------------- whether its principal can still give any


async def refuse_unless_acting_alone(principal: Person, life: LifeRegister) -> None:
    """Nobody who has died or lost capacity gives a mandate; a guardian's begins there (C08)."""
    try:
        standing = await life.standing(principal)
    except NoAnswer:
        raise Unavailable("mandate.register-away", retry_after_seconds=60) from None
    if not standing.acts_alone:
        raise NotPermitted("mandate.deceased" if standing.life is Life.DECEASED else "mandate.incapacitated")
