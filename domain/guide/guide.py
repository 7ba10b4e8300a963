"""智能导引: from a few answers to the services that a person needs, whether they may retire now, and why (F30, F31, F32, A30)."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, partial

from domain.cases.filling import AnswerGiven
from domain.catalogue.offered import OfferedItem
from domain.catalogue.types import Catalogue, FieldRule, ServiceItem
from domain.guide.answers import answers_of, check_day
from domain.policy import RULES
from domain.policy.facts import Answers, Facts
from domain.policy.law import Law, law_of
from domain.reasons import Reason, Verdict, finding
from domain.words import Text

Judge = Callable[[str], Reason]
"""What a rule finds of this person, by the rule's name."""

NOT_ANSWERED = Text("word.not-answered")


@dataclass(frozen=True, slots=True)
class GuideQuestion:
    rule: FieldRule
    answer: str | tuple[str, ...] | None

    @property
    def value(self) -> str | None:
        return self.answer if isinstance(self.answer, str) else None

    @property
    def values(self) -> tuple[str, ...]:
        return self.answer if isinstance(self.answer, tuple) else ()


@dataclass(frozen=True, slots=True)
class GuideItem:
    """`recommended`: it is for this person, and `why`; whether it would be granted is what the `conditions` say."""

    item: OfferedItem
    recommended: bool
    why: tuple[Reason, ...]
    conditions: tuple[Reason, ...] = ()

    @property
    def offered(self) -> ServiceItem:
        return self.item.item

    @property
    def reasons(self) -> tuple[Reason, ...]:
        return (*self.why, *self.conditions)


@dataclass(frozen=True, slots=True)
class Guide:
    questions: tuple[GuideQuestion, ...]
    items: tuple[GuideItem, ...]
    eligible: Verdict
    reasons: tuple[Reason, ...]


def guide(catalogue: Catalogue, given: Sequence[AnswerGiven], *, day: date) -> Guide:
    """By the law of that day. Raises InvalidForm for answers that are none, and for a day without a law."""
    law = law_of(catalogue, day)
    check_day(law)
    answers = answers_of({rule.key: rule for rule in catalogue.guide}, given, day)
    questions = _asked(catalogue, answers, law)
    facts = Facts({each.rule.key: each.answer for each in questions if each.answer}, day)
    judge = cache(lambda name: RULES[name](facts, law))
    offered = [OfferedItem(catalogue, item) for item in catalogue.items.values()]
    basic = [_basic(item, judge) for item in offered if item.item.basic]
    eligible, reasons = _eligible(basic, judge)
    may_join = partial(_joint, basic={item.offered.code: item for item in basic}, eligible=eligible, judge=judge)
    return Guide(questions, _in_order(offered, [*basic, *(may_join(item) for item in offered if not item.item.basic)]), eligible, reasons)


def _asked(catalogue: Catalogue, answers: Answers, law: Law) -> tuple[GuideQuestion, ...]:
    """Those that still decide something; what an unasked question was once answered with counts no more (F32)."""
    kept: dict[str, str | tuple[str, ...]] = {}
    asked: list[GuideQuestion] = []
    for rule in catalogue.guide:
        if not _holds(rule, Facts(kept, law.day), law):
            continue
        asked.append(GuideQuestion(rule, answers.get(rule.key)))
        if rule.key in answers:
            kept[rule.key] = answers[rule.key]
    return tuple(asked)


def _holds(question: FieldRule, facts: Facts, law: Law) -> bool:
    """A condition does not hold as long as nothing has been said that bears on it."""
    if question.asked_if is None:
        return True
    reason = RULES[question.asked_if](facts, law)
    said = any(fact.value != NOT_ANSWERED for fact in reason.facts)
    return reason.verdict is Verdict.MET or (reason.verdict is Verdict.UNDECIDED and said)


def _in_order(offered: Iterable[OfferedItem], judged: Iterable[GuideItem]) -> tuple[GuideItem, ...]:
    found = {each.offered.code: each for each in judged}
    return tuple(found[each.item.code] for each in offered)


# ---------------------------------------------------------------- what is for this person


def _basic(item: OfferedItem, judge: Judge) -> GuideItem:
    """基本事项: for who is about to retire."""
    retiring = judge("not-retired-yet")
    if retiring.verdict is Verdict.NOT_MET:
        return GuideItem(item, recommended=False, why=(retiring,))
    wanted = judge(item.item.recommended_if) if item.item.recommended_if else finding("for-everybody", Verdict.MET)
    return _recommended(item, wanted, judge)


def _joint(item: OfferedItem, *, basic: Mapping[str, GuideItem], eligible: Verdict, judge: Judge) -> GuideItem:
    """联办事项: together with the pension, or alone for who is retired already (A26)."""
    together = _together(item, basic, eligible, judge)
    wanted = judge(item.item.recommended_if) if item.item.recommended_if else None
    if wanted is None or wanted.verdict is not Verdict.MET or not item.item.only_with:
        return _recommended(item, wanted or together, judge)
    found = _recommended(item, wanted, judge)
    return replace(found, recommended=together.verdict is Verdict.MET, why=(wanted, together))


def _recommended(item: OfferedItem, wanted: Reason, judge: Judge) -> GuideItem:
    """Its conditions are told only of what is for this person."""
    if wanted.verdict is not Verdict.MET:
        return GuideItem(item, recommended=False, why=(wanted,))
    return GuideItem(item, recommended=True, why=(wanted,), conditions=tuple(map(judge, item.item.conditions)))


def _together(item: OfferedItem, basic: Mapping[str, GuideItem], eligible: Verdict, judge: Judge) -> Reason:
    if judge("not-retired-yet").verdict is Verdict.NOT_MET:
        return finding("joint-alone", Verdict.MET)
    if not item.item.only_with:
        return finding("for-everybody", Verdict.MET)
    chosen = any(code in basic and basic[code].recommended for code in item.item.only_with) and eligible is not Verdict.NOT_MET
    named = item.catalogue.items[item.item.only_with[0]].title
    return finding("only-with", Verdict.MET if chosen else Verdict.NOT_MET, item=item.item.title, pension=named)


# ---------------------------------------------------------------- whether they may retire


def _eligible(basic: Sequence[GuideItem], judge: Judge) -> tuple[Verdict, tuple[Reason, ...]]:
    """Basic items with conditions are the ways to retire, and one of them is enough. All that stands in the way is told at once."""
    retiring = judge("not-retired-yet")
    if retiring.verdict is Verdict.NOT_MET:
        return Verdict.MET, (finding("joint-alone", Verdict.MET),)
    ways = [way for item in basic if item.offered.conditions and (way := _way(item))]
    if good := [way for way in ways if _worst(way) is Verdict.MET]:
        return Verdict.MET, _once(good)
    undecided = not ways or any(_worst(way) is Verdict.UNDECIDED for way in ways)
    return Verdict.UNDECIDED if undecided else Verdict.NOT_MET, _once(ways)


def _way(item: GuideItem) -> tuple[Reason, ...]:
    """Its conditions; that it is not known yet whether it is for this person; or nothing, if it is not."""
    if item.recommended:
        return item.conditions
    return tuple(reason for reason in item.why if reason.verdict is Verdict.UNDECIDED)


def _worst(reasons: Sequence[Reason]) -> Verdict:
    verdicts = {reason.verdict for reason in reasons}
    return next((verdict for verdict in (Verdict.NOT_MET, Verdict.UNDECIDED) if verdict in verdicts), Verdict.MET)


def _once(ways: Iterable[Sequence[Reason]]) -> tuple[Reason, ...]:
    return tuple({reason.rule: reason for way in ways for reason in way}.values())
