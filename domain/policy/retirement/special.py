"""特殊工种 as a way of its own beside the statutory age: an earlier age for those who have been in the post for long enough."""

from collections.abc import Iterator
from dataclasses import dataclass

from domain.policy.law import Law
from domain.policy.months import Age, after
from domain.policy.retirement.points import RetirementPoint, minimum_from_post
from domain.policy.retirement.question import RetirementQuestion, SpecialPost
from domain.reasons import Fact, LawFigure, Reason, Verdict, finding
from domain.wording import age as said_age
from domain.wording import day as said_day
from domain.wording import span
from domain.words import Parameter, Text


@dataclass(frozen=True, slots=True)
class Terms:
    """Months in the post, and the age in months, that one kind of post and one sex need."""

    worked: int
    age: int
    figures: tuple[LawFigure, ...]


def terms_of(kind: str, sex: str, law: Law) -> Terms | None:
    """None: the law of that day has no such ground."""
    months, ages = law.find("special-post-months"), law.find("special-post-age")
    if months is None or ages is None:
        return None
    worked, age = int(months.table[kind]), int(ages.table[sex])
    return Terms(worked, age, (months.cited(worked), ages.cited(age // 12)))


Found = tuple[RetirementPoint | None, tuple[Reason, ...]]
RULE = "special-post"


def special_post(question: RetirementQuestion, law: Law) -> Found:
    """No reason where no such post was told. The archive decides it in the end, after the employer has made it public."""
    kind, worked = question.special_post_kind, question.special_post_months
    if kind is None:
        return None, ()
    terms = terms_of(kind, question.sex, law)
    if terms is None:
        return None, (finding(f"{RULE}-unknown", Verdict.NOT_MET, facts=_facts(kind, worked)),)
    point, verdict = _point(question, terms.age, law), _verdict(worked, terms.worked)
    said: dict[str, Parameter] = {"age": said_age(terms.age), "date": said_day(point.date), "needed": span(terms.worked)}
    if worked is not None and worked < terms.worked:
        said["missing"] = span(terms.worked - worked)
    key = "PAST" if point.date <= law.day else "MET"
    text = Text(f"rule.{RULE}.{key if verdict is Verdict.MET else verdict}", said)
    reason = Reason(RULE, verdict, text, _facts(kind, worked), terms.figures)
    return (point, (reason, *_enough(question, point, law))) if verdict is Verdict.MET else (None, (reason,))


def _verdict(worked: int | None, needed: int) -> Verdict:
    if worked is None:
        return Verdict.UNDECIDED
    return Verdict.MET if worked >= needed else Verdict.NOT_MET


def _point(question: RetirementQuestion, age: int, law: Law) -> RetirementPoint:
    day = after(question.birth, age)
    needed = minimum_from_post(law, day)
    return RetirementPoint(Age.of(age), day, needed.number if needed else None)


def _enough(question: RetirementQuestion, point: RetirementPoint, law: Law) -> Iterator[Reason]:
    """What is paid so far, against what this way asks for."""
    paid, figure = question.contribution_months, minimum_from_post(law, point.date)
    if paid is None or figure is None:
        return
    said: dict[str, Parameter] = {"needed": span(figure.number), "paid": span(paid)}
    if paid < figure.number:
        said["missing"] = span(figure.number - paid)
    verdict = Verdict.NOT_MET if "missing" in said else Verdict.MET
    facts = (Fact(Text("fact.contribution-months"), span(paid)),)
    yield Reason(f"{RULE}-enough", verdict, Text(f"rule.{RULE}-enough.{verdict}", said), facts, (figure.cited(),))


def _facts(kind: SpecialPost, worked: int | None) -> tuple[Fact, ...]:
    time = Text("word.not-answered") if worked is None else span(worked)
    return Fact(Text("fact.special-post-kind"), Text(f"option.special-post-kind.{kind}")), Fact(Text("fact.special-post-months"), time)
