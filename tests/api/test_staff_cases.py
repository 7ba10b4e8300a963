"""An employer's agent opens cases from a list by GraphQL, and is told of each row in their language."""

from collections.abc import Mapping

import pytest

from domain.acting import Acting
from domain.words import Language
from resolvers.context import Context
from schema import schema
from tests.cases import MONDAY, ZHANG, acting, loaded
from tests.desks import some_desks
from tests.staff_sheets import a_number
from tests.works import AGENT, ITEMS, REQUEST, Works

OPEN = """mutation($request: ID!, $input: OpenStaffCasesInput!) {
  openStaffCases(requestId: $request, input: $input) {
    __typename
    ... on StaffImport { opened waiting rows { row name again problem problemSpoken case { number channel } } }
    ... on Refusal { message }
  }
}"""


async def opened(works: Works, *, by: Acting | None = AGENT, **input: object) -> Mapping[str, object]:
    context = Context(
        desks=some_desks(staff=works.desk),
        catalogues=loaded().catalogues,
        wording=loaded().wording,
        acting=by,
        language=Language.EN,
        now=MONDAY,
        caller="",
        address="",
        certificates=None,
    )
    asked = {"sheetId": "sheet-1", "itemIds": list(ITEMS)} | input
    result = await schema.execute(OPEN, variable_values={"request": REQUEST, "input": asked}, context_value=context)
    assert result.errors is None
    return result.data["openStaffCases"]


async def test_rows_are_opened_and_the_others_say_why_not() -> None:
    works = Works()
    works.registers.strangers = {a_number(1)}

    answer = await opened(works, first=2)

    assert (answer["opened"], answer["waiting"]) == (1, 3)
    good, bad = answer["rows"]
    assert (good["row"], good["problem"], good["case"]["channel"]) == (2, None, "EMPLOYER")
    assert (bad["row"], bad["case"], bad["again"]) == (3, None, False)
    assert bad["problem"].startswith("The person in row 3 is not insured through your employer now")


@pytest.mark.parametrize("by", [None, acting(ZHANG)], ids=["nobody", "a person"])
async def test_whoever_is_no_employers_agent_opens_nothing(by: Acting | None) -> None:
    works = Works()

    answer = await opened(works, by=by)

    assert answer["__typename"] == "Refusal"
    assert works.numbers_of_cases() == []
