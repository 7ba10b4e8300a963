"""Organisations as they are assembled, and the operators' command that names the first supervisors (`python -m api appoint FILE`)."""

import asyncio
import tomllib
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import msgspec

from api.children import CannotRun
from api.keys import sealing as read_sealing
from api.names import new_name
from api.parts import Parts
from api.people import persons_of
from api.settings import Settings
from domain.catalogue.store import Catalogues
from domain.clock import day_in_china, system_now
from domain.identifiers import DocumentKind, is_document_number, normalised
from domain.organisations.client_desk import ClientDesk
from domain.organisations.desk import PostDesk
from domain.ports import NoAnswer
from integrations.catalogue_files import load
from integrations.mongo.case_codec import CaseCodec
from integrations.mongo.clients import MongoClients
from integrations.mongo.collections import apply
from integrations.mongo.database import AWAY, Database, connect, database
from integrations.mongo.helped import MongoCasesThere
from integrations.mongo.organisations import ENTERPRISES, MongoOrganisations
from integrations.mongo.persons import PERSONS
from integrations.mongo.posts import POSTS, MongoPosts
from integrations.sealing import Sealing


def posts_of(store: Database, sealing: Sealing, catalogues: Catalogues) -> MongoPosts:
    return MongoPosts(store, sealing, MongoOrganisations(store, sealing, catalogues))


def post_desk(store: Database, sealing: Sealing, catalogues: Catalogues) -> PostDesk:
    posts = posts_of(store, sealing, catalogues)
    persons = persons_of(store, sealing)
    return PostDesk(posts, posts.organisations, persons, catalogues, sealing, _twenty_characters, system_now)


def client_desk(made: Parts) -> ClientDesk:
    there = MongoCasesThere(made.database, CaseCodec(made.sealing))
    return ClientDesk(MongoClients(made.database, made.sealing), there, made.catalogues, made.sealing, made.looks, system_now)


def _twenty_characters() -> str:
    return new_name("post")().removeprefix("post-")


@dataclass(frozen=True, slots=True)
class Named:
    """One `[[supervisor]]` of the file."""

    organisation: str
    name: str
    document_kind: DocumentKind
    document_number: str


class _File(msgspec.Struct, forbid_unknown_fields=True):
    supervisor: list[Named]


def appoint(settings: Settings, file: Path) -> int:
    """Raises CannotRun, with every fault of the file; then nothing has been changed."""
    named = _read(file)
    try:
        posts = asyncio.run(_appoint(settings, named))
    except (NoAnswer, *AWAY) as why:
        raise CannotRun(f"The document store does not answer ({type(why).__name__}).") from why
    print(f"{posts} supervisors are in office.")
    return 0


def _read(file: Path) -> list[Named]:
    try:
        return msgspec.convert(tomllib.loads(file.read_text(encoding="utf-8")), _File).supervisor
    except OSError as error:
        raise CannotRun(f"{file} cannot be read: {error.strerror}.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, msgspec.ValidationError) as error:
        raise CannotRun(f"{file} is not a list of [[supervisor]] as docs/operating.md shows it: {error}.") from error


async def _appoint(settings: Settings, named: list[Named]) -> int:
    known = load(today=day_in_china(system_now())).catalogues
    if faults := list(_faults(named, known)):
        raise CannotRun("\n".join(faults))
    with closing(connect(settings.mongo_url)) as client:
        store = database(client, settings.mongo_database)
        await apply(store, [ENTERPRISES, PERSONS, POSTS])
        desk = post_desk(store, read_sealing(settings.sealing_keys), known)
        for one in named:
            organisation = known.organisation(one.organisation)
            assert organisation, "refused before, if it is missing"
            person = await desk.persons.met(one.document_kind, normalised(one.document_number), name=one.name)
            await desk.supervise(organisation, person)
    return len(named)


def _faults(named: list[Named], known: Catalogues) -> Iterator[str]:
    today = day_in_china(system_now())
    for place, one in enumerate(named, 1):
        if known.organisation(one.organisation) is None:
            yield f"supervisor {place}: there is no organisation '{one.organisation}'; they stand in catalogue/*/organisations.toml"
        if not one.name.strip():
            yield f"supervisor {place}: has no name"
        if not is_document_number(one.document_kind, normalised(one.document_number), today=today):
            yield f"supervisor {place}: the number is none of a {one.document_kind}"
