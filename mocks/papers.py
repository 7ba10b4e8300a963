"""What licences and registers hold about a person.

Metadata after GB/T 36903, identifiers after GB/T 36904, attributes by the catalogue's names.
"""

from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from hashlib import sha256

from mocks.numbers import licence_check, office_code
from mocks.people import Resident
from mocks.portraits import portrait

CHINA = timezone(timedelta(hours=8))
ROOT = "1.2.156.3005.2"
DEFINER = office_code("110000", 36903)
HOLDER_TYPE = {"RESIDENT_ID": "111"}
OTHER_HOLDER_TYPE = "999"
SEXES = {"男": "MALE", "女": "FEMALE"}

Attributes = dict[str, str | None]


@dataclass(frozen=True, slots=True)
class Kind:
    """`years`: how long one holds; None: for good. `attributes` gives None for a person who has no such paper."""

    code: str
    name: str
    serial: str
    issuer: str
    years: int | None
    attributes: Callable[[Resident], Attributes | None]


def _resident_id(person: Resident) -> Attributes | None:
    if person.document_kind != "RESIDENT_ID":
        return None
    return {
        "name": person.name,
        "sex": SEXES[person.sex],
        "ethnicity": person.ethnicity,
        "birth-date": person.birth_date.isoformat(),
        "document-number": person.document_number,
        "address": person.household_address,
    }


def _household_register(person: Resident) -> Attributes | None:
    if person.household_address is None:
        return None
    return {"household-address": person.household_address, "registration": "居民家庭户口"}


def _portrait(person: Resident) -> Attributes | None:
    if person.document_kind != "RESIDENT_ID":
        return None
    return {"portrait": b64encode(portrait(person.key, person.sex)).decode()}


def _social_security_card(person: Resident) -> Attributes | None:
    if person.bank_account is None:
        return None
    return {"bank": person.bank, "bank-account": person.bank_account, "card-number": f"C{_digits(person, 'card', 8)}"}


def _contribution_record(person: Resident) -> Attributes:
    return {
        "contribution-months": str(person.contribution_months),
        "deemed-months": str(person.deemed_months),
        "work-started": f"{person.work_started}-01",
        "employer": person.employer or ("灵活就业" if person.flexible_months else None),
        "employer-code": person.employer_code,
        "post": person.post,
        "insured-place": person.insured_place,
        "only-child": "YES" if person.only_child else "NO",
    }


KINDS = {
    kind.code: kind
    for kind in (
        Kind("resident-id", "居民身份证", "001", "公安机关（演示）", 20, _resident_id),
        Kind("household-register", "居民户口簿", "002", "公安机关（演示）", None, _household_register),
        Kind("portrait", "电子头像", "003", "公安机关（演示）", None, _portrait),
        Kind("social-security-card", "社会保障卡", "004", "人力资源社会保障部门（演示）", 10, _social_security_card),
        Kind("contribution-record", "社会保险参保缴费记录", "005", "社会保险经办机构（演示）", None, _contribution_record),
    )
}


def papers(kind: Kind, person: Resident, today: date) -> list[dict[str, object]]:
    """All that were ever issued: a resident ID has a predecessor that has run out."""
    attributes = kind.attributes(person)
    if attributes is None:
        return []
    held = {name: value for name, value in attributes.items() if value is not None}
    expired = kind.code == "social-security-card" and person.card_expired
    newest = _paper(kind, person, held, _issued(kind, person, today) - timedelta(days=3653 if expired else 0), version=2)
    if kind.code != "resident-id":
        return [_with_status(newest, today)]
    before = _paper(kind, person, held, _issued(kind, person, today) - timedelta(days=7305), version=1)
    return [_with_status(paper, today) for paper in (before, newest)]


def _issued(kind: Kind, person: Resident, today: date) -> date:
    """A register's entry is of today; a licence is one to eight years old."""
    if kind.code == "contribution-record":
        return today
    return date(2018, 1, 2) + timedelta(days=int(_digits(person, kind.code, 6)) % 2700)


def _paper(kind: Kind, person: Resident, attributes: dict[str, str], issued: date, *, version: int) -> dict[str, object]:
    until = issued.replace(year=issued.year + kind.years, day=min(issued.day, 28)) if kind.years else None
    number = person.document_number if kind.code == "resident-id" else f"Z{_digits(person, kind.code, 12)}"
    return {
        "licenceName": kind.name,
        "type": kind.code,
        "typeCode": DEFINER + kind.serial,
        "identifier": identifier(kind, _digits(person, kind.code, 20), version=version),
        "number": number,
        "issuer": {"name": kind.issuer, "code": _issuer_code(kind)},
        "regionCode": "450000",
        "holder": {
            "name": person.name,
            "kind": person.document_kind,
            "number": person.document_number,
            "type": HOLDER_TYPE.get(person.document_kind, OTHER_HOLDER_TYPE),
        },
        "issuedAt": datetime.combine(issued, time(), CHINA).isoformat(),
        "validFrom": issued.isoformat(),
        "validUntil": until.isoformat() if until else None,
        "attributes": attributes,
    }


def _with_status(paper: dict[str, object], today: date) -> dict[str, object]:
    until = paper["validUntil"]
    return {**paper, "status": "expired" if isinstance(until, str) and until < today.isoformat() else "valid"}


def identifier(kind: Kind, serial: str, *, version: int) -> str:
    parts = (DEFINER + kind.serial, _issuer_code(kind), serial, f"{version:03d}")
    return ".".join((ROOT, *parts, licence_check("".join(parts))))


def _issuer_code(kind: Kind) -> str:
    return office_code("450000", int(kind.serial))


def _digits(person: Resident, about: str, length: int) -> str:
    """Always the same for the same person and matter."""
    told = sha256(f"{person.document_kind}|{person.document_number}|{about}".encode()).hexdigest()
    return f"{int(told, 16):078d}"[-length:]
