"""What depends on the applicant's family."""

from collections.abc import Mapping

from domain.reasons import Fact, Reason, Verdict
from domain.words import Text

_VERDICTS = {"YES": Verdict.MET, "NO": Verdict.NOT_MET}


def only_child_parent(facts: Mapping[str, str]) -> Reason:
    """Whether the certificate of a one-child parent (独生子女父母光荣证) has anything to prove."""
    verdict = _VERDICTS.get(facts.get("only-child", ""), Verdict.UNDECIDED)
    said = Text({Verdict.MET: "word.yes", Verdict.NOT_MET: "word.no"}.get(verdict, "word.not-answered"))
    return Reason(
        rule="only-child-parent",
        verdict=verdict,
        text=Text(f"rule.only-child-parent.{verdict}"),
        facts=(Fact(Text("fact.only-child"), said),),
    )
