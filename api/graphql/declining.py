"""What the domain declines where no union can answer: in a subscription's source, in a connection. Told in the reader's language."""

from typing import Protocol

from api.graphql.errors import Told
from domain.errors import InvalidForm, Refusal
from domain.words import Text


class Reader(Protocol):
    """A context that speaks the language of whoever asked."""

    def say(self, text: Text) -> str: ...

    def speak(self, text: Text) -> str: ...


def declined(error: Exception, reader: Reader) -> Told | None:
    """None if it is a fault, which nobody may be told."""
    said = _said(error)
    if not said:
        return None
    told = Told(str(error))
    told.errors = [{"message": reader.say(text), "extensions": {"code": code, "spoken": reader.speak(text)}} for text, code in said]
    return told


def _said(error: Exception) -> list[tuple[Text, str]]:
    match error:
        case Refusal():
            return [(error.text, error.code)]
        case InvalidForm():
            return [(issue.text, issue.code) for issue in error.issues]
        case _:
            return []
