"""Certificates at rest. Who holds one and what it says lie sealed, bound to its id; portrait and signed PDF likewise."""

from collections.abc import Sequence
from dataclasses import dataclass

import msgspec
from motor.motor_asyncio import AsyncIOMotorCollection
from pymongo import IndexModel
from pymongo.errors import DuplicateKeyError

from domain.certificates.certificate import Certificate, CertificateStatus
from domain.ports import NoAnswer
from integrations.mongo.collections import Collection, Sealed
from integrations.mongo.database import Database, Document
from integrations.mongo.sealed import closed, opened
from integrations.sealing import Sealing

MOST_OF_A_PERSON = 100

CERTIFICATES = Collection(
    name="certificates",
    shard_key="person",
    kept="for ever",
    schema={
        "bsonType": "object",
        "required": ["_id", "person", "case", "number", "licence_identifier", "approval_number", "issuer", "issued_at", "status", "sealed"],
        "properties": {
            "_id": {"bsonType": "string"},
            "person": {"bsonType": "string"},
            "case": {"bsonType": "string"},
            "number": {"bsonType": "string"},
            "licence_identifier": {"bsonType": "string"},
            "approval_number": {"bsonType": "string"},
            "issuer": {"bsonType": "object"},
            "issued_at": {"bsonType": "date"},
            "status": {"enum": list(CertificateStatus)},
            "sealed": {"bsonType": "binData"},
            "portrait": {"bsonType": ["binData", "null"]},
        },
    },
    indexes=(IndexModel([("person", 1), ("issued_at", -1), ("_id", -1)]), IndexModel([("person", 1), ("_id", 1)])),
    sealed=(Sealed(), Sealed("portrait", "{}/portrait".format)),
)

CERTIFICATE_FILES = Collection(
    name="certificate_files",
    shard_key="person",
    kept="for ever",
    schema={
        "bsonType": "object",
        "required": ["_id", "person", "sealed"],
        "properties": {"_id": {"bsonType": "string"}, "person": {"bsonType": "string"}, "sealed": {"bsonType": "binData"}},
    },
    indexes=(IndexModel([("person", 1), ("_id", 1)]),),
    sealed=(Sealed(about="{}/pdf".format),),
)

COLLECTIONS = (CERTIFICATES, CERTIFICATE_FILES)


@dataclass(frozen=True, slots=True)
class MongoCertificates:
    """The `Certificates` of domain/certificates/stores.py."""

    database: Database
    sealing: Sealing

    async def add(self, certificate: Certificate, *, portrait: bytes | None) -> Certificate:
        try:
            await self._certificates.insert_one(self._document(certificate, portrait))
        except DuplicateKeyError:
            return await self._first(certificate.id)
        return certificate

    async def several(self, ids: Sequence[str], *, person: str | None = None) -> Sequence[Certificate]:
        theirs: Document = {"person": person} if person else {}
        wanted: Document = {"_id": {"$in": list(ids)}, **theirs}
        return [self._certificate(found) async for found in self._certificates.find(wanted, {"portrait": 0})]

    async def of_person(self, person: str) -> Sequence[Certificate]:
        newest_first = self._certificates.find({"person": person}, {"portrait": 0}).sort([("issued_at", -1), ("_id", -1)])
        return [self._certificate(found) for found in await newest_first.to_list(MOST_OF_A_PERSON)]

    async def portrait(self, certificate: Certificate) -> bytes | None:
        found = await self._certificates.find_one(_place_of(certificate), {"portrait": 1})
        sealed = found and found["portrait"]
        return self.sealing.open(sealed, about=f"{certificate.id}/portrait") if isinstance(sealed, bytes) else None

    async def keep_pdf(self, certificate: Certificate, pdf: bytes) -> None:
        sealed = self.sealing.seal(pdf, about=f"{certificate.id}/pdf")
        try:
            await self._files.insert_one(_place_of(certificate) | {"sealed": sealed})
        except DuplicateKeyError:  # another worker was first
            return

    async def pdf(self, certificate: Certificate) -> bytes | None:
        found = await self._files.find_one(_place_of(certificate))
        return self.sealing.open(msgspec.convert(found["sealed"], bytes), about=f"{certificate.id}/pdf") if found else None

    async def mark(self, certificate: Certificate, status: CertificateStatus) -> None:
        await self._certificates.update_one(_place_of(certificate), {"$set": {"status": status.value}})

    def _document(self, certificate: Certificate, portrait: bytes | None) -> Document:
        return closed(certificate, self.sealing, id=certificate.id, private=("holder", "facts")) | {
            "person": certificate.person,
            "portrait": self.sealing.seal(portrait, about=f"{certificate.id}/portrait") if portrait else None,
        }

    def _certificate(self, found: Document) -> Certificate:
        return opened(found, Certificate, self.sealing)

    async def _first(self, id: str) -> Certificate:
        for kept in await self.several([id]):
            return kept
        raise NoAnswer("store", "another worker is keeping this certificate just now")

    @property
    def _certificates(self) -> AsyncIOMotorCollection[Document]:
        return self.database[CERTIFICATES.name]

    @property
    def _files(self) -> AsyncIOMotorCollection[Document]:
        return self.database[CERTIFICATE_FILES.name]


def _place_of(certificate: Certificate) -> Document:
    return {"_id": certificate.id, "person": certificate.person}
