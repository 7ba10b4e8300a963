"""What a retirement certificate is, what it is issued on, and whether it may be shown."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from domain.certificates.identifier import LicenceCodes, licence_identifier
from domain.clock import day_in_china
from domain.errors import Expired, Remedy, StepNotAllowed
from domain.people import Person
from domain.ports import CertificateContent
from domain.words import Words


class CertificateStatus(StrEnum):
    VALID = "VALID"
    REVOKED = "REVOKED"
    SUPERSEDED = "SUPERSEDED"


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is printed besides the holder's name and number (policy §12), in the words in which it is printed; an empty one is a dash.

    `work_started` and `pension_from` are months (2026-11) or days.
    """

    sex: str
    birth_date: date
    ethnicity: str
    work_started: str
    retired_on: date
    retirement_kind: str
    contribution_months: int
    deemed_months: int
    last_employer: str
    last_post: str
    pension_from: str
    claim_place: str
    approved_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Issuance:
    """All that a certificate is issued on. `item`: the code of the approved item; `portrait`: JPEG or PNG, None if there is none."""

    case: str
    case_number: str
    item: str
    holder: Person
    issuer: Words
    facts: Facts
    portrait: bytes | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Certificate:
    """`holder` and `facts` are personal data and lie sealed."""

    id: str
    case: str
    number: str
    licence_identifier: str
    approval_number: str
    issuer: Words
    issued_at: datetime
    holder: Person
    facts: Facts
    status: CertificateStatus = CertificateStatus.VALID

    @property
    def person(self) -> str:
        return self.holder.id

    @property
    def pdf_url(self) -> str:
        return f"/certificates/{self.id}.pdf"


def certificate_id(case: str) -> str:
    """From the case alone, so that one case has one certificate whoever issues it and however often."""
    return f"certificate-{case.removeprefix('case-')}"


def new_certificate(on: Issuance, codes: LicenceCodes, *, at: datetime) -> Certificate:
    serial = "".join(character for character in on.case_number.upper() if character.isascii() and character.isalnum())
    return Certificate(
        id=certificate_id(on.case),
        case=on.case,
        number=f"TX{serial}",
        licence_identifier=licence_identifier(codes, serial=f"TX{serial}", version=1),
        approval_number=f"{on.case_number}-{on.item}",
        issuer=on.issuer,
        issued_at=at,
        holder=on.holder,
        facts=on.facts,
    )


def printed(certificate: Certificate, *, portrait: bytes | None, check_url: str) -> CertificateContent:
    facts, holder = certificate.facts, certificate.holder
    return CertificateContent(
        number=certificate.number,
        licence_identifier=certificate.licence_identifier,
        name=holder.name,
        document_number=holder.document_number,
        sex=facts.sex,
        birth_date=facts.birth_date,
        ethnicity=facts.ethnicity,
        portrait=portrait,
        work_started=facts.work_started,
        retired_on=facts.retired_on,
        retirement_kind=facts.retirement_kind,
        contribution_months=facts.contribution_months,
        deemed_months=facts.deemed_months,
        last_employer=facts.last_employer,
        last_post=facts.last_post,
        pension_from=facts.pension_from,
        claim_place=facts.claim_place,
        approved_by=facts.approved_by,
        approval_number=certificate.approval_number,
        issuer=certificate.issuer.hans,
        issued_on=day_in_china(certificate.issued_at),
        check_url=check_url,
    )


def refuse_unless_valid(certificate: Certificate) -> None:
    """Only a valid certificate is shown to anybody (F59)."""
    match certificate.status:
        case CertificateStatus.REVOKED:
            raise StepNotAllowed("certificate.revoked", remedy=Remedy.ASK_A_PERSON)
        case CertificateStatus.SUPERSEDED:
            raise Expired("certificate.superseded")
        case CertificateStatus.VALID:
            return
