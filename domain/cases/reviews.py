"""Who has reviewed an item, where the law grades its decision (初审, 复审, 审批)."""

from dataclasses import dataclass
from datetime import datetime

from domain.acting import Actor
from domain.catalogue.types import ReviewGrade


@dataclass(frozen=True, slots=True)
class Review:
    """One grade of an item's review. `by`: the officer; what they proposed is in the private part."""

    grade: ReviewGrade
    by: Actor
    at: datetime
