"""Who is in a case: everybody who did something is named in it, so that its history can always say who that was."""

from domain.acting import Acting
from domain.cases.case import Case
from domain.cases.happened import Joined
from domain.cases.recording import Moment, record


def introduced(case: Case, by: Acting, *, moment: Moment) -> Case:
    """With a step that names them, if they have done nothing here before: a new delegate, another helper of the organisation."""
    person = by.known_person()
    if person.id in case.private.people and by.organisation in {None, *case.organisations}:
        return case
    return record(case, Joined(person=person.id, somebody=person, organisation=by.authority.organisation), by=by.actor(), moment=moment)
