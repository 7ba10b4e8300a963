"""The certificate's facts as the template reads them. Whatever a person or a register wrote goes in as data, never as markup."""

import json
import unicodedata
from dataclasses import asdict, dataclass

from domain.ports import CertificateContent

_VARIATION_SELECTORS = [*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)]
_WITHOUT_VARIANTS = dict.fromkeys(_VARIATION_SELECTORS)

_WRITTEN_BY_OTHERS = (
    "name",
    "sex",
    "ethnicity",
    "document_number",
    "work_started",
    "retirement_kind",
    "last_employer",
    "last_post",
    "pension_from",
    "claim_place",
    "approved_by",
    "approval_number",
)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One certificate to render, small enough to hand to another process. `issued`: seconds, the document's own date."""

    facts: dict[str, str | int]
    qr: str
    portrait: bytes | None
    issued: int

    @property
    def letters(self) -> frozenset[str]:
        return frozenset("".join(str(self.facts[name]) for name in _WRITTEN_BY_OTHERS))

    def inputs(self, *, unset: frozenset[str], with_portrait: bool) -> dict[str, str]:
        """What the template gets; letters that no font has (`unset`) are given as their codes."""
        split = {name: parts(str(self.facts[name]), unset) for name in _WRITTEN_BY_OTHERS}
        portrait = {"portrait": json.dumps(list(self.portrait))} if self.portrait and with_portrait else {}
        return {"certificate": json.dumps({**self.facts, **split, "has_codes": bool(unset)}), "qr": self.qr, **portrait}


def sheet(content: CertificateContent, *, qr: str, issued: int) -> Sheet:
    facts = asdict(content)
    portrait = facts.pop("portrait")
    facts.pop("extra")
    dates = {name: facts[name].isoformat() for name in ("birth_date", "retired_on", "issued_on")}
    written = {name: plain(facts[name]) for name in _WRITTEN_BY_OTHERS}
    return Sheet({**facts, **dates, **written}, qr, portrait if _is_picture(portrait) else None, issued)


def plain(value: str) -> str:
    """One line in composed letters; a chosen variant of a letter falls back to the letter."""
    return " ".join(unicodedata.normalize("NFC", value).translate(_WITHOUT_VARIANTS).split())


def _is_picture(content: bytes | None) -> bool:
    return content is not None and content.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"))


def parts(value: str, unset: frozenset[str]) -> list[dict[str, str]]:
    parts: list[dict[str, str]] = []
    for letter in value:
        if letter in unset:
            parts.append({"code": f"U+{ord(letter):04X}"})
        elif parts and "text" in parts[-1]:
            parts[-1]["text"] += letter
        else:
            parts.append({"text": letter})
    return parts
