"""Papers to hand in, and two people to hand them in: whole files of each kind, made here, of nobody."""

from datetime import UTC, datetime
from io import BytesIO

import segno

from domain.acting import Acting, Assurance
from domain.identifiers import DocumentKind
from domain.people import Person

REQUEST = "request-0123456789"
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00" + bytes(range(200)) * 3 + b"\xff\xd9"


def _drawn(kind: str) -> bytes:
    picture = BytesIO()
    segno.make("掌办").save(picture, kind=kind)
    return picture.getvalue()


PNG, PDF = _drawn("png"), _drawn("pdf")


def large(size: int) -> bytes:
    """A photograph of at least that many bytes."""
    return JPEG[:-2] + bytes(place * place % 251 for place in range(1000)) * (size // 1000) + b"\xff\xd9"


def someone(name: str) -> Acting:
    person = Person(id=f"person-{name}", name=name, document_kind=DocumentKind.PASSPORT, document_number="E12345678")
    return Acting(session=f"session-{name}", assurance=Assurance.L3, proved_at=datetime(2026, 11, 23, tzinfo=UTC), person=person)


ZHANG, LI = someone("zhang"), someone("li")
