"""The certificate as a phone meets it: over GraphQL, and the signed file over HTTP."""

from collections.abc import Mapping
from datetime import date, datetime

import pytest
import strawberry
from strawberry.dataloader import DataLoader
from strawberry.schema.config import StrawberryConfig

from domain.acting import Acting, Assurance
from domain.certificates.certificate import CertificateStatus
from domain.words import Language
from integrations.catalogue_files import Loaded, load
from integrations.mongo.database import Database
from integrations.sealing import Sealing
from resolvers.context import Context
from schema.certificates import CertificateMutation, CertificateQuery
from schema.problems import TellInvalidForm, TellRefusal
from schema.scalars import SCALARS
from tests.certificates import LI, REQUEST, ZHANG, Office, open_office, session_of
from tests.desks import some_desks
from tests.printed import drawn, modules

SCHEMA = strawberry.Schema(
    query=CertificateQuery,
    mutation=CertificateMutation,
    config=StrawberryConfig(scalar_map=SCALARS),
    exception_handlers=[TellRefusal(), TellInvalidForm()],
)
READ = """query($id: ID!, $first: Int! = 20, $after: String) { certificate(id: $id) {
  id number licenceIdentifier status statusText holder { name maskedDocumentNumber } issuedAt issuer pdfUrl
  views(first: $first, after: $after) {
    edges { cursor node { id at by place purpose } } pageInfo { hasNextPage hasPreviousPage endCursor } }
} }"""
MINE = "{ certificates { id status } }"
PRESENT = """mutation($request: ID!, $id: ID!) { presentCertificate(requestId: $request, certificateId: $id) { __typename
  ... on Presentation { id code url qrSvg expiresAt livesSeconds }
  ... on Problem { message spoken } ... on Refusal { refusalCode remedy stepUp { assurance maxAgeSeconds } }
} }"""
CHECK = """mutation($request: ID!, $code: String!, $purpose: String) {
  checkCertificate(requestId: $request, input: {code: $code, purpose: $purpose}) { __typename
  ... on CertificateCheck { genuine status holder issuer issuedAt }
  ... on Problem { message spoken } ... on Refusal { refusalCode remedy retryAfterSeconds }
  ... on InvalidForm { issues { path code message } }
} }"""


@pytest.fixture(scope="module")
def loaded() -> Loaded:
    return load(today=date(2026, 11, 23))


@pytest.fixture
async def office(database: Database, sealing: Sealing, moment: datetime) -> Office:
    return await open_office(database, sealing, at=moment)


class Phone:
    """Asks in one session, from one address."""

    def __init__(self, office: Office, loaded: Loaded, acting: Acting | None, *, language: Language = Language.ZH_HANS) -> None:
        self._office, self._loaded, self._acting, self._language = office, loaded, acting, language

    async def ask(self, document: str, **variables: object) -> Mapping[str, object]:
        verifier = self._office.verifier()
        context = Context(
            desks=some_desks(certificates=self._office.desk),
            catalogues=self._loaded.catalogues,
            wording=self._loaded.wording,
            acting=self._acting,
            language=self._language,
            now=self._office.clock(),
            caller=verifier.known,
            address=verifier.counted,
            certificates=DataLoader(load_fn=self._office.certificates.several),
            place=verifier.place,
        )
        result = await SCHEMA.execute(document, variable_values=variables, context_value=context)
        assert result.errors is None
        (answer,) = result.data.values()
        return answer


@pytest.fixture
def zhang(office: Office, loaded: Loaded) -> Phone:
    return Phone(office, loaded, session_of(ZHANG, proved_at=office.clock()))


@pytest.fixture
def bank(office: Office, loaded: Loaded) -> Phone:
    return Phone(office, loaded, None)


