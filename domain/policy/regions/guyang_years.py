"""固阳县 (source 1, 三): years that were paid in the county. Deemed years count in the ordinary category, not where the archive is lost."""

from domain.policy.answered import archive_lost, chosen
from domain.policy.facts import Facts
from domain.policy.law import Law
from domain.policy.person import months_fact, who
from domain.policy.standing import standing_of
from domain.policy.years import long_enough
from domain.reasons import Reason


def paid_long_enough_here(facts: Facts, law: Law) -> Reason:
    """What was paid elsewhere and not transferred does not count, so nobody is asked for it."""
    paid, deemed, lost = facts.number("months-paid-here"), facts.number("deemed-months-here"), archive_lost(facts)
    whole = None if paid is None or deemed is None else paid + deemed
    counted = {True: (paid,), False: (whole,), None: (paid, whole)}[lost]
    looked_at = [*who(facts), chosen(facts, "archive"), months_fact("months-paid-here", paid)]
    if not lost:
        looked_at.append(months_fact("deemed-months-here", deemed))
    standing = standing_of(facts, law)
    return long_enough("paid-long-enough-here", counted, minimums=standing.minimums if standing else (), facts=tuple(looked_at))


RULES = {"paid-long-enough-here": paid_long_enough_here}
