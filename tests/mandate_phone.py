"""A phone that asks about mandates in one session, and what it asks."""

from collections.abc import Mapping

import strawberry
from strawberry.dataloader import DataLoader
from strawberry.schema.config import StrawberryConfig
from strawberry.types import ExecutionResult

from domain.acting import Acting
from domain.words import Language
from resolvers.context import Context
from schema.mandates import MandateMutation, MandateQuery
from schema.problems import TellInvalidForm, TellRefusal
from schema.scalars import SCALARS
from tests.cases import loaded
from tests.desks import some_desks
from tests.mandates import DAUGHTER, HOUSEHOLD, PENSION, House

SCHEMA = strawberry.Schema(
    query=MandateQuery,
    mutation=MandateMutation,
    config=StrawberryConfig(scalar_map=SCALARS, disable_field_suggestions=True),
    exception_handlers=[TellRefusal(), TellInvalidForm()],
)
SEEN = """id status statusText from until scopeText items { id } actions acceptanceCode inPerson beginBy
  principal { name maskedDocumentNumber } delegate { name } capacity { id kind } organisation { name }
  history { kind text at by { name capacity isViewer organisation { name } } }"""
PROBLEMS = """... on Problem { message spoken } ... on Refusal { refusalCode remedy retryAfterSeconds }
  ... on InvalidForm { issues { path code message } }"""
GRANT = f"""mutation($request: ID!, $input: GrantMandateInput!) {{ answer: grantMandate(requestId: $request, input: $input) {{
  __typename ... on Mandate {{ {SEEN} }} {PROBLEMS} }} }}"""
ACCEPT = f"""mutation($request: ID!, $id: ID!, $code: String!) {{ answer: acceptMandate(requestId: $request, mandateId: $id, code: $code) {{
  __typename ... on Mandate {{ {SEEN} }} {PROBLEMS} }} }}"""
DECLINE, REVOKE = (
    f"""mutation($request: ID!, $id: ID!) {{ answer: {verb}Mandate(requestId: $request, mandateId: $id) {{
  __typename ... on Mandate {{ {SEEN} }} {PROBLEMS} }} }}"""
    for verb in ("decline", "revoke")
)
BEGIN = f"""mutation($request: ID!) {{ answer: beginCardReading(requestId: $request) {{
  __typename ... on CardReadingStart {{ nonce livesSeconds expiresAt }} {PROBLEMS} }} }}"""
TAKE = f"""mutation($request: ID!, $input: TakeMandateInPersonInput!) {{ answer: takeMandateInPerson(requestId: $request, input: $input) {{
  __typename ... on Mandate {{ {SEEN} }} {PROBLEMS} }} }}"""
MINE = f"""query($first: Int! = 20, $after: String) {{ answer: mandates(first: $first, after: $after) {{
  edges {{ cursor node {{ {SEEN} }} }} pageInfo {{ hasNextPage hasPreviousPage }} }} }}"""
ONE = f"query($id: ID!) {{ answer: mandate(id: $id) {{ {SEEN} }} }}"
TERMS = "{ answer: mandateTerms { days mostDays delegates } }"


class Phone:
    """Asks in one session, from one address."""

    def __init__(self, house: House, acting: Acting | None, *, language: Language = Language.ZH_HANS) -> None:
        self._house, self._acting, self._language = house, acting, language

    async def executed(self, document: str, **variables: object) -> ExecutionResult:
        context = Context(
            desks=some_desks(mandates=self._house.desk, in_person=self._house.in_person),
            catalogues=loaded().catalogues,
            wording=loaded().wording,
            acting=self._acting,
            language=self._language,
            now=self._house.clock(),
            caller="phone",
            address="address-1",
            certificates=DataLoader(load_fn=None),
        )
        return await SCHEMA.execute(document, variable_values=variables, context_value=context)

    async def ask(self, document: str, **variables: object) -> Mapping[str, object]:
        result = await self.executed(document, **{"request": self._house.request()} | variables)
        assert result.errors is None
        answer: Mapping[str, object] = result.data["answer"]
        return answer


def an_input(**changed: object) -> dict[str, object]:
    usual: dict[str, object] = {
        "delegateName": "张小满",
        "delegateDocumentNumber": DAUGHTER.document_number,
        "until": "2027-02-21",
        "scope": {"itemIds": [PENSION, HOUSEHOLD]},
        "actions": ["FILL"],
    }
    return usual | changed
