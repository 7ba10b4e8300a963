"""Moments as this product keeps them: whole milliseconds, UTC inside, Asia/Shanghai where a day is meant."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

CHINA = ZoneInfo("Asia/Shanghai")

Now = Callable[[], datetime]


def whole_milliseconds(moment: datetime) -> datetime:
    """The same moment without what the store cannot keep."""
    return moment.astimezone(UTC).replace(microsecond=moment.microsecond // 1000 * 1000)


def day_in_china(moment: datetime) -> date:
    return moment.astimezone(CHINA).date()


def system_now() -> datetime:
    """The clock that production passes in; the domain itself never calls it."""
    return whole_milliseconds(datetime.now(UTC))
