"""One person retires, and what a phone sees of it."""

import asyncio

import pytest

from mocks import documents
from tests.whole.applicant import kind, nothing_more


@pytest.mark.row("A10", "A11", "F42", "F43")
async def test_a_person_submits_once_and_everything_follows_by_itself(somebody) -> None:
    person = await somebody()
    await person.applies()

    steps = await person.sees(until=kind("completed"))

    assert [step["number"] for step in steps] == list(range(1, len(steps) + 1))
    assert {item["status"] for item in person.case["items"]} <= {"DONE", "REFUSED"}
    assert person.item("pension")["status"] == "DONE"
    assert (await person.rereads())["certificate"]["status"] == "VALID"


@pytest.mark.row("F01")
async def test_the_case_keeps_how_sure_we_were_of_who_filed_it(somebody) -> None:
    person = await somebody(assurance="L2")
    await person.opens(consenting=False)

    surer = await somebody(person.key, assurance="L3")
    surer.case = person.case
    before = (await surer.rereads())["filedBy"]
    await surer.phone.mutate(documents.WITHDRAW_CASE, {"input": {"caseId": surer.case["id"], "reason": "重新来"}})
    after = (await surer.opens(consenting=False))["filedBy"]

    assert [(by["capacity"], by["assurance"], by["isViewer"]) for by in (before, after)] == [("SELF", "L2", True), ("SELF", "L3", True)]


@pytest.mark.row("F41")
async def test_a_case_has_a_public_number_from_its_first_moment(somebody) -> None:
    person = await somebody()
    case = await person.opens(consenting=False)

    assert case["status"] == "DRAFT"
    assert len(case["number"]) == 18
    assert case["number"].startswith("ZB")


@pytest.mark.row("A07", "F21", "A33")
async def test_licences_fill_the_form_and_each_value_names_its_source(somebody) -> None:
    person = await somebody()
    await person.opens()

    name, account = person.question("name"), person.question("bank-account")

    assert (name["source"]["kind"], name["source"]["name"], name["locked"]) == ("LICENCE", "居民身份证电子证照", True)
    assert (account["source"]["kind"], account["locked"]) == ("LICENCE", False)
    assert name["source"]["at"].endswith("+08:00")
    assert {prefill["status"] for prefill in person.case["form"]["prefill"]} == {"FILLED"}


@pytest.mark.row("A02", "A32")
async def test_one_paper_serves_every_item_and_a_licence_replaces_it(somebody) -> None:
    person = await somebody()
    case = await person.opens()

    (card,) = [material for material in case["materials"] if material["code"] == "identity-card"]

    assert card["status"] == "SATISFIED_BY_LICENCE"
    assert len(card["usedBy"]) > 1


@pytest.mark.row("F35")
async def test_a_draft_says_until_when_it_is_kept_and_is_there_again_later(somebody) -> None:
    person = await somebody()
    await person.opens(consenting=False)
    await person.fills({"key": "email", "value": "someone@example.com"})

    again = await somebody(person.key)
    (edge,) = (await again.phone.query(documents.CASES))["cases"]["edges"]
    again.case = edge["node"]
    await again.rereads()

    assert again.case["draftExpiresAt"] > again.case["openedAt"]
    assert again.question("email")["value"] == "someone@example.com"


@pytest.mark.row("F38", "F39")
async def test_fifty_openings_with_one_request_are_one_case(somebody) -> None:
    person = await somebody()
    opening = {"input": await person.opening()}

    answers = await asyncio.gather(
        *(person.phone.mutate(documents.OPEN_CASE, opening, request_id="the-same-request-0001") for _ in range(50))
    )

    assert len({answer["number"] for answer in answers}) == 1


async def test_the_same_history_is_told_in_the_readers_language(somebody) -> None:
    person = await somebody()
    await person.applies(["normal-retirement"])
    await person.sees(until=nothing_more)

    told = {}
    for reader in (person, *[await somebody(person.key, language=language) for language in ("zh-Hant", "en")]):
        reader.case = person.case
        told[reader.phone.language] = [(step["number"], step["at"], step["text"]) for step in (await reader.rereads())["steps"]]

    texts = {language: [text for _, _, text in steps] for language, steps in told.items()}
    assert [step[:2] for step in told["en"]] == [step[:2] for step in told["zh-Hans"]]
    assert "申请已提交。" in texts["zh-Hans"]
    assert "申請已提交。" in texts["zh-Hant"]
    assert "The application was submitted." in texts["en"]
