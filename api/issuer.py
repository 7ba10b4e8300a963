"""The issuer's key, which signs certificates and the daily anchors: judged at start, and not when the first citizen needs it."""

from datetime import datetime

from api.settings import PREFIX, BadSettings, Settings
from integrations.anchor_files import AnchorFolder
from integrations.signing import Pkcs12Signer


def issuer(settings: Settings, *, now: datetime) -> tuple[Pkcs12Signer, AnchorFolder]:
    """Raises BadSettings."""
    passphrase = settings.signer_passphrase.encode()
    try:
        anchors = AnchorFolder.of(settings.anchors, signer=settings.signer, passphrase=passphrase)
        signer = Pkcs12Signer.load(settings.signer, passphrase=passphrase)
    except (OSError, ValueError) as why:
        raise _unusable(settings, str(why)) from None
    first, last = signer.valid
    if not first <= now <= last:
        raise _unusable(settings, f"its certificate is valid from {first:%Y-%m-%d} to {last:%Y-%m-%d} only")
    return signer, anchors


def _unusable(settings: Settings, why: str) -> BadSettings:
    return BadSettings([f"{PREFIX}SIGNER names {settings.signer}, which cannot sign: {why}"])
