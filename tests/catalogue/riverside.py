"""A region that nobody has heard of, as the TOML that its officials would write: a folder, and nothing else."""

import shutil
from pathlib import Path

from integrations.catalogue_files import CATALOGUE

RIVERSIDE = {
    "region.toml": """
[about]
name = { zh-Hans = "河畔县", en = "Riverside county" }
title = { zh-Hans = "河畔退休一件事", en = "Retirement in Riverside, as one thing" }
source = "河畔县实施方案（虚构）"
declared_total = 3
channels = ["PERSONAL", "COUNTER"]
""",
    "departments.toml": """
[tax]
name = { zh-Hans = "河畔县税务局", en = "Riverside tax bureau" }
telephone = "12366"
""",
    "items.toml": """
[payer-check]
title = { zh-Hans = "缴费人登记信息核对", en = "Check of the payer's registration" }
department = "tax"
mode = "DECISION"
basic = true
source = "河畔县实施方案（虚构） 一"
fields = ["name", "document-number", "mobile"]

[normal-retirement]
title = { zh-Hans = "正常退休申请", en = "Normal retirement" }
department = "hrss"
mode = "DECISION"
basic = true
source = "河畔县实施方案（虚构） 二"
recommended_if = "not-retired-yet"
conditions = ["age-reached", "paid-long-enough"]
waits_for = ["payer-check"]
materials = ["river-pass"]
fields = ["name", "sex", "birth-date", "document-number", "retirement-kind", "retirement-date", "contribution-months"]

[pension]
title = { zh-Hans = "养老金核定", en = "Calculation of the pension" }
department = "hrss"
mode = "DECISION"
basic = true
certificate = true
source = "河畔县实施方案（虚构） 三"
waits_for = ["normal-retirement"]
fields = ["name", "document-number", "contribution-months"]
promise = { amount = 2, unit = "WORKING_DAYS", start_event = "accepted", since = 2026-01-01, source = "河畔县承诺（虚构）" }
""",
    "materials.toml": """
[river-pass]
title = { zh-Hans = "渡河证", en = "River pass" }
max_files = 1
required = true
source = "河畔县实施方案（虚构） 四"
""",
    "guide.toml": """
[questions]
fields = ["retired-already", "sex", "birth-date", "employment", "post-category", "contribution-months"]
""",
    "parameters.toml": """
[flexible-months]
label = { zh-Hans = "弹性退休最多的月数", en = "Most months of flexible retirement" }
values = [
  { value = 24, since = 2025-01-01, source = "河畔县办法（虚构）" },
  { value = 12, since = 2028-01-01, source = "河畔县新办法（虚构）" },
]
""",
}


def with_riverside(folder: Path) -> Path:
    """The catalogue that is shipped, and the new folder in it."""
    catalogue = Path(shutil.copytree(CATALOGUE, folder / "catalogue"))
    (catalogue / "riverside").mkdir()
    for name, text in RIVERSIDE.items():
        (catalogue / "riverside" / name).write_text(text, encoding="utf-8")
    return catalogue
