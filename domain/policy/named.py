"""Parameters whose values name a function, and the names that there are: checked at start, so that nothing is missed when it is asked."""

from collections.abc import Collection, Mapping

from domain.policy.pension import disability
from domain.policy.pension.payout import METHODS
from domain.policy.regions.formulas import FORMULAS

NAMED: Mapping[str, Collection[str]] = {**FORMULAS, "payout-months-method": METHODS, "incapacity-rule": disability.RULES}
