"""What people who file for others do on the running product: read a card, type what is in somebody's papers, scan these, hand all in."""

from collections.abc import Awaitable, Callable, Sequence

from mocks import documents
from mocks.acting import OPEN_CASE_IN_PERSON
from mocks.answers import Json
from mocks.journey.pictures import paper
from tests.whole.applicant import Applicant, Outside
from tests.whole.test_mandates import BEGIN, TAKE, ids_of
from tests.whole.test_posts import APPOINT, CONFIRM, END, acts_as, naming

Somebody = Callable[..., Awaitable[Applicant]]
ALL_BUT_WITHDRAWING = ("CONSENT", "FILL", "ATTACH", "SUBMIT")
HAND_OVER = documents.document(
    """mutation($requestId: ID!, $id: ID!) {
      handOverCase(requestId: $requestId, caseId: $id) { __typename ... on Case { ...Page } ...Problem } }"""
)


async def in_post(somebody: Somebody, organisation: str, kind: str, *, chief: str) -> tuple[Applicant, str]:
    """Somebody new who acts in a post there, and its id."""
    above, member = await somebody(chief), await somebody()
    await acts_as(above, "SUPERVISOR", organisation)
    post = await above.phone.mutate(APPOINT, naming(member.key, kind))
    await member.phone.mutate(CONFIRM, {"id": post["id"]})
    await acts_as(member, kind, organisation)
    return member, post["id"]


async def is_dismissed(somebody: Somebody, post: str, organisation: str, *, chief: str) -> None:
    above = await somebody(chief)
    await acts_as(above, "SUPERVISOR", organisation)
    await above.phone.mutate(END, {"id": post})


async def takes_mandate(
    helper: Applicant, elder: Applicant, outside: Outside, items: Sequence[str], *, actions: Sequence[str] = ALL_BUT_WITHDRAWING
) -> Json:
    """The elder's card is read on the helper's device. `items`: ids."""
    nonce = (await helper.phone.mutate(BEGIN))["nonce"]
    read = await outside.http.post("/identity/card-readings", json={"person": elder.key, "nonce": nonce})
    about = {"nonce": nonce, "reading": read.json()["reading"], "itemIds": list(items), "actions": list(actions)}
    return await helper.phone.mutate(TAKE, {"input": about})


async def consents_in(filer: Applicant, region: str) -> list[Json]:
    catalogue = (await filer.phone.query(documents.CATALOGUE, {"region": region}))["catalogue"]
    return [{"purpose": text["purpose"], "version": text["version"], "given": True} for text in catalogue["consents"]]


async def begins_for(
    helper: Applicant, elder: Applicant, outside: Outside, *codes: str, region: str, actions: Sequence[str] = ALL_BUT_WITHDRAWING
) -> Applicant:
    """The elder's one case, as it stands on the helper's device."""
    items = await ids_of(helper, *codes, region=region)
    mandate = await takes_mandate(helper, elder, outside, items, actions=actions)
    given = await consents_in(helper, region) if "CONSENT" in actions else []
    opening = {"mandateId": mandate["id"], "itemIds": items, "consents": given}
    case = await helper.phone.mutate(OPEN_CASE_IN_PERSON, {"input": opening})
    filing = Applicant(elder.key, helper.phone, case)
    await filing.hears_all_registers()
    return filing


async def scans(filing: Applicant, *, marks: Sequence[str] = ()) -> None:
    """Whatever paper is still needed."""
    for material in [one for one in filing.case["materials"] if one["status"] == "NEEDED"]:
        file = await filing.phone.upload(paper(material["title"]), about=filing.case["id"])
        attached = {"materialId": material["id"], "fileIds": [file["id"]], "marks": list(marks)}
        filing.case = await filing.phone.mutate(documents.ATTACH_MATERIAL, {"input": attached})


def needed(case: Json) -> set[str]:
    return {material["code"] for material in case["materials"] if material["status"] == "NEEDED"}
