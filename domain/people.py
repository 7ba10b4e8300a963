"""A person as every part of the product knows one: an opaque id, a name, one identity document."""

from dataclasses import dataclass

from domain.identifiers import DocumentKind, mask_document_number, mask_name

LONGEST_NAME = 50
"""Characters of a name that somebody types."""


@dataclass(frozen=True, slots=True)
class Person:
    """`id` is random and says nothing; name and number are personal data and live sealed."""

    id: str
    name: str
    document_kind: DocumentKind
    document_number: str

    @property
    def masked_document_number(self) -> str:
        return mask_document_number(self.document_number)

    @property
    def masked_name(self) -> str:
        return mask_name(self.name)
