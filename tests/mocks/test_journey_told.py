"""Does a person retire? The journeys themselves, against a demonstration of their own; each of the ten hears the dates of people.md."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from pathlib import Path

import pytest

from mocks.journey import main
from mocks.journey.demo import own_demo
from mocks.people import RETIREES

MONDAY = "2026-11-23"

DATES = {
    "zhang": ("法定退休: 2026-11-15（60岁5个月），最少缴 180 个月", "您已经缴了34年4个月，够了", "能办。"),
    "li": (
        "法定退休: 2026-11-18（55岁5个月），最少缴 180 个月",
        "您已经缴了17年5个月，够了",
        "待遇领取地: 广西壮族自治区柳州市",
        "广东省东莞市是临时账户，不能作为待遇领取地",
    ),
    "bao": (
        "法定退休: 2026-12-21（60岁5个月）",
        "以档案最早的记载为准，2026年12月21日到龄；按身份证是2027年10月8日。要由工作人员看过档案才能定。",
        "还差28天，到2026年12月21日",
        "✓ 退役军人信息查询",
    ),
    "wang": (
        "按工人、生产岗位，2026年11月12日到龄，要缴满15年；按管理、专业技术岗位，2032年10月12日到龄，要缴满16年6个月。",
        "您累计缴费15年10个月。按工人岗位需要15年，够了；按管理、专业技术岗位需要16年6个月，还不够。",
        "能不能办，要由工作人员来定：",
        "岗位类别: 说不准，请工作人员判断",
    ),
    "gao": (
        "特殊工种: 2026-08-09（55岁），最少缴 180 个月",
        "法定退休: 2033-04-09（61岁8个月），最少缴 204 个月",
        "补清欠费 5 个月",
        "您在特殊工种岗位干了9年4个月，需要9年；2026年8月9日满55岁。",
        "✓ 特殊工种提前退休核准",
    ),
    "chen": (
        "法定退休: 2027-04-30（60岁6个月），最少缴 180 个月",
        "今天书面告知，最早可以在2027年2月23日退休。",
        "最晚可以: 2030-04-30（63岁6个月），最少缴 180 个月，书面约定的期限 2027-03-30",
        "您已经缴了25年，够了",
    ),
    "zhao": (
        "法定退休: 2027-04-05（60岁6个月），最少缴 180 个月",
        "缴费登记了 161 个月；补清欠费 11 个月、失业保险基金代缴 5 个月，一共 177 个月",
        "还差 3 个月，有这些办法：",
        "再缴3个月就够了，赶得上2027年4月5日退休",
    ),
    "lin": (
        "法定退休: 2026-07-27（60岁4个月），最少缴 180 个月",
        "法定退休日期2026年7月27日已經過了，請儘快辦理。",
        "证件: 00*****7A",
        "電子退休證已簽發。",
    ),
    "sun": (
        "孙月华由丈夫韩立恒代办。",
        "可选身份: 为自己办理、作为孙月华的监护人办理",
        "法定退休: 2030-03-11（56岁1个月），最少缴 186 个月",
        "您已经缴了17年，够了",
        "鉴定结论是完全丧失劳动能力，符合条件。",
        "✓ 病残津贴申领",
    ),
    "bai": (
        "法定退休: 2026-10-02（60岁5个月），最少缴 180 个月",
        "您在本地累计缴费15年4个月，需要15年，年限够了。",
        "您是档案丢失的灵活就业人员，按档案丢失人员退休办理，先按实际缴费年限算。",
    ),
}
"""What each hears on that Monday: their dates, and what is found about them."""

ENDS = {
    "zhang": ("张守田退休了：一张表，8 个事项",),
    "wang": ("王晓芸退休了：一张表，4 个事项",),
    "lin": ("林志远退休了：一张表，5 个事项",),
    "li": ("李秋岚退休了：一张表，5 个事项",),
    "gao": ("高炳炎退休了：一张表，5 个事项",),
    "sun": ("孙月华退休了：一张表，5 个事项", "监护人替被监护人取证"),
    "chen": ("还没有到能办的日子：2027-04-30 再来。",),
    "zhao": ("还没有到能办的日子：2027-04-05 再来。",),
    "bao": ("还没有到能办的日子：2026-12-21 再来。", "伊金霍洛旗的申请在窗口办", "包长河的故事先讲到这里"),
    "bai": ("白福顺退休了：一张表，9 个事项", "文件只有持证人本人（或监护人）能取"),
}
"""How far each comes, and what comes next."""

HOLDERS = {"zhang", "wang", "lin", "li", "gao", "sun"}
"""Whose certificate is taken: by themselves, or by their guardian."""


@pytest.fixture(scope="module")
async def demonstration() -> AsyncIterator[Sequence[str]]:
    """Where it is, as the command line takes it."""
    async with own_demo() as url:
        yield ("--port", url.rpartition(":")[2])


def test_there_is_a_story_for_each_of_the_ten() -> None:
    assert DATES.keys() == ENDS.keys() == RETIREES.keys()


@pytest.mark.parametrize("key", RETIREES)
async def test_each_of_the_ten_hears_their_dates_and_comes_as_far_as_they_can(
    demonstration: Sequence[str], key: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = (*demonstration, "--person", key, "--as-of", MONDAY, "--folder", str(tmp_path))
    code = await asyncio.to_thread(main, arguments)

    told = capsys.readouterr().out
    assert code == 0, told
    assert [sentence for sentence in (*DATES[key], *ENDS[key]) if sentence not in told] == [], told
    assert (tmp_path / f"certificate-{key}.pdf").is_file() is (key in HOLDERS)


async def test_whoever_has_no_phone_does_not_sign_in(
    demonstration: Sequence[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    await asyncio.to_thread(main, (*demonstration, "--person", "bai", "--as-of", MONDAY, "--folder", str(tmp_path)))

    assert "① 看看能办什么" in capsys.readouterr().out


async def test_a_day_that_is_none_ends_the_journey_at_that_step(
    demonstration: Sequence[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = (*demonstration, "--person", "chen", "--as-of", "2026-02-30", "--folder", str(tmp_path))
    code = await asyncio.to_thread(main, arguments)

    told = capsys.readouterr().out
    assert code == 1
    assert "这一步没有做成：什么时候退" in told


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
