"""What an operator is told of the law, and of a catalogue that does not hold together."""

import shutil
from pathlib import Path

import pytest

from api.__main__ import main
from integrations.catalogue_files import CATALOGUE

Told = pytest.CaptureFixture[str]


def told(capsys: Told, *arguments: str) -> tuple[int, list[str], str]:
    """Exit code, the lines that were printed, and what was complained of."""
    code = main(arguments)
    said = capsys.readouterr()
    return code, said.out.splitlines(), said.err


# ---------------------------------------------------------------- check-catalogue


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(CATALOGUE, tmp_path / "catalogue"))


def checked(capsys: Told, folder: Path) -> tuple[int, list[str]]:
    code, lines, complained = told(capsys, "check-catalogue", "--folder", str(folder))
    assert not lines
    return code, complained.splitlines()


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text, f"{file} has no {old!r}"
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def add(file: Path, text: str) -> None:
    file.write_text((file.read_text(encoding="utf-8") if file.exists() else "") + text, encoding="utf-8")


def test_of_a_catalogue_without_a_fault_it_is_told_what_it_holds(capsys: Told) -> None:
    code, lines, complained = told(capsys, "check-catalogue")

    (line,) = lines
    words = line.split()
    assert (code, complained) == (0, "")
    assert [*words[:2], *(word.strip(",") for word in words[3::2])] == ["no", "faults:", "regions", "items", "parameters"]
    assert int(words[2]) == len(list(CATALOGUE.glob("*/region.toml")))
    assert all(int(number) > 0 for number in words[2::2])


def test_a_region_with_an_unknown_key_is_named(capsys: Told, folder: Path) -> None:
    change(folder / "guyang/region.toml", "[about]", '[about]\nmayor = "nobody"')

    assert checked(capsys, folder) == (1, ["catalogue/guyang/region.toml: region.about.mayor is not a key known here"])


def test_items_that_wait_for_one_another_are_named(capsys: Told, folder: Path) -> None:
    change(folder / "guangxi/items.toml", "[deemed-years]", '[deemed-years]\nwaits_for = ["pension"]')

    code, lines = checked(capsys, folder)

    assert (code, len(lines)) == (1, 1)
    assert lines[0].startswith("catalogue/guangxi/items.toml: items.")
    assert lines[0].endswith(
        (
            ".waits_for goes round in a circle: deemed-years waits for pension waits for deemed-years",
            ".waits_for goes round in a circle: pension waits for deemed-years waits for pension",
        )
    )


def test_a_rule_that_does_not_exist_is_named(capsys: Told, folder: Path) -> None:
    add(folder / "guyang/materials.toml", A_PAPER)

    told_of = "catalogue/guyang/materials.toml: materials.moon-landing-certificate.needed_if names 'was-on-the-moon', which is not a rule"
    assert checked(capsys, folder) == (1, [f"{told_of} of domain/policy"])


A_PAPER = """
[moon-landing-certificate]
title = { zh-Hans = "登月证明", en = "Certificate of a moon landing" }
max_files = 1
required = true
needed_if = "was-on-the-moon"
source = "nobody's document"
"""
A_FIGURE = '\n[moon-months]\nlabel = {{ zh-Hans = "登月月数", en = "Months on the moon" }}\nvalues = [{values}]\n'
ONE = '{{ value = {value}, since = {since}, source = "nobody\'s law" }}'
NO_DATE = '{ value = 1, source = "nobody\'s law" }'
NO_SOURCE = '{ value = 1, since = 2020-01-01, source = " " }'


@pytest.mark.parametrize(
    ("values", "fault"),
    [
        ([ONE.format(value=1, since="2020-01-01"), ONE.format(value=2, since="2020-01-01")], "values has two values since 2020-01-01"),
        (
            [ONE.format(value=1, since="2021-01-01"), ONE.format(value=2, since="2020-01-01")],
            "values must stand in the order of their dates; 2020-01-01 comes after 2021-01-01",
        ),
        ([NO_DATE], "values cannot be read: Object missing required field `since` - at `$[0]`"),
        ([ONE.format(value=1, since='"soon"')], "values cannot be read: Invalid RFC3339 encoded date - at `$[0].since`"),
        ([ONE.format(value=1, since="2999-01-01")], "values has no value on "),
        ([], "values has no value on "),
        ([NO_SOURCE], "values has a value without a source"),
    ],
)
def test_a_figure_with_overlapping_or_missing_dates_is_named(capsys: Told, folder: Path, values: list[str], fault: str) -> None:
    add(folder / "guyang/parameters.toml", A_FIGURE.format(values=", ".join(values)))

    code, lines = checked(capsys, folder)

    assert (code, len(lines)) == (1, 1)
    assert lines[0].startswith(f"catalogue/guyang/parameters.toml: parameters.moon-months.{fault}")


