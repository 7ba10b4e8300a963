"""Signing in, staying signed in, signing out; and who the viewer is. Every rule is the desk's."""

from collections.abc import Sequence

import strawberry
from strawberry import ID, Parent

from domain.access.capacities import Capacity, oneself
from domain.acting import Acting
from domain.people import Person
from domain.sessions.session import Linked, Session, SignedIn
from resolvers.context import Info
from resolvers.people import Unmasked


@strawberry.input(description="verifier: 43 to 128 characters, whose SHA-256 (base64url, no padding) the sign-in page got as challenge.")
class SignInInput:
    ticket: str
    verifier: str


@strawberry.input
class MiniProgramSignInInput:
    code: str
    host: str = "wechat"


@strawberry.input(description="A fresh login code of the account that is to be this person's from now on.")
class LinkMiniProgramInput:
    code: str
    host: str = "wechat"


@strawberry.input(description="nonce: of beginCardReading, in the helper's session; reading: what the identity platform signed for it.")
class BeginAssistedSessionInput:
    nonce: str
    reading: str


async def sign_in(info: Info, request_id: ID, input: SignInInput) -> SignedIn:
    context = info.context
    desk = context.desks.sign_in
    return await desk.sign_in(request_id, ticket=input.ticket, verifier=input.verifier, by=context.acting, origin=context.origin)


async def sign_in_with_mini_program(info: Info, request_id: ID, input: MiniProgramSignInInput) -> SignedIn:
    desk, origin = info.context.desks.sign_in, info.context.origin
    return await desk.sign_in_with_mini_program(request_id, host=input.host, code=input.code, origin=origin)


async def link_mini_program(info: Info, request_id: ID, input: LinkMiniProgramInput) -> Linked:
    by, desk = info.context.must_act(), info.context.desks.sign_in
    return await desk.link_mini_program(request_id, host=input.host, code=input.code, by=by)


async def refresh_session(info: Info, request_id: ID, refresh_token: str) -> SignedIn:
    return await info.context.desks.sign_in.refresh(request_id, token=refresh_token)


async def sign_out(info: Info, request_id: ID, refresh_token: str | None = None) -> Session:
    context = info.context
    return await context.desks.sign_in.sign_out(request_id, refresh_token=refresh_token, by=context.acting)


async def begin_assisted(info: Info, request_id: ID, input: BeginAssistedSessionInput) -> SignedIn:
    desk, by, address = info.context.desks.assisted, info.context.must_act(), info.context.address
    return await desk.begin(request_id, nonce=input.nonce, reading=input.reading, by=by, address=address)


async def act_as(info: Info, request_id: ID, capacity_id: ID) -> SignedIn:
    return await info.context.desks.sign_in.act_as(request_id, capacity=capacity_id, by=info.context.must_act())


def viewer(info: Info) -> Acting | None:
    return info.context.acting


def viewer_of(signed_in: Parent[SignedIn]) -> Acting:
    return signed_in.session.acting()


def lives_seconds(signed_in: Parent[SignedIn]) -> int:
    return int(signed_in.access_token_lives.total_seconds())


def person(acting: Parent[Acting]) -> Person | None:
    return Unmasked.of(acting.person)


def represented(of: Parent[Capacity]) -> Person | None:
    """Whoever may act for somebody knows their name."""
    return Unmasked.of(of.on_behalf_of)


async def capacity(acting: Parent[Acting], info: Info) -> Capacity:
    """That of the session, which may have ended since; then only oneself is left."""
    return await info.context.desks.capacities.find(acting.capacity_id, by=acting) or oneself(acting)


async def capacities(acting: Parent[Acting], info: Info) -> Sequence[Capacity]:
    """A mandate for one case is found with that mandate."""
    found = await info.context.desks.capacities.of(acting)
    return [capacity for capacity in found if not (capacity.mandate and capacity.mandate.scope.case)]


def capacity_label(of: Parent[Capacity], info: Info) -> str:
    return info.context.say(of.label)
