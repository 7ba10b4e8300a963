"""One invented person, with everything that a licence, a register or a department would hold about them."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class InsuredPlace:
    """Months paid in one place; `temporary`: joined there too old for an account of their own (临时账户)."""

    place: str
    months: int
    temporary: bool = False


@dataclass(frozen=True, slots=True)
class Resident:
    """`key` is what `login_hint` and the journey take. None: there is none, or no register knows it.

    `contribution_months` counts all that the register acknowledges, `deemed_months` (视同) included. `retires_on`: the ordinary
    statutory day. `only_child`: they have one child and the certificate for it (独生子女父母). `region`: the catalogue's code.
    """

    key: str
    name: str
    sex: str
    birth_date: date
    document_number: str
    retires_on: date
    work_started: str
    contribution_months: int
    insured_place: str
    address: str
    document_kind: str = "RESIDENT_ID"
    region: str = "guangxi"
    deemed_months: int = 0
    mobile: str | None = None
    ethnicity: str | None = None
    household_address: str | None = None
    employer: str | None = None
    employer_code: str | None = None
    post: str = "无"
    only_child: bool = False
    bank: str | None = None
    bank_account: str | None = None
    card_expired: bool = False
    """The social security card; the exchange then has no valid one."""
    housing_fund: str | None = None
    """The balance in yuan."""
    medical_months: int = 300
    """Of the 240 that a retiree's medical insurance asks for."""
    archive_birth_date: date | None = None
    """What the earliest record in the archive says, where it differs from the document."""
    archive_lost: bool = False
    deemed_unproven_months: int = 0
    service_months: int = 0
    """Military service."""
    special_post: str | None = None
    special_post_months: int = 0
    incapacitated: bool = False
    """Fully, by the labour capacity committee's finding."""
    unemployment_benefit: bool = False
    fund_paid_months: int = 0
    """What the unemployment fund pays into the pension until the statutory day; not yet in `contribution_months`."""
    arrears_months: int = 0
    residents_insurance_months: int = 0
    flexible_months: int = 0
    places: tuple[InsuredPlace, ...] = ()
