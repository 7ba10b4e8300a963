"""Is what our clients ask in the contract, and within the limits of one request?"""

from types import ModuleType

import pytest
from graphql import build_schema, parse, validate

from api.graphql.limits import Limits, Scales, parse_within
from mocks import acting, documents, questions
from schema import schema
from tests.contract.contract import TEXT


def written_in(module: ModuleType) -> dict[str, str]:
    return {name: text for name, text in vars(module).items() if name[0].isupper() and name.isupper() and isinstance(text, str)}


DOCUMENTS = written_in(documents)
BEYOND = {name: text for module in (questions, acting) for name, text in written_in(module).items()}
CONTRACT, SERVED = build_schema(TEXT), build_schema(schema.as_str())


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_document_is_valid_against_the_contract(name: str) -> None:
    assert validate(CONTRACT, parse(DOCUMENTS[name])) == []


@pytest.mark.parametrize("name", BEYOND)
def test_a_document_that_goes_beyond_the_contract_is_valid_against_what_is_served(name: str) -> None:
    assert validate(SERVED, parse(BEYOND[name])) == []


@pytest.mark.parametrize("name", [*DOCUMENTS, *BEYOND])
def test_every_document_is_within_the_limits(name: str) -> None:
    limits = Limits()

    assert Scales(parse_within({**DOCUMENTS, **BEYOND}[name], limits), limits).errors() == []
