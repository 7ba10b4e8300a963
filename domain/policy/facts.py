"""What is known of one person, by the keys of the questions that the guide and the form ask. Nothing is guessed for what is not."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from domain.policy.months import Month

Answers = Mapping[str, str | tuple[str, ...]]
_YES_NO = {"YES": True, "NO": False}


@dataclass(frozen=True, slots=True)
class Facts:
    """`day`: the day for which it is asked. Each getter gives None for what was not answered, or not so that it can be used."""

    answers: Answers
    day: date

    def chosen(self, key: str) -> str | None:
        """The answer to a question with one."""
        found = self.answers.get(key)
        return found or None if isinstance(found, str) else None

    def all_chosen(self, key: str) -> frozenset[str]:
        """The answers to a question with several."""
        found = self.answers.get(key, ())
        return frozenset({found} if isinstance(found, str) else found) - {""}

    def yes(self, key: str) -> bool | None:
        return _YES_NO.get(self.chosen(key) or "")

    def number(self, key: str) -> int | None:
        """A whole number that is not negative."""
        found = self.chosen(key) or ""
        return int(found) if found.isascii() and found.isdecimal() and len(found) <= 9 else None

    def date(self, key: str) -> date | None:
        try:
            return date.fromisoformat(self.chosen(key) or "")
        except ValueError:
            return None

    def month(self, key: str) -> Month | None:
        return Month.read(self.chosen(key) or "")
