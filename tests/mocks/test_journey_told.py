"""Does a person retire? The journey itself, against a demonstration of its own."""

import asyncio
from pathlib import Path

import pytest

from mocks.journey import main
from mocks.journey.demo import own_demo


@pytest.mark.row("B20")
async def test_zhang_retires_and_a_second_telling_goes_on_from_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    async with own_demo() as url:
        where = ["--port", url.rpartition(":")[2], "--folder", str(tmp_path)]
        codes = [await asyncio.to_thread(main, where) for _ in range(2)]

    told = capsys.readouterr().out
    assert codes == [0, 0], told
    assert "张守田退休了：一张表，8 个事项" in told
    assert "接着上次讲完的" in told
    assert (tmp_path / "certificate-zhang.pdf").is_file()
