"""People whose identity document is not the resident card retire in the same way, to a certificate with their own number on it.

Here and not in tests/whole, because behind this house's door each phone has an address of its own, and signing in is counted by address.
"""

import pytest

from mocks.phone import Phone
from tests.faults.crowd import PAUSES, FromHome, Walker
from tests.faults.house import House
from tests.printed import words
from tests.whole.applicant import Applicant, kind

DECIDED_SECONDS = 120.0


@pytest.mark.row("F05")
@pytest.mark.parametrize(
    ("key", "number", "masked"),
    [("anyone-123456-PASSPORT", "E00123456", "E0*****56"), ("anyone-123457-TAIWAN_PERMIT", "00123457", "00****57")],
)
async def test_whoever_has_another_document_retires_with_it(house: House, key: str, number: str, masked: str) -> None:
    async with Phone(house.url, transport=FromHome("198.18.30.1"), pauses=PAUSES) as phone:
        person = Applicant(key, phone)
        await Walker(person, items=None, patient=True).walk()
        await person.sees(until=kind("completed"), within=DECIDED_SECONDS)
        case = await person.rereads()
        pdf = await phone.fetch(case["certificate"]["pdfUrl"])

    assert case["beneficiary"]["documentKind"] == key.rpartition("-")[2]
    assert case["beneficiary"]["maskedDocumentNumber"] == masked
    assert case["certificate"]["status"] == "VALID"
    assert f"证件号码{number}" in words(pdf.content)
