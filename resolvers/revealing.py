"""One whole value that everything else shows masked."""

import strawberry
from strawberry import ID

from domain.cases.revealing import Revealed
from resolvers.context import Info


@strawberry.input(description="about: the id of a form field or a person. purpose: for staff 10 to 200 characters; the person reads it.")
class RevealInput:
    about: ID
    purpose: str


async def reveal_value(info: Info, request_id: ID, input: RevealInput) -> Revealed:
    return await info.context.desks.revealing.reveal(request_id, input.about, purpose=input.purpose, by=info.context.must_act())
