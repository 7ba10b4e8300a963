"""Every collection of the product; each is declared by the file of integrations/mongo/ that uses it."""

from itertools import chain

from integrations.mongo import callbacks, cases, catalogues, certificates, files, identities, persons, sessions, showings, sign_ins
from integrations.mongo.calendars import CALENDARS
from integrations.mongo.card_readings import CARD_READINGS
from integrations.mongo.clients import CLIENTS
from integrations.mongo.collections import Collection
from integrations.mongo.deletions import DELETIONS
from integrations.mongo.divisions import DIVISIONS
from integrations.mongo.looks import ACCESS_LOG
from integrations.mongo.mandates import COLLECTIONS as MANDATES
from integrations.mongo.organisations import ENTERPRISES
from integrations.mongo.posts import POSTS
from integrations.mongo.staff_sheets import COLLECTIONS as STAFF_SHEETS
from integrations.mongo.upload_pieces import UPLOAD_PIECES
from integrations.mongo.visits import VISITS
from integrations.mongo.worklist import WORK

COLLECTIONS: tuple[Collection, ...] = (
    ACCESS_LOG,
    cases.CASES,
    cases.CASE_NUMBERS,
    CALENDARS,
    callbacks.CALLBACKS,
    CARD_READINGS,
    catalogues.CATALOGUES,
    CLIENTS,
    DELETIONS,
    DIVISIONS,
    ENTERPRISES,
    POSTS,
    UPLOAD_PIECES,
    VISITS,
    WORK,
    *MANDATES,
    *STAFF_SHEETS,
    *chain(
        identities.COLLECTIONS,
        persons.COLLECTIONS,
        sessions.COLLECTIONS,
        sign_ins.COLLECTIONS,
        certificates.COLLECTIONS,
        showings.COLLECTIONS,
        files.COLLECTIONS,
    ),
)
