"""An organisation's people over GraphQL: what each field tells a helper."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

import pytest
import strawberry
from strawberry.dataloader import DataLoader
from strawberry.schema.config import StrawberryConfig

from domain.acting import Acting, CapacityKind
from domain.words import Language
from integrations.mongo.database import Database
from integrations.sealing import Sealing
from resolvers.context import Context
from schema.execution import QuickExecutor
from schema.organisations import OrganisationMutation, OrganisationQuery
from schema.problems import Problem, TellInvalidForm, TellRefusal
from schema.scalars import SCALARS
from tests.cases import an_opened_case, loaded
from tests.desks import some_desks
from tests.organisations import COMMUNITY, COUNTER, ELDER, HELPER, Hall, a_hall, naming
from tests.stored_cases import numbered

SCHEMA = strawberry.Schema(
    query=OrganisationQuery,
    mutation=OrganisationMutation,
    types=[Problem],
    config=StrawberryConfig(scalar_map=SCALARS),
    exception_handlers=[TellRefusal(), TellInvalidForm()],
    execution_context_class=QuickExecutor,
)
CLIENTS = """query($search: ClientSearchInput, $first: Int! = 20, $after: String) {
  clients(search: $search, first: $first, after: $after) { __typename ... on ClientConnection {
    edges { node { person { name maskedDocumentNumber } birthDate addedAt
      needs needsSpoken cases { id statusText turn } } }
    pageInfo { hasNextPage hasPreviousPage endCursor } } ... on Problem { message } } }"""
APPOINT = """mutation($r: ID!, $input: AppointMemberInput!) { appointMember(requestId: $r, input: $input) { __typename
  ... on Post { kindText statusText person { name } organisation { name } items { code title }
    appointedAt confirmedAt endedAt capacity { id } }
  ... on Problem { message } ... on InvalidForm { issues { path code message } } } }"""
MINE = "{ myPosts { status organisation { name } capacity { kind } } }"


class Phone:
    def __init__(self, hall: Hall, acting: Acting | None, *, language: Language = Language.ZH_HANS) -> None:
        self._hall, self._acting, self._language = hall, acting, language

    async def ask(self, document: str, **variables: object) -> Mapping[str, object]:
        context = Context(
            desks=some_desks(posts=self._hall.posts, clients=self._hall.clients),
            catalogues=loaded().catalogues,
            wording=loaded().wording,
            acting=self._acting,
            language=self._language,
            now=self._hall.clock(),
            caller="caller",
            address="address",
            certificates=DataLoader(load_fn=lambda ids: []),
        )
        result = await SCHEMA.execute(document, variable_values=variables, context_value=context)
        assert result.errors is None
        (answer,) = result.data.values()
        return answer


@pytest.fixture
async def hall(database: Database, sealing: Sealing) -> Hall:
    return await a_hall(database, sealing)


@pytest.mark.row("F14")
async def test_a_helper_sees_who_it_is_how_it_stands_and_what_to_do(hall: Hall) -> None:
    case = numbered(an_opened_case(), 1, person=ELDER)
    filed_by = replace(case.filed_by, organisation=COMMUNITY, capacity=CapacityKind.HELPER)
    case = await hall.cases.add(replace(case, filed_by=filed_by, draft_expires_at=hall.clock() + timedelta(days=90)), opening="opening-1")
    await hall.clients.put(COMMUNITY, ELDER, by=HELPER.id)

    answer = await Phone(hall, await hall.helper()).ask(CLIENTS, search={"birthDate": "1966年5月2日"})

    (edge,) = answer["edges"]
    assert edge["node"] == {
        "person": {"name": "欧阳清", "maskedDocumentNumber": ELDER.masked_document_number},
        "birthDate": "1966-05-02",
        "addedAt": "2026-11-23T10:00:00+08:00",
        "needs": "表格还没有提交，2027年2月21日之后会被清除，请帮着填完。",
        "needsSpoken": "表格还没有提交，2027年2月21日之后会被清除，请帮着填完。",
        "cases": [{"id": case.id, "statusText": "草稿，等您填写", "turn": "YOURS"}],
    }
    assert (answer["pageInfo"]["hasNextPage"], answer["pageInfo"]["hasPreviousPage"]) == (False, False)


async def test_pages_go_on_where_the_cursor_stands(hall: Hall) -> None:
    helper = Phone(hall, await hall.helper())
    for number in range(3):
        await hall.clients.put(COMMUNITY, replace(ELDER, id=f"person-zh8k{number}", name=f"张{number}"), by=HELPER.id)

    first = await helper.ask(CLIENTS, first=2)
    second = await helper.ask(CLIENTS, first=2, after=first["pageInfo"]["endCursor"])
    rubbish = await helper.ask(CLIENTS, first=2, after="§§")

    assert [len(page["edges"]) for page in (first, second)] == [2, 1]
    assert (second["pageInfo"]["hasNextPage"], second["pageInfo"]["hasPreviousPage"]) == (False, True)
    assert rubbish["edges"] == first["edges"]


async def test_an_appointment_is_told_in_words(hall: Hall) -> None:
    chief = Phone(hall, await hall.supervisor(COUNTER), language=Language.EN)
    asked = naming(HELPER, CapacityKind.CLERK)
    named = {"name": asked.name, "documentKind": asked.document_kind.value, "documentNumber": asked.document_number, "kind": "CLERK"}

    answer = await chief.ask(APPOINT, r=hall.request(), input={**named, "itemCodes": ["pension"]})
    slip = await chief.ask(APPOINT, r=hall.request(), input={**named, "itemCodes": ["flying"], "documentNumber": "1"})

    assert answer == {
        "__typename": "Post",
        "kindText": "clerk",
        "statusText": "Waiting for the person to confirm",
        "person": {"name": "卢敏芝"},
        "organisation": {"name": "Riverside service hall counter"},
        "items": [{"code": "pension", "title": loaded().catalogues.in_force("guangxi").items["pension"].title.en}],
        "appointedAt": "2026-11-23T10:00:00+08:00",
        "confirmedAt": None,
        "endedAt": None,
        "capacity": None,
    }
    assert [(issue["path"], issue["code"]) for issue in slip["issues"]] == [
        (["input", "documentNumber"], "bad-document-number"),
        (["input", "itemCodes", "0"], "no-such-service-there"),
    ]


async def test_whoever_holds_a_post_is_told_the_capacity_it_gives(hall: Hall) -> None:
    await hall.helper()

    assert await Phone(hall, await hall.oneself(HELPER)).ask(MINE) == [
        {"status": "ACTIVE", "organisation": {"name": "江畔区渡口社区帮扶站"}, "capacity": {"kind": "HELPER"}}
    ]
    assert await Phone(hall, None).ask(MINE) == []
