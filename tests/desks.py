"""A bag of desks for tests that need one or two of them."""

from dataclasses import fields

from resolvers.context import Desks


def some_desks(**given: object) -> Desks:
    """The others are not there: whoever uses them fails."""
    return Desks(**(dict.fromkeys((one.name for one in fields(Desks)), None) | given))  # type: ignore[arg-type]
