"""档案初审 before the age: seven facts of the archive, each with a verdict; all present and consistent makes it READY (A24)."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.errors import Issue
from domain.policy.law import Law
from domain.policy.months import Month
from domain.policy.retirement.forecast import RetirementForecast, RetirementQuestion, forecast
from domain.reasons import Fact, Reason, Verdict, finding
from domain.wording import day as said_day
from domain.wording import month as said_month
from domain.words import Parameter, Text


class ArchiveStatus(StrEnum):
    READY = "READY"
    FLAGGED = "FLAGGED"


@dataclass(frozen=True, slots=True)
class ArchiveRecord:
    """What the archive, and the office that read it, say beside the date of birth. None: nothing."""

    retirement_date: date | None = None
    benefit_start: Month | None = None
    service_start: Month | None = None
    payment_start: Month | None = None
    deemed_start: Month | None = None
    deemed_end: Month | None = None
    no_deemed_time: bool = False
    complete: bool | None = None

    @property
    def months(self) -> Mapping[str, Month | None]:
        """By the names under which they are asked."""
        return {
            "benefitStart": self.benefit_start,
            "serviceStart": self.service_start,
            "paymentStart": self.payment_start,
            "deemedStart": self.deemed_start,
            "deemedEnd": self.deemed_end,
        }


@dataclass(frozen=True, slots=True)
class ArchiveFact:
    key: str
    reason: Reason

    @property
    def verdict(self) -> Verdict:
        return self.reason.verdict


@dataclass(frozen=True, slots=True)
class ArchiveCheck:
    """`forecast`: by the date of birth that counts."""

    facts: tuple[ArchiveFact, ...]
    forecast: RetirementForecast

    @property
    def status(self) -> ArchiveStatus:
        return ArchiveStatus.READY if all(fact.verdict is Verdict.MET for fact in self.facts) else ArchiveStatus.FLAGGED


@dataclass(frozen=True, slots=True)
class _Read:
    """The record beside what was asked and what the law makes of it."""

    record: ArchiveRecord
    question: RetirementQuestion
    forecast: RetirementForecast


def archive_check(question: RetirementQuestion, record: ArchiveRecord, law: Law) -> ArchiveCheck:
    """The date of birth in the archive is the question's. Raises LookupError like `forecast`."""
    found = forecast(question, law)
    read = _Read(record, question, found)
    return ArchiveCheck(tuple(ArchiveFact(key, look(read)) for key, look in FACTS.items()), found)


def record_slips(record: ArchiveRecord) -> Iterator[Issue]:
    """Years in which nobody worked whom a person of today asks for; what is merely inconsistent is a verdict."""
    for name, found in record.months.items():
        if found and not 1900 <= found.year <= 2200:
            yield Issue(("question", "archive", name), Text("issue.bad-month"))


def _birth(read: _Read) -> Reason:
    """Two different dates go to an officer, who is told both, and that the archive would make somebody younger."""
    in_archive, on_card = read.question.archive_birth_date, read.question.birth_date
    if in_archive is None:
        return _missing("birth-date")
    archive, card = said_day(in_archive), said_day(on_card)
    facts = Fact(Text("fact.archive-birth-date"), archive), Fact(Text("fact.birth-date"), card)
    if in_archive == on_card:
        return finding("archive-birth-date", Verdict.MET, facts=facts, archive=archive, card=card)
    key = "LATER" if in_archive > on_card else "UNDECIDED"
    text = Text(f"rule.archive-birth-date.{key}", {"archive": archive, "card": card})
    return Reason("archive-birth-date", Verdict.UNDECIDED, text, facts, officer=True)


def _retirement(read: _Read) -> Reason:
    """The statutory date, or one that flexible retirement or a special post allows."""
    stated, found = read.record.retirement_date, read.forecast
    if stated is None:
        return _missing("retirement-date")
    key = _way(stated, found)
    said: dict[str, Parameter] = {"stated": said_day(stated), "statutory": said_day(found.statutory.date)}
    if key == "SPECIAL" and found.special:
        said["special"] = said_day(found.special.date)
    return Reason("archive-retirement-date", _verdict(key != "NOT_MET"), Text(f"rule.archive-retirement-date.{key}", said))


def _way(stated: date, found: RetirementForecast) -> str:
    """By which of the ways to retire the date is right."""
    if stated == found.statutory.date:
        return "MET"
    if found.earliest and found.latest and found.earliest.date <= stated <= found.latest.date:
        return "CHOSEN"
    return "SPECIAL" if found.special and found.special.date <= stated < found.statutory.date else "NOT_MET"


def _benefit(read: _Read) -> Reason:
    """From the month after retirement (人社部发〔2024〕94号 Art 9)."""
    stated, retired = read.record.benefit_start, read.record.retirement_date or read.forecast.statutory.date
    if stated is None:
        return _missing("benefit-start")
    due = Month.of(retired).plus(1)
    verdict = Verdict.MET if stated == due else Verdict.NOT_MET
    return finding("archive-benefit-start", verdict, stated=said_month(*stated), due=said_month(*due))


def _service(read: _Read) -> Reason:
    stated, paid = read.record.service_start, read.record.payment_start
    if stated is None:
        return _missing("service-start")
    born = Month.of(read.question.birth)
    fits = born < stated and (paid is None or stated <= paid)
    return finding("archive-service-start", _verdict(fits), stated=said_month(*stated))


def _payment(read: _Read) -> Reason:
    stated, service = read.record.payment_start, read.record.service_start
    if stated is None:
        return _missing("payment-start")
    fits = Month.of(read.question.birth) < stated and (service is None or service <= stated)
    return finding("archive-payment-start", _verdict(fits), stated=said_month(*stated))


def _deemed(read: _Read) -> Reason:
    """Deemed time lies in service, and ends before contributions begin."""
    record = read.record
    start, end = record.deemed_start, record.deemed_end
    if record.no_deemed_time and start is None and end is None:
        return Reason("archive-deemed-time", Verdict.MET, Text("rule.archive-deemed-time.NONE"))
    if start is None or end is None:
        return _missing("deemed-time")
    in_service = record.service_start is None or record.service_start <= start
    before_paid = record.payment_start is None or end <= record.payment_start
    fits = start <= end and in_service and before_paid and not record.no_deemed_time
    return finding("archive-deemed-time", _verdict(fits), start=said_month(*start), end=said_month(*end))


def _complete(read: _Read) -> Reason:
    if read.record.complete is None:
        return _missing("complete")
    return finding("archive-complete", _verdict(read.record.complete))


def _verdict(fits: bool) -> Verdict:
    return Verdict.MET if fits else Verdict.NOT_MET


def _missing(key: str) -> Reason:
    return Reason(f"archive-{key}", Verdict.UNDECIDED, Text("rule.archive-missing.UNDECIDED", {"fact": Text(f"archive.{key}")}))


FACTS: dict[str, Callable[[_Read], Reason]] = {
    "birth-date": _birth,
    "retirement-date": _retirement,
    "benefit-start": _benefit,
    "service-start": _service,
    "payment-start": _payment,
    "deemed-time": _deemed,
    "complete": _complete,
}
"""Three before the age, three of the service, and the archive as a whole."""
