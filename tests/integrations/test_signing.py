"""The issuer's signature: good for the whole document as it is, and for nothing else."""

import re
import shutil
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12

from domain.certificates.certificate import printed
from integrations.documents.renderer import TypstDocuments
from integrations.signing import DEVELOPMENT_PASSPHRASE, KeyFiles, NotGenuine, Pkcs12Signer, make_development_signer, verify
from tests.certificates import CHECK_URL, certificate
from tests.printed import elements, read, words

NOW = datetime.now(UTC)


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> KeyFiles:
    return make_development_signer(tmp_path_factory.mktemp("keys"), now=NOW)


@pytest.fixture(scope="module")
async def page() -> bytes:
    documents = TypstDocuments()
    page = await documents.certificate(printed(certificate(NOW), portrait=None, check_url=CHECK_URL))
    documents.close()
    return page


@pytest.fixture(scope="module")
async def signed(keys: KeyFiles, page: bytes) -> bytes:
    return await keys.signer().sign_pdf(page, reason="签发电子退休证")


@pytest.mark.row("B10", "A09")
async def test_a_signed_certificate_names_its_issuer_and_when(signed: bytes, keys: KeyFiles) -> None:
    signature = await verify(signed, trust=keys.trust)

    assert signature.name == "掌办 DEVELOPMENT issuer, no legal effect"
    assert NOW - timedelta(seconds=1) <= signature.at <= datetime.now(UTC)


@pytest.mark.row("B10")
@pytest.mark.skipif(shutil.which("openssl") is None, reason="there is no program openssl on this machine")
@pytest.mark.parametrize(("changed", "said"), [(b"1.7", "CMS Verification successful"), (b"1.6", "CMS Verification failure")])
def test_a_program_that_is_not_ours_judges_the_signature_alike(
    signed: bytes, keys: KeyFiles, tmp_path: Path, changed: bytes, said: str
) -> None:
    covered, signature = as_any_program_reads(signed)
    (tmp_path / "covered").write_bytes(covered.replace(b"%PDF-1.7", b"%PDF-" + changed, 1))
    (tmp_path / "signature").write_bytes(signature)

    verifying = ["openssl", "cms", "-verify", "-binary", "-inform", "DER", "-purpose", "any", "-out", "judged", "-CAfile", str(keys.trust)]
    judged = subprocess.run([*verifying, "-in", "signature", "-content", "covered"], cwd=tmp_path, capture_output=True, text=True)

    assert said in judged.stderr
    assert (judged.returncode == 0) is (said == "CMS Verification successful")


def as_any_program_reads(signed: bytes) -> tuple[bytes, bytes]:
    """(what the signature covers, the signature as CMS), read off the file; and nothing else is in it."""
    found = re.search(rb"/ByteRange \[0 (\d+) (\d+) (\d+)\]", signed)
    assert found
    before, after, rest = map(int, found.groups())
    assert after + rest == len(signed)
    assert (signed[before : before + 1], signed[after - 1 : after]) == (b"<", b">")
    return signed[:before] + signed[after:], bytes.fromhex(signed[before + 1 : after - 1].decode())


@pytest.mark.row("B10")
async def test_signing_adds_a_pades_signature_and_takes_nothing_away(signed: bytes, page: bytes) -> None:
    assert signed.startswith(page)
    assert b"/ETSI.CAdES.detached" in signed
    assert not re.search(rb"/LZWDecode|/NeedAppearances", signed)


@pytest.mark.row("B10")
async def test_a_signed_certificate_is_still_the_tagged_pdf_a_that_it_was(signed: bytes, page: bytes) -> None:
    before, after = read(page).root_object, read(signed).root_object

    assert after["/Metadata"].get_object().get_data() == before["/Metadata"].get_object().get_data()
    assert [element.get("/S") for element in elements(signed)] == [element.get("/S") for element in elements(page)]
    assert words(signed) == words(page)
    (field,) = read(signed).pages[0]["/Annots"]
    assert field.get_object()["/F"] & 0b100_0110 == 0b100  # printed, neither invisible nor hidden, as PDF/A asks


