"""What each happening makes of a case: the fold whose result is the state. Pure, total, and the only place where state changes."""

from domain.cases.fold import departments, for_others, keeping, payout, product, registers, tasks
from domain.cases.fold.applicant import opened, with_pending
from domain.cases.fold.apply import apply

__all__ = ["apply", "departments", "for_others", "keeping", "opened", "payout", "product", "registers", "tasks", "with_pending"]
