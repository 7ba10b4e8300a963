"""What an operator does for a case: an item whose hand-off failed for good goes to its department once more."""

from domain.cases.case import Case
from domain.cases.happened import HandoffRetried
from domain.cases.parts import ItemStatus
from domain.cases.recording import Moment, record
from domain.errors import StepNotAllowed
from domain.words import Text


def retry_handoff(case: Case, *, item: str, moment: Moment) -> Case:
    """Raises StepNotAllowed unless that item of the case has failed and the case goes on."""
    failed = {state.code for state in case.items if state.status is ItemStatus.FAILED}
    if case.over or item not in failed:
        raise StepNotAllowed(Text("refusal.step-not-allowed", {"status": Text(f"case.status.{case.status}")}), current=case)
    return record(case, HandoffRetried(item=item), moment=moment)
