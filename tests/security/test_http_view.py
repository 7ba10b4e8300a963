"""POST /graphql: whatever comes is answered rightly, and nothing of ours leaks (GraphQL over HTTP; F68)."""

from collections.abc import AsyncIterator

import httpx2
import pytest
from structlog.testing import capture_logs

from api.graphql.documents import Registered
from api.graphql.http import LEGACY, MODERN
from tests.security.asking import a_client, ask
from tests.security.small_gate import Observed, an_engine
from tests.security.small_schema import SECRET


@pytest.fixture
async def client() -> AsyncIterator[httpx2.AsyncClient]:
    async with a_client() as client:
        yield client


async def test_a_query_is_answered_with_variables_and_in_the_caller_s_name(client: httpx2.AsyncClient) -> None:
    response = await ask(
        client, "query Q($n: String!){node(name: $n){name children{name}} who}", token="mei", variables={"n": "x"}, operationName="Q"
    )

    assert response.status_code == 200
    assert response.headers["content-type"] == "application/graphql-response+json; charset=utf-8"
    assert response.json() == {"data": {"node": {"name": "x", "children": [{"name": "x.0"}, {"name": "x.1"}]}, "who": "mei/"}}


async def test_interfaces_and_problems_as_union_members_work_without_strawberry_s_own_view(client: httpx2.AsyncClient) -> None:
    response = await ask(client, "{named{__typename name} declined{... on Refused{name}}}")

    named = [{"__typename": "Town", "name": "town"}, {"__typename": "Node", "name": "node"}]
    assert response.json() == {"data": {"named": named, "declined": {"name": "declined"}}}


DEEP = b"[" * 100_000
LONG_NUMBER = b"1" * 60_000

HOSTILE = {
    "null": b"null",
    "a string": b'"{who}"',
    "a number": b"1",
    "true": b"true",
    "nothing": b"",
    "no JSON": b"{who}",
    "invalid UTF-8": b'{"query": "\xff\xfe"}',
    "a lone surrogate": b'{"query": "\\ud800"}',
    "a byte order mark": b'\xef\xbb\xbf{"query": "{who}"}',
    "100,000 deep, cut to size": DEEP[:60_000],
    "1,000 deep": b'{"query": "{who}", "variables": {"a": ' + b"[" * 900 + b"]" * 900 + b"}}",
    "a number as long as the body": b'{"query": "{who}", "variables": {"a": ' + LONG_NUMBER + b"}}",
    "infinity": b'{"query": "{who}", "variables": {"a": 1e999}}',
    "not a number": b'{"query": "{who}", "variables": {"a": NaN}}',
    "a batch": b'[{"query": "{who}"}]',
    "an empty batch": b"[]",
    "an empty object": b"{}",
    "query is null": b'{"query": null}',
    "query is a number": b'{"query": 1}',
    "query is an object": b'{"query": {}}',
    "query and documentId": b'{"query": "{who}", "documentId": "x"}',
    "documentId is a number": b'{"documentId": 1}',
    "variables is a string": b'{"query": "{who}", "variables": "{}"}',
    "variables is a list": b'{"query": "{who}", "variables": []}',
    "operationName is an object": b'{"query": "{who}", "operationName": {}}',
    "extensions is a list": b'{"query": "{who}", "extensions": []}',
    "3,000 values": b'{"query": "{who}", "variables": {"a": [' + b"0," * 2_999 + b"0]}}",
}