def test_all_faults_are_told_at_once(capsys: Told, folder: Path) -> None:
    change(folder / "guyang/region.toml", "[about]", '[about]\nmayor = "nobody"')
    add(folder / "guyang/materials.toml", A_PAPER)

    code, lines = checked(capsys, folder)

    assert (code, len(lines)) == (1, 2)


@pytest.mark.parametrize("content", ["", "[pension"])
def test_a_folder_that_is_no_catalogue_is_told_to_be_none(capsys: Told, tmp_path: Path, content: str) -> None:
    if content:
        (tmp_path / "items.toml").write_text(content, encoding="utf-8")

    assert checked(capsys, tmp_path) == (1, [f"{tmp_path} is no catalogue: no folder in it has a region.toml."])


# ---------------------------------------------------------------- explain-law


def test_a_figure_is_told_with_its_date_its_source_what_was_before_and_what_comes_after(capsys: Told) -> None:
    code, lines, _ = told(capsys, "explain-law", "minimum-contribution-months", "--on", "2030-06-01")

    assert code == 0
    assert lines[1:8] == [
        "on 2030-06-01 in national (全国):",
        "  since 2030-01-01: 186",
        "      《国务院关于渐进式延迟法定退休年龄的办法》 Art 2, 附件4",
        "  before, 2025-01-01 to 2029-12-31: 180",
        "      《国务院关于渐进式延迟法定退休年龄的办法》 Art 2, 附件4",
        "  before, 2011-07-01 to 2024-12-31: 180",
        "      《中华人民共和国社会保险法》 Art 16",
    ]
    assert lines[10] == "  after, from 2031-01-01 to 2031-12-31: 192"
    assert lines[-2] == "  after, from 2039-01-01: 240"


def test_a_table_is_drawn_in_columns(capsys: Told) -> None:
    _, lines, _ = told(capsys, "explain-law", "payout-months", "--on", "2026-11-23")

    table = [line for line in lines if " = " in line]
    assert table[0].split("   ")[-9:] == [f"{40 + place} = {months}" for place, months in enumerate(FROM_FORTY)]
    assert max(map(len, table)) <= 106
    assert lines[-1].strip() == "国发〔2005〕38号 附件《个人账户养老金计发月数表》 (福建省人民政府公报)"


FROM_FORTY = (233, 230, 226, 223, 220, 216, 212, 208, 204)


def test_before_its_first_day_a_figure_has_no_value(capsys: Told) -> None:
    code, lines, _ = told(capsys, "explain-law", "flexible-months", "--on", "2024-12-31")

    assert code == 0
    assert lines[1:3] == [
        "on 2024-12-31 in national (全国): no value; the law knew no such figure yet",
        "  after, from 2025-01-01: 36",
    ]


def test_a_region_states_a_figure_otherwise(capsys: Told) -> None:
    _, national, _ = told(capsys, "explain-law", "payout-months-method", "--on", "2026-11-23")
    _, regional, _ = told(capsys, "explain-law", "payout-months-method", "--on", "2026-11-23", "--region", "jilin")

    assert national[-1] == "Stated otherwise in: jilin (--region)."
    assert "  since 2025-01-01: interpolate_1dp" in national
    assert "  since 2025-01-01: interpolate_1dp" not in regional


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("minimum-contribution",), "No figure of law is called 'minimum-contribution'. Near it: minimum-contribution-months."),
        (
            ("minimum-contributoin-months",),
            "No figure of law is called 'minimum-contributoin-months'. Near it: minimum-contribution-months",
        ),
        (("最低缴费",), "No figure of law is called '最低缴费'. There are: "),
        (("",), "No figure of law is called ''. There are: "),
        (("computing-base",), "national has no 'computing-base'; it is stated in: "),
        (("flexible-months", "--region", "atlantis"), "There is no region 'atlantis'. There are: "),
    ],
)
def test_what_is_not_there_is_told_with_what_is(capsys: Told, arguments: tuple[str, ...], sentence: str) -> None:
    code, lines, complained = told(capsys, "explain-law", *arguments, "--on", "2026-11-23")

    assert (code, lines) == (1, [])
    assert complained.startswith(sentence)


@pytest.mark.parametrize("day", ["2026-02-30", "2026-13-01", "tomorrow", "23.11.2026", ""])
def test_a_day_that_is_none_is_answered_with_how_to_write_one(capsys: Told, day: str) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["explain-law", "flexible-months", "--on", day])

    assert ended.value.code == 2
    assert f"{day!r} is no day of the calendar; write year, month and day, as in 2026-11-23" in capsys.readouterr().err


def test_a_day_may_be_typed_in_full_width_digits(capsys: Told) -> None:
    code, lines, _ = told(capsys, "explain-law", "flexible-months", "--on", "２０２６-１１-２３")

    assert (code, lines[1]) == (0, "on 2026-11-23 in national (全国):")
