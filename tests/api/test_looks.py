"""Who looked, as the person it is about reads it on their phone; and from where somebody looks, as the edge tells it."""

from collections.abc import Mapping
from dataclasses import replace

import pytest
import strawberry
from strawberry.dataloader import DataLoader
from strawberry.schema.config import StrawberryConfig

from api.gate import SessionGate
from api.graphql.gate import Caller
from domain.acting import Acting, CapacityKind, Origin
from domain.looks.desk import LookDesk
from domain.looks.look import Purpose
from domain.words import Language
from integrations.mongo.collections import apply
from integrations.mongo.database import Database
from integrations.mongo.looks import ACCESS_LOG, MongoLookLog, MongoLooks
from integrations.sealing import Sealing
from resolvers.context import Context
from schema.looks import LookQuery
from schema.scalars import SCALARS
from tests.cases import MONDAY, acting, loaded, somebody
from tests.desks import some_desks
from tests.looks import DAUGHTER, KEPT, STATION, a_look, as_delegate, as_staff

SCHEMA = strawberry.Schema(query=LookQuery, config=StrawberryConfig(scalar_map=SCALARS))
READ = """query($first: Int! = 20, $after: String) { accessLog(first: $first, after: $after) {
  edges { cursor node { id at by capacity organisation { name } purpose text spoken caseNumber place } }
  pageInfo { hasNextPage hasPreviousPage endCursor }
} }"""
HELPER = as_staff(CapacityKind.HELPER, name=STATION, person=somebody("person-helper", "周晓"))


@pytest.fixture
async def looks(database: Database, sealing: Sealing) -> MongoLooks:
    await apply(database, [ACCESS_LOG])
    return MongoLooks(database, sealing, lambda: "looks-1", lambda at: at + KEPT)


class Reader:
    """Asks in one session, in one language."""

    def __init__(self, looks: MongoLooks, by: Acting | None, language: Language = Language.ZH_HANS) -> None:
        self._desk, self._by, self._language = LookDesk(MongoLookLog(looks.database, looks.sealing)), by, language

    async def ask(self, **variables: object) -> Mapping[str, object]:
        context = Context(
            desks=some_desks(looks=self._desk),
            catalogues=loaded().catalogues,
            wording=loaded().wording,
            acting=self._by,
            language=self._language,
            now=MONDAY,
            caller="",
            address="",
            certificates=DataLoader(load_fn=lambda ids: ids),
        )
        result = await SCHEMA.execute(READ, variable_values=variables, context_value=context)
        assert result.errors is None
        return result.data["accessLog"]


@pytest.mark.row("B14")
async def test_people_see_in_plain_words_who_looked_in_which_capacity_when_and_why(looks: MongoLooks) -> None:
    await looks.note([a_look(0, by=HELPER, purpose=Purpose.SEARCH_CLIENTS), a_look(60, by=as_delegate())])

    answer = await Reader(looks, acting()).ask()

    by_daughter, by_helper = (edge["node"] for edge in answer["edges"])
    assert by_daughter.pop("id").startswith("access-")
    assert by_daughter == {
        "at": "2026-11-23T10:01:00+08:00",
        "by": "张小禾",
        "capacity": "PROXY",
        "organisation": None,
        "purpose": "查看了您的办件",
        "text": "2026年11月23日 10:01，受您委托的张小禾查看了您的办件。办件编号：ZB2026112300000017。",
        "spoken": "2026年11月23日，受您委托的张小禾查看了您的办件。",
        "caseNumber": "ZB2026112300000017",
        "place": "121.31.*.*",
    }
    assert (by_helper["by"], by_helper["capacity"], by_helper["organisation"]) == ("周晓", "HELPER", {"name": "河畔社区帮扶站"})
    assert by_helper["spoken"] == "2026年11月23日，河畔社区帮扶站的帮办员周晓在服务对象名单中查到了您。"


@pytest.mark.row("B14")
@pytest.mark.parametrize(
    ("language", "organisation", "spoken"),
    [
        (Language.ZH_HANT, "河畔社區幫扶站", "2026年11月23日，河畔社區幫扶站的幫辦員周晓查看了您的辦件。"),
        (Language.EN, "Riverside station", "On 23 November 2026, 周晓, a helper of Riverside station, read your case."),
    ],
)
async def test_they_read_it_in_their_language(looks: MongoLooks, language: Language, organisation: str, spoken: str) -> None:
    await looks.note([a_look(by=HELPER)])

    (edge,) = (await Reader(looks, acting(), language).ask())["edges"]

    assert edge["node"]["organisation"] == {"name": organisation}
    assert edge["node"]["spoken"] == spoken


NOTHING = {"edges": [], "pageInfo": {"hasNextPage": False, "hasPreviousPage": False, "endCursor": None}}


@pytest.mark.row("B14")
@pytest.mark.parametrize(
    "by",
    [None, as_delegate(), replace(as_delegate(), mandate=None), HELPER, acting(DAUGHTER)],
    ids=["signed out", "delegate", "guardian", "helper", "somebody else"],
)
async def test_it_is_told_to_nobody_else(looks: MongoLooks, by: Acting | None) -> None:
    await looks.note([a_look(), a_look(1, by=HELPER)])

    assert await Reader(looks, by).ask() == NOTHING


async def test_it_is_turned_page_by_page(looks: MongoLooks) -> None:
    await looks.note([a_look(60 * number) for number in range(3)])
    zhang = Reader(looks, acting())

    first = await zhang.ask(first=2)
    rest = await zhang.ask(first=2, after=first["pageInfo"]["endCursor"])

    assert [edge["node"]["at"][14:16] for edge in (*first["edges"], *rest["edges"])] == ["02", "01", "00"]
    assert (first["pageInfo"]["hasNextPage"], rest["pageInfo"]["hasNextPage"], rest["pageInfo"]["hasPreviousPage"]) == (True, False, True)
    assert await zhang.ask(after="rubbish", first=2) == first


def test_the_edge_tells_from_where_and_with_what_somebody_looks(sealing: Sealing) -> None:
    gate = SessionGate(None, some_desks(), loaded().catalogues, loaded().wording, None, sealing, lambda: MONDAY)
    caller = Caller(address="121.31.7.9", browser="WeChat/8.0" * 100)

    context = gate.context(caller, acting())

    assert context.acting == replace(acting(), origin=Origin("121.31.*.*", context.address, ("WeChat/8.0" * 100)[:200]))
    assert "121.31.7.9" not in str(context.acting.origin)
    assert gate.context(caller, None).acting is None
