"""The viewer's own sessions and sign-ins: read, and ended."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from strawberry import ID, Parent

from domain.acting import CapacityKind
from domain.sessions.device import device_of
from domain.sessions.diary import SignInEntry, SignInPage
from domain.sessions.own import OwnSession, SessionsEnded
from domain.sessions.session import Session
from resolvers.context import Info
from resolvers.pages import PageInfo, cursor_at, order_at, page_info


@dataclass(frozen=True, slots=True)
class SignInEdge:
    cursor: str
    node: SignInEntry


async def my_sessions(info: Info) -> Sequence[OwnSession]:
    return await info.context.desks.own_sessions.mine(info.context.acting)


async def sign_ins(info: Info, first: int = 20, after: str | None = None) -> SignInPage:
    return await info.context.desks.own_sessions.sign_ins(info.context.acting, first=first, after=order_at(after))


async def end_session(info: Info, request_id: ID, session_id: ID) -> Session:
    return await info.context.desks.own_sessions.end(request_id, session=session_id, by=info.context.must_act())


async def end_other_sessions(info: Info, request_id: ID) -> SessionsEnded:
    return await info.context.desks.own_sessions.end_others(request_id, by=info.context.must_act())


# ---------------------------------------------------------------- of one session


def id(own: Parent[OwnSession]) -> str:
    return own.session.id


def began_at(own: Parent[OwnSession]) -> datetime:
    return own.session.began_at


def last_seen(own: Parent[OwnSession]) -> datetime:
    return own.session.spent_at or own.session.began_at


def expires_at(own: Parent[OwnSession]) -> datetime:
    return own.session.expires_at


def device(own: Parent[OwnSession], info: Info) -> str:
    return info.context.say(device_of(own.session.origin.client))


def host(own: Parent[OwnSession]) -> str | None:
    return own.session.account.host if own.session.account else None


def place(own: Parent[OwnSession]) -> str | None:
    return own.session.origin.place


def capacity(own: Parent[OwnSession]) -> CapacityKind:
    return own.session.capacity


def capacity_label(own: Parent[OwnSession], info: Info) -> str:
    return info.context.say(own.capacity.label if own.capacity else "sign-in.capacity-ended")


def organisation(own: Parent[OwnSession], info: Info) -> str | None:
    found = own.capacity.organisation if own.capacity else None
    return info.context.say(found.name) if found else None


def assisted(own: Parent[OwnSession]) -> bool:
    return own.session.assisted_by is not None


# ---------------------------------------------------------------- of one sign-in


def edges(page: Parent[SignInPage]) -> Sequence[SignInEdge]:
    return [SignInEdge(cursor_at(entry.order), entry) for entry in page.entries]


def edges_page_info(page: Parent[SignInPage]) -> PageInfo:
    return page_info([cursor_at(entry.order) for entry in page.entries], more=page.more, later=page.later)


def sign_in_device(entry: Parent[SignInEntry], info: Info) -> str:
    return info.context.say(device_of(entry.origin.client))


def sign_in_place(entry: Parent[SignInEntry]) -> str | None:
    return entry.origin.place


def way_text(entry: Parent[SignInEntry], info: Info) -> str:
    return info.context.say(f"sign-in.way.{entry.way}")


def outcome_text(entry: Parent[SignInEntry], info: Info) -> str:
    return info.context.say(f"sign-in.outcome.{entry.outcome}")
