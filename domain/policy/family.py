"""What depends on the applicant's family."""

from domain.policy.answered import without_public_funding
from domain.policy.facts import Facts
from domain.policy.law import Law
from domain.reasons import Fact, Reason, Verdict
from domain.words import Text

_VERDICTS = {True: Verdict.MET, False: Verdict.NOT_MET, None: Verdict.UNDECIDED}


def only_child_parent(facts: Facts, law: Law) -> Reason:
    """Whether the certificate of a one-child parent (独生子女父母光荣证) has anything to prove."""
    verdict = _VERDICTS[facts.yes("only-child")]
    said = Text({Verdict.MET: "word.yes", Verdict.NOT_MET: "word.no"}.get(verdict, "word.not-answered"))
    return Reason(
        rule="only-child-parent",
        verdict=verdict,
        text=Text(f"rule.only-child-parent.{verdict}"),
        facts=(Fact(Text("fact.only-child"), said),),
    )


def family_planning_reward(facts: Facts, law: Law) -> Reason:
    """For the parent of an only child whose employer is not financed by public funds; who has none is for the region's own rule."""
    child, employer = only_child_parent(facts, law), without_public_funding(facts, law)
    verdicts = {child.verdict, employer.verdict}
    verdict = next((each for each in (Verdict.NOT_MET, Verdict.UNDECIDED) if each in verdicts), Verdict.MET)
    by_officer = verdict is Verdict.UNDECIDED and employer.officer and child.verdict is Verdict.MET
    text = Text(f"rule.family-planning-reward.{'NO-EMPLOYER' if by_officer else verdict}")
    return Reason("family-planning-reward", verdict, text, (*child.facts, *employer.facts), officer=by_officer)
