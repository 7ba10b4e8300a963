"""Who acts for another is told as it is: by the daughter, the guardian, the employer, the clerk; and what an officer sees, and when."""

import asyncio
import re
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from mocks.journey import main
from mocks.journey.demo import own_demo

BY_HER_DAUGHTER = (
    "听错了一位：委托码不对。",
    "再输一次，对了：委托有效。从这里起，这部手机受李秋岚委托办理。",
    "谁办的: 周晴禾（受托人），代李秋岚",
    "周**（受托人）代李**提交了申请。",
    "· 周晴禾（受托人）查看了您的办件",
    "周晴禾的手机被告知：已经不能再以这个身份办理。",
    "收回 · 李秋岚",
    "两个人看到的一样。",
)
"""The code misheard and read again, who filed for whom, who looked, and the end of it."""

ON_PAPER = (
    "收到纸质申请: 2026-11-17 09:40（星期二）",
    "申请人: 白福顺",
    "要有：签字、按手印。",
    "空口说不行：还没有能证明“残疾人”的材料",
    "优先办理：残疾人",
    "领件之前：白**，表格看不到。",
    "“养老保险退休审批”已办好：",
    "为谁: 白福顺（",
    "谁上门: 何雅宁，",
    "谁办的: 何雅宁（窗口工作人员，固阳县政务服务大厅退休综合窗口），代白福顺",
)
"""Received when it was, entered today, with its promise and its reason to go first; then an officer."""

IN_PERSON = (
    "只办: 这一件",
    "职工养老保险手册：部门正在帮您查找",
    "填好的草稿转到本人账户",
)
"""With the card in hand, for one case."""

IN_OFFICE = (
    "后到的排在前面；为什么优先，领件之前不说。",
    "表格看不到。",
    "同事唐若溪也来领：这一项已经由宋**领办了。",
    "平时遮着；写明“与档案和户口簿核对身份证号码”才看得到全部",
    "宋知远（部门工作人员）查看了您的一项平时被遮住的信息",
    "宋知远今天决定了 2 件",
)
"""The queue, what is hidden and when it is seen, and that the person reads of it."""

THROUGH_OTHERS = {
    "gao": (
        "她现在是：柳州荷塘炉料有限公司经办人。",
        "F4 的日期不对。",
        "· 陈启明：第 3 行的人，社保登记里现在不是您单位的职工",
        "✓ 盖单位电子印章",
        "本人已确认单位提交的申请。",
        "谁办的: 邓晓岚（单位经办人，柳州荷塘炉料有限公司），代高炳炎",
        "邓**（单位经办人）代高**提交了申请。",
    ),
    "sun": (
        "谁办的: 韩立恒（监护人），代孙月华",
        "韩**（监护人）代孙**提交了申请。",
    ),
}


Tell = Callable[[str], str]


@pytest.fixture(scope="module")
async def port() -> AsyncIterator[str]:
    async with own_demo() as url:
        yield url.rpartition(":")[2]


@pytest.fixture
def tell(port: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Tell:
    """That person's story, as far as it goes today; if they have been told before, it goes on from there."""

    def told(key: str) -> str:
        code = main(["--port", port, "--person", key, "--folder", str(tmp_path)])
        said = capsys.readouterr().out
        assert code == 0, said
        return said

    return told


def missing(told: str, *sentences: str) -> list[str]:
    return [sentence for sentence in sentences if sentence not in told]


async def told_and_again(tell: Tell, key: str) -> str:
    """A second telling goes on from the first, wherever that came to its end."""
    first, again = [await asyncio.to_thread(tell, key) for _ in range(2)]
    assert missing(again, "已经有一件：", "接着讲") == [], again
    return first


@pytest.mark.row("F12", "F15")
async def test_a_daughter_files_and_both_read_who_did_it_for_whom_until_the_mandate_is_taken_back(tell: Tell) -> None:
    told = await told_and_again(tell, "li")

    assert missing(told, *BY_HER_DAUGHTER) == [], told
    assert float(re.search(r"收回委托；(\d+\.\d) 秒后", told)[1]) <= 5.0


@pytest.mark.row("F15")
@pytest.mark.parametrize("key", THROUGH_OTHERS)
async def test_a_guardian_or_an_employer_is_named_with_whom_they_act_for(tell: Tell, key: str) -> None:
    told = await told_and_again(tell, key)

    assert missing(told, *THROUGH_OTHERS[key]) == [], told


@pytest.mark.row("F19")
async def test_a_paper_of_last_tuesday_is_the_citizens_and_the_clerk_only_entered_it(tell: Tell) -> None:
    told = await told_and_again(tell, "bai")

    assert missing(told, *ON_PAPER) == [], told


async def test_what_was_entered_at_the_counter_goes_on_in_the_persons_own_account(tell: Tell) -> None:
    told = await told_and_again(tell, "bao")

    assert missing(told, *IN_PERSON) == [], told


async def test_an_officer_decides_what_is_pressing_first_and_sees_it_only_when_it_is_taken(tell: Tell) -> None:
    told = await asyncio.to_thread(tell, "officer")

    assert missing(told, *IN_OFFICE) == [], told
    assert "唐若溪（部门工作人员）" not in told, "who came second has seen nothing"
