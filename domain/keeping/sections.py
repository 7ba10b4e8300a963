"""What each store contributes to the copy of one's own data. A new kind of thing is one class here and one line in api/keeping.py."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from domain.access.reach import Reach
from domain.cases.book import catalogue_of
from domain.cases.case import Case
from domain.cases.stores import CaseFilter, CaseStore
from domain.catalogue.store import Catalogues
from domain.certificates.certificate import Certificate
from domain.certificates.stores import Certificates, Views
from domain.clock import Now
from domain.files import StoredFile
from domain.keeping.cases_told import case_told
from domain.keeping.own_data import Plain, Tell
from domain.looks.desk import LookLog, told
from domain.mandates.mandate import Mandate
from domain.mandates.stores import Mandates
from domain.organisations.client import Client, Keyed, client_id
from domain.organisations.stores import Clients, Organisations, Posts
from domain.people import Person
from domain.places.places import Places
from domain.sessions.session import Session
from domain.words import Text

AT_ONCE = 50


class PersonSection:
    name = "person"

    async def of(self, person: Person, tell: Tell) -> Plain:
        kind = tell(Text(f"own-data.document.{person.document_kind}"))
        return {"id": person.id, "full_name": person.name, "document_kind": kind, "document_number": person.document_number}


class LivingSessions(Protocol):
    async def of(self, person: str) -> Sequence[Session]: ...


@dataclass(frozen=True, slots=True)
class SessionSection:
    sessions: LivingSessions
    name: str = "sessions"

    async def of(self, person: Person, tell: Tell) -> Sequence[Plain]:
        return [_session(session, tell) for session in await self.sessions.of(person.id)]


def _session(session: Session, tell: Tell) -> Plain:
    return {
        "id": session.id,
        "began_at": session.began_at,
        "expires_at": session.expires_at,
        "capacity": tell(Text(f"capacity.{session.capacity}")),
        "assurance": session.proof.assurance,
        "place": session.origin.place,
        "client": session.origin.client,
        "account": session.account.host if session.account else None,
    }


async def cases_of(person: str, cases: CaseStore) -> Sequence[Case]:
    """All, newest first."""
    found: list[Case] = []
    while True:
        page = await cases.page(Reach(person=person), first=AT_ONCE, after=found[-1].id if found else None, filter=CaseFilter())
        found += page.cases
        if not page.more:
            return found


@dataclass(frozen=True, slots=True)
class CaseSection:
    cases: CaseStore
    catalogues: Catalogues
    places: Places
    name: str = "cases"

    async def of(self, person: Person, tell: Tell) -> Sequence[Plain]:
        return [case_told(case, await catalogue_of(case, self.catalogues), tell) for case in await cases_of(person.id, self.cases)]


class FilesOfSomebody(Protocol):
    async def of_person(self, person: str) -> Sequence[StoredFile]: ...


@dataclass(frozen=True, slots=True)
class FileSection:
    files: FilesOfSomebody
    name: str = "files"

    async def of(self, person: Person, tell: Tell) -> Sequence[Plain]:
        return [
            {
                "id": file.id,
                "content_type": file.content_type,
                "size": file.size,
                "at": file.at,
                "sha256": file.sha256,
                "case": file.attached,
            }
            for file in await self.files.of_person(person.id)
        ]


@dataclass(frozen=True, slots=True)
class CertificateSection:
    certificates: Certificates
    views: Views
    name: str = "certificates"

    async def of(self, person: Person, tell: Tell) -> Sequence[Plain]:
        return [await self._told(certificate, tell) for certificate in await self.certificates.of_person(person.id)]

    async def _told(self, certificate: Certificate, tell: Tell) -> Plain:
        return {
            "number": certificate.number,
            "licence_identifier": certificate.licence_identifier,
            "issued_at": certificate.issued_at,
            "issuer": tell(certificate.issuer),
            "status": tell(Text(f"certificate.status.{certificate.status}")),
            "views": await self._views(certificate, tell),
        }

    async def _views(self, certificate: Certificate, tell: Tell) -> Sequence[Plain]:
        found: list[Plain] = []
        after, more = None, True
        while more:
            page = await self.views.page(certificate, first=AT_ONCE, after=after)
            found += [{"at": view.at, "by": tell(view.by), "place": view.place, "purpose": view.purpose} for view in page.views]
            after, more = (page.views[-1].order if page.views else None), page.more
        return found


@dataclass(frozen=True, slots=True)
class MandateSection:
    """Given and received."""

    mandates: Mandates
    now: Now
    name: str = "mandates"

    async def of(self, person: Person, tell: Tell) -> Sequence[Plain]:
        return [self._told(mandate, tell) for mandate in await mandates_of(person.id, self.mandates)]

    def _told(self, mandate: Mandate, tell: Tell) -> Plain:
        return {
            "id": mandate.id,
            "principal": mandate.principal.name,
            "delegate": mandate.delegate.name,
            "from": mandate.from_,
            "until": mandate.until,
            "status": tell(Text(f"mandate.status.{mandate.status(self.now())}")),
            "actions": [{"action": tell(Text(f"action.{action}.label"))} for action in sorted(mandate.actions) if action != "VIEW"],
            "granted_at": mandate.granted_at,
            "ended_at": mandate.ended_at,
        }


async def mandates_of(person: str, mandates: Mandates) -> Sequence[Mandate]:
    """Given and received, all, newest first."""
    found: list[Mandate] = []
    while True:
        page = await mandates.page(first=AT_ONCE, after=found[-1] if found else None, person=person)
        found += page.mandates
        if not page.more:
            return found


async def organisations_met(person: str, cases: CaseStore, mandates: Mandates) -> Sequence[str]:
    """Ids of those that have had to do with the person."""
    filed = {where for case in await cases_of(person, cases) for where in (case.filed_by.organisation, *case.organisations)}
    return sorted(filter(None, filed | {mandate.organisation for mandate in await mandates_of(person, mandates)}))


async def entries_of(person: str, organisations: Sequence[str], clients: Clients, keyed: Keyed) -> Sequence[Client]:
    """On the lists of these."""
    found = [await clients.several(where, [client_id(where, person, keyed)]) for where in organisations]
    return [client for there in found for client in there]


@dataclass(frozen=True, slots=True)
class ClientSection:
    """Of the lists of those organisations that have had to do with the person: nothing else puts them on one."""

    cases: CaseStore
    mandates: Mandates
    clients: Clients
    organisations: Organisations
    keyed: Keyed
    name: str = "clients"

    async def of(self, person: Person, tell: Tell) -> Sequence[Plain]:
        met = await organisations_met(person.id, self.cases, self.mandates)
        return [await self._told(client, tell) for client in await entries_of(person.id, met, self.clients, self.keyed)]

    async def _told(self, client: Client, tell: Tell) -> Plain:
        organisation = await self.organisations.one(client.organisation)
        return {
            "organisation": tell(organisation.name) if organisation else client.organisation,
            "added_at": client.added_at,
            "seen_at": client.seen_at,
            "birth_date": client.birth_date,
        }


@dataclass(frozen=True, slots=True)
class PostSection:
    posts: Posts
    name: str = "posts"

    async def of(self, person: Person, tell: Tell) -> Sequence[Plain]:
        return [
            {
                "organisation": tell(post.organisation.name),
                "post": tell(Text(f"post.kind.{post.kind}")),
                "status": tell(Text(f"post.status.{post.status}")),
                "appointed_at": post.appointed_at,
                "confirmed_at": post.confirmed_at,
            }
            for post in await self.posts.of(person.id)
        ]


@dataclass(frozen=True, slots=True)
class LookSection:
    log: LookLog
    name: str = "looks"

    async def of(self, person: Person, tell: Tell) -> Sequence[Plain]:
        found: list[Plain] = []
        after, more = None, True
        while more:
            page = await self.log.page(person.id, first=AT_ONCE, after=after)
            found += [{"at": entry.look.at, "what": tell(told(entry.look)), "place": entry.look.origin.place} for entry in page.entries]
            after, more = (page.entries[-1].order if page.entries else None), page.more
        return found
