"""What depends on the applicant's family."""

from domain.policy.answered import told, without_public_funding
from domain.policy.facts import Facts
from domain.policy.law import Law
from domain.reasons import Reason, Verdict
from domain.words import Text

only_child_parent = told("only-child-parent", "only-child")
"""Whether the certificate of a one-child parent (独生子女父母光荣证) has anything to prove."""


def family_planning_reward(facts: Facts, law: Law) -> Reason:
    """For the parent of an only child whose employer is not financed by public funds; who has none is for the region's own rule."""
    child, employer = only_child_parent(facts, law), without_public_funding(facts, law)
    verdicts = {child.verdict, employer.verdict}
    verdict = next((each for each in (Verdict.NOT_MET, Verdict.UNDECIDED) if each in verdicts), Verdict.MET)
    by_officer = verdict is Verdict.UNDECIDED and employer.officer and child.verdict is Verdict.MET
    text = Text(f"rule.family-planning-reward.{'NO-EMPLOYER' if by_officer else verdict}")
    return Reason("family-planning-reward", verdict, text, (*child.facts, *employer.facts), officer=by_officer)
