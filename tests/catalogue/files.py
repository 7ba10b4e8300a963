"""A small catalogue that holds together, as TOML texts by path; a test changes one of them."""

import tomllib
from collections.abc import Mapping
from datetime import date

from domain.catalogue.build import Built, build
from domain.catalogue.layers import Files

TODAY = date(2026, 11, 23)
RULES = frozenset({"a-rule"})

TEXTS = {
    "national/departments.toml": '[hrss]\nname = { zh-Hans = "人社", en = "HRSS" }\n',
    "national/licences.toml": '[card]\nname = { zh-Hans = "证", en = "Card" }\nkind = "LICENCE"\nattributes = ["name"]\n',
    "national/materials.toml": """
[paper]
title = { zh-Hans = "材料", en = "Paper" }
max_files = 1
required = true
satisfied_by = ["card"]
needed_if = "a-rule"
""",
    "national/fields.toml": """
[name]
label = { zh-Hans = "姓名", en = "Name" }
kind = "TEXT"
required = true
locked = true
origins = [{ licence = "card", attribute = "name" }]

[sex]
label = { zh-Hans = "性别", en = "Sex" }
kind = "CHOICE"
options = [{ value = "MALE", label = { zh-Hans = "男", en = "Male" } }]
required = true
""",
    "national/sections.toml": '[identity]\ntitle = { zh-Hans = "身份", en = "Identity" }\nfields = ["name", "sex"]\n',
    "national/consents.toml": """
[identity]
version = "1"
title = { zh-Hans = "同意", en = "Consent" }
text = { zh-Hans = "读取姓名", en = "Read the name" }
spoken = { zh-Hans = "读取姓名", en = "Read the name" }
licences = ["card"]
""",
    "national/declarations.toml": """
[truth]
version = "1"
text = { zh-Hans = "属实", en = "True" }
spoken = { zh-Hans = "属实", en = "True" }
""",
    "national/parameters.toml": """
[minutes]
label = { zh-Hans = "分钟", en = "Minutes" }
values = [
  { value = 20, since = 2025-01-01, source = "a decision" },
  { value = 10, since = 2026-12-01, source = "another" },
]
""",
    "national/messages/all.toml": """
[event]
accepted = { zh-Hans = "受理之日", en = "acceptance" }

[greeting]
zh-Hans = "您好，{name}"
en = "Hello {name}"
""",
    "somewhere/region.toml": """
[about]
name = { zh-Hans = "某地", en = "Somewhere" }
title = { zh-Hans = "退休", en = "Retirement" }
source = "its document"
declared_total = 18
channels = ["PERSONAL", "COUNTER"]
""",
    "somewhere/items.toml": """
[check]
title = { zh-Hans = "确认", en = "Check" }
department = "hrss"
mode = "LOOKUP"
basic = true
source = "its document"
fields = ["name"]

[pension]
title = { zh-Hans = "养老金", en = "Pension" }
department = "hrss"
mode = "DECISION"
basic = true
certificate = true
source = "its document"
waits_for = ["check"]
materials = ["paper"]
fields = ["name", "sex"]
statutory_limit = { amount = 20, unit = "WORKING_DAYS", start_event = "accepted", since = 2023-12-01, source = "a law" }
""",
}


def parsed(texts: Mapping[str, str] = TEXTS, *, path: str = "", old: str = "", new: str = "") -> Files:
    """The texts as tables, with one passage of one of them replaced."""
    if path:
        assert old in texts.get(path, ""), f"{path} has no {old!r}"
        texts = {**texts, path: texts.get(path, "").replace(old, new, 1)}
    return {name: tomllib.loads(text) for name, text in texts.items()}


def traditional(text: str) -> str:
    return f"[{text}]"


def built(files: Files | None = None, *, today: date = TODAY) -> Built:
    return build(parsed() if files is None else files, hant=traditional, rules=RULES, named={}, today=today)
