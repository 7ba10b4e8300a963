"""What people hand in: photographs and papers, gone after a day unless a case keeps them."""

from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Protocol

from domain.acting import Acting, Actor, CapacityKind
from domain.cases.case import Case
from domain.cases.seeing import Sight
from domain.clock import Now
from domain.errors import Conflict, InvalidForm, Issue, NotFound
from domain.file_kinds import ContentType, content_type_of
from domain.looks.look import Looks, Purpose, look_of
from domain.requests import checked_request_id
from domain.words import Text

MOST_AT_ONCE = 100
UNATTACHED_FOR = timedelta(days=1)
FOR_ONE_PERSON = frozenset({CapacityKind.SELF, CapacityKind.PROXY})
"""Who acts in these does so for one person; anybody else has to say in which case."""


@dataclass(frozen=True, slots=True)
class StoredFile:
    """`person`: whose matter it belongs to; `by` handed it in, and alone has it until a case keeps it (`attached`)."""

    id: str
    person: str
    by: Actor
    request: str
    content_type: ContentType
    size: int
    sha256: str
    at: datetime
    attached: str | None = None
    whole: bool = False
    """Whether its content has been kept to the end."""


class FileStore(Protocol):
    async def add(self, file: StoredFile, *, next_due: datetime) -> StoredFile:
        """Note the file, or answer the one that the same request of the same actor noted before."""
        ...

    async def by_request(self, person: str, *, by: str, request: str) -> StoredFile | None: ...

    async def keep(self, file: StoredFile, content: bytes) -> None:
        """Seal the content and mark the file whole; of two that do it at once, one copy stays."""
        ...

    async def content(self, file: StoredFile) -> AsyncIterator[bytes]:
        """Opened, piece by piece."""
        ...

    async def find(self, ids: Sequence[str], *, person: str) -> Sequence[StoredFile]:
        """Those of the person that are whole, in any order."""
        ...

    async def attach(self, ids: Sequence[str], *, person: str, case: str) -> int:
        """How many of them the case keeps from now on; not those that another case has."""
        ...


class CasePapers(Protocol):
    async def receiving(self, case_id: str, *, by: Acting) -> tuple[Case, Acting]:
        """The case, and who acts in it, if they may hand files in there now. Raises NotFound, NotPermitted."""
        ...

    async def receiving_for_principal(self, *, by: Acting) -> None:
        """Raises NotPermitted for a delegate whose mandate does not reach so far."""
        ...

    async def shown(self, case_id: str, *, by: Acting) -> tuple[Case, Sight] | None:
        """The case, and how much of it they see; None: not there, or not theirs."""
        ...


@dataclass(frozen=True, slots=True)
class FileDesk:
    """Handing in, reading, and giving to a case. A file of somebody else and one that is not there look the same."""

    store: FileStore
    papers: CasePapers
    looks: Looks
    now: Now
    new_id: Callable[[], str]

    async def put(self, content: bytes, *, request: str, by: Acting, case_id: str | None = None) -> StoredFile:
        """The same request with the same content has one effect, however often and however many at once; with other content, Conflict."""
        checked = checked_request_id(request)
        person, actor = await self.owner(case_id, by)
        file = self._described(content, person=person, actor=actor, request=checked)
        noted = await self.store.add(file, next_due=file.at + UNATTACHED_FOR)
        if noted.sha256 != file.sha256:
            raise Conflict("files.other-content")
        if not noted.whole:
            await self.store.keep(noted, content)
        return noted

    async def owner(self, case_id: str | None, by: Acting) -> tuple[str, Actor]:
        """Whose what they hand in would be, and who does. Raises NotFound, NotPermitted, InvalidForm."""
        named = case_id or by.authority.case
        if named:
            case, acting = await self.papers.receiving(named, by=by)
            return case.person, acting.actor()
        _must_name_a_case(by)
        await self.papers.receiving_for_principal(by=by)
        return by.beneficiary(), by.actor()

    async def handed_in(self, person: str, *, by: str, request: str) -> StoredFile | None:
        """Whole, by that very request."""
        file = await self.store.by_request(person, by=by, request=request)
        return file if file and file.whole else None

    def _described(self, content: bytes, *, person: str, actor: Actor, request: str) -> StoredFile:
        return StoredFile(
            id=self.new_id(),
            person=person,
            by=actor,
            request=request,
            content_type=content_type_of(content),
            size=len(content),
            sha256=sha256(content).hexdigest(),
            at=self.now(),
        )

    async def read(self, id: str, *, by: Acting, case_id: str | None = None) -> tuple[StoredFile, AsyncIterator[bytes]]:
        """Of a case, to whoever sees it there; else what they handed in themselves. Who reads what is another's is noted first (F65)."""
        case, file = await self._seen(id, case_id or by.authority.case, by)
        if file is None:
            raise NotFound("files.not-found")
        look = look_of(by, person=file.person, purpose=Purpose.READ_FILE, at=self.now(), case=case)
        await self.looks.note([look] if look else [])
        return file, await self.store.content(file)

    async def _seen(self, id: str, case_id: str | None, by: Acting) -> tuple[Case | None, StoredFile | None]:
        if case_id is None:
            _must_name_a_case(by)
            found = await self.store.find([id], person=by.beneficiary())
            return None, next((file for file in found if _own(file, by)), None)
        shown = await self.papers.shown(case_id, by=by)
        if shown is None:
            return None, None
        case, sight = shown
        found = await self.store.find([id], person=case.person)
        return case, next((file for file in found if _in_case(file, case, sight, by)), None)

    async def attach(self, ids: Sequence[str], *, case: Case, by: Acting) -> tuple[StoredFile, ...]:
        """Give the files to a case, which from then on keeps them. Done before the case is saved, so that none is purged under it.

        Exactly these, in this order. Raises NotFound if one is not there or not theirs, and Conflict.
        """
        files = await self._to_attach(ids, case=case, by=by)
        if await self.store.attach(ids, person=case.person, case=case.id) < len(set(ids)):
            raise Conflict("files.kept-by-another-case")
        return files

    async def _to_attach(self, ids: Sequence[str], *, case: Case, by: Acting) -> tuple[StoredFile, ...]:
        if len(ids) > MOST_AT_ONCE:
            raise NotFound("files.not-found")
        found = {file.id: file for file in await self.store.find(ids, person=case.person) if file.attached == case.id or _own(file, by)}
        if not found.keys() >= set(ids):
            raise NotFound("files.not-found")
        return tuple(found[id] for id in ids)


def _must_name_a_case(by: Acting) -> None:
    if by.capacity not in FOR_ONE_PERSON:
        text = Text("files.name-the-case")
        raise InvalidForm([Issue(("caseId",), text)], text)


def _own(file: StoredFile, by: Acting) -> bool:
    """What they handed in themselves; and what is in a case of their own."""
    mine = file.by.person == by.known_person().id
    return mine if file.attached is None else by.capacity is CapacityKind.SELF


def _in_case(file: StoredFile, case: Case, sight: Sight, by: Acting) -> bool:
    """What the case keeps, as far as they see it; and what they have just handed in for it."""
    if file.attached != case.id:
        return file.attached is None and _own(file, by)
    return sight.whole or file.id in _shown(case, sight)


def _shown(case: Case, sight: Sight) -> frozenset[str]:
    first = case.private.priority if sight.personal else None
    papers = [one.id for code, files in case.materials.items() if sight.files(code) for one in files]
    return frozenset([*papers, *([first.file.id] if first and first.file else [])])
