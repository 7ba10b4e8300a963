"""The catalogue is changed while cases are open: they go on as they began."""

import shutil
from datetime import datetime
from pathlib import Path

import pytest

from domain.cases.form import Form
from domain.cases.reading import items_of
from integrations.catalogue_files import CATALOGUE, Loaded, load
from tests.regions import TODAY, a_case_in, at_the_counter


class Shelf:
    """An archive in memory."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], bytes] = {}

    async def keep(self, region: str, version: str, content: bytes, *, at: datetime) -> None:
        self.kept[region, version] = content

    async def content(self, region: str, version: str) -> bytes | None:
        return self.kept.get((region, version))


async def reloaded(tmp_path: Path, *edits: tuple[str, str, str], moment: datetime) -> tuple[Loaded, Loaded]:
    """The folder before and after: in each named file the old passage is replaced by the new; an empty one stands for a new file."""
    folder, shelf = Path(shutil.copytree(CATALOGUE, tmp_path / "catalogue")), Shelf()
    before = load(folder, today=TODAY, archive=shelf)
    await before.catalogues.keep(at=moment)
    for path, old, new in edits:
        file = folder / path
        file.parent.mkdir(exist_ok=True)
        text = file.read_text(encoding="utf-8") if old else ""
        assert old in text
        file.write_text(text.replace(old, new, 1), encoding="utf-8")
    return before, load(folder, today=TODAY, archive=shelf)


SEVENTH = """
[death-benefit]
title = { zh-Hans = "新增事项", en = "A service that was added" }
department = "insurance-centre"
mode = "DECISION"
basic = true
source = "实施方案 二（二）：可逐步新增纳入"
"""


@pytest.mark.row("A38")
async def test_a_seventh_service_does_not_change_open_cases(tmp_path: Path, moment: datetime) -> None:
    case = a_case_in(at_the_counter("ejin-horo"), "pension", "medical-transfer")
    declared = ("ejin-horo/region.toml", "declared_total = 6", "declared_total = 7")
    before, after = await reloaded(tmp_path, ("ejin-horo/items/added.toml", "", SEVENTH), declared, moment=moment)

    began_with = await after.catalogues.bring("ejin-horo", case.catalogue_version)

    assert began_with == before.catalogues.in_force("ejin-horo")
    assert [len(each.items) for each in (began_with, after.catalogues.in_force("ejin-horo"))] == [6, 7]
    assert [item.code for item in items_of(case, began_with)] == ["pension", "medical-transfer"]


@pytest.mark.row("F37")
async def test_an_applicant_stays_on_the_form_that_they_began(tmp_path: Path, moment: datetime) -> None:
    case = a_case_in(at_the_counter("ejin-horo"), "pension")
    old, new = '[first-paid]\nlabel = { zh-Hans = "第一次缴纳养老保险是哪年哪月"', '[first-paid]\nlabel = { zh-Hans = "哪年哪月开始缴费"'
    before, after = await reloaded(tmp_path, ("national/fields/guide.toml", old, new), moment=moment)

    began_with = await after.catalogues.bring("ejin-horo", case.catalogue_version)

    labels = {label_of(case_form) for case_form in (Form(case, began_with), Form(case, before.catalogues.in_force("ejin-horo")))}
    assert labels == {"第一次缴纳养老保险是哪年哪月"}
    assert label_of(Form(case, after.catalogues.in_force("ejin-horo"))) == "哪年哪月开始缴费"


def label_of(form: Form, key: str = "first-paid") -> str:
    return next(one.rule.label.hans for page in form.sections for entry in page.entries for one in entry.fields if one.rule.key == key)
