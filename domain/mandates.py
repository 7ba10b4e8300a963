"""Mandates: the states and powers of an authority that one person gives to another. How one is given comes with acting for others."""

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
