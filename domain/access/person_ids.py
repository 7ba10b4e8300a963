"""By which id a session knows somebody: organisations cannot tell each other's people apart, or together, by their ids."""

from typing import Protocol

from domain.acting import Acting


class PersonIds(Protocol):
    def shown(self, person: str, *, organisation: str) -> str:
        """The same for the same organisation, and for no other."""
        ...

    def meant(self, shown: str, *, organisation: str) -> str | None:
        """Whom that organisation was shown so; None for any other text."""
        ...


def shown_to(by: Acting | None, person: str, ids: PersonIds) -> str:
    """People themselves and who acts for them have the id itself; whoever has a post, their organisation's."""
    elsewhere = by and by.organisation and (by.person is None or by.person.id != person)
    return ids.shown(person, organisation=by.organisation) if by and by.organisation and elsewhere else person


def meant_by(by: Acting, shown: str, ids: PersonIds) -> str:
    """Whom a session means by an id that it was shown; what it never was is nobody's."""
    if by.organisation is None or (by.person and by.person.id == shown):
        return shown
    return ids.meant(shown, organisation=by.organisation) or ""
