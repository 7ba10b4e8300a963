"""Whoever else has a part in a story, each with a phone of their own; and how somebody comes to sit in a post."""

from contextlib import AsyncExitStack
from dataclasses import dataclass, field

from mocks import acting
from mocks.answers import Json
from mocks.journey.expecting import DidNotHappen
from mocks.people import Resident, resident
from mocks.phone import Phone


@dataclass
class Others:
    url: str
    _phones: dict[str, Phone] = field(default_factory=dict)
    _open: AsyncExitStack = field(default_factory=AsyncExitStack)

    async def phone(self, hint: str) -> Phone:
        """Theirs, signed in; the same whenever it is asked for. `hint`: a key, or a legal account as boss@furnace."""
        if hint not in self._phones:
            phone = await self._open.enter_async_context(Phone(self.url, browser="zhangban-phone/1 (Android)"))
            await phone.sign_in(hint)
            self._phones[hint] = phone
        return self._phones[hint]

    async def leave(self) -> None:
        await self._open.aclose()


@dataclass(frozen=True, slots=True)
class Office:
    """`organisation`: its id or its name. `chief`: who gives the post, by what they sign in with."""

    kind: str
    organisation: str
    chief: str


async def in_office(others: Others, key: str, office: Office) -> tuple[Phone, Json]:
    """Their phone, acting in that post, and the capacity; if they are nothing there yet, they are appointed and agree to it."""
    phone = await others.phone(key)
    seat = await seated(phone, office.kind, office.organisation)
    if seat is None:
        await _come_into_office(others, phone, key, office)
        seat = await seated(phone, office.kind, office.organisation)
    if seat is None:
        raise DidNotHappen(f"{person_of(key).name}确认了职务，却没有这个身份")
    return phone, seat


async def seated(phone: Phone, kind: str, organisation: str) -> Json | None:
    """The phone goes on in that capacity. None: its holder does not have it."""
    for seat in (await phone.query(acting.SEATS))["viewer"]["capacities"]:
        if seat["kind"] == kind and seat["organisation"] and organisation in seat["organisation"].values():
            await phone.act_as(seat["id"])
            return dict(seat)
    return None


async def _come_into_office(others: Others, phone: Phone, key: str, office: Office) -> None:
    chief = await others.phone(office.chief)
    chair = await seated(chief, "SUPERVISOR", office.organisation)
    if chair is None:
        raise DidNotHappen(f"{office.organisation} 没有负责人 {office.chief}；演示数据是旧的，请换一个数据目录")
    waiting = await _waiting_post(phone, office.kind, chair["organisation"]["id"])
    post = waiting or await chief.mutate(acting.APPOINT_MEMBER, {"input": {**named(person_of(key)), "kind": office.kind}})
    await phone.mutate(acting.CONFIRM_POST, {"postId": post["id"]})


async def _waiting_post(phone: Phone, kind: str, organisation: str) -> Json | None:
    """An earlier story may have broken off between the appointment and the answer."""
    posts = (await phone.query(acting.MY_POSTS))["myPosts"]
    sought = ("PENDING", kind, organisation)
    return next((post for post in posts if (post["status"], post["kind"], post["organisation"]["id"]) == sought), None)


def person_of(key: str) -> Resident:
    person = resident(key)
    assert person, f"there is nobody called {key}"
    return person


def named(person: Resident) -> Json:
    """As whoever appoints them, or enters their paper, writes them down."""
    return {"name": person.name, "documentKind": person.document_kind, "documentNumber": person.document_number}