async def test_the_holder_reads_their_certificate(zhang: Phone, office: Office) -> None:
    issued = await office.issued()

    assert await zhang.ask(READ, id=issued.id) == {
        "id": "certificate-7f3a",
        "number": "TXGX20267F3A",
        "licenceIdentifier": issued.licence_identifier,
        "status": "VALID",
        "statusText": "有效",
        "holder": {"name": "张丰年", "maskedDocumentNumber": ZHANG.masked_document_number},
        "issuedAt": "2026-11-23T10:00:00+08:00",
        "issuer": "广西壮族自治区社会保险事业中心",
        "pdfUrl": "/certificates/certificate-7f3a.pdf",
        "views": {"edges": [], "pageInfo": {"hasNextPage": False, "hasPreviousPage": False, "endCursor": None}},
    }
    assert await zhang.ask(MINE) == [{"id": issued.id, "status": "VALID"}]


@pytest.mark.parametrize("who", [LI, None])
async def test_somebody_elses_certificate_looks_as_if_it_were_not_there(office: Office, loaded: Loaded, who: object) -> None:
    issued = await office.issued()
    phone = Phone(office, loaded, session_of(LI, proved_at=office.clock()) if who else None)

    assert [await phone.ask(READ, id=id) for id in (issued.id, "certificate-none")] == [None, None]
    assert await phone.ask(MINE) == []


@pytest.mark.row("F56", "F57", "F58")
async def test_a_certificate_is_shown_checked_and_the_look_is_told(zhang: Phone, bank: Phone, office: Office) -> None:
    issued = await office.issued()

    shown = await zhang.ask(PRESENT, request=REQUEST, id=issued.id)
    checked = await bank.ask(CHECK, request=REQUEST, code=shown["code"], purpose="开户")

    assert (shown["livesSeconds"], shown["expiresAt"]) == (180, "2026-11-23T10:03:00+08:00")
    assert shown["url"] == f"https://zhangban.test/check/{shown['code']}"
    assert checked == {
        "__typename": "CertificateCheck",
        "genuine": True,
        "status": "VALID",
        "holder": "张**",
        "issuer": "广西壮族自治区社会保险事业中心",
        "issuedAt": "2026-11-23T10:00:00+08:00",
    }
    (look,) = (await zhang.ask(READ, id=issued.id))["views"]["edges"]
    assert (look["node"]["by"], look["node"]["place"], look["node"]["purpose"]) == ("未登录的查验人", "121.31.*.*", "开户")
    assert look["node"]["at"] == "2026-11-23T10:00:00+08:00"


@pytest.mark.row("F56")
async def test_every_showing_has_a_code_of_its_own_to_be_scanned(zhang: Phone, office: Office) -> None:
    issued = await office.issued()

    first, second = [await zhang.ask(PRESENT, request=f"{REQUEST}-{number}", id=issued.id) for number in range(2)]

    assert first["url"] != second["url"]
    assert [drawn(shown["qrSvg"]) for shown in (first, second)] == [modules(shown["url"]) for shown in (first, second)]


async def test_a_lost_answer_is_told_again_to_the_same_request(zhang: Phone, bank: Phone, office: Office) -> None:
    issued = await office.issued()
    first = await zhang.ask(PRESENT, request=REQUEST, id=issued.id)
    told_first = await bank.ask(CHECK, request=REQUEST, code=first["code"])

    assert await zhang.ask(PRESENT, request=REQUEST, id=issued.id) == first
    assert await bank.ask(CHECK, request=REQUEST, code=first["code"]) == told_first
    assert told(await bank.ask(CHECK, request=REQUEST, code="0000-0000-0000"), "refusalCode") == ("Refusal", "CONFLICT")


async def test_what_is_not_genuine_tells_nothing_else(bank: Phone) -> None:
    checked = await bank.ask(CHECK, request=REQUEST, code="0000-0000-0000")

    assert checked == {"__typename": "CertificateCheck", "genuine": False, "status": None, "holder": None, "issuer": None, "issuedAt": None}


