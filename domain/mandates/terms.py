"""How long a mandate lasts, how many there may be, how often a code is tried: dated figures, read for one day."""

from dataclasses import dataclass
from datetime import timedelta

from domain.guessing import Patience
from domain.policy.law import Law


@dataclass(frozen=True, slots=True)
class Tries:
    """How many are judged within the time, for each thing they are counted for; then it is locked for as long."""

    most: int
    within: timedelta

    @property
    def patience(self) -> Patience:
        """A try is written down before it is judged, so that a hundred at once are not judged: the one that is too many locks."""
        return Patience(wrong=self.most + 1, within=self.within, locked=self.within)


@dataclass(frozen=True, slots=True)
class Terms:
    """`days`: what an app offers; `most_days`: what may be chosen. `delegates`: of one principal; `principals`: of one delegate."""

    days: int
    most_days: int
    delegates: int
    principals: int
    proved_within: timedelta
    code_tries: Tries
    code_tries_at_address: Tries
    reading_tries: Tries
    reading_tries_at_address: Tries
    begin_within: timedelta
    days_in_person: int


def terms_of(law: Law) -> Terms:
    def number(key: str) -> int:
        return law.figure(key).number

    codes, readings = timedelta(minutes=number("mandate-code-minutes")), timedelta(days=1)
    return Terms(
        days=number("mandate-days"),
        most_days=number("mandate-most-days"),
        delegates=number("mandate-delegates"),
        principals=number("mandate-principals"),
        proved_within=timedelta(minutes=number("assurance-minutes")),
        code_tries=Tries(number("mandate-code-tries"), codes),
        code_tries_at_address=Tries(number("mandate-code-tries-address"), codes),
        reading_tries=Tries(number("card-reading-failures"), readings),
        reading_tries_at_address=Tries(number("card-reading-failures-address"), readings),
        begin_within=timedelta(minutes=number("mandate-in-person-minutes")),
        days_in_person=number("mandate-in-person-days"),
    )
