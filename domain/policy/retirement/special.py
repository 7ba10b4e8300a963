"""特殊工种 as a way of its own beside the statutory age: an earlier age for those who have been in the post for long enough."""

from domain.policy.law import Law
from domain.policy.months import Age, after
from domain.policy.retirement.points import RetirementPoint, minimum
from domain.policy.retirement.question import RetirementQuestion, SpecialPost
from domain.reasons import Fact, Reason, Verdict, finding
from domain.wording import age as said_age
from domain.wording import day as said_day
from domain.wording import span
from domain.words import Parameter, Text

Found = tuple[RetirementPoint | None, tuple[Reason, ...]]
RULE = "special-post"


def special_post(question: RetirementQuestion, law: Law) -> Found:
    """No reason where no such post was told. The archive decides it in the end, after the employer has made it public."""
    kind, worked = question.special_post_kind, question.special_post_months
    if kind is None:
        return None, ()
    months, ages = law.find("special-post-months"), law.find("special-post-age")
    if months is None or ages is None:
        return None, (finding(f"{RULE}-unknown", Verdict.NOT_MET, facts=_facts(kind, worked)),)
    needed, age = int(months.table[kind]), int(ages.table[question.sex])
    point = _point(question, age, law)
    said: dict[str, Parameter] = {"age": said_age(age), "date": said_day(point.date), "needed": span(needed)}
    if worked is not None and worked < needed:
        said["missing"] = span(needed - worked)
    verdict, key = _verdict(worked, needed), "PAST" if point.date <= law.day else "MET"
    text = Text(f"rule.{RULE}.{key if verdict is Verdict.MET else verdict}", said)
    reason = Reason(RULE, verdict, text, _facts(kind, worked), (ages.cited(age // 12), months.cited(needed)))
    return point if verdict is Verdict.MET else None, (reason,)


def _verdict(worked: int | None, needed: int) -> Verdict:
    if worked is None:
        return Verdict.UNDECIDED
    return Verdict.MET if worked >= needed else Verdict.NOT_MET


def _point(question: RetirementQuestion, age: int, law: Law) -> RetirementPoint:
    day = after(question.birth, age)
    needed = minimum(law, day)
    return RetirementPoint(Age.of(age), day, needed.number if needed else None)


def _facts(kind: SpecialPost, worked: int | None) -> tuple[Fact, ...]:
    time = Text("word.not-answered") if worked is None else span(worked)
    return Fact(Text("fact.special-post-kind"), Text(f"option.special-post-kind.{kind}")), Fact(Text("fact.special-post-months"), time)
