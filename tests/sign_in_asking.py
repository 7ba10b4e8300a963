"""Sessions asked for as the app does, of a house on real parts: the documents, and somebody to send them."""

from dataclasses import dataclass, replace

from domain.acting import Acting, Origin
from domain.wording import Wording
from domain.words import Language
from resolvers.context import Context, Desks
from schema import schema
from tests.desks import some_desks
from tests.sign_in_house import VERIFIER, House, request_id, wording

Json = dict[str, object]
PHONE = Origin("121.31.*.*", "address-1", "Mozilla/5.0 (Linux; Android 15; an old phone)")

SESSION = """
... on Session { accessToken refreshToken accessTokenLivesSeconds viewer { ...who } }
... on Refusal { refusalCode remedy message stepUp { assurance maxAgeSeconds url } retryAfterSeconds }
... on InvalidForm { issues { path code message } }
"""
WHO = """
fragment who on Viewer {
  person { id name documentKind maskedDocumentNumber } assurance provedAt
  capacity { id kind label onBehalfOf { id name } organisation { id } mandate { id } } capacities { id }
}
"""
SIGN_IN = f"mutation ($r: ID!, $input: SignInInput!) {{ done: signIn(requestId: $r, input: $input) {{ {SESSION} }} }} {WHO}"
MINI = f"""mutation ($r: ID!, $input: MiniProgramSignInInput!) {{
    done: signInWithMiniProgram(requestId: $r, input: $input) {{ {SESSION} }} }} {WHO}"""
REFRESH = f"mutation ($r: ID!, $token: String!) {{ done: refreshSession(requestId: $r, refreshToken: $token) {{ {SESSION} }} }} {WHO}"
ACT_AS = f"mutation ($r: ID!, $id: ID!) {{ done: actAs(requestId: $r, capacityId: $id) {{ {SESSION} }} }} {WHO}"
SIGN_OUT = """mutation ($r: ID!, $token: String) { done: signOut(requestId: $r, refreshToken: $token) {
    ... on SignedOut { at } ... on Refusal { refusalCode remedy } } }"""
LINK = """mutation ($r: ID!, $input: LinkMiniProgramInput!) { done: linkMiniProgram(requestId: $r, input: $input) {
    ... on MiniProgramLink { host } ... on Refusal { refusalCode remedy stepUp { assurance maxAgeSeconds } } } }"""
VIEWER = f"{{ done: viewer {{ ...who }} }} {WHO}"


@dataclass
class Asking:
    """As much of a request's context as sessions need."""

    desks: Desks
    wording: Wording
    acting: Acting | None
    language: Language
    origin: Origin
    address: str = "address-1"
    say = Context.say
    speak = Context.speak
    must_act = Context.must_act


async def ask(house: House, document: str, *, by: Json | None = None, language: Language = Language.ZH_HANS, **variables: object) -> Json:
    acting = await house.live.acting_of(str(by["accessToken"])) if by else None
    acting = replace(acting, origin=PHONE) if acting else None
    desks = some_desks(sign_in=house.desk, own_sessions=house.own, capacities=house.desk.capacities)
    context = Asking(desks, wording(), acting, language, PHONE)
    result = await schema.execute(document, variable_values={"r": request_id(), **variables}, context_value=context)
    assert result.errors is None
    return result.data["done"]


async def signed_in(house: House, person: str = "zhang", **asked: str) -> Json:
    return await ask(house, SIGN_IN, input={"ticket": await house.ticket(person, **asked), "verifier": VERIFIER})
