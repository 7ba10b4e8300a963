"""Moments that outside systems name: with their offset, and in years that every calendar here can hold."""

from datetime import datetime
from typing import Annotated

from msgspec import Meta

Moment = Annotated[datetime, Meta(tz=True)]

FIRST_YEAR, LAST_YEAR = 1900, 2200


def must_be_believable(moment: datetime) -> None:
    """For the `__post_init__` of a Struct; msgspec makes a ValidationError of it. The first and last years overflow in another offset."""
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        raise ValueError(f"a moment outside the years {FIRST_YEAR} to {LAST_YEAR}")
