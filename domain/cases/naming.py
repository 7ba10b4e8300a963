"""Names that cases get: an opaque id that carries its person's shard prefix, and the public number that people read to each other."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from domain.clock import day_in_china

PREFIX = 4
ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"


@dataclass(frozen=True, slots=True)
class CaseNames:
    """`random` gives that many random bytes."""

    random: Callable[[int], bytes]

    def case_id(self, person: str) -> str:
        return "case-" + person.rpartition("-")[2][:PREFIX] + "".join(ALPHABET[byte % 32] for byte in self.random(20))

    def number(self, now: datetime) -> str:
        """ZB20261123 and eight digits, the last of them a check digit (Luhn), so that a slip at the counter is noticed."""
        digits = "".join(str(byte % 10) for byte in self.random(7))
        return f"ZB{day_in_china(now):%Y%m%d}{digits}{check_digit(f'{day_in_china(now):%Y%m%d}{digits}')}"


def check_digit(digits: str) -> str:
    doubled = (int(digit) * (2 if place % 2 == 0 else 1) for place, digit in enumerate(reversed(digits)))
    return str(-sum(value - 9 if value > 9 else value for value in doubled) % 10)


def shard_prefix(case_id: str) -> str:
    """The first characters of the person's id: enough to send a look-up by case id to one shard."""
    return case_id.removeprefix("case-")[:PREFIX]
