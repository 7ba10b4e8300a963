"""The pension estimate as a phone asks for it, without a sign-in."""

import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from domain.policy.pension.loan import LoanRepayment
from domain.words import Language, Text
from integrations.catalogue_files import Loaded, load
from tests.policy import sums
from tests.policy.asking_for_sums import ESTIMATE, a_question, asked, slips


@pytest.fixture(scope="module")
def loaded() -> Loaded:
    return load(today=date(2026, 11, 23))


# ---------------------------------------------------------------- the pension


@pytest.mark.row("B03")
async def test_an_estimate_tells_each_step_with_its_figures_and_their_source(loaded: Loaded) -> None:
    answer = await asked(ESTIMATE, a_question(), loaded)

    assert (answer["total"], answer["payoutMonths"]) == ("5883.44", "138.4")
    assert [(part["label"], part["amount"]) for part in answer["parts"]] == [
        ("基础养老金", "3412.12"),
        ("个人账户养老金", "806.65"),
        ("过渡性养老金", "1346.79"),
        ("增发养老金", "317.88"),
    ]
    basic = answer["parts"][0]
    assert basic["formula"] == "（8462.00＋7378.86）÷2×43.08×1%＝3412.12元"
    assert basic["reasons"][0]["facts"] == [
        {"label": "缴费年限（含视同）", "value": "43年1个月"},
        {"label": "指数化月平均缴费工资（元）", "value": "7378.86"},
        {"label": "计发基数（元）", "value": "8462.00"},
    ]
    assert [(figure["key"], figure["value"], figure["since"]) for figure in basic["reasons"][0]["figures"]] == [
        ("computing-base", "8462", "2025-01-01"),
        ("basic-pension-rate", "0.01", "2006-01-01"),
    ]
    assert basic["reasons"][0]["figures"][1]["source"] == "国发〔2005〕38号 六"


@pytest.mark.parametrize(
    ("language", "label", "formula", "reason"),
    [
        (Language.ZH_HANS, "个人账户养老金", "111640.05÷138.4＝806.65元", "按2025年的计发基数 8462.00 元计算。"),
        (Language.ZH_HANT, "個人賬户養老金", "111640.05÷138.4＝806.65元", "按2025年的計發基數 8462.00 元計算。"),
        (
            Language.EN,
            "Pension from the individual account",
            "111640.05 / 138.4 = 806.65 yuan",
            "Worked out with the computing base of 2025, 8462.00 yuan.",
        ),
    ],
)
async def test_it_is_told_in_the_readers_language(loaded: Loaded, language: Language, label: str, formula: str, reason: str) -> None:
    answer = await asked(ESTIMATE, a_question(), loaded, language)

    account = answer["parts"][1]
    assert (account["formula"], answer["reasons"][0]["text"]) == (formula, reason)
    assert account["label"].replace("戶", "户") == label


async def test_what_is_clear_is_read_however_it_was_typed(loaded: Loaded) -> None:
    typed = a_question(
        retirementMonth="２０２５年１２月", indexedMonthlyWage=" ７，３７８．８６ 元", accountBalance="111 640.05", computingBase="8462"
    )

    answer = await asked(ESTIMATE, typed, loaded)

    assert answer["total"] == "5883.44"


