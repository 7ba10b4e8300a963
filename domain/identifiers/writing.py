"""However somebody types a number, it is compared and sent on in one form."""

import re
from unicodedata import normalize

_BETWEEN = re.compile(r"[\s\-\u00ad\u2010-\u2015\u2212\u200b-\u200d\u2060\ufeff]")
"""White space, hyphens and dashes, and what copying leaves behind unseen."""


def normalised(raw: str) -> str:
    """Full-width characters become plain, spaces and hyphens go, letters are upper case; what belongs to the number stays, brackets too."""
    return _BETWEEN.sub("", normalize("NFKC", raw)).upper()
