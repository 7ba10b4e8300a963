"""Rules that the catalogue names: small functions that look at facts and the law, and say what they found and why."""

from collections.abc import Callable, Mapping

from domain.catalogue.types import FieldRule
from domain.policy.facts import Facts
from domain.policy.family import only_child_parent
from domain.policy.law import Law
from domain.reasons import Reason, Verdict

Rule = Callable[[Facts, Law], Reason]

RULES: Mapping[str, Rule] = {
    "only-child-parent": only_child_parent,
}


def is_asked(field: FieldRule, facts: Facts, law: Law) -> bool:
    """Whether the question still decides anything, by what has been answered."""
    return field.asked_if is None or RULES[field.asked_if](facts, law).verdict is not Verdict.NOT_MET
