"""Is what our clients ask in the contract, and within the limits of one request?"""

import pytest
from graphql import build_schema, parse, validate

from api.graphql.limits import Limits, Scales, parse_within
from mocks import documents
from tests.contract.contract import TEXT

DOCUMENTS = {name: text for name, text in vars(documents).items() if name.isupper() and isinstance(text, str)}
CONTRACT = build_schema(TEXT)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_document_is_valid_against_the_contract(name: str) -> None:
    assert validate(CONTRACT, parse(DOCUMENTS[name])) == []


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_document_is_within_the_limits(name: str) -> None:
    limits = Limits()

    assert Scales(parse_within(DOCUMENTS[name], limits), limits).errors() == []