@pytest.mark.parametrize("place", [0.02, 0.3, 0.6, 0.9])
async def test_one_byte_changed_anywhere_is_not_genuine(signed: bytes, keys: KeyFiles, place: float) -> None:
    at = int(len(signed) * place)

    with pytest.raises(NotGenuine):
        await verify(signed[:at] + bytes([signed[at] ^ 1]) + signed[at + 1 :], trust=keys.trust)


@pytest.mark.parametrize("added", [b"\n", b"% more", b"\n1 0 obj\n<<>>\nendobj\n"])
async def test_what_is_appended_makes_it_not_genuine(signed: bytes, keys: KeyFiles, added: bytes) -> None:
    with pytest.raises(NotGenuine):
        await verify(signed + added, trust=keys.trust)


async def test_a_signature_of_another_authority_is_not_genuine(page: bytes, keys: KeyFiles, tmp_path: Path) -> None:
    forged = await make_development_signer(tmp_path, now=NOW).signer().sign_pdf(page, reason="签发电子退休证")

    with pytest.raises(NotGenuine):
        await verify(forged, trust=keys.trust)


@pytest.mark.parametrize("rubbish", [b"", b"%PDF-1.7", b"not a document at all", b"\x00" * 1000])
async def test_what_is_no_signed_document_is_not_genuine(rubbish: bytes, keys: KeyFiles) -> None:
    with pytest.raises(NotGenuine):
        await verify(rubbish, trust=keys.trust)


async def test_a_page_without_a_signature_is_not_genuine(page: bytes, keys: KeyFiles) -> None:
    with pytest.raises(NotGenuine):
        await verify(page, trust=keys.trust)


def test_keys_are_made_once_for_a_folder_and_for_their_owner_alone(keys: KeyFiles) -> None:
    before = keys.key.read_bytes(), keys.trust.read_bytes()

    again = make_development_signer(keys.key.parent, now=NOW)

    assert (again.key.read_bytes(), again.trust.read_bytes()) == before
    assert keys.key.stat().st_mode & 0o077 == 0


def test_another_passphrase_is_told(keys: KeyFiles) -> None:
    with pytest.raises(ValueError, match="passphrase"):
        Pkcs12Signer.load(keys.key, passphrase=DEVELOPMENT_PASSPHRASE + b"!")


# ---------------------------------------------------------------- no key, or none that answers


@pytest.mark.row("A09")
def test_a_key_that_is_not_there_is_told_by_name(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"^signer\.p12 is no PKCS#12 file"):
        Pkcs12Signer.load(tmp_path / "signer.p12", passphrase=DEVELOPMENT_PASSPHRASE)


@pytest.mark.row("A09")
@pytest.mark.parametrize("part", [0, 0.5, 0.99], ids=["empty", "half", "cut short"])
def test_a_key_that_cannot_be_used_is_told_by_name(keys: KeyFiles, tmp_path: Path, part: float) -> None:
    whole = keys.key.read_bytes()
    (tmp_path / "signer.p12").write_bytes(whole[: int(len(whole) * part)])

    with pytest.raises(ValueError, match=r"^signer\.p12 is no PKCS#12 file"):
        Pkcs12Signer.load(tmp_path / "signer.p12", passphrase=keys.passphrase)


@pytest.mark.row("A09")
def test_certificates_without_a_key_sign_nothing(keys: KeyFiles, tmp_path: Path) -> None:
    authority = x509.load_pem_x509_certificate(keys.trust.read_bytes())
    bag = pkcs12.serialize_key_and_certificates(b"issuer", None, None, [authority], BestAvailableEncryption(keys.passphrase))
    (tmp_path / "signer.p12").write_bytes(bag)

    with pytest.raises(ValueError, match=r"^signer\.p12 is no PKCS#12 file"):
        Pkcs12Signer.load(tmp_path / "signer.p12", passphrase=keys.passphrase)
