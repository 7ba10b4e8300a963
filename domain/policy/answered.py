"""What the person has answered, as rules: yes or no, one choice of several, and what may be concluded from either."""

from collections.abc import Callable, Collection
from dataclasses import replace

from domain.policy.facts import Facts
from domain.policy.law import Law
from domain.reasons import Fact, Reason, Verdict, finding
from domain.words import Text

Rule = Callable[[Facts, Law], Reason]

_VERDICTS = {True: Verdict.MET, False: Verdict.NOT_MET, None: Verdict.UNDECIDED}
_SAID = {True: "word.yes", False: "word.no", None: "word.not-answered"}
NO_EMPLOYER = frozenset({"灵活就业", "无"})
"""What people without an employer are told to write in its place."""


def judged(rule: str, holds: bool | None, *facts: Fact, officer: bool = False) -> Reason:
    """None: not known yet."""
    return finding(rule, _VERDICTS[holds], facts=facts, officer=officer)


def yes_or_no(facts: Facts, question: str) -> Fact:
    return Fact(Text(f"fact.{question}"), Text(_SAID[facts.yes(question)]))


def chosen(facts: Facts, question: str) -> Fact:
    """A choice as its option is called."""
    answer = facts.chosen(question)
    return Fact(Text(f"fact.{question}"), Text(f"option.{question}.{answer}") if answer else Text("word.not-answered"))


def told(rule: str, question: str) -> Rule:
    """The rule that a question is answered with yes."""
    return lambda facts, law: judged(rule, facts.yes(question), yes_or_no(facts, question))


def any_of(answers: Collection[bool | None]) -> bool | None:
    """Yes if one is; no if one is and none is yes; unknown if all are."""
    if True in answers:
        return True
    return False if False in answers else None


def kind_is(facts: Facts, kind: str) -> bool | None:
    found = facts.chosen("retirement-kind")
    return None if found is None else found == kind


def special_post_claimed(facts: Facts, law: Law) -> Reason:
    claims = (kind_is(facts, "SPECIAL_POST"), facts.yes("special-post"))
    return judged("special-post-claimed", any_of(claims), yes_or_no(facts, "special-post"))


def incapacity_claimed(facts: Facts, law: Law) -> Reason:
    """What it leads to is the allowance (病残津贴) since 2025-01-01, and was early retirement before."""
    found = judged("incapacity-claimed", claims_incapacity(facts), yes_or_no(facts, "fully-incapacitated"))
    leads_to = law.find("incapacity-rule")
    if found.verdict is not Verdict.MET or leads_to is None:
        return found
    text = Text("rule.incapacity-claimed.EARLIER") if leads_to.text == "early-retirement" else found.text
    return replace(found, text=text, figures=(leads_to.cited(),))


def claims_incapacity(facts: Facts) -> bool | None:
    return any_of((kind_is(facts, "DISABILITY"), facts.yes("fully-incapacitated")))


def retires_by_age(facts: Facts, law: Law) -> Reason:
    """Neither retired already, nor because of incapacity, nor from a special post that is applied for."""
    otherwise = (kind_is(facts, "SPECIAL_POST"), claims_incapacity(facts), facts.yes("retired-already"))
    return judged("retires-by-age", True not in otherwise, yes_or_no(facts, "retired-already"), yes_or_no(facts, "fully-incapacitated"))


def not_retired_yet(facts: Facts, law: Law) -> Reason:
    """Who has not been asked is not taken for a retired person."""
    return judged("not-retired-yet", facts.yes("retired-already") is not True, yes_or_no(facts, "retired-already"))


def has_employer(facts: Facts, law: Law) -> Reason:
    return judged("has-employer", employed(facts), chosen(facts, "employment"), written(facts, "employer"))


def employed(facts: Facts) -> bool | None:
    """What is on record counts before what was chosen: source 1 asks for the statement of an employer that there is."""
    employer, employment = facts.chosen("employer"), facts.chosen("employment")
    if employer:
        return employer not in NO_EMPLOYER
    return None if employment is None else employment == "EMPLOYEE"


def written(facts: Facts, question: str) -> Fact:
    return Fact(Text(f"fact.{question}"), facts.chosen(question) or Text("word.not-answered"))


def without_public_funding(facts: Facts, law: Law) -> Reason:
    """非财政拨款企事业单位 pay the reward this way; for who has no employer an officer looks at the region's own rule."""
    funded, alone = facts.yes("public-funding"), employed(facts) is False
    holds = None if alone or funded is None else not funded
    return judged("without-public-funding", holds, yes_or_no(facts, "public-funding"), officer=alone)


def deemed_years_claimed(facts: Facts, law: Law) -> Reason:
    months = facts.number("deemed-months")
    claims = (None if months is None else months > 0, bool(facts.all_chosen("deemed-grounds")) or None, facts.yes("veteran"))
    return judged("deemed-years-claimed", any_of(claims), written(facts, "deemed-months"), yes_or_no(facts, "veteran"))


def archive_not_lost(facts: Facts, law: Law) -> Reason:
    return judged("archive-not-lost", None if (lost := archive_lost(facts)) is None else not lost, chosen(facts, "archive"))


def archive_lost(facts: Facts) -> bool | None:
    return {"LOST": True, "KEPT": False}.get(facts.chosen("archive") or "")


def paid_afterwards(facts: Facts, law: Law) -> Reason:
    """Who names the earliest month has said yes."""
    said = facts.yes("back-paid")
    return judged("paid-afterwards", True if said is None and facts.month("back-paid-from") else said, yes_or_no(facts, "back-paid"))


RULES = {
    "special-post-claimed": special_post_claimed,
    "incapacity-claimed": incapacity_claimed,
    "retires-by-age": retires_by_age,
    "not-retired-yet": not_retired_yet,
    "has-employer": has_employer,
    "without-public-funding": without_public_funding,
    "deemed-years-claimed": deemed_years_claimed,
    "archive-not-lost": archive_not_lost,
    "paid-afterwards": paid_afterwards,
    "veteran": told("veteran", "veteran"),
    "has-housing-fund": told("has-housing-fund", "has-housing-fund"),
    "name-differs-in-archive": told("name-differs-in-archive", "name-differs-in-archive"),
    "handbook-lost": told("handbook-lost", "handbook-lost"),
    "tax-receipt-lost": told("tax-receipt-lost", "tax-receipt-lost"),
}
