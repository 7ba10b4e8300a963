"""Under which surnames somebody is found: most have one character, some two (复姓), and a passport's name stands in any order."""

import re
from unicodedata import normalize

COMPOUND = frozenset(
    [
        "欧阳",
        "太史",
        "端木",
        "上官",
        "司马",
        "东方",
        "独孤",
        "南宫",
        "万俟",
        "闻人",
        "夏侯",
        "诸葛",
        "尉迟",
        "公羊",
        "赫连",
        "澹台",
        "皇甫",
        "宗政",
        "濮阳",
        "公冶",
        "太叔",
        "申屠",
        "公孙",
        "慕容",
        "仲孙",
        "钟离",
        "长孙",
        "宇文",
        "司徒",
        "鲜于",
        "司空",
        "闾丘",
        "子车",
        "亓官",
        "司寇",
        "巫马",
        "公西",
        "颛孙",
        "壤驷",
        "公良",
        "漆雕",
        "乐正",
        "宰父",
        "谷梁",
        "拓跋",
        "夹谷",
        "轩辕",
        "令狐",
        "段干",
        "百里",
        "呼延",
        "东郭",
        "南门",
        "羊舌",
        "微生",
        "梁丘",
        "左丘",
        "东门",
        "西门",
        "第五",
        "歐陽",
        "司馬",
        "東方",
        "獨孤",
        "南宮",
        "聞人",
        "諸葛",
        "尉遲",
        "赫連",
        "濮陽",
        "公孫",
        "鍾離",
        "長孫",
        "鮮于",
        "閭丘",
        "子車",
        "巫馬",
        "顓孫",
        "壤駟",
        "樂正",
        "穀梁",
        "夾谷",
        "軒轅",
        "東郭",
        "南門",
        "東門",
        "西門",
    ]
)
"""百家姓 and those of the north, in simplified and traditional characters."""

_BETWEEN = re.compile(r"[\s,，·•・‧]+")


def plain_name(written: str) -> str:
    """As names are compared: full-width letters plain, no spaces or middle dots, small letters."""
    return "".join(character for character in normalize("NFKC", written) if character.isalnum()).casefold()


def surnames_of(name: str) -> tuple[str, ...]:
    """欧阳清 is found under 欧阳 and 欧; GARCIA, ANA and 阿依古丽·买买提 under each part."""
    plain = plain_name(name)
    parts = tuple(filter(None, map(plain_name, _BETWEEN.split(name))))
    if len(parts) > 1 or plain.isascii():
        return tuple(dict.fromkeys(parts))
    compound = (plain[:2],) if plain[:2] in COMPOUND and len(plain) > 2 else ()
    return (*compound, plain[:1])
