"""In which capacities people can act, assembled from mandates, posts and the register of guardians."""

from api.people import persons_of
from domain.access.capacities import Capacities
from domain.access.wards import RegisteredWards
from domain.catalogue.store import Catalogues
from domain.clock import system_now
from domain.registers import GuardianRegister
from integrations.mongo.database import Database
from integrations.mongo.mandates import MongoMandates
from integrations.mongo.organisations import MongoOrganisations
from integrations.mongo.posts import MongoPosts
from integrations.sealing import Sealing


def capacities_of(store: Database, sealed: Sealing, known: Catalogues, guardians: GuardianRegister) -> Capacities:
    persons = persons_of(store, sealed)
    posts = MongoPosts(store, sealed, MongoOrganisations(store, sealed, known))
    mandates = MongoMandates(store, sealed)
    return Capacities(mandates, posts, RegisteredWards(guardians, persons, mandates, system_now), system_now)
