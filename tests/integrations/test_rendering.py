"""The rendering process: beside the event loop, started again when it was killed, gone with whoever started it."""

import asyncio
import sys
from collections.abc import AsyncIterator
from dataclasses import replace
from multiprocessing import active_children
from pathlib import Path

import pytest

from domain.ports import NoAnswer
from integrations.documents.renderer import TypstDocuments
from tests.printed import content, named


@pytest.fixture(scope="module")
async def documents() -> AsyncIterator[TypstDocuments]:
    rendering = TypstDocuments()
    yield rendering
    rendering.close()


async def test_the_same_certificate_is_printed_the_same_to_the_byte(documents: TypstDocuments) -> None:
    first, second = await asyncio.gather(documents.certificate(content()), documents.certificate(content()))

    assert first == second


async def test_the_event_loop_goes_on_while_a_page_is_rendered(documents: TypstDocuments) -> None:
    order: list[str] = []

    async def page() -> None:
        await documents.certificate(named("李𠮷祥"))
        order.append("page")

    async def somebody_else() -> None:
        order.append("somebody else")

    await asyncio.gather(page(), somebody_else())

    assert order == ["somebody else", "page"]


async def test_what_cannot_be_printed_is_no_answer_that_says_nothing_of_the_content(documents: TypstDocuments) -> None:
    with pytest.raises(NoAnswer) as failed:
        await documents.certificate(replace(content(), number="TX-\ue000-secret"))

    assert str(failed.value) == "documents: the certificate does not compile"
    assert await documents.certificate(content())


async def test_a_killed_rendering_process_is_no_answer_and_the_next_page_has_a_new_one() -> None:
    rendering, before = TypstDocuments(), set(active_children())
    page = await rendering.certificate(content())
    (started,) = {*active_children()} - before
    started.kill()
    started.join()

    with pytest.raises(NoAnswer):
        await rendering.certificate(content())

    assert await rendering.certificate(content()) == page
    rendering.close()
    assert {*active_children()} <= before


RENDERS_AND_WAITS = """
import asyncio
from integrations.documents.renderer import TypstDocuments
from tests.printed import content

async def main():
    await TypstDocuments().certificate(content())
    print("rendered", flush=True)
    await asyncio.sleep(60)

asyncio.run(main())
"""


async def test_whoever_is_killed_takes_the_rendering_process_along() -> None:
    root = Path(__file__).parents[2]
    parent = await asyncio.create_subprocess_exec(sys.executable, "-c", RENDERS_AND_WAITS, cwd=root, stdout=asyncio.subprocess.PIPE)
    assert parent.stdout
    assert await parent.stdout.readline() == b"rendered\n"

    parent.kill()

    async with asyncio.timeout(60):
        assert await parent.stdout.read() == b""  # ends when the last process that holds it does
    await parent.wait()
