"""Files of people for whom somebody acts: handed in and fetched over HTTP, with the cases on a real store."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import datetime

import httpx2
import pytest
from starlette.applications import Starlette
from starlette.requests import Request

from api.bodies import BodyLimits
from api.files import files_routes
from domain.acting import Acting, CapacityKind
from domain.cases.case import Case
from domain.cases.desk import reference
from domain.cases.parts import CaseStatus
from domain.files import FileDesk
from domain.mandates.actions import MandateAction
from domain.uploads import UploadDesk
from integrations.mongo.collections import apply
from integrations.mongo.database import Database
from integrations.mongo.files import COLLECTIONS, MongoFiles
from integrations.mongo.upload_pieces import UPLOAD_PIECES, MongoPieces
from integrations.sealing import Sealing
from tests.capacities import STATION, Shelf, a_mandate, a_post, at_post, under
from tests.cases import ZHANG, acting, guangxi, loaded, somebody
from tests.filing_papers import UNCOUNTED, a_file_desk
from tests.looks import NotedLooks
from tests.memory import Clock
from tests.officers import an_officer, at_departments, taken
from tests.papers import JPEG, PDF, REQUEST
from tests.stored_cases import a_case_store, numbered

HELPER = somebody("person-he8k2m4n6p8q", "卢敏芝")
OTHERS = somebody("person-ot8k2m4n6p8q", "何雅宁")


@dataclass
class House:
    phone: httpx2.AsyncClient
    desk: FileDesk
    shelf: Shelf
    looks: NotedLooks
    case: Case
    people: dict[str, Acting]

    async def hand_in(self, by: str, *, case: str | None = None, request: str = REQUEST, content: bytes = JPEG) -> httpx2.Response:
        asked = {"requestId": request} | ({"caseId": case} if case else {})
        return await self.phone.post("/files", params=asked, files={"file": ("a.jpg", content)}, headers={"Authorization": by})

    async def fetch(self, id: str, by: str, *, case: str | None = None) -> httpx2.Response:
        return await self.phone.get(f"/files/{id}", params={"caseId": case} if case else {}, headers={"Authorization": by})


def told(answer: httpx2.Response) -> tuple[int, str]:
    body = answer.json()
    assert body["message"]
    return answer.status_code, body["code"]


def helped(number: int = 1) -> Case:
    """Zhang's draft, begun through the station."""
    draft = numbered(at_departments(), number)
    return replace(draft, filed_by=replace(draft.filed_by, person=HELPER.id, capacity=CapacityKind.HELPER, organisation=STATION.id))


@pytest.fixture
async def house(database: Database, sealing: Sealing, moment: datetime) -> AsyncIterator[House]:
    await apply(database, [*COLLECTIONS, UPLOAD_PIECES])
    shelf, looks, clock = Shelf(), NotedLooks(), Clock(moment)
    cases = await a_case_store(database, sealing, clock)
    case = await cases.add(helped(), opening="opening-1")
    people = {"zhang": acting(), "nobody": acting(OTHERS, session="session-others")}
    for name, post in {
        "helper": a_post(HELPER),
        "elsewhere": a_post(OTHERS, id="post-2", organisation=replace(STATION, id="org-other")),
    }.items():
        shelf.posts[post.id] = post
        people[name] = at_post(post, session=f"session-{name}")
    desk = a_file_desk(MongoFiles(database, sealing), now=clock, cases=cases, shelf=shelf, looks=looks)

    async def acting_of(request: Request) -> Acting | None:
        return people.get(request.headers.get("Authorization", ""))

    app = BodyLimits(
        Starlette(routes=files_routes(UploadDesk(desk, MongoPieces(database, sealing), desk.now), acting_of, loaded().wording, UNCOUNTED))
    )
    async with httpx2.AsyncClient(transport=httpx2.ASGITransport(app), base_url="http://phone.test") as phone:
        yield House(phone, desk, shelf, looks, case, people)


def proxy(house: House, name: str, **terms: object) -> Acting:
    mandate = a_mandate(**{"id": f"mandate-{name}"} | terms)  # type: ignore[arg-type]
    house.shelf.mandates[mandate.id] = mandate
    house.people[name] = under(mandate, session=f"session-{name}")
    return house.people[name]


async def keep_in_case(house: House, id: str, by: Acting, material: str = "identity-card") -> Case:
    """As attaching does it."""
    (file,) = await house.desk.attach([id], case=house.case, by=by)
    saved = await house.desk.papers.store.save(replace(house.case, materials={material: (reference(file),)}))
    assert saved
    house.case = saved
    return saved


# ---------------------------------------------------------------- whose it is


async def test_what_a_helper_hands_in_for_a_case_is_the_persons_from_the_start(house: House, database: Database) -> None:
    answer = await house.hand_in("helper", case=house.case.id)

    note = await database["files"].find_one({"_id": answer.json()["id"]})
    assert answer.status_code == 200
    assert (note["person"], note["by"]["person"], note["by"]["on_behalf_of"]) == (ZHANG.id, HELPER.id, ZHANG.id)


async def test_staff_are_told_to_say_for_which_case(house: House) -> None:
    assert told(await house.hand_in("helper")) == (400, "name-the-case")
    assert told(await house.fetch("file-00000001", "helper")) == (400, "name-the-case")


