"""Names that say nothing, for whatever the product keeps."""

import secrets
from collections.abc import Callable

from domain.cases.naming import ALPHABET


def new_name(kind: str) -> Callable[[], str]:
    """Opaque ids of that kind: its name and twenty random characters."""
    return lambda: f"{kind}-" + "".join(secrets.choice(ALPHABET) for _ in range(20))
