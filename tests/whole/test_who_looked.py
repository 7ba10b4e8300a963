"""Who looked, on the real parts: whatever a daughter reads of her father's he can read that she read, and nobody else can."""

from collections.abc import Awaitable, Callable

import pytest

from mocks import documents
from mocks.answers import Json
from mocks.people import resident
from tests.whole.applicant import Applicant
from tests.whole.test_mandates import ACCEPT, MINE, acts_by, grants

Somebody = Callable[..., Awaitable[Applicant]]
LOG = "{ accessLog(first: 50) { edges { node { by capacity purpose text spoken caseNumber place } } } }"
ITEMS = ("normal-retirement", "pension")


async def log_of(person: Applicant) -> list[Json]:
    return [edge["node"] for edge in (await person.phone.query(LOG))["accessLog"]["edges"]]


async def acts_for(daughter: Applicant, father: Applicant, *actions: str) -> None:
    given = await grants(father, daughter, *actions)
    await acts_by(daughter, await daughter.phone.mutate(ACCEPT, {"id": given["id"], "code": given["acceptanceCode"]}))


@pytest.mark.row("F65", "B14")
async def test_a_father_reads_in_plain_words_what_his_daughter_looked_at(somebody: Somebody) -> None:
    father, daughter, stranger = await somebody(), await somebody(), await somebody()
    case = await father.opens(ITEMS)
    await acts_for(daughter, father, "VIEW")
    assert await log_of(father) == []

    await daughter.phone.query(MINE)
    await daughter.phone.query(documents.CASE, {"id": case["id"]})
    await father.rereads()

    looks = await log_of(father)
    name = resident(daughter.key).name
    assert [(look["by"], look["capacity"], look["purpose"], look["caseNumber"]) for look in looks] == [
        (name, "PROXY", "查看了您的办件", case["number"]),
        (name, "PROXY", "在办件列表中看到了您的办件", case["number"]),
    ]
    assert looks[0]["spoken"].endswith(f"，受您委托的{name}查看了您的办件。")
    assert looks[0]["text"].endswith(f"，受您委托的{name}查看了您的办件。办件编号：{case['number']}。")
    assert looks[0]["place"] == "127.0.*.*"
    assert [await log_of(daughter), await log_of(stranger)] == [[], []]


@pytest.mark.row("F65")
async def test_whoever_changes_or_watches_a_case_has_looked_as_well(somebody: Somebody) -> None:
    father, daughter = await somebody(), await somebody()
    await acts_for(daughter, father, "CONSENT", "FILL", "SUBMIT")

    await daughter.applies(ITEMS)
    await daughter.sees(until=lambda step: step["kind"] == "submitted")

    told = {look["purpose"] for look in await log_of(father)}
    assert told >= {"为您的办件办理了一步，并看到了办件内容", "查看了您办件的最新进展"}
