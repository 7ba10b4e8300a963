"""Identity documents, bank cards, telephones, organisations: their check rules, one normal form, masking. None is assumed to be 18 long."""

from domain.identifiers.accounts import is_bank_card, is_credit_code, is_mobile
from domain.identifiers.documents import DocumentKind, is_document_number, resident_check_digit, upgraded
from domain.identifiers.masking import (
    mask_address,
    mask_bank_card,
    mask_document_number,
    mask_email,
    mask_mobile,
    mask_name,
)
from domain.identifiers.writing import normalised

__all__ = [
    "DocumentKind",
    "is_bank_card",
    "is_credit_code",
    "is_document_number",
    "is_mobile",
    "mask_address",
    "mask_bank_card",
    "mask_document_number",
    "mask_email",
    "mask_mobile",
    "mask_name",
    "normalised",
    "resident_check_digit",
    "upgraded",
]
