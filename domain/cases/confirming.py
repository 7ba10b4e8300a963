"""Where one files for another: the person confirms, the employer stamps, a draft is handed to the person's own account."""

from dataclasses import replace
from datetime import timedelta

from domain.acting import Acting, Assurance
from domain.cases.case import Case
from domain.cases.consequences import is_ready, with_consequences
from domain.cases.happened import Confirmed, HandedOver, Stamped
from domain.cases.parts import RequestMark
from domain.cases.reading import items_of
from domain.cases.recording import Moment, record
from domain.cases.requests import already_done
from domain.cases.workflow import CaseAction, Transition, demand
from domain.catalogue.types import Catalogue
from domain.clock import day_in_china


def confirm(case: Case, *, catalogue: Catalogue, by: Acting, mark: RequestMark, moment: Moment) -> Case:
    """Second-person confirmation (F20): what an employer filed begins when the employee agrees to it."""
    if already_done(case, mark):
        return case
    prove(demand(case, CaseAction.CONFIRM, by), catalogue, by=by, moment=moment)
    agreed = replace(case, confirmed_at=moment.at)
    ready = tuple(item.code for item in items_of(agreed, catalogue) if is_ready(item))
    confirmed = Confirmed(requests=(mark,), ready=ready)
    return with_consequences(record(case, confirmed, by=by.actor(), moment=moment), catalogue, moment=moment)


def stamp(case: Case, *, catalogue: Catalogue, by: Acting, mark: RequestMark, moment: Moment) -> Case:
    """The employer's stamp on the form as it stands (A42)."""
    if already_done(case, mark):
        return case
    prove(demand(case, CaseAction.STAMP, by), catalogue, by=by, moment=moment)
    return record(case, Stamped(requests=(mark,), revision=case.revision), by=by.actor(), moment=moment)


def hand_over(case: Case, *, catalogue: Catalogue, by: Acting, mark: RequestMark, moment: Moment) -> Case:
    """What a helper put in goes on in the person's own account (F16)."""
    if already_done(case, mark):
        return case
    demand(case, CaseAction.HAND_OVER, by)
    return record(case, HandedOver(requests=(mark,)), by=by.actor(), moment=moment)


def prove(row: Transition, catalogue: Catalogue, *, by: Acting, moment: Moment) -> None:
    """A sensitive act needs a sure and recent proof of who acts (F02). Raises AssuranceTooLow."""
    if row.sensitive:
        minutes = catalogue.figure("assurance-minutes", day_in_china(moment.at))
        by.require(Assurance.L3, within=timedelta(minutes=minutes), now=moment.at)
