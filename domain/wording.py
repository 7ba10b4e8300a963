"""Says things to people: a key and its parameters become a sentence in the reader's language, to be read or to be heard."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from domain.words import Language, Message, Parameter, Text, Words

_PARAMETER = re.compile(r"\{(\w+)\}")
_LONGEST_HEADER = 500
_TRADITIONAL = ("zh-hant", "zh-tw", "zh-hk", "zh-mo")


class NothingToSay(LookupError):
    """A message, or a parameter of one, that is not there: a fault of ours, found by tests and at start."""


@dataclass(frozen=True, slots=True)
class Wording:
    """The message catalogue as a voice."""

    messages: Mapping[str, Message]

    def say(self, text: Text, language: Language) -> str:
        """To be read. Raises NothingToSay."""
        template = self._message(text).text.in_(language)
        return self._filled(template, text, language, spoken=False) if "{" in template else template

    def speak(self, text: Text, language: Language) -> str:
        """To be heard: the spoken sentence where it differs. Raises NothingToSay."""
        message = self._message(text)
        template = (message.spoken or message.text).in_(language)
        return self._filled(template, text, language, spoken=True) if "{" in template else template

    def _message(self, text: Text) -> Message:
        try:
            return self.messages[text.key]
        except KeyError:
            raise NothingToSay(f"no message '{text.key}'") from None

    def _filled(self, template: str, text: Text, language: Language, *, spoken: bool) -> str:
        def value(found: re.Match[str]) -> str:
            if found[1] not in text.params:
                raise NothingToSay(f"message '{text.key}' needs the parameter '{found[1]}'")
            return self._told(text.params[found[1]], language, spoken=spoken)

        return _PARAMETER.sub(value, template)

    def _told(self, value: Parameter, language: Language, *, spoken: bool) -> str:
        match value:
            case Words():
                return value.in_(language)
            case Text():
                return self.speak(value, language) if spoken else self.say(value, language)
            case _:
                return str(value)


def check_templates(messages: Mapping[str, Message]) -> Iterator[tuple[str, str]]:
    """(key, what is wrong) of each message whose languages do not take the same parameters."""
    for key, message in messages.items():
        needed = _parameters(message.text.hans)
        if _parameters(message.text.en) != needed:
            yield key, f"takes {_listed(needed)} in zh-Hans but {_listed(_parameters(message.text.en))} in en"
        if message.spoken and not _parameters(message.spoken.hans) | _parameters(message.spoken.en) <= needed:
            yield f"{key}.spoken", f"takes parameters other than {_listed(needed)}"


def _parameters(template: str) -> set[str]:
    return set(_PARAMETER.findall(template))


def _listed(names: set[str]) -> str:
    return "{" + ", ".join(sorted(names)) + "}"


def day(of: date) -> Text:
    """A date as people say it: 2026年11月23日, 23 November 2026."""
    return Text("day", {"year": of.year, "month": Text(f"month.{of.month}"), "day": of.day})


def month(year: int, month: int) -> Text:
    """2026年11月, November 2026."""
    return Text("year-month", {"year": year, "month": Text(f"month.{month}")})


def age(months: int) -> Text:
    """60岁, 60岁1个月; 60 years, 60 years 1 month."""
    years, rest = divmod(months, 12)
    return Text("age.years-months", {"years": years, "months": _counted("months", rest)}) if rest else Text("age.years", {"years": years})


def span(months: int) -> Text:
    """A length of time in years and months: 17年4个月, 17 years 4 months."""
    years, rest = divmod(months, 12)
    if not years:
        return _counted("months", rest)
    return Text("span", {"years": _counted("years", years), "months": _counted("months", rest)}) if rest else _counted("years", years)


def gap(months: int, days: int) -> Text:
    """What is missing until a day: 4个月11天, 4 months 11 days."""
    if not days:
        return span(months)
    return Text("gap", {"months": span(months), "days": _counted("days", days)}) if months else _counted("days", days)


def _counted(unit: str, amount: int) -> Text:
    return Text(f"{unit}.{'one' if amount == 1 else 'many'}", {"amount": amount})


def language_of(header: str | None) -> Language:
    """What an Accept-Language header asks for. Rubbish asks for nothing, and nothing is zh-Hans."""
    wishes = sorted(_wishes(header or ""), key=lambda wish: -wish[0])
    return next((language for weight, language in wishes if weight > 0), Language.ZH_HANS)


def _wishes(header: str) -> Iterator[tuple[float, Language]]:
    for wish in header[:_LONGEST_HEADER].split(","):
        tag, _, weight = wish.partition(";")
        if language := _language(tag.strip().lower().replace("_", "-")):
            yield _weight(weight), language


def _language(tag: str) -> Language | None:
    if tag.startswith(_TRADITIONAL):
        return Language.ZH_HANT
    match tag.partition("-")[0]:
        case "zh" | "*":
            return Language.ZH_HANS
        case "en":
            return Language.EN
        case _:
            return None


def _weight(given: str) -> float:
    found = re.fullmatch(r"\s*q\s*=\s*([01](?:\.\d{0,3})?)\s*", given)
    return float(found[1]) if found else float(not given.strip())
