"""The licence exchange (电子证照共享服务) and the registers behind it. The wire format stands in mocks/licences.py."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated

import httpx2
import msgspec
from msgspec import Meta, Struct

from domain.clock import Now, day_in_china, whole_milliseconds
from domain.identifiers import DocumentKind
from domain.ports import ConsentProof, Licence, NoAnswer
from integrations.client_credentials import AuthorisedLine
from integrations.http import Wiring, open_line
from integrations.moments import Moment, must_be_believable

SYSTEM = "licences"
VALID = "valid"


class _Holder(Struct, frozen=True):
    kind: str
    number: str


class _Issuer(Struct, frozen=True):
    name: str


class _Found(Struct, frozen=True, rename="camel"):
    type: str
    identifier: str
    issuer: _Issuer
    holder: _Holder
    issued_at: Moment
    valid_until: date | None
    status: str
    attributes: dict[str, str]

    def __post_init__(self) -> None:
        must_be_believable(self.issued_at)

    def holds(self, day: date) -> bool:
        return self.status == VALID and (self.valid_until is None or day <= self.valid_until)


class _Answered(Struct, frozen=True):
    licences: Annotated[tuple[_Found, ...], Meta(max_length=100)]


_ANSWERED = msgspec.json.Decoder(_Answered)


@dataclass(frozen=True, slots=True)
class HttpLicenceExchange:
    asking: AuthorisedLine
    now: Now

    async def licence(self, kind: str, *, holder_kind: DocumentKind, holder_number: str, consent: ConsentProof) -> Licence | None:
        body = _question(kind, {"kind": holder_kind.value, "number": holder_number}, consent)
        answer, line = await self.asking.post("/licences/query", body), self.asking.line
        if answer.status != httpx2.codes.OK:
            raise line.unusable(answer)
        found = line.parsed(answer, _ANSWERED).licences
        if any((one.type, one.holder) != (kind, _Holder(holder_kind, holder_number)) for one in found):
            raise NoAnswer(SYSTEM, "answered with somebody else's licence or one of another kind")
        valid = [one for one in found if one.holds(day_in_china(self.now()))]
        return _licence(max(valid, key=lambda one: one.issued_at)) if valid else None

    async def close(self) -> None:
        await self.asking.close()


def licence_exchange(url: str, *, client_id: str, client_secret: str, now: Now, wiring: Wiring) -> HttpLicenceExchange:
    return HttpLicenceExchange(AuthorisedLine(open_line(SYSTEM, url, wiring), client_id, client_secret, now), now)


def _question(kind: str, holder: Mapping[str, str], consent: ConsentProof) -> bytes:
    return msgspec.json.encode(
        {
            "holder": holder,
            "type": kind,
            "purpose": consent.purpose,
            "consent": {"id": consent.consent, "purpose": consent.purpose, "version": consent.version, "at": consent.given_at},
        }
    )


def _licence(found: _Found) -> Licence:
    return Licence(
        kind=found.type,
        identifier=found.identifier,
        issuer=found.issuer.name,
        issued_at=whole_milliseconds(found.issued_at),
        valid_until=found.valid_until,
        attributes=found.attributes,
    )