@pytest.mark.parametrize(
    ("differing", "expected"),
    [
        ({"region": "atlantis"}, [("question.region", "unknown-pension-region")]),
        ({"region": "北京"}, [("question.region", "unknown-pension-region")]),
        ({"region": "shanghai"}, [("question.computingBase", "no-computing-base")]),
        ({"retirementMonth": "2025-13"}, [("question.retirementMonth", "bad-month")]),
        ({"retirementMonth": "2025-00"}, [("question.retirementMonth", "bad-month")]),
        ({"retirementMonth": "0000-01"}, [("question.retirementMonth", "bad-month")]),
        ({"retirementMonth": 202512.5}, [("question.retirementMonth", "bad-month")]),
        ({"age": {"years": 39}, "contributionMonths": 240}, [("question.age", "age-outside-table")]),
        ({"age": {"years": 71}}, [("question.age", "age-outside-table")]),
        ({"age": {"years": 60, "months": 13}}, [("question.age.months", "bad-age-months")]),
        ({"indexedMonthlyWage": "7,37"}, [("question.indexedMonthlyWage", "bad-money")]),
        ({"indexedMonthlyWage": "七千"}, [("question.indexedMonthlyWage", "bad-money")]),
        ({"indexedMonthlyWage": "1e9"}, [("question.indexedMonthlyWage", "bad-money")]),
        ({"indexedMonthlyWage": "0"}, [("question.indexedMonthlyWage", "bad-money")]),
        ({"accountBalance": "1.005"}, [("question.accountBalance", "bad-money")]),
        ({"accountBalance": {"yuan": 1}}, [("question.accountBalance", "bad-money")]),
        ({"computingBase": 0}, [("question.computingBase", "bad-money")]),
        ({"accountBalance": "1" + " " * 60 + "2"}, [("question.accountBalance", "bad-money")]),
        ({"computingBase": "-8462"}, [("question.computingBase", "bad-money")]),
        ({"deemedMonths": 518, "paidMonthsBeforeAccounts": 0}, [("question.deemedMonths", "bad-deemed-months")]),
        (
            {"contributionMonths": -3, "deemedMonths": 0, "paidMonthsBeforeAccounts": 0},
            [("question.contributionMonths", "bad-contribution-months")],
        ),
        ({"contributionMonths": 2_000_000_000}, [("question.contributionMonths", "bad-contribution-months")]),
        (
            {"region": "x", "retirementMonth": "soon", "age": {"years": 60, "months": 13}, "deemedMonths": -1, "accountBalance": "?"},
            [
                ("question.retirementMonth", "bad-month"),
                ("question.accountBalance", "bad-money"),
                ("question.deemedMonths", "bad-deemed-months"),
                ("question.region", "unknown-pension-region"),
                ("question.age.months", "bad-age-months"),
            ],
        ),
    ],
)
async def test_every_slip_is_named_at_once(loaded: Loaded, differing: dict[str, object], expected: list[tuple[str, str]]) -> None:
    answer = await asked(ESTIMATE, a_question(**differing), loaded)

    assert slips(answer) == expected
    assert all(issue["message"] for issue in answer["issues"])


async def test_a_region_without_a_base_takes_that_of_the_notice(loaded: Loaded) -> None:
    answer = await asked(ESTIMATE, a_question(region="shanghai", computingBase="12434"), loaded)

    assert answer["reasons"][0]["text"] == "按您通知书上的计发基数 12434.00 元计算。"
    assert [reason["rule"] for reason in answer["reasons"] if reason["verdict"] == "UNDECIDED"] == ["transition-unknown"]


# ---------------------------------------------------------------- said and heard


@pytest.mark.row("B12")
@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("asks", ["pension", "disability", "loan"])
def test_every_step_of_every_worked_example_is_told_in_each_language_and_read_aloud_without_signs(
    loaded: Loaded, asks: str, language: Language
) -> None:
    texts = [text for found in results_of(asks, loaded) for text in texts_of(found)]
    heard = [loaded.wording.speak(text, language) for text in texts]

    assert len({text.key for text in texts}) >= 2
    assert all(loaded.wording.say(text, language) for text in texts)
    assert [sentence for sentence in heard if any(sign in sentence for sign in "＝÷×＋=/{}")] == []


def results_of(asks: str, loaded: Loaded) -> Iterator[sums.Found]:
    file = Path(__file__).parent / f"{asks}.toml"
    for example in tomllib.loads(file.read_text(encoding="utf-8"))["example"]:
        yield sums.FOUND[asks](example["given"], loaded)


def texts_of(found: sums.Found) -> Iterator[Text]:
    parts = () if isinstance(found, LoanRepayment) else found.parts
    yield from (reason.text for reason in found.reasons)
    for part in parts:
        yield from (part.label, part.formula, *(reason.text for reason in part.reasons))
