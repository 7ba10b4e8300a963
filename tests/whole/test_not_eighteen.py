"""A60: whoever holds a document of another length than eighteen comes through every system to the certificate, and is found again by it."""

import re

import pytest

from domain.identifiers import mask_document_number
from domain.ports import Decided, ItemOutcome
from integrations.departments import departments
from integrations.http import Wiring
from mocks import documents
from mocks.journey.pictures import paper
from mocks.serve import wall_clock
from mocks.webhooks import development_secret
from tests.demonstration import Show
from tests.mocks.world import a_handoff
from tests.printed import words
from tests.whole.applicant import Applicant, kind

HOLDERS = {
    "lin": "00066327A",
    "anyone-9001-TAIWAN_PERMIT": "00009001",
    "anyone-9005-HK_MACAO_PERMIT": "H00009005",
}
"""Permits of nine and of eight characters, and one for Hong Kong and Macao."""


@pytest.mark.row("A60")
@pytest.mark.parametrize("key", HOLDERS)
async def test_sign_in_pre_fill_tax_certificate_and_look_up_know_the_same_number(somebody, show: Show, key: str) -> None:
    number = HOLDERS[key]
    person: Applicant = await somebody(key)
    await person.opens()
    filled = {name: person.question(name) for name in ("document-number", "contribution-months", "bank-account")}
    await person.fills()
    for material in (one for one in person.case["materials"] if one["status"] == "NEEDED"):
        file = await person.phone.upload(paper(material["title"]))
        attached = {"materialId": material["id"], "fileIds": [file["id"]]}
        person.case = await person.phone.mutate(documents.ATTACH_MATERIAL, {"input": attached})
    await person.submits()
    await person.sees(until=kind("completed"))
    await person.rereads()
    pdf = await person.phone.fetch(person.case["certificate"]["pdfUrl"])
    printed = re.search(r"证件号码([0-9A-Z()]+)", words(pdf.content))

    assert filled["document-number"]["display"] == mask_document_number(number)
    assert filled["contribution-months"]["source"]["kind"] == "REGISTER"
    assert filled["bank-account"]["source"]["kind"] == "LICENCE"
    assert (person.case["status"], person.case["certificate"]["status"]) == ("DONE", "VALID")
    assert printed is not None
    assert printed[1] == number
    assert (await at_the_tax_office(show, person, printed[1])).outcome is ItemOutcome.GRANTED
    assert await found_again(somebody, key) == (person.case["number"], person.case["certificate"]["id"])


async def at_the_tax_office(show: Show, person: Applicant, number: str) -> Decided:
    """The payer under the number that stands on the certificate, by our client of departments."""
    document_kind = person.case["beneficiary"]["documentKind"]
    applicant = {"name": person.case["beneficiary"]["name"], "document-kind": document_kind, "document-number": number}
    line = departments(
        f"{show.outside}/departments/{{department}}",
        secrets={"tax": development_secret("tax")},
        callback=f"{show.url}/callbacks/departments/{{department}}",
        now=wall_clock,
        wiring=Wiring(),
    )
    try:
        answer = await line.hand_off(a_handoff(f"{person.key}.payer-check.1", item="payer-check", department="tax", applicant=applicant))
    finally:
        await line.close()
    assert isinstance(answer, Decided), answer
    return answer


async def found_again(somebody, key: str) -> tuple[str, str]:
    """On another phone: case and certificate of whoever proves to hold that document."""
    other: Applicant = await somebody(key, language="zh-Hant")
    (edge,) = (await other.phone.query(documents.CASES))["cases"]["edges"]
    (certificate,) = (await other.phone.query(documents.CERTIFICATES))["certificates"]
    return edge["node"]["number"], certificate["id"]