@pytest.mark.parametrize("body", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("accept", [MODERN, LEGACY])
async def test_a_malformed_body_is_400_and_told_what_is_wrong(client: httpx2.AsyncClient, body: bytes, accept: str) -> None:
    response = await client.post("/graphql", content=body, headers={"Content-Type": "application/json", "Accept": accept})

    assert response.status_code == 400
    assert len(response.json()["errors"][0]["message"]) > 20


@pytest.mark.parametrize("body", [DEEP, b'{"variables": ' + b"1" * 100_000 + b"}"])
async def test_a_body_over_64_kib_is_not_even_read(client: httpx2.AsyncClient, body: bytes) -> None:
    response = await client.post("/graphql", content=body, headers={"Content-Type": "application/json"})

    assert response.status_code == 413
    assert "65536 bytes" in response.json()["errors"][0]["message"]


@pytest.mark.parametrize(
    "content_type",
    [
        "",
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/graphql",
        "application/json; charset=utf-16",
        "application/jsonp",
    ],
)
async def test_only_json_in_utf_8_is_read_so_no_form_of_another_site_can_post(client: httpx2.AsyncClient, content_type: str) -> None:
    response = await client.post("/graphql", content=b'{"query": "{who}"}', headers={"Content-Type": content_type})

    assert response.status_code == 415
    assert "application/json" in response.json()["errors"][0]["message"]


@pytest.mark.parametrize(
    "content_type", ["application/json", "APPLICATION/JSON", "application/json; charset=utf-8", 'application/json;charset="UTF-8"']
)
async def test_json_is_read_however_its_type_is_written(client: httpx2.AsyncClient, content_type: str) -> None:
    response = await client.post("/graphql", content=b'{"query": "{who}"}', headers={"Content-Type": content_type})

    assert response.json() == {"data": {"who": "nobody/"}}


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "PATCH", "OPTIONS"])
async def test_operations_come_by_post_alone(client: httpx2.AsyncClient, method: str) -> None:
    response = await client.request(method, "/graphql", params={"query": "{who}"})

    assert (response.status_code, response.headers["allow"]) == (405, "POST")


@pytest.mark.parametrize(
    "query", ["{who", "{nobody}", "{size(numbers: 1.5)}", "query($n: [Int!]!){size(numbers: $n)}", "query A{who} query B{who}"]
)
async def test_a_wrong_document_or_variable_is_400_or_for_a_legacy_client_200(client: httpx2.AsyncClient, query: str) -> None:
    modern, legacy = await ask(client, query), await ask(client, query, accept=LEGACY)

    assert (modern.status_code, legacy.status_code) == (400, 200)
    assert modern.json() == legacy.json()
    assert "data" not in modern.json()


async def test_a_variable_that_does_not_fit_is_told_in_words(client: httpx2.AsyncClient) -> None:
    response = await ask(client, "query($n: [Int!]!){size(numbers: $n)}", variables={"n": ["x"]})

    assert response.status_code == 400
    assert "$n" in response.json()["errors"][0]["message"]


@pytest.mark.parametrize("authorization", ["Bearer bad", "Basic bWVpOnNlY3JldA==", "Bearer", "Bearer ", "mei", "Bearer " + "x" * 8_193])
@pytest.mark.parametrize("accept", [MODERN, LEGACY])
async def test_a_token_that_is_not_good_is_401_with_a_challenge(client: httpx2.AsyncClient, authorization: str, accept: str) -> None:
    response = await client.post("/graphql", json={"query": "{who}"}, headers={"Authorization": authorization, "Accept": accept})

    assert response.status_code == 401
    assert response.headers["www-authenticate"] == 'Bearer error="invalid_token"'
    assert response.json()["errors"][0]["extensions"] == {"code": "UNAUTHENTICATED"}


async def test_what_is_away_is_503_with_the_time_to_come_back(client: httpx2.AsyncClient) -> None:
    response = await ask(client, "{who}", token="busy")

    assert (response.status_code, response.headers["retry-after"]) == (503, "7")


async def test_a_subscription_is_sent_to_the_socket(client: httpx2.AsyncClient) -> None:
    response = await ask(client, "subscription{count}")

    assert response.status_code == 400
    assert "WebSocket" in response.json()["errors"][0]["message"]


