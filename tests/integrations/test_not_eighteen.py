"""A60 at the tax office: a payer's number is looked at by its kind, and one of eighteen with a wrong last character is handed back."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from domain.cases.handing_off import handoff_of
from domain.cases.opening import Filing, NewCase, Opening, open_case
from domain.identifiers import DocumentKind, is_document_number
from domain.people import Person
from domain.ports import Decided, ItemOutcome, Rejected
from domain.words import Language
from integrations.catalogue_files import load
from integrations.departments import HttpDepartments
from mocks.numbers import with_resident_check
from mocks.people import PEOPLE, anyone
from tests.cases import a_mark, acting, at
from tests.catalogue.riverside import with_riverside
from tests.mocks.world import World, a_handoff, a_world
from tests.regions import TODAY

EIGHTEEN = (
    DocumentKind.RESIDENT_ID,
    DocumentKind.HK_MACAO_RESIDENCE,
    DocumentKind.TAIWAN_RESIDENCE,
)
AGREES = "缴费人登记信息核对一致"


@pytest.fixture
async def world() -> AsyncIterator[World]:
    async with a_world() as world:
        yield world


@pytest.fixture
async def departments(world: World) -> AsyncIterator[HttpDepartments]:
    departments = world.departments()
    yield departments
    await departments.close()


def payer(kind: DocumentKind, number: str) -> dict[str, object]:
    applicant = {"name": "无名", "document-kind": kind.value, "document-number": number}
    return {"key": f"case-1.payer-check.{number}", "item": "payer-check", "department": "tax", "applicant": applicant}


@pytest.mark.row("A60")
@pytest.mark.parametrize("kind", list(DocumentKind))
async def test_the_tax_office_registers_every_kind_of_document(departments: HttpDepartments, kind: DocumentKind) -> None:
    answer = await departments.hand_off(a_handoff(**payer(kind, anyone(24, kind.value).document_number)))

    assert isinstance(answer, Decided)
    assert (answer.outcome, answer.text) == (ItemOutcome.GRANTED, AGREES)


@pytest.mark.row("A60")
@pytest.mark.parametrize(
    ("kind", "number"),
    [
        (DocumentKind.TAIWAN_PERMIT, "12345678"),
        (DocumentKind.TAIWAN_PERMIT, "123456789"),
        (DocumentKind.TAIWAN_PERMIT, "12345678A"),
        (DocumentKind.TAIWAN_PERMIT, "1234567890"),
        (DocumentKind.TAIWAN_PERMIT, "12345678(B)"),
        (DocumentKind.HK_MACAO_PERMIT, "M12345678"),
        (DocumentKind.HK_MACAO_PERMIT, "H1234567801"),
        (DocumentKind.FOREIGN_PERMANENT_RESIDENT, "USA110066060101"),
        (DocumentKind.FOREIGN_PERMANENT_RESIDENT, with_resident_check("91184019660615001")),
        (DocumentKind.PASSPORT, "AB123"),
    ],
)
async def test_no_length_is_taken_for_granted(departments: HttpDepartments, kind: DocumentKind, number: str) -> None:
    """The number is not handed back; that nobody here holds it is another matter."""
    answer = await departments.hand_off(a_handoff(**payer(kind, number)))

    assert is_document_number(kind, number, today=TODAY)
    assert isinstance(answer, Decided)


@pytest.mark.row("A60")
@pytest.mark.parametrize("kind", EIGHTEEN)
async def test_eighteen_characters_with_a_wrong_last_one_fail_here_and_there(departments: HttpDepartments, kind: DocumentKind) -> None:
    good = anyone(24, kind.value).document_number
    wrong = good[:-1] + ("0" if good[-1] != "0" else "1")

    assert not is_document_number(kind, wrong, today=TODAY)
    assert await departments.hand_off(a_handoff(**payer(kind, wrong))) == Rejected(("证件号码校验位有误",))


@pytest.mark.row("A60")
@pytest.mark.parametrize(
    ("kind", "number"),
    [
        (DocumentKind.RESIDENT_ID, "00066327A"),
        (DocumentKind.TAIWAN_PERMIT, anyone(24).document_number),
        (DocumentKind.TAIWAN_PERMIT, "1234567"),
        (DocumentKind.HK_MACAO_PERMIT, "12345678"),
        (DocumentKind.PASSPORT, "1234"),
    ],
)
async def test_a_number_of_another_kind_fails_here_and_there(departments: HttpDepartments, kind: DocumentKind, number: str) -> None:
    assert not is_document_number(kind, number, today=TODAY)
    assert await departments.hand_off(a_handoff(**payer(kind, number))) == Rejected(("证件号码与证件类型不符",))


async def test_a_kind_that_nobody_knows_is_handed_back(departments: HttpDepartments) -> None:
    handoff = payer(DocumentKind.PASSPORT, "E12345678")
    handoff["applicant"] = {**handoff["applicant"], "document-kind": "DOG_TAG"}

    assert await departments.hand_off(a_handoff(**handoff)) == Rejected(("证件类型 DOG_TAG 无法登记",))


@pytest.mark.row("A60")
async def test_a_case_of_a_region_with_a_tax_item_hands_the_number_over_as_it_is_written(
    departments: HttpDepartments, tmp_path: Path
) -> None:
    riverside = load(with_riverside(tmp_path), today=TODAY).catalogues.in_force("riverside")
    lin = Person("person-lin", PEOPLE["lin"].name, DocumentKind.TAIWAN_PERMIT, PEOPLE["lin"].document_number)
    new = NewCase("case-zh8k0003", "ZB2026112300000033", a_mark("riverside", person=lin), Language.ZH_HANT)
    opening = Opening(("item-riverside-payer-check",))
    case = open_case(opening, new, catalogue=riverside, filing=Filing(lin, vouched_at=at().at), by=acting(lin), moment=at())

    handoff = handoff_of(case, "payer-check", riverside)
    answer = await departments.hand_off(handoff)

    assert handoff.applicant == {"name": "林志远", "document-kind": "TAIWAN_PERMIT", "document-number": "00066327A"}
    assert isinstance(answer, Decided)
    assert (answer.outcome, answer.text) == (ItemOutcome.GRANTED, AGREES)
