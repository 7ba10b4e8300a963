"""The chapter of a home visit (上门办): booked for somebody who cannot come, and taken by one who is named to them beforehand."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from mocks import acting, documents
from mocks.answers import Json, ProblemAnswer
from mocks.journey.counter import HALLS
from mocks.journey.expecting import DidNotHappen, expect
from mocks.journey.story import Journey

FIRST, LAST = 2, 12
"""Days ahead among which a working day is looked for."""
HOUR = 10
REASON, NOTE = "DISABLED", "送退休证和核定结果，取纸质原件核对"


async def be_visited(journey: Journey) -> None:
    """What an earlier telling booked still stands."""
    visit = await _booked(journey) or await _book(journey)
    taken = await journey.filer.mutate(acting.TAKE_VISIT, {"visitId": visit["id"]})
    expect(taken["visitor"], "没有人领下这次上门")
    day = datetime.fromisoformat(taken["from"])
    journey.voice.facts(
        [
            ("为谁", f"{journey.traveller.person.name}（{taken['reasonText']}）"),
            ("哪天", f"{day:%Y-%m-%d %H:%M} 起"),
            ("哪里", taken["address"]),
            ("办什么", taken["note"]),
            ("谁上门", f"{taken['visitor']['name']}，{taken['visitor']['post']}"),
            ("状态", taken["statusText"]),
        ]
    )
    journey.voice.say("那天读他的身份证，在上门的人的设备上由他自己办；谁帮的，记在这次上门里。", mood="gloss")


async def _booked(journey: Journey) -> Json | None:
    visits = (await journey.filer.query(acting.VISITS))["visits"]["edges"]
    theirs = journey.traveller.person.address
    return next((edge["node"] for edge in visits if edge["node"]["address"] == theirs and edge["node"]["endedAt"] is None), None)


async def _book(journey: Journey) -> Json:
    """On the first day on which somebody comes. Raises DidNotHappen."""
    person, why = journey.traveller.person, ""
    found = (await journey.filer.query(acting.CLIENTS, {"search": {"name": person.name}}))["clients"]["edges"]
    about = {
        "organisationId": HALLS[person.region].organisation,
        "clientId": found[0]["node"]["id"],
        "address": person.address,
        "reason": REASON,
        "note": NOTE,
    }
    now = datetime.fromisoformat((await journey.filer.query(documents.NOW))["now"])
    for start in _mornings(now):
        when = {"from": start.isoformat(), "to": (start + timedelta(hours=1)).isoformat()}
        try:
            return dict(await journey.filer.mutate(acting.BOOK_VISIT, {"input": {**about, **when}}))
        except ProblemAnswer as closed:
            if not closed.issues:
                raise
            why = closed.issues[0]["message"]
    raise DidNotHappen(f"没有约到上门的日子：{why}")


def _mornings(now: datetime) -> Iterator[datetime]:
    for days in range(FIRST, LAST):
        yield (now + timedelta(days=days)).replace(hour=HOUR, minute=0, second=0, microsecond=0)
