"""What may be asked about retirement, and how what was typed becomes a question of the domain."""

from datetime import date

import strawberry
from strawberry import UNSET

from domain.policy.months import Month as MonthOf
from domain.policy.retirement.archive import ArchiveRecord
from domain.policy.retirement.choices import Earnings
from domain.policy.retirement.claim_place import ClaimPlaceQuestion, Stay
from domain.policy.retirement.question import PostCategory, RetirementQuestion, Sex, SpecialPost
from resolvers.scalars import Date, Money, Month
from resolvers.typed import Typed


@strawberry.input
class RetirementQuestionInput:
    sex: Sex
    birth_date: Date
    post_category: PostCategory = PostCategory.ORDINARY
    contribution_months: int | None = UNSET
    region: str | None = UNSET
    as_of: Date | None = strawberry.field(default=UNSET, description="The law as it stands on this day; today if left out.")
    archive_birth_date: Date | None = strawberry.field(default=UNSET, description="The earliest record in the archive; it counts.")
    special_post_kind: SpecialPost | None = UNSET
    special_post_months: int | None = UNSET
    first_paid: Month | None = strawberry.field(default=UNSET, description="Month of the first contribution to an employee's pension.")

    def question(self, typed: Typed) -> RetirementQuestion:
        return RetirementQuestion(
            sex=self.sex,
            birth_date=typed.day(self.birth_date, "birthDate"),
            post_category=self.post_category,
            contribution_months=_whole(self.contribution_months),
            archive_birth_date=_day(self.archive_birth_date, typed, "archiveBirthDate"),
            special_post_kind=self.special_post_kind or None,
            special_post_months=_whole(self.special_post_months),
            first_paid=_month(self.first_paid, typed, "firstPaid"),
        )

    def day(self, typed: Typed) -> date:
        return _day(self.as_of, typed, "asOf") or typed.today


@strawberry.input(description="Sums as they are today; with them each choice gets an estimate.")
class EarningsInput:
    indexed_monthly_wage: Money
    account_balance: Money
    deemed_months: int = 0


@strawberry.input(description="asOf: the day that is taken for today.")
class RetirementChoicesQuestionInput(RetirementQuestionInput):
    earnings: EarningsInput | None = UNSET

    def sums(self, typed: Typed) -> Earnings | None:
        given, below = self.earnings, typed.below("earnings")
        if not given:
            return None
        wage, balance = below.money(given.indexed_monthly_wage, "indexedMonthlyWage"), below.money(given.account_balance, "accountBalance")
        return Earnings(wage, balance, given.deemed_months)


@strawberry.input(description="What the archive says beside archiveBirthDate; left out where it says nothing.")
class ArchiveRecordInput:
    retirement_date: Date | None = UNSET
    benefit_start: Month | None = UNSET
    service_start: Month | None = UNSET
    payment_start: Month | None = UNSET
    deemed_start: Month | None = UNSET
    deemed_end: Month | None = UNSET
    no_deemed_time: bool = False
    complete: bool | None = UNSET


@strawberry.input
class ArchiveQuestionInput(RetirementQuestionInput):
    archive: ArchiveRecordInput

    def record(self, typed: Typed) -> ArchiveRecord:
        given, below = self.archive, typed.below("archive")
        return ArchiveRecord(
            retirement_date=_day(given.retirement_date, below, "retirementDate"),
            benefit_start=_month(given.benefit_start, below, "benefitStart"),
            service_start=_month(given.service_start, below, "serviceStart"),
            payment_start=_month(given.payment_start, below, "paymentStart"),
            deemed_start=_month(given.deemed_start, below, "deemedStart"),
            deemed_end=_month(given.deemed_end, below, "deemedEnd"),
            no_deemed_time=given.no_deemed_time,
            complete=given.complete if isinstance(given.complete, bool) else None,
        )


@strawberry.input(description="joined: month of the first contribution there. temporary: as the record says; else it follows from joined.")
class StayInput:
    place: str
    months: int
    joined: Month | None = UNSET
    temporary: bool | None = UNSET

    def stay(self, typed: Typed) -> Stay:
        joined = _month(self.joined, typed, "joined")
        return Stay(self.place.strip(), self.months, joined, self.temporary if isinstance(self.temporary, bool) else None)


@strawberry.input(description="places: in the order in which they were; the last is where the insurance is now.")
class ClaimPlaceQuestionInput:
    sex: Sex
    birth_date: Date
    household: str
    places: list[StayInput]
    region: str | None = UNSET
    as_of: Date | None = UNSET

    def question(self, typed: Typed) -> ClaimPlaceQuestion:
        stays = tuple(each.stay(typed.below("places", str(index))) for index, each in enumerate(self.places))
        return ClaimPlaceQuestion(self.sex, typed.day(self.birth_date, "birthDate"), self.household.strip(), stays)

    def day(self, typed: Typed) -> date:
        return _day(self.as_of, typed, "asOf") or typed.today


def _whole(given: int | None) -> int | None:
    return given if isinstance(given, int) else None


def _day(given: object, typed: Typed, place: str) -> date | None:
    return typed.day(given, place) if given else None


def _month(given: object, typed: Typed, place: str) -> MonthOf | None:
    return typed.month(given, place) if given else None
