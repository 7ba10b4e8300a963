"""Rings between processes, and counters, on a real store; and that nothing breaks when it is away."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from redis.asyncio import Redis
from redis.exceptions import RedisError

from api.embedded import message_store
from api.ports import free_port
from integrations.redis import CHANNEL, RedisBells, RedisCounters

GENEROUS = 20.0
ENDLESS = {"socket_timeout": None, "socket_connect_timeout": None}


@asynccontextmanager
async def listening(*several: RedisBells) -> AsyncIterator[None]:
    """Each as a process of its own, until all of them hear what is rung."""
    tasks = [asyncio.create_task(bells.listen()) for bells in several]
    try:
        for bells in several:
            await until_heard(bells, several[0].client)
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def until_heard(bells: RedisBells, client: Redis) -> None:
    async with asyncio.timeout(GENEROUS), bells.hang("hello") as bell:
        while not (await listeners(client) and await rung_by(bell.rung, client, "hello")):
            pass


async def listeners(client: Redis) -> int:
    ((_, count),) = await client.pubsub_numsub(CHANNEL)
    return count


async def rung_by(rung: Callable[[float], Awaitable[bool]], client: Redis, name: str) -> bool:
    await client.publish(CHANNEL, name)
    return await rung(0.05)


# ---------------------------------------------------------------- rings


async def test_a_ring_is_heard_in_every_process_where_a_bell_of_that_name_hangs(redis: Redis) -> None:
    here, there = RedisBells(redis), RedisBells(redis)
    async with listening(here, there), here.hang("case-1") as bell, there.hang("case-1", "case-2") as other, there.hang("case-3") as silent:
        await here.ring("case-1", "work")

        assert await bell.rung(GENEROUS)
        async with asyncio.timeout(GENEROUS):
            while not await other.rung(1.0):  # a ring is lost where the store is slow for a moment
                await here.ring("case-1", "work")
        assert not await silent.rung(0.05)


async def test_a_bell_remembers_one_ring_until_it_is_asked(redis: Redis) -> None:
    bells = RedisBells(redis)
    async with bells.hang("case-1") as bell:
        bells.ring_here("case-1")
        bells.ring_here("case-1")

        assert [await bell.rung(0.01), await bell.rung(0.01)] == [True, False]


async def test_a_ring_in_the_same_process_does_not_wait_for_the_store(free_address: str) -> None:
    async with Redis.from_url(free_address) as nobody:
        bells = RedisBells(nobody)
        async with bells.hang("case-1") as bell:
            ringing = asyncio.create_task(bells.ring("case-1"))

            assert await bell.rung(GENEROUS)
            await ringing


async def test_a_bell_that_is_taken_down_leaves_nothing_behind(redis: Redis) -> None:
    bells = RedisBells(redis)
    async with bells.hang("case-1"), bells.hang("case-1", "case-2"):
        assert {name: len(hanging) for name, hanging in bells.hanging.items()} == {"case-1": 2, "case-2": 1}

    assert bells.hanging == {}
    bells.ring_here("case-1")
    assert bells.hanging == {}


async def test_a_ring_while_the_store_is_away_is_lost_and_breaks_nothing(free_address: str, capsys: pytest.CaptureFixture[str]) -> None:
    async with Redis.from_url(free_address) as nobody:
        await RedisBells(nobody).ring("case-1")

    assert "ring-lost" in capsys.readouterr().out


async def test_a_store_that_hangs_holds_up_nobody_for_long(free_port_number: int, capsys: pytest.CaptureFixture[str]) -> None:
    """It takes the connection, reads, and says nothing; the client by itself would wait for ever."""
    left = asyncio.Event()

    async def listen(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()
        writer.close()
        left.set()

    server = await asyncio.start_server(listen, "127.0.0.1", free_port_number)
    async with server, Redis.from_url(f"redis://127.0.0.1:{free_port_number}", **ENDLESS) as client, asyncio.timeout(GENEROUS):
        await RedisBells(client).ring("case-1")
        await left.wait()
    assert "ring-lost" in capsys.readouterr().out


async def test_who_listens_comes_back_by_itself_and_looks_at_everything_that_hangs(tmp_path: Path, free_port_number: int) -> None:
    """What was rung while nobody heard is not known, so every bell is rung."""
    async with Redis.from_url(f"redis://127.0.0.1:{free_port_number}") as client:
        bells = RedisBells(client)
        async with bells.hang("case-1") as bell:
            listener = asyncio.create_task(bells.listen())
            assert not await bell.rung(0.2)
            async with message_store(tmp_path, port=free_port_number):
                assert await bell.rung(GENEROUS)
                await until_heard(bells, client)
                listener.cancel()
                await asyncio.gather(listener, return_exceptions=True)


@pytest.fixture
def free_port_number() -> int:
    return free_port()


@pytest.fixture
def free_address(free_port_number: int) -> str:
    return f"redis://127.0.0.1:{free_port_number}"


# ---------------------------------------------------------------- counters


async def test_a_counter_counts_each_once_however_many_at_a_time(redis: Redis) -> None:
    counters = RedisCounters(redis)

    counts = await asyncio.gather(*(counters.count("sign-in:1", 60) for _ in range(50)))

    assert sorted(counts) == list(range(1, 51))
    assert await counters.count("sign-in:2", 60) == 1


async def test_a_counter_lives_as_long_as_it_was_given_at_first(redis: Redis) -> None:
    counters = RedisCounters(redis)
    await counters.count("sign-in:1", 60)
    await counters.count("sign-in:1", 9_000)

    assert 0 < await redis.ttl("zhangban:count:sign-in:1") <= 60


async def test_whoever_counts_is_told_when_the_store_is_away(free_address: str) -> None:
    async with Redis.from_url(free_address) as nobody:
        with pytest.raises((RedisError, OSError)):
            await RedisCounters(nobody).count("sign-in:1", 60)
