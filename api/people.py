"""The store of people as every part of the product is given it."""

from api.names import new_name
from integrations.mongo.database import Database
from integrations.mongo.persons import MongoPersons
from integrations.sealing import Sealing


def persons_of(store: Database, sealing: Sealing) -> MongoPersons:
    return MongoPersons(store, sealing, new_name("person"))
