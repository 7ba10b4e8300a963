"""The desks of mandates as they are assembled, and the worker's duty towards them."""

import secrets
from collections.abc import Awaitable, Callable

from api.names import new_name
from api.parts import Parts
from api.people import persons_of
from domain.access.capacities import Capacities
from domain.cases.requests import Marks
from domain.cases.stores import Lease
from domain.clock import system_now
from domain.mandates.accepting import CODE_DIGITS, Acceptance
from domain.mandates.desk import MandateDesk
from domain.mandates.in_person import InPersonDesk
from domain.mandates.use import MandateUse
from domain.mandates.watching import MandateWatch
from domain.registers import CardReader
from integrations.mongo.card_readings import MongoCardReadings
from integrations.mongo.mandates import MANDATE_ATTEMPTS, MANDATES, MOST_TRIES, MongoDelegates, MongoMandates
from integrations.mongo.persons import MongoPersons
from integrations.mongo.showings import MongoAttempts

COLLECTION = MANDATES.name


def mandates_of(made: Parts) -> MongoMandates:
    return MongoMandates(made.database, made.sealing)


def mandate_desk(made: Parts, marks: Marks) -> MandateDesk:
    kept = mandates_of(made)
    return MandateDesk(
        kept,
        Acceptance(kept, MongoDelegates(made.database), _attempts(made), made.registers, system_now),
        _persons(made),
        made.cases,
        made.registers,
        made.catalogues,
        marks,
        system_now,
        new_name("mandate"),
        _code,
        made.looks,
    )


def in_person_desk(made: Parts, marks: Marks, capacities: Capacities, reader: CardReader) -> InPersonDesk:
    return InPersonDesk(
        mandates=mandates_of(made),
        readings=MongoCardReadings(made.database),
        attempts=_attempts(made),
        persons=_persons(made),
        reader=reader,
        relatives=made.registers,
        life=made.registers,
        capacities=capacities,
        catalogues=made.catalogues,
        marks=marks,
        keyed=made.sealing,
        now=system_now,
        new_id=new_name("mandate"),
        looks=made.looks,
    )


def mandate_use(made: Parts) -> MandateUse:
    """What marks a mandate as used when a case is begun by it."""
    return MandateUse(mandates_of(made), system_now)


def watching_mandates(made: Parts) -> Callable[[Lease], Awaitable[None]]:
    watch = MandateWatch(mandates_of(made), made.cases, made.registers, system_now)

    async def attend(lease: Lease) -> None:
        await watch.attend(lease.case)

    return attend


def _attempts(made: Parts) -> MongoAttempts:
    return MongoAttempts(made.database, MOST_TRIES, MANDATE_ATTEMPTS.name)


def _persons(made: Parts) -> MongoPersons:
    return persons_of(made.database, made.sealing)


def _code() -> str:
    return f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}}"
