"""Rules that the catalogue names: small functions that look at facts and the law, and say what they found and why."""

from collections.abc import Callable, Mapping

from domain.catalogue.types import FieldRule
from domain.policy import answered, conditions, materials, medical, person, special_posts
from domain.policy.facts import Facts
from domain.policy.family import family_planning_reward, only_child_parent
from domain.policy.law import Law
from domain.policy.regions import guyang, guyang_years
from domain.reasons import Reason, Verdict

Rule = Callable[[Facts, Law], Reason]

RULES: Mapping[str, Rule] = {
    **answered.RULES,
    **materials.RULES,
    **guyang.RULES,
    **guyang_years.RULES,
    **conditions.RULES,
    **medical.RULES,
    **person.RULES,
    **special_posts.RULES,
    "only-child-parent": only_child_parent,
    "family-planning-reward": family_planning_reward,
}


def is_asked(field: FieldRule, facts: Facts, law: Law) -> bool:
    """Whether the question still decides anything, by what has been answered."""
    return field.asked_if is None or RULES[field.asked_if](facts, law).verdict is not Verdict.NOT_MET
