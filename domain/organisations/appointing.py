"""Who may appoint whom, and what becomes of an appointment: pure decisions."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from domain.acting import Acting, CapacityKind
from domain.catalogue.types import ServiceItem
from domain.errors import Issue, NotPermitted, Remedy, StepNotAllowed
from domain.identifiers import DocumentKind, is_document_number, normalised
from domain.organisations.organisation import Organisation, OrganisationKind
from domain.organisations.post import Post, PostStatus, post_id
from domain.people import LONGEST_NAME, Person
from domain.words import Text

APPOINTS: Mapping[OrganisationKind, CapacityKind] = {
    OrganisationKind.COMMUNITY: CapacityKind.HELPER,
    OrganisationKind.VOLUNTEERS: CapacityKind.HELPER,
    OrganisationKind.EMPLOYER: CapacityKind.EMPLOYER,
    OrganisationKind.COUNTER: CapacityKind.CLERK,
    OrganisationKind.DEPARTMENT: CapacityKind.OFFICER,
}
"""The one kind of post that an organisation's supervisor gives, so that each audience keeps to its own operations (A51).

Supervisors come by operators, and an employer's by the register of enterprises.
"""

CERTIFIED = frozenset({CapacityKind.CLERK, CapacityKind.OFFICER})
"""Those whose work may be kept to some services (A63)."""


@dataclass(frozen=True, slots=True)
class Appointing:
    """`name`: as it stands on the document. `items`: codes of services; none: all of the region, or of the department."""

    name: str
    document_kind: DocumentKind
    document_number: str
    kind: CapacityKind
    items: tuple[str, ...] = ()

    @property
    def plain(self) -> "Appointing":
        name = " ".join(self.name.split())
        return replace(self, name=name, document_number=normalised(self.document_number), items=tuple(dict.fromkeys(self.items)))


def refuse_unless_given_there(kind: CapacityKind, organisation: Organisation) -> None:
    if APPOINTS[organisation.kind] is not kind:
        wanted, given = Text(f"post.kind.{kind}"), Text(f"post.kind.{APPOINTS[organisation.kind]}")
        raise NotPermitted(Text("post.not-given-here", {"organisation": organisation.name, "wanted": wanted, "given": given}))


def slips_in(appointing: Appointing, organisation: Organisation, items: Mapping[str, ServiceItem], *, today: date) -> Iterator[Issue]:
    """`items`: by code, of the organisation's region."""
    if not appointing.name or len(appointing.name) > LONGEST_NAME:
        yield Issue(("input", "name"), Text("issue.bad-name"))
    if not is_document_number(appointing.document_kind, appointing.document_number, today=today):
        yield Issue(("input", "documentNumber"), Text("issue.bad-document-number"))
    if appointing.items and appointing.kind not in CERTIFIED:
        yield Issue(("input", "itemCodes"), Text("issue.services-not-for-this-post"))
    else:
        yield from _unknown(appointing.items, organisation, items)


def _unknown(codes: Sequence[str], organisation: Organisation, items: Mapping[str, ServiceItem]) -> Iterator[Issue]:
    for place, code in enumerate(codes):
        item = items.get(code)
        if item is None or organisation.department not in {None, item.department}:
            yield Issue(("input", "itemCodes", str(place)), Text("issue.no-such-service-there", {"code": code[:LONGEST_NAME]}))


def appointed(person: Person, organisation: Organisation, appointing: Appointing, *, by: str | None, at: datetime, random: str) -> Post:
    """Waiting to be confirmed. The name is the one that was written, whoever holds the document."""
    return Post(
        id=post_id(organisation.id, random),
        person=replace(person, name=appointing.name),
        organisation=organisation,
        kind=appointing.kind,
        appointed_at=at,
        appointed_by=by,
        items=appointing.items,
    )


def supervising(person: Person, organisation: Organisation, *, at: datetime, random: str) -> Post:
    """By an operator, or by the register of enterprises: in force at once."""
    id = post_id(organisation.id, random)
    return Post(id, person, organisation, CapacityKind.SUPERVISOR, appointed_at=at, status=PostStatus.ACTIVE, confirmed_at=at)


def confirmed(post: Post, *, by: Acting, at: datetime) -> Post:
    """By the person whom the name and the number mean, and nobody else."""
    must_be(post, PostStatus.PENDING)
    if by.known_person().name != post.person.name:
        raise NotPermitted(Text("post.another-name", {"organisation": post.organisation.name}), remedy=Remedy.NONE)
    return replace(post, status=PostStatus.ACTIVE, confirmed_at=at)


def declined(post: Post, *, by: Acting, at: datetime) -> Post:
    must_be(post, PostStatus.PENDING)
    return replace(post, status=PostStatus.DECLINED, ended_at=at, ended_by=by.known_person().id)


def ended(post: Post, *, by: Acting, at: datetime) -> Post:
    """Also one that nobody has confirmed yet."""
    must_be(post, PostStatus.PENDING, PostStatus.ACTIVE)
    return replace(post, status=PostStatus.ENDED, ended_at=at, ended_by=by.known_person().id)


def must_be(post: Post, *statuses: PostStatus) -> None:
    if post.status not in statuses:
        raise StepNotAllowed(Text("post.step-not-allowed", {"status": Text(f"post.status.{post.status}")}))
