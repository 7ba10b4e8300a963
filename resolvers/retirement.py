"""When somebody may retire: asked by anybody, answered by the law of the day that is named."""

from strawberry import Parent

from domain.errors import Issue
from domain.policy.law import Law
from domain.policy.retirement.archive import ArchiveCheck, ArchiveFact, archive_check, record_slips
from domain.policy.retirement.choices import RetirementChoice, RetirementChoices, earnings_slips, retirement_choices
from domain.policy.retirement.claim_place import ClaimPlace, claim_place, claim_place_slips
from domain.policy.retirement.forecast import RetirementForecast, forecast
from domain.policy.retirement.points import RetirementPoint
from domain.policy.retirement.question import RetirementQuestion, slips
from domain.policy.retirement.shortfall import ShortfallOption
from domain.words import Text
from resolvers.context import Info
from resolvers.retirement_inputs import (
    ArchiveQuestionInput,
    ClaimPlaceQuestionInput,
    RetirementChoicesQuestionInput,
    RetirementQuestionInput,
)
from resolvers.typed import Typed


def retirement_forecast(info: Info, question: RetirementQuestionInput) -> RetirementForecast:
    typed = Typed(info.context.today)
    asked, law = question.question(typed), _law(info, question, typed)
    typed.judge(_slips(asked, law, typed))
    return forecast(asked, law)


def choices(info: Info, question: RetirementChoicesQuestionInput) -> RetirementChoices:
    typed = Typed(info.context.today)
    asked, law, earnings = question.question(typed), _law(info, question, typed), question.sums(typed)
    typed.judge((*_slips(asked, law, typed), *(earnings_slips(earnings, asked) if earnings else ())))
    return retirement_choices(asked, law, earnings)


def check_of_archive(info: Info, question: ArchiveQuestionInput) -> ArchiveCheck:
    typed = Typed(info.context.today)
    asked, law, record = question.question(typed), _law(info, question, typed), question.record(typed)
    typed.judge((*_slips(asked, law, typed), *record_slips(record)))
    return archive_check(asked, record, law)


def place_of_claim(info: Info, question: ClaimPlaceQuestionInput) -> ClaimPlace:
    typed = Typed(info.context.today)
    asked, law = question.question(typed), _law(info, question, typed)
    typed.judge(claim_place_slips(asked, law, info.context.today))
    return claim_place(asked, law)


def _law(info: Info, question: RetirementQuestionInput | ClaimPlaceQuestionInput, typed: Typed) -> Law:
    return info.context.catalogues.law(question.region or None, question.day(typed))


def _slips(asked: RetirementQuestion, law: Law, typed: Typed) -> tuple[Issue, ...]:
    return tuple(slips(asked, law, today=typed.today))


def act_by_text(point: Parent[RetirementPoint], info: Info) -> str | None:
    return info.context.say(point.act_by_text) if point.act_by_text else None


def label(option: Parent[ShortfallOption], info: Info) -> str:
    return info.context.say(option.label)


def fact_label(fact: Parent[ArchiveFact], info: Info) -> str:
    return info.context.say(Text(f"archive.{fact.key}"))


def text(told: Parent[ShortfallOption | RetirementChoice], info: Info) -> str:
    return info.context.say(told.text)


def spoken(told: Parent[ShortfallOption | RetirementChoice], info: Info) -> str:
    return info.context.speak(told.text)