async def test_no_suggestion_is_made_about_a_variable(client: httpx2.AsyncClient) -> None:
    response = await ask(client, "query($b: Box!){box(box: $b)}", variables={"b": {"widht": 1}})

    assert "widht" in response.json()["errors"][0]["message"]
    assert "Did you mean" not in response.text


# ---------------------------------------------------------------- our own faults


@pytest.mark.parametrize("asked", [{"query": "{box(odd: 1)}"}, {"query": "query($o: Odd!){box(odd: $o)}", "variables": {"o": "x"}}])
async def test_a_scalar_that_breaks_over_its_input_is_our_fault_and_hidden(client: httpx2.AsyncClient, asked: dict[str, object]) -> None:
    response = await client.post("/graphql", json=asked)

    assert response.status_code == 500
    assert "neighbour" not in response.text
    assert response.json()["errors"][0]["extensions"] == {"errorId": "error-id"}


@pytest.mark.parametrize("query", ["{broken}", "{node{broken}}", "{named{... on Node{broken}}}"])
async def test_the_text_of_a_fault_never_reaches_the_client(client: httpx2.AsyncClient, query: str) -> None:
    response = await ask(client, query)

    assert response.status_code == 200
    assert "neighbour" not in response.text
    assert response.json()["errors"][0]["extensions"] == {"errorId": "error-id"}
    assert "broken" in response.json()["errors"][0]["path"]


async def test_a_fault_is_logged_with_its_cause_under_the_id_the_client_was_told(client: httpx2.AsyncClient) -> None:
    with capture_logs() as logged:
        response = await ask(client, "{node{broken}}")

    assert response.json()["errors"][0]["extensions"]["errorId"] == logged[0]["error_id"]
    assert (logged[0]["event"], logged[0]["path"], repr(logged[0]["exc_info"])) == ("fault", ["node", "broken"], repr(RuntimeError(SECRET)))


async def test_a_fault_in_each_element_of_a_list_does_not_flood_the_log(client: httpx2.AsyncClient) -> None:
    with capture_logs() as logged:
        response = await ask(client, "{node{children(first: 20){broken}}}")

    assert len(response.json()["errors"]) == 20
    assert [line["failures"] for line in logged] == [20, 20, 20]


async def test_what_is_beside_a_fault_is_answered(client: httpx2.AsyncClient) -> None:
    response = await ask(client, "{node{name broken}}")

    assert response.json()["data"] == {"node": {"name": "n", "broken": None}}


async def test_a_fault_before_the_operation_is_500_and_hidden_too(client: httpx2.AsyncClient) -> None:
    response = await ask(client, "{who}", token="broken")

    assert response.status_code == 500
    assert SECRET not in response.text
    assert response.json()["errors"][0]["extensions"] == {"errorId": "error-id"}


# ---------------------------------------------------------------- registered documents


async def test_a_registered_document_is_asked_for_by_its_id() -> None:
    async with a_client(an_engine(registered=Registered(texts={"who-1": "{who}"}, only=True))) as client:
        known = await client.post("/graphql", json={"documentId": "who-1"})
        unknown = await client.post("/graphql", json={"documentId": "who-2"})
        text = await client.post("/graphql", json={"query": "{who}"})

    assert known.json() == {"data": {"who": "nobody/"}}
    assert (unknown.status_code, unknown.json()["errors"][0]["extensions"]["code"]) == (404, "DOCUMENT_NOT_FOUND")
    assert (text.status_code, text.json()["errors"][0]["extensions"]["code"]) == (400, "ONLY_REGISTERED_DOCUMENTS")


async def test_an_operation_is_observed_under_a_label_that_no_client_chose() -> None:
    observed = Observed()
    async with a_client(an_engine(observed=observed)) as client:
        await ask(client, "query Mine13800138000{who}")
        await ask(client, "{broken}")
        await ask(client, "{nonsense}")

    assert observed.labels == [("who", "ok"), ("broken", "fault")]
