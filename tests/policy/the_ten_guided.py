"""What each of the ten people of people.md would tell the guide."""

from mocks.journey.facts import told
from mocks.resident import Resident
from mocks.ten import THE_TEN

__all__ = ["person", "told"]


def person(key: str) -> Resident:
    return next(one for one in THE_TEN if one.key == key)
