"""From a case whose pension was approved to what its certificate says. Nothing here is asked of anybody: it stands in the case."""

from base64 import b64decode
from binascii import Error as NotBase64
from dataclasses import dataclass
from datetime import date

from domain.cases.case import Case
from domain.cases.parts import ItemState
from domain.catalogue.types import Catalogue
from domain.certificates.certificate import Facts, Issuance
from domain.certificates.office import CertificateOffice
from domain.clock import day_in_china
from domain.words import Language


@dataclass(frozen=True, slots=True)
class CaseCertificates:
    """The `CertificateMaker` of the back office."""

    office: CertificateOffice

    async def issue(self, case: Case, catalogue: Catalogue) -> str:
        return (await self.office.issue(issuance_of(case, catalogue))).id


def issuance_of(case: Case, catalogue: Catalogue) -> Issuance:
    item = _approved(case, catalogue)
    department = catalogue.departments[catalogue.items[item.code].department]
    return Issuance(
        case=case.id,
        case_number=case.number,
        item=item.code,
        holder=case.beneficiary,
        issuer=department.name,
        facts=_facts(case, catalogue, item, approved_by=department.name.in_(Language.ZH_HANS)),
        portrait=_portrait(case),
    )


def _approved(case: Case, catalogue: Catalogue) -> ItemState:
    return next(item for item in case.items if catalogue.items[item.code].certificate)


def _facts(case: Case, catalogue: Catalogue, item: ItemState, *, approved_by: str) -> Facts:
    decided = day_in_china(item.decided_at or case.updated_at)
    retired_on = _date(case.answer("retirement-date")) or decided
    return Facts(
        sex=_shown(case, catalogue, "sex"),
        birth_date=_date(case.answer("birth-date")) or retired_on,
        ethnicity=case.answer("ethnicity") or "",
        work_started=case.answer("work-started") or "",
        retired_on=retired_on,
        retirement_kind=_shown(case, catalogue, "retirement-kind"),
        contribution_months=_whole(case.answer("contribution-months")),
        deemed_months=_whole(case.answer("deemed-months")),
        last_employer=case.answer("employer") or "",
        last_post=case.answer("post") or "",
        pension_from=month_after(retired_on),
        claim_place=case.answer("insured-place") or "",
        approved_by=approved_by,
    )


def month_after(day: date) -> str:
    """The pension is paid from the month after the one of retirement (人社部发〔2024〕94号 Art 9)."""
    return f"{day.year + day.month // 12}-{day.month % 12 + 1:02}"


def _shown(case: Case, catalogue: Catalogue, key: str) -> str:
    """An option's own words; a certificate is written in Chinese."""
    value = case.answer(key) or ""
    rules = (rule for section in catalogue.sections for rule in section.fields if rule.key == key)
    options = (option for rule in rules for option in rule.options if option.value == value)
    return next((option.label.in_(Language.ZH_HANS) for option in options), value)


def _date(value: str | None) -> date | None:
    try:
        return date.fromisoformat(value or "")
    except ValueError:
        return None


def _whole(value: str | None) -> int:
    return int(value) if value and value.isdecimal() else 0


def _portrait(case: Case) -> bytes | None:
    """From the licence. A photograph that was handed in stays with the department."""
    try:
        return b64decode(case.answer("portrait") or "", validate=True) or None
    except NotBase64:
        return None
