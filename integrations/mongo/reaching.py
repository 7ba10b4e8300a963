"""The owner filter of every read of a case, as the store asks it."""

from domain.access.reach import Reach
from domain.cases.naming import shard_prefix
from integrations.mongo.database import Document


def shard_of(id: str) -> Document:
    """Persons whose ids begin like the case's: on a sharded cluster one shard is asked, not all."""
    prefix = f"person-{shard_prefix(id)}"
    return {"$gte": prefix, "$lt": prefix + "\uffff"}


EVERYWHERE = Reach()
NO_CASE = ""
"""No case's id: beyond one's reach costs the same read as what is not there."""


LOCKED_TO_OTHERS: Document = {"case.locked_at": None}
"""What the law keeps after its person wanted it deleted is read by them, and by nobody who has a post."""


def within(reach: Reach) -> Document:
    """The owner filter, which takes the place of the wider look by shard where it names the person."""
    stated: Document = {
        "person": reach.person,
        "_id": reach.case,
        "organisation": reach.organisation,
        "departments": reach.department,
        "region": reach.region,
        "item_ids": {"$gt": "", "$not": {"$elemMatch": {"$nin": sorted(reach.items)}}} if reach.items is not None else None,
    }
    asked = {name: wanted for name, wanted in stated.items() if wanted is not None}
    return asked | LOCKED_TO_OTHERS if reach.by_post else asked
