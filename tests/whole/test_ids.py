"""An app's cache keys by id alone: no id stands for two things of different types."""

from collections import defaultdict
from collections.abc import Iterator

from mocks import documents
from mocks.journey.pictures import paper
from tests.whole.applicant import Json, nothing_more

EVERYTHING_WITH_AN_ID = """query($id: ID!) {
  viewer { person { id __typename } capacity { id __typename } }
  case(id: $id) { id __typename region { id __typename catalogue { id __typename items { id __typename department { id __typename } } } }
    beneficiary { id __typename }
    items { id __typename department { id __typename } result { evidence { id __typename } } }
    materials { id __typename files { id __typename } }
    consents { id __typename } declarations { id __typename } certificate { id __typename holder { id __typename } }
    form { id __typename sections { id __typename entries { id __typename fields { id __typename offers { id __typename } } } } }
    steps { id __typename } } }"""


def named(json: object) -> Iterator[tuple[str, str]]:
    if isinstance(json, dict):
        if "id" in json:
            yield json["id"], json["__typename"]
        json = list(json.values())
    if isinstance(json, list):
        for one in json:
            yield from named(one)


async def test_no_id_is_of_two_types(somebody) -> None:
    person = await somebody()
    await person.opens(["normal-retirement", "household-check"])
    file = await person.phone.upload(paper("身份证"))
    card = next(material for material in person.case["materials"] if material["code"] == "identity-card")
    person.case = await person.phone.mutate(documents.ATTACH_MATERIAL, {"input": {"materialId": card["id"], "fileIds": [file["id"]]}})
    await person.fills()
    await person.submits()
    await person.sees(until=nothing_more)

    found: Json = await person.phone.query(EVERYTHING_WITH_AN_ID, {"id": person.case["id"]})

    types = defaultdict(set)
    for id, kind in named(found):
        types[id].add(kind)
    assert {"File", "Evidence", "Step", "CaseItem", "FormField"} <= set().union(*types.values())
    assert {id: kinds for id, kinds in types.items() if len(kinds) > 1} == {}