async def test_for_a_case_beyond_reach_nothing_is_taken_as_for_none_at_all(house: House) -> None:
    beyond = await house.hand_in("elsewhere", case=house.case.id)
    none = await house.hand_in("elsewhere", case="case-zh8k9999")

    assert told(beyond) == (404, "NOT_FOUND")
    assert beyond.content == none.content


async def test_a_delegate_hands_in_as_far_as_the_mandate_goes(house: House) -> None:
    proxy(house, "daughter")
    proxy(house, "looker", actions=frozenset({MandateAction.VIEW}), delegate=OTHERS)

    assert (await house.hand_in("daughter")).status_code == 200
    assert told(await house.hand_in("looker")) == (403, "NOT_PERMITTED")
    assert told(await house.hand_in("looker", case=house.case.id)) == (403, "NOT_PERMITTED")


async def test_a_mandate_that_has_ended_hands_nothing_in(house: House) -> None:
    proxy(house, "daughter")
    house.shelf.mandates.clear()

    assert told(await house.hand_in("daughter")) == (403, "NOT_PERMITTED")
    assert told(await house.hand_in("daughter", case=house.case.id)) == (403, "NOT_PERMITTED")


async def test_an_officer_who_only_decides_hands_nothing_in(house: House) -> None:
    house.people["officer"] = an_officer()
    house.shelf.posts["post-org-guangxi-hrss-person-of0000000001"] = a_post(house.people["officer"].known_person())

    assert told(await house.hand_in("officer", case=house.case.id)) == (403, "NOT_PERMITTED")


# ---------------------------------------------------------------- who reads it


async def test_until_a_case_keeps_it_only_whoever_handed_it_in_reads_it(house: House) -> None:
    proxy(house, "daughter")
    id = (await house.hand_in("helper", case=house.case.id)).json()["id"]

    mine = await house.fetch(id, "helper", case=house.case.id)
    others = [
        await house.fetch(id, "zhang"),
        await house.fetch(id, "zhang", case=house.case.id),
        await house.fetch(id, "daughter"),
        await house.fetch(id, "daughter", case=house.case.id),
        await house.fetch(id, "elsewhere", case=house.case.id),
        await house.fetch(id, "nobody"),
    ]

    assert mine.content == JPEG
    assert [told(answer) for answer in others] == [(404, "NOT_FOUND")] * 6
    assert len({answer.content for answer in others}) == 1


async def test_what_a_case_keeps_is_read_by_all_who_see_it_there(house: House) -> None:
    proxy(house, "daughter")
    id = (await house.hand_in("helper", case=house.case.id)).json()["id"]
    await keep_in_case(house, id, house.people["helper"])

    for by in ("zhang", "daughter", "helper"):
        assert (await house.fetch(id, by, case=house.case.id)).content == JPEG
    assert (await house.fetch(id, "zhang")).content == JPEG
    assert told(await house.fetch(id, "elsewhere", case=house.case.id)) == (404, "NOT_FOUND")
    assert told(await house.fetch(id, "daughter")) == (404, "NOT_FOUND")


async def test_a_mandate_for_one_case_opens_no_file_of_another(house: House) -> None:
    other = await house.desk.papers.store.add(replace(helped(2), status=CaseStatus.DONE), opening="opening-2")
    proxy(house, "daughter", case=other.id)
    id = (await house.hand_in("helper", case=house.case.id)).json()["id"]
    await keep_in_case(house, id, house.people["helper"])

    refused = [await house.fetch(id, "daughter", case=case) for case in (house.case.id, other.id, None)]

    assert [told(answer) for answer in refused] == [(404, "NOT_FOUND")] * 3


async def test_an_officer_reads_the_papers_of_an_item_once_they_have_taken_it(house: House) -> None:
    house.people["officer"] = an_officer()
    id = (await house.hand_in("helper", case=house.case.id)).json()["id"]
    await keep_in_case(house, id, house.people["helper"], material=guangxi().items["normal-retirement"].materials[0])

    before = await house.fetch(id, "officer", case=house.case.id)
    saved = await house.desk.papers.store.save(taken(house.case))
    after = await house.fetch(id, "officer", case=house.case.id)

    assert saved
    assert told(before) == (404, "NOT_FOUND")
    assert after.content == JPEG


@pytest.mark.row("F65")
async def test_each_read_of_anothers_file_is_noted_before_its_first_byte(house: House) -> None:
    id = (await house.hand_in("helper", case=house.case.id)).json()["id"]
    await keep_in_case(house, id, house.people["helper"])

    await house.fetch(id, "zhang")
    await house.fetch(id, "helper", case=house.case.id)
    house.looks.away = True
    away = await house.fetch(id, "helper", case=house.case.id)

    assert house.looks.told == [(ZHANG.id, HELPER.id, "read-file")]
    assert told(away) == (503, "UNAVAILABLE")


async def test_a_retry_of_a_helpers_upload_is_the_same_file(house: House) -> None:
    first = await house.hand_in("helper", case=house.case.id)
    again = await house.hand_in("helper", case=house.case.id)
    other = await house.hand_in("helper", case=house.case.id, content=PDF)

    assert again.json() == first.json()
    assert told(other) == (409, "CONFLICT")
