"""What a mandate may let somebody do, and how it can stand."""

from enum import StrEnum


class MandateStatus(StrEnum):
    PENDING = "PENDING"
    ACTIVE = "ACTIVE"
    DECLINED = "DECLINED"
    REVOKED = "REVOKED"
    EXPIRED = "EXPIRED"


class MandateAction(StrEnum):
    VIEW = "VIEW"
    CONSENT = "CONSENT"
    FILL = "FILL"
    ATTACH = "ATTACH"
    SUBMIT = "SUBMIT"
    WITHDRAW = "WITHDRAW"
