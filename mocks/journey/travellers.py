"""What each person chooses and what they would type, beside what registers know of them; who files for them, and what is told later."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from mocks.journey.facts import post_category
from mocks.people import Resident, resident

Answer = str | Sequence[str]

FOR_EVERYBODY = ("normal-retirement", "pension", "medical-transfer", "housing-fund-withdrawal", "household-check")
WITH_DEEMED_YEARS = ("deemed-years", "medical-deemed-years")
WITH_ONE_CHILD = ("family-planning-reward",)
DEEMED_EVIDENCE = "deemed-years-evidence"

LATER: Mapping[str, str] = {
    "zhang": "一年没有动静之后的关怀与核实",
    "li": "由女儿代办、跨省归集缴费、医保缴费不足补缴",
    "bao": "档案出生日期认定、军龄、材料丢失由中心代查",
    "wang": "补交岗位证明、岗位类别认定、对决定的申诉",
    "gao": "特殊工种审核与公示、补缴欠费、单位代办",
    "chen": "单位催着提前、盖章晚了、撤回重办",
    "zhao": "失业保险期间退休、与居民保险重复参保",
    "lin": "税务系统不认九位证件、异常情况人工处理、补缴",
    "sun": "病残津贴、监护人代办、身故之后的处理",
    "bai": "窗口与上门办理、档案找到后重新计算、纸质材料补录",
}
"""What a story has yet to tell, in a few words."""

HELPERS: Mapping[str, str] = {"li": "女儿", "gao": "单位", "sun": "丈夫（监护人）", "bai": "帮办员"}
"""Who files for whoever does not file themselves."""

LANGUAGES: Mapping[str, str] = {"lin": "zh-Hant"}
"""Of those who read another one than simplified Chinese."""

PAPERS: Mapping[str, Mapping[str, str]] = {
    "lin": {
        "identity-card": "台湾居民来往大陆通行证（虚构）",
        "household-register-book": "台湾居民来往大陆通行证（没有户口簿，用它代替；虚构）",
    }
}
"""What they hand in where they do not have the paper that is asked for, by its code."""

TOLD = "zhang, li, bao, wang, gao, chen, zhao, lin, sun, bai, or anyone-8, anyone-9 … (made from that number)"
"""Whose story can be told."""

LIVES: Mapping[str, str] = {
    "广西壮族自治区南宁市": "45/4501/450103",
    "广西壮族自治区柳州市": "45/4502/450203",
    "广西壮族自治区桂林市": "45/4503/450302",
    "广西壮族自治区梧州市": "45/4504/450403",
    "广西壮族自治区北海市": "45/4505/450502",
    "广西壮族自治区玉林市": "45/4509/450902",
    "广西壮族自治区百色市": "45/4510/451002",
    "广西壮族自治区河池市": "45/4512/451202",
    "内蒙古自治区包头市固阳县": "15/1502/150222",
    "内蒙古自治区鄂尔多斯市伊金霍洛旗": "15/1506/150627",
}
"""What they choose in the drop-downs: the invented districts of their addresses are in no official table, so a real one stands in."""


@dataclass(frozen=True, slots=True)
class Traveller:
    person: Resident
    items: Sequence[str]
    answers: Mapping[str, Answer]
    papers: Mapping[str, str]
    """What is on the papers they hand in, where that is something special, by the material's code."""
    language: str = "zh-Hans"
    helper: str | None = None
    later: str = "这个人是按号码造出来的，讲到这里为止"


class CannotBeTold(Exception):
    """There is no such person."""


def traveller(key: str) -> Traveller:
    """Raises CannotBeTold, in a sentence."""
    person = resident(key)
    if person is None:
        raise CannotBeTold(
            f"没有叫 {key} 的人。可选：{'、'.join(LATER)}，或 anyone-8、anyone-9 … 这样造出来的人。"
            f"(There is nobody called {key}; PERSON may be {TOLD}.)"
        )
    evidence = {DEEMED_EVIDENCE: f"{person.work_started} 招工登记表（虚构）"}
    of_theirs = Traveller(person, _chosen(person), _typed(person), {**evidence, **PAPERS.get(key, {})})
    if key not in LATER:
        return of_theirs
    return replace(of_theirs, language=LANGUAGES.get(key, "zh-Hans"), helper=HELPERS.get(key), later=LATER[key])


def _chosen(person: Resident) -> tuple[str, ...]:
    """The codes of the items."""
    return (*FOR_EVERYBODY, *(WITH_DEEMED_YEARS if person.deemed_months else ()), *(WITH_ONE_CHILD if person.only_child else ()))


def _typed(person: Resident) -> dict[str, Answer]:
    """By the form's keys; most is only asked where no register has answered."""
    street = person.address.removeprefix(person.insured_place)
    return {
        "name": person.name,
        "sex": "MALE" if person.sex == "男" else "FEMALE",
        "birth-date": person.birth_date.isoformat(),
        "document-number": person.document_number,
        "household-address": person.household_address or person.address,
        "employer": person.employer or "灵活就业",
        "work-started": f"{person.work_started}-01",
        "insured-place": person.insured_place,
        "contribution-months": str(person.contribution_months),
        "mobile": person.mobile or "",
        "living-division": LIVES[person.insured_place],
        "living-address": street.partition("区")[2] or street,
        "post-category": post_category(person),
        "retirement-kind": "NORMAL",
        "retirement-date": person.retires_on.isoformat(),
        "deemed-grounds": ["STATE_SERVICE"] if person.deemed_months else [],
        "only-child": "YES" if person.only_child else "NO",
        "bank": person.bank or "",
        "bank-account": person.bank_account or "",
    }
