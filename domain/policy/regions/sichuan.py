"""四川 (川劳社发〔2006〕17号): the months before individual accounts count for the transition part, and every pension gets an addition."""

from domain.policy.pension.money import cents, percent, years_of, yuan
from domain.policy.pension.parts import PensionPart, Worked, part, shared_facts
from domain.reasons import Fact, Verdict, finding
from domain.wording import span
from domain.words import Text


def transition(worked: Worked) -> PensionPart | None:
    """On all months before accounts began, deemed or paid. None: there are none."""
    months = worked.question.deemed_months + (worked.question.early_paid_months or 0)
    if not months:
        return None
    rate, years = worked.law.figure("transition-coefficient"), years_of(months)
    facts = (Fact(Text("fact.months-before-accounts"), span(months)), *shared_facts(worked))
    return part(
        "transition", "sichuan-transition", cents(worked.average * years * rate.decimal),
        facts=facts, figures=(*worked.base.figures, rate.cited()),
        base=yuan(worked.base.amount), wage=yuan(worked.question.indexed_wage), years=str(years), rate=percent(rate.decimal),
    )  # fmt: skip


def addition(worked: Worked) -> PensionPart:
    """At the rate that everybody has; a higher one depends on circumstances of the person that an office judges."""
    rate, wage = worked.law.figure("addition-rate"), worked.question.indexed_wage
    higher = finding("sichuan-higher-addition", Verdict.UNDECIDED, figures=(rate.cited(),), officer=True, rate=percent(rate.decimal))
    facts = (Fact(Text("fact.counted-months"), span(worked.question.contribution_months)), *shared_facts(worked)[:1])
    return part(
        "addition", "sichuan-addition", cents(wage * worked.years * rate.decimal), facts=facts, figures=(rate.cited(),), more=(higher,),
        wage=yuan(wage), years=str(worked.years), rate=percent(rate.decimal),
    )  # fmt: skip
