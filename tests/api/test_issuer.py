"""An issuer's key that cannot sign is told at start, in a sentence, and before anything else is begun."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from api.development import environment
from api.issuer import issuer
from api.settings import BadSettings, Settings

NOW = datetime.now(UTC)


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return Settings.from_environment(environment(tmp_path_factory.mktemp("issuer"), port=8000, ports=dict.fromkeys(PORTS, 1)))


PORTS = ("store", "valkey", "mocks", "worker")


def test_a_good_key_signs_certificates_and_anchors(settings: Settings) -> None:
    signer, anchors = issuer(settings, now=NOW)

    assert (signer.key.signing_cert.serial_number, anchors.folder) == (anchors.certificate.serial_number, settings.anchors)


@pytest.mark.parametrize("content", [None, b"", b"no key"])
def test_a_file_that_is_no_key_is_named(settings: Settings, tmp_path: Path, content: bytes | None) -> None:
    file = tmp_path / "signer.p12"
    if content is not None:
        file.write_bytes(content)

    with pytest.raises(BadSettings, match=r"ZHANGBAN_SIGNER names .*signer\.p12, which cannot sign"):
        issuer(replace(settings, signer=file), now=NOW)


def test_another_passphrase_is_told(settings: Settings) -> None:
    with pytest.raises(BadSettings, match="which cannot sign"):
        issuer(replace(settings, signer_passphrase="another"), now=NOW)


@pytest.mark.parametrize("years", [-1, 100])
def test_a_certificate_that_is_not_valid_today_is_refused(settings: Settings, years: int) -> None:
    with pytest.raises(BadSettings, match="its certificate is valid from"):
        issuer(settings, now=NOW + timedelta(days=366 * years))