async def test_views_are_turned_page_by_page(zhang: Phone, bank: Phone, office: Office) -> None:
    for number in range(3):
        await office.checks.check(await office.shown(request=f"{REQUEST}-{number}"), by=office.verifier(), purpose=str(number))
        office.clock.wind(seconds=1)

    first = (await zhang.ask(READ, id="certificate-7f3a", first=2))["views"]
    rest = (await zhang.ask(READ, id="certificate-7f3a", first=2, after=first["pageInfo"]["endCursor"]))["views"]

    assert [edge["node"]["purpose"] for edge in (*first["edges"], *rest["edges"])] == ["2", "1", "0"]
    assert (first["pageInfo"]["hasNextPage"], rest["pageInfo"]["hasNextPage"], rest["pageInfo"]["hasPreviousPage"]) == (True, False, True)


# ---------------------------------------------------------------- refusals, in words


def told(answer: Mapping[str, object], *names: str) -> tuple[object, ...]:
    assert answer["message"]
    assert answer["spoken"]
    return tuple(answer[name] for name in ("__typename", *names))


@pytest.mark.row("F59")
@pytest.mark.parametrize(
    ("status", "code", "remedy", "words"),
    [
        (CertificateStatus.REVOKED, "STEP_NOT_ALLOWED", "ASK_A_PERSON", "已经注销"),
        (CertificateStatus.SUPERSEDED, "EXPIRED", "NONE", "换发了新证"),
    ],
)
async def test_a_certificate_that_is_not_valid_is_not_shown(
    zhang: Phone, office: Office, status: CertificateStatus, code: str, remedy: str, words: str
) -> None:
    await office.certificates.mark(await office.issued(), status)

    refused = await zhang.ask(PRESENT, request=REQUEST, id="certificate-7f3a")

    assert told(refused, "refusalCode", "remedy") == ("Refusal", code, remedy)
    assert words in refused["message"]


async def test_whoever_was_proved_too_long_ago_is_asked_to_prove_it_again(office: Office, loaded: Loaded) -> None:
    await office.issued()
    phone = Phone(office, loaded, session_of(ZHANG, proved_at=office.clock(), assurance=Assurance.L2))

    refused = await phone.ask(PRESENT, request=REQUEST, id="certificate-7f3a")

    assert told(refused, "refusalCode", "stepUp") == ("Refusal", "ASSURANCE_TOO_LOW", {"assurance": "L3", "maxAgeSeconds": 1200})


@pytest.mark.parametrize(("id", "who"), [("certificate-none", ZHANG), ("certificate-7f3a", LI)])
async def test_nothing_is_shown_of_what_is_not_there_or_not_theirs(office: Office, loaded: Loaded, id: str, who: object) -> None:
    await office.issued()
    phone = Phone(office, loaded, session_of(ZHANG if who is ZHANG else LI, proved_at=office.clock()))

    assert told(await phone.ask(PRESENT, request=REQUEST, id=id), "refusalCode") == ("Refusal", "NOT_FOUND")


async def test_nobody_shows_anything_without_signing_in(bank: Phone) -> None:
    assert told(await bank.ask(PRESENT, request=REQUEST, id="certificate-7f3a"), "refusalCode") == ("Refusal", "ASSURANCE_TOO_LOW")


async def test_guessing_is_refused_with_the_seconds_to_wait(bank: Phone) -> None:
    for guess in range(10):
        await bank.ask(CHECK, request=f"{REQUEST}-{guess}", code=f"0000-0000-000{guess}")

    refused = await bank.ask(CHECK, request=f"{REQUEST}-11", code="0000-0000-0000")
    assert told(refused, "refusalCode", "remedy", "retryAfterSeconds") == ("Refusal", "TOO_MANY_ATTEMPTS", "RETRY", 900)


async def test_what_is_no_code_names_its_field(bank: Phone) -> None:
    slip = await bank.ask(CHECK, request=REQUEST, code="张丰年")

    assert told(slip) == ("InvalidForm",)
    assert [(issue["path"], issue["code"]) for issue in slip["issues"]] == [(["input", "code"], "not-a-code")]


@pytest.mark.parametrize("document", [PRESENT, CHECK])
async def test_a_request_without_a_proper_id_is_told_so(zhang: Phone, document: str) -> None:
    slip = await zhang.ask(document, request="short", id="certificate-7f3a", code="0000-0000-0000")

    assert told(slip) == ("InvalidForm",)
