"""固阳县 (source 1): who lost the archive applies on the years that were paid, and brings papers of their own."""

from domain.policy.answered import archive_lost, chosen, employed, judged, written
from domain.policy.facts import Facts
from domain.policy.law import Law
from domain.reasons import Reason, Verdict
from domain.words import Text


def without_archive(facts: Facts, law: Law) -> Reason:
    """Application and promise are for those whose archive is lost; whether it is may be for an officer to find out."""
    unsure = facts.chosen("archive") == "UNSURE"
    return judged("guyang-without-archive", archive_lost(facts), chosen(facts, "archive"), officer=unsure)


def category_open(facts: Facts, law: Law) -> Reason:
    """三: the category for lost archives is one of flexible workers; of others who lost theirs source 1 says nothing: an officer judges."""
    rule, looked_at = "guyang-category", (chosen(facts, "archive"), chosen(facts, "employment"))
    if not archive_lost(facts):
        return Reason(rule, Verdict.MET, Text("rule.guyang-category.WITH-ARCHIVE"), looked_at)
    employment = facts.chosen("employment")
    return judged(rule, True if employment == "FLEXIBLE" else None, *looked_at, officer=employment not in (None, "FLEXIBLE"))


def employer_states_loss(facts: Facts, law: Law) -> Reason:
    """The employer's statement, though the category is for flexible workers: only where one is on record (requirements §7, 15)."""
    needed = (archive_lost(facts), employed(facts))
    verdict = False if False in needed else None if None in needed else True
    return judged("guyang-employer-states-loss", verdict, chosen(facts, "archive"), written(facts, "employer"))


RULES = {
    "guyang-without-archive": without_archive,
    "guyang-category": category_open,
    "guyang-employer-states-loss": employer_states_loss,
}
