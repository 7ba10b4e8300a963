"""The chapter in which a legal guardian signs in: the register says whose guardian they are, and no mandate is needed."""

from mocks import acting
from mocks.journey.expecting import expect
from mocks.journey.others import person_of
from mocks.journey.story import Journey


def has_a_guardian(journey: Journey) -> bool:
    return journey.traveller.guardian is not None


async def sign_in_as_guardian(journey: Journey) -> None:
    """From here on this phone acts for the ward, and for nobody else."""
    ward, guardian = journey.traveller.person, person_of(journey.traveller.guardian or "")
    await journey.phone.sign_in(guardian.key)
    seats = (await journey.phone.query(acting.SEATS))["viewer"]["capacities"]
    theirs = [seat for seat in seats if seat["onBehalfOf"] and seat["onBehalfOf"]["name"] == ward.name]
    expect(theirs, f"登记里没有说{guardian.name}是{ward.name}的监护人")
    journey.voice.scene(f"{guardian.name}的手机")
    journey.voice.say(f"{ward.name}由{journey.traveller.helper}{guardian.name}代办。他刷脸登录；登记机关的记录说他是监护人，不用委托。")
    viewer = await journey.phone.act_as(theirs[0]["id"])
    journey.voice.facts([("可选身份", "、".join(seat["label"] for seat in seats)), ("现在", viewer["capacity"]["label"])])
