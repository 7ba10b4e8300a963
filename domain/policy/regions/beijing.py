"""北京 (京劳社养发〔2007〕21号, 31号): deemed years count on the computing base, years paid before mid-1998 on the indexed wage."""

from domain.policy.pension.money import cents, percent, years_of, yuan
from domain.policy.pension.parts import PensionPart, Worked, part, shared_facts
from domain.reasons import Fact
from domain.wording import span
from domain.words import Text


def transition(worked: Worked) -> PensionPart | None:
    """G同 and G实, each rounded by itself. None: no months for either."""
    question, rate = worked.question, worked.law.figure("transition-coefficient")
    deemed, paid = years_of(question.deemed_months), years_of(question.early_paid_months or 0)
    if not deemed + paid:
        return None
    on_base, on_wage = cents(worked.base.amount * deemed * rate.decimal), cents(question.indexed_wage * paid * rate.decimal)
    facts = (
        Fact(Text("fact.counted-deemed-months"), span(question.deemed_months)),
        Fact(Text("fact.paid-before-accounts"), span(question.early_paid_months or 0)),
        *shared_facts(worked),
    )
    figures = (*worked.base.figures, rate.cited(), *(worked.law.figure(key).cited() for key in ("deemed-before", "transition-paid-before")))
    return part(
        "transition", "beijing-transition", on_base + on_wage, facts=facts, figures=figures,
        base=yuan(worked.base.amount), wage=yuan(question.indexed_wage), deemed=str(deemed), paid=str(paid), rate=percent(rate.decimal),
    )  # fmt: skip
