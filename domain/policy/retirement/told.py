"""Why a forecast is as it is: each finding with what it looked at and the figures of law it used."""

from collections.abc import Iterator
from datetime import date

from domain.policy.law import Law
from domain.policy.retirement.points import RetirementPoint, agreement_due, first_after_notice, minimum
from domain.policy.retirement.question import RetirementQuestion, Sex
from domain.policy.retirement.schedule import Schedule
from domain.reasons import Fact, LawFigure, Reason, Verdict, finding
from domain.wording import age as said_age
from domain.wording import day as said_day
from domain.wording import span
from domain.words import Parameter, Text


def statutory_age(question: RetirementQuestion, schedule: Schedule) -> Reason:
    said: dict[str, Parameter] = {
        "original": said_age(schedule.original),
        "age": said_age(schedule.statutory),
        "date": said_day(schedule.due),
    }
    delayed = Text("rule.statutory-age.MET", {**said, "delay": span(schedule.delay)})
    text = delayed if schedule.delay else Text("rule.statutory-age.NO-DELAY", said)
    return Reason("statutory-age", Verdict.MET, text, who(question), schedule.figures)


def birth_record(question: RetirementQuestion, by_archive: Schedule, by_card: Schedule) -> Reason:
    """The earliest record in the archive counts, and an officer reads it (劳社部发〔1999〕8号 二(二))."""
    return finding(
        "birth-record",
        Verdict.UNDECIDED,
        facts=(_day_fact("birth-date", question.birth_date), _day_fact("archive-birth-date", question.birth)),
        officer=True,
        archive=said_day(question.birth),
        card=said_day(question.birth_date),
        by_archive=said_day(by_archive.due),
        by_card=said_day(by_card.due),
    )


def both_posts(question: RetirementQuestion, worker: Schedule, manager: Schedule, law: Law) -> Reason:
    """Which one holds an officer decides, by contracts, appointments and the archive."""
    days = [worker.due, manager.due]
    needed = [minimum(law, day) for day in days]
    figures = (*worker.figures, *manager.figures, *(each.cited() for each in needed if each))
    said = [span(each.number) if each else Text("word.no-minimum") for each in needed]
    return finding(
        "post-undetermined",
        Verdict.UNDECIDED,
        facts=who(question),
        figures=figures,
        officer=True,
        worker=said_day(days[0]),
        worker_needed=said[0],
        manager=said_day(days[1]),
        manager_needed=said[1],
    )


def no_choice(question: RetirementQuestion, law: Law) -> Reason:
    """The law knows no flexible retirement, or not for who reached the original age before it."""
    begins = law.find("flexible-retirement-from")
    if begins is None:
        return finding("flexible-retirement", Verdict.NOT_MET, facts=who(question))
    text = Text("rule.flexible-retirement.TOO-EARLY", {"begins": said_day(date.fromisoformat(begins.text))})
    return Reason("flexible-retirement", Verdict.NOT_MET, text, who(question), (begins.cited(),))


def choices(first: RetirementPoint, last: RetirementPoint, schedule: Schedule, law: Law) -> Iterator[Reason]:
    """What may still be chosen, and what is to be done by when."""
    cited = law.figure("flexible-months").cited()
    early = first_after_notice(law) < schedule.due
    yield _choice("flexible-early", early, first, cited, law.figure("early-notice-months").cited())
    late = agreement_due(schedule.due, law) >= law.day
    yield _choice("flexible-delay", late, last, cited, law.figure("delay-agreement-months").cited())


def _choice(rule: str, open_still: bool, point: RetirementPoint, *figures: LawFigure) -> Reason:
    verdict, act = Verdict.MET if open_still else Verdict.NOT_MET, point.act_by_text or ""
    return finding(rule, verdict, figures=figures, date=said_day(point.date), age=said_age(point.age.in_months), act=act)


def contributions(question: RetirementQuestion, due: date, law: Law) -> Reason:
    """Whether what is paid so far is enough for the statutory date, and how far it is off."""
    needed, paid = minimum(law, due), question.contribution_months
    facts = (Fact(Text("fact.contribution-months"), Text("word.not-answered") if paid is None else span(paid)),)
    if needed is None:
        return finding("no-minimum-contribution", Verdict.UNDECIDED, facts=facts)
    verdict, said = _enough(paid, needed.number)
    text = Text(f"rule.enough-contributions.{verdict}", {"needed": span(needed.number), "year": due.year, **said})
    return Reason("enough-contributions", verdict, text, facts, (needed.cited(),))


def _enough(paid: int | None, needed: int) -> tuple[Verdict, dict[str, Parameter]]:
    if paid is None:
        return Verdict.UNDECIDED, {}
    if paid >= needed:
        return Verdict.MET, {"paid": span(paid)}
    return Verdict.NOT_MET, {"paid": span(paid), "missing": span(needed - paid)}


def late(schedule: Schedule, law: Law) -> Iterator[Reason]:
    """The date has passed: what happens to the months in between is each region's own rule."""
    if schedule.due < law.day:
        yield finding("past-statutory-date", Verdict.UNDECIDED, officer=True, date=said_day(schedule.due))


def who(question: RetirementQuestion) -> tuple[Fact, ...]:
    """What the age depends on."""
    sex = Fact(Text("fact.sex"), Text(f"option.sex.{question.sex}"))
    key = "archive-birth-date" if question.archive_birth_date else "birth-date"
    birth = _day_fact(key, question.birth)
    if question.sex is Sex.MALE:
        return sex, birth
    return sex, birth, Fact(Text("fact.post-category"), Text(f"option.post-category.{question.post_category}"))


def _day_fact(key: str, day: date) -> Fact:
    return Fact(Text(f"fact.{key}"), said_day(day))
