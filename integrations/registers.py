"""The registers (人口、监护、亲属、账户实名、参保核验): one system that says yes or no, or little more. Wire format: mocks/registers.py."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, TypeVar

import httpx2
import msgspec
from msgspec import Meta, Struct

from domain.clock import Now, day_in_china
from domain.identifiers import DocumentKind, is_document_number, normalised
from domain.people import Person
from domain.ports import NoAnswer
from domain.registers import ALIVE, Life, Standing, Ward
from integrations.client_credentials import AuthorisedLine
from integrations.http import Wiring, open_line

SYSTEM = "registers"
MOST_WARDS = 100

Form = TypeVar("Form")


class _Standing(Struct, frozen=True):
    standing: Life
    since: date | None


class _Ward(Struct, frozen=True):
    name: Annotated[str, Meta(min_length=1, max_length=200)]
    kind: DocumentKind
    number: Annotated[str, Meta(min_length=1, max_length=40)]
    since: date


class _Wards(Struct, frozen=True):
    wards: Annotated[tuple[_Ward, ...], Meta(max_length=MOST_WARDS)]


class _YesOrNo(Struct, frozen=True):
    answer: bool


_STANDING = msgspec.json.Decoder(_Standing)
_WARDS = msgspec.json.Decoder(_Wards)
_YES_OR_NO = msgspec.json.Decoder(_YesOrNo)


@dataclass(frozen=True, slots=True)
class HttpRegisters:
    """The LifeRegister, GuardianRegister, Relatives, AccountHolders and Employments of domain/registers.py. All may raise NoAnswer."""

    asking: AuthorisedLine
    now: Now

    async def standing(self, person: Person) -> Standing:
        found = await self._asked("/life", {"person": _document(person)}, _STANDING)
        if found.standing is Life.ALIVE:
            return ALIVE
        return Standing(found.standing, self._believed(found.since))

    async def wards_of(self, guardian: Person) -> tuple[Ward, ...]:
        found = await self._asked("/guardianships", {"guardian": _document(guardian)}, _WARDS)
        return tuple(self._ward(one) for one in found.wards)

    async def related(self, one: Person, other: Person) -> bool:
        return await self._yes("/relatives", {"one": _document(one), "other": _document(other)})

    async def holds(self, person: Person, account: str) -> bool:
        return await self._yes("/accounts", {"holder": {"name": person.name, **_document(person)}, "account": account})

    async def employs(self, code: str, *, document_kind: DocumentKind, document_number: str) -> bool:
        return await self._yes("/employments", {"enterprise": code, "person": {"kind": document_kind, "number": document_number}})

    async def close(self) -> None:
        await self.asking.close()

    async def _yes(self, path: str, question: Mapping[str, object]) -> bool:
        return (await self._asked(path, question, _YES_OR_NO)).answer

    async def _asked(self, path: str, question: Mapping[str, object], form: msgspec.json.Decoder[Form]) -> Form:
        answer = await self.asking.post(path, msgspec.json.encode(question))
        if answer.status != httpx2.codes.OK:
            raise self.asking.line.unusable(answer)
        return self.asking.line.parsed(answer, form)

    def _believed(self, since: date | None) -> date:
        if since is None or since > day_in_china(self.now()):
            raise NoAnswer(SYSTEM, "names no day, or one that has not come, for a death, a judgment or a guardianship")
        return since

    def _ward(self, found: _Ward) -> Ward:
        number = normalised(found.number)
        if not is_document_number(found.kind, number, today=day_in_china(self.now())):
            raise NoAnswer(SYSTEM, "names a ward by a document number that is none")
        return Ward(found.name, found.kind, number, self._believed(found.since))


def registers(url: str, *, client_id: str, client_secret: str, now: Now, wiring: Wiring) -> HttpRegisters:
    return HttpRegisters(AuthorisedLine(open_line(SYSTEM, url, wiring), client_id, client_secret, now), now)


def _document(person: Person) -> dict[str, str]:
    return {"kind": person.document_kind, "number": person.document_number}
