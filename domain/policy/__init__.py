"""Rules that the catalogue names: small functions that look at facts and say what they found and why."""

from collections.abc import Callable, Mapping

from domain.policy.family import only_child_parent
from domain.reasons import Reason

Facts = Mapping[str, str]
"""Answers of the form by their keys."""

Rule = Callable[[Facts], Reason]

RULES: Mapping[str, Rule] = {
    "only-child-parent": only_child_parent,
}
