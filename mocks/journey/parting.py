"""Where a story ends for now, and what comes next: not every way is for a person with a phone, and not every day has come."""

from collections.abc import Iterator

from mocks.journey.story import Journey

ON_A_PHONE = "PERSONAL"


async def part(journey: Journey) -> None:
    for sentence in partings(journey):
        journey.voice.say(sentence)
    journey.voice.say(f"故事里后面还有：{journey.traveller.later}。", mood="gloss")


def goes_on(journey: Journey) -> bool:
    """To the form: they can file today, themselves, and from their phone."""
    return not any(partings(journey))


def partings(journey: Journey) -> Iterator[str]:
    """Why nothing is filed now, and what to do instead."""
    region = journey.catalogue["region"]["name"]
    if journey.guide["eligible"] == "NOT_MET":
        yield _not_yet(journey)
    if ON_A_PHONE not in journey.catalogue["channels"]:
        yield f"{region}的申请在窗口办，不能在手机上交。带上要交的材料去窗口，工作人员收件、录入；不方便去的，先打电话问能不能上门。"
    if helper := journey.traveller.helper:
        yield f"这件事由{helper}来办：先有委托，再替{journey.traveller.person.name}填表、提交。委托还没有开通，开通了从这里接着讲。"


def _not_yet(journey: Journey) -> str:
    forecast = journey.forecast
    day = (forecast["special"] or forecast["statutory"])["date"]
    early = forecast["earliest"] and forecast["earliest"]["actByText"]
    return f"还没有到能办的日子：{day} 再来。" + (f"最早可以选 {forecast['earliest']['date']}：{early}" if early else "")
