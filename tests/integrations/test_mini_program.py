"""The real client of a mini-program host's login against its stand-in."""

from datetime import datetime

import httpx2
import pytest
from starlette.applications import Starlette
from starlette.routing import Mount

from domain.ports import MiniProgramAccount, NoAnswer, NotProven
from integrations.mini_program import Code2Session, mini_program_login
from mocks.behave import Behaviour, Manner
from mocks.mini_program import Host, Wanted, mini_program_app
from tests.sign_in import Clock, wired_to


@pytest.fixture
def clock(moment: datetime) -> Clock:
    return Clock(moment)


@pytest.fixture
def host(clock: Clock) -> Host:
    return Host("app-1", "secret", clock)


def login_at(host: Host, behaviour: Behaviour | None = None, *, secret: str = "secret", seconds: float = 5.0) -> Code2Session:
    somewhere = Starlette(routes=[Mount("/somewhere", mini_program_app(host, behaviour))])
    wiring = wired_to(somewhere, seconds=seconds)
    return mini_program_login("http://host.test/somewhere", host="wechat", app_id="app-1", secret=secret, wiring=wiring)


async def test_a_code_becomes_the_account_that_it_was_made_for(host: Host) -> None:
    code = host.code(Wanted("openid-7"))

    account = await login_at(host).account(host="wechat", code=code)

    assert account == MiniProgramAccount("openid-7", account.unionid)
    assert account.unionid


async def test_a_code_can_be_used_once(host: Host) -> None:
    login, code = login_at(host), host.code(Wanted("openid-7"))
    await login.account(host="wechat", code=code)

    with pytest.raises(NotProven):
        await login.account(host="wechat", code=code)


async def test_a_code_lives_five_minutes(host: Host, clock: Clock) -> None:
    code = host.code(Wanted("openid-7"))
    clock.passes(minutes=5, seconds=1)

    with pytest.raises(NotProven):
        await login_at(host).account(host="wechat", code=code)


@pytest.mark.parametrize("code", ["", "nobody's", "a&secret=b", "码"])
async def test_a_code_that_nobody_made_is_no_proof(host: Host, code: str) -> None:
    with pytest.raises(NotProven):
        await login_at(host).account(host="wechat", code=code)


async def test_a_host_where_no_app_of_ours_runs_is_no_proof(host: Host) -> None:
    code = host.code(Wanted("openid-7"))

    with pytest.raises(NotProven):
        await login_at(host).account(host="another", code=code)


async def test_a_busy_host_has_not_used_the_code_up(host: Host) -> None:
    login, code = login_at(host), host.code(Wanted("openid-7", busy=1))
    with pytest.raises(NoAnswer):
        await login.account(host="wechat", code=code)

    account = await login.account(host="wechat", code=code)

    assert account.openid == "openid-7"


async def test_our_own_mistake_is_not_the_citizens(host: Host) -> None:
    """A wrong secret of ours must not look like a bad code."""
    code = host.code(Wanted("openid-7"))

    with pytest.raises(NoAnswer):
        await login_at(host, secret="wrong").account(host="wechat", code=code)


@pytest.mark.parametrize("manner", [Manner(outage="503"), Manner(latency_ms=3_600_000)], ids=["out of order", "silent"])
async def test_a_host_that_is_away_is_no_proof_and_no_refusal(host: Host, manner: Manner) -> None:
    code = host.code(Wanted("openid-7"))

    with pytest.raises(NoAnswer):
        await login_at(host, Behaviour(manner), seconds=0.1).account(host="wechat", code=code)


async def test_scripts_get_a_code_over_the_wire(host: Host) -> None:
    transport = httpx2.ASGITransport(mini_program_app(host))
    async with httpx2.AsyncClient(transport=transport, base_url="http://host.test") as script:
        code = (await script.post("/_code", json={"openid": "openid-9"})).json()["code"]

    assert (await login_at(host).account(host="wechat", code=code)).openid == "openid-9"
