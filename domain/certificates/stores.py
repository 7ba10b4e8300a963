"""What the certificate needs kept. Races are settled where it is kept: of two that do the same, the first one stays."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from domain.certificates.certificate import Certificate, CertificateStatus
from domain.certificates.showing import Look, Showing
from domain.certificates.views import View, ViewPage


class Certificates(Protocol):
    async def add(self, certificate: Certificate, *, portrait: bytes | None) -> Certificate:
        """Keep it, or answer the one of that id that is kept already."""
        ...

    async def several(self, ids: Sequence[str], *, person: str | None = None) -> Sequence[Certificate]:
        """Those that there are, in any order."""
        ...

    async def of_person(self, person: str) -> Sequence[Certificate]:
        """Newest first."""
        ...

    async def portrait(self, certificate: Certificate) -> bytes | None: ...

    async def keep_pdf(self, certificate: Certificate, pdf: bytes) -> None:
        """Unless there is one already."""
        ...

    async def pdf(self, certificate: Certificate) -> bytes | None: ...

    async def mark(self, certificate: Certificate, status: CertificateStatus) -> None: ...


class Showings(Protocol):
    async def add(self, showing: Showing) -> Showing:
        """Keep it, or answer the one of that id that is kept already."""
        ...

    async def find(self, id: str) -> Showing | None: ...

    async def asked(self, look: Look) -> str | None:
        """What the same verifier's request of that name asked before."""
        ...

    async def take(self, showing: Showing, look: Look) -> bool:
        """Use it up, unless somebody was first."""
        ...


class Views(Protocol):
    async def add(self, view: View) -> None:
        """Once, however often it is said."""
        ...

    async def page(self, certificate: Certificate, *, first: int, after: str | None) -> ViewPage:
        """Newest first; `after` is the order of a view."""
        ...


class Attempts(Protocol):
    async def wrong(self, address: str) -> Sequence[datetime]:
        """When wrong codes came from there, in order, as far as they still matter."""
        ...

    async def add_wrong(self, address: str, at: datetime) -> None: ...
