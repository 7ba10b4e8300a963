"""Which papers a person is asked for, and which findings of others are good enough (requirements A39)."""

from collections.abc import Mapping

from domain.catalogue.types import Department, MaterialRule, PromiseMark
from domain.policy.answered import claims_incapacity, employed, judged, written, yes_or_no
from domain.policy.facts import Facts
from domain.policy.law import Figure, Law
from domain.policy.months import Month
from domain.reasons import Fact, Reason, Verdict, finding
from domain.wording import month as said_month
from domain.words import Text


def register_for_other_name(facts: Facts, law: Law) -> Reason:
    """户口簿: the names differ, and the person was recruited through the labour and personnel office."""
    answers = (facts.yes("name-differs-in-archive"), facts.yes("recruited-by-labour-office"))
    needed = False if False in answers else None if None in answers else True
    looked_at = (yes_or_no(facts, "name-differs-in-archive"), yes_or_no(facts, "recruited-by-labour-office"))
    return judged("register-for-other-name", needed, *looked_at)


def handbook_needed(facts: Facts, law: Law) -> Reason:
    """职工养老保险手册. The source drops a character at its border month, so that month is for an officer to judge."""
    rule, border, paid = "handbook-needed", law.find("handbook-before"), facts.month("first-paid")
    if border is None:
        return _not_asked_here(rule)
    limit = _month(border)
    facts_seen, figures = (_month_fact("first-paid", paid),), (border.cited(),)
    at = said_month(*limit)
    if paid is None:
        return finding(rule, Verdict.UNDECIDED, facts=facts_seen, figures=figures, month=at)
    if paid == limit:
        return Reason(rule, Verdict.UNDECIDED, Text("rule.handbook-needed.OFFICER", {"month": at}), facts_seen, figures, officer=True)
    return finding(rule, Verdict.MET if paid < limit else Verdict.NOT_MET, facts=facts_seen, figures=figures, month=at)


def tax_receipt_needed(facts: Facts, law: Law) -> Reason:
    """税务票据, of a payment in one go for months before the border."""
    rule, border, earliest = "tax-receipt-needed", law.find("tax-receipt-before"), facts.month("back-paid-from")
    if border is None:
        return _not_asked_here(rule)
    limit = _month(border)
    nothing_paid = facts.yes("back-paid") is False
    needed = False if nothing_paid else None if earliest is None else earliest < limit
    verdict = {True: Verdict.MET, False: Verdict.NOT_MET, None: Verdict.UNDECIDED}[needed]
    looked_at = (yes_or_no(facts, "back-paid"),) if nothing_paid else (_month_fact("back-paid-from", earliest),)
    return finding(rule, verdict, facts=looked_at, figures=(border.cited(),), month=said_month(*limit))


def stamp_needed(facts: Facts, law: Law) -> Reason:
    """The employer's stamp on the application: of an employer that there is (A42)."""
    return judged("stamp-needed", employed(facts), written(facts, "employer"))


def appraisal_complete(facts: Facts, law: Law) -> Reason:
    """An appraisal counts if it found the capacity to work lost completely; who claims none needs none."""
    if claims_incapacity(facts) is False:
        return Reason("appraisal-complete", Verdict.MET, Text("rule.no-appraisal-needed"))
    result = facts.chosen("appraisal-result")
    said: str | Text = Text(f"option.appraisal-result.{result}") if result else Text("word.not-answered")
    return judged("appraisal-complete", None if result is None else result == "FULL", Fact(Text("fact.appraisal-result"), said))


def appraised_by_committee(facts: Facts, law: Law) -> Reason:
    """Only the committee that the region names; where it names none, 劳动能力鉴定管理办法 Art 8 leaves it to a person to see."""
    rule, body, named = "appraised-by-committee", facts.chosen("appraisal-body"), law.find("appraisal-body")
    if claims_incapacity(facts) is False or named is None:
        return Reason(rule, Verdict.MET, Text("rule.no-appraisal-needed" if named else "rule.any-committee"))
    verdict = Verdict.UNDECIDED if body is None else Verdict.MET if _plain(body) == named.text else Verdict.NOT_MET
    return finding(rule, verdict, facts=(written(facts, "appraisal-body"),), figures=(named.cited(),), body=named.text)


def fetched_by(paper: MaterialRule, departments: Mapping[str, Department]) -> tuple[Reason, ...]:
    """Why nobody is asked for it, if a department fetches it from another agency (A74)."""
    if paper.owner is None:
        return ()
    return (Reason("agency-owner", Verdict.MET, Text("reason.agency-owner", {"department": departments[paper.owner].name})),)


def missing_marks(paper: MaterialRule, given: frozenset[PromiseMark]) -> tuple[PromiseMark, ...]:
    """What a written promise lacks; it is complete if this is empty (A21)."""
    return tuple(mark for mark in paper.needs if mark not in given)


def marks_complete(paper: MaterialRule, given: frozenset[PromiseMark]) -> Reason:
    """Whether it bears all that it must, and what is missing."""
    missing = [Text(f"mark.{mark}") for mark in missing_marks(paper, given)]
    if not missing:
        return finding("marks-complete", Verdict.MET, material=paper.title)
    marks = missing[0] if len(missing) == 1 else Text("mark.both", {"one": missing[0], "other": missing[1]})
    return finding("marks-complete", Verdict.NOT_MET, material=paper.title, marks=marks)


def _plain(name: str) -> str:
    return "".join(name.split())


def _month(border: Figure) -> Month:
    found = Month.read(border.text)
    assert found, f"{border.key} is no month"
    return found


def _month_fact(question: str, month: Month | None) -> Fact:
    return Fact(Text(f"fact.{question}"), said_month(*month) if month else Text("word.not-answered"))


def _not_asked_here(rule: str) -> Reason:
    return Reason(rule, Verdict.NOT_MET, Text("rule.not-asked-here"))


RULES = {
    "register-for-other-name": register_for_other_name,
    "handbook-needed": handbook_needed,
    "tax-receipt-needed": tax_receipt_needed,
    "stamp-needed": stamp_needed,
    "appraisal-complete": appraisal_complete,
    "appraised-by-committee": appraised_by_committee,
}
