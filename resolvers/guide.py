"""智能导引: the questions of a region's guide, and what the answers so far lead to."""

from datetime import date

from strawberry import UNSET

from domain.guide import guide as domain
from resolvers.context import Info
from resolvers.inputs import AnswerInput
from resolvers.scalars import Date
from resolvers.typed import Typed


def guide(info: Info, region: str, answers: list[AnswerInput] = [], as_of: Date | None = UNSET) -> domain.Guide:  # noqa: B006  # never changed; the contract's default
    catalogue = info.context.catalogues.in_force(region)
    return domain.guide(catalogue, [answer.given() for answer in answers], day=_day(as_of, info.context.today))


def _day(as_of: object, today: date) -> date:
    """Raises InvalidForm."""
    typed = Typed(today, above=())
    day = typed.day(as_of, "asOf") if as_of else today
    typed.judge()
    return day
