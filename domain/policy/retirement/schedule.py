"""The statutory age: the original one of sex and post, and the months that the law adds for the month of birth."""

from dataclasses import dataclass
from datetime import date

from domain.policy.law import Figure, Law
from domain.policy.months import Age, Month, after
from domain.policy.retirement.question import PostCategory, Sex
from domain.reasons import LawFigure

_DELAYS = {
    "MEN": "retirement-delay-men",
    "WOMEN-ORDINARY": "retirement-delay-women-ordinary",
    "WOMEN-MANAGEMENT": "retirement-delay-women-management",
}


@dataclass(frozen=True, slots=True)
class Schedule:
    """Of one birth and kind of post: months of age, and of delay. `flexible`: months of choice before and after; None: there is none.

    `due`: the statutory date.
    """

    birth: date
    original: int
    delay: int
    flexible: Figure | None
    figures: tuple[LawFigure, ...]
    due: date

    @property
    def statutory(self) -> int:
        return self.original + self.delay

    @property
    def earliest(self) -> int:
        """Never below the original age."""
        return max(self.original, self.statutory - (self.flexible.number if self.flexible else 0))

    @property
    def latest(self) -> int:
        return self.statutory + (self.flexible.number if self.flexible else 0)

    @property
    def original_age(self) -> Age:
        return Age.of(self.original)

    def day(self, age: int) -> date:
        """When that age (in months) is reached; at the month's end where it has no such day."""
        return after(self.birth, age)


def schedule_of(birth: date, sex: Sex, post: PostCategory, law: Law) -> Schedule:
    """Raises LookupError under a law that knows no age of retirement."""
    group = _group(sex, post)
    ages = law.figure("original-retirement-age")
    original = int(ages.table[group])
    rule = law.find(_DELAYS[group])
    delay = _delay(birth, rule) if rule else 0
    cited = ages.cited(original // 12)
    figures = (cited, rule.cited(delay)) if rule else (cited,)
    return Schedule(birth, original, delay, _flexible(after(birth, original), law), figures, after(birth, original + delay))


def _group(sex: Sex, post: PostCategory) -> str:
    """A man's post makes no difference."""
    if sex is Sex.MALE:
        return "MEN"
    return "WOMEN-MANAGEMENT" if post is PostCategory.MANAGEMENT_OR_TECHNICAL else "WOMEN-ORDINARY"


def _delay(birth: date, rule: Figure) -> int:
    first, _, month = str(rule.table["first-born"]).partition("-")
    later = Month.of(birth).since(Month(int(first), int(month)))
    return 0 if later < 0 else min(later // int(rule.table["every"]) + 1, int(rule.table["most"]))


def _flexible(reached: date, law: Law) -> Figure | None:
    """Only for who reaches the original age on the first day of the rule or later."""
    begins = law.find("flexible-retirement-from")
    return law.find("flexible-months") if begins and reached >= date.fromisoformat(begins.text) else None
