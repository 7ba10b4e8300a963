"""What each person chooses and what they would type, beside what registers know of them; and whose story cannot be told yet, and why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mocks.people import Resident, resident

Answer = str | Sequence[str]

FOR_EVERYBODY = ("normal-retirement", "pension", "medical-transfer", "housing-fund-withdrawal", "household-check")
WITH_DEEMED_YEARS = ("deemed-years", "medical-deemed-years")
WITH_ONE_CHILD = ("family-planning-reward",)

NOT_YET: Mapping[str, str] = {
    "li": "由女儿代办、跨省归集缴费、医保缴费不足补缴",
    "bao": "档案出生日期认定、军龄、材料丢失由中心代查",
    "wang": "岗位类别认定、灵活就业年限、对决定的申诉",
    "gao": "特殊工种审核与公示、补缴欠费、单位代办",
    "chen": "弹性提前与延迟退休、撤回重办、另选时间的测算",
    "zhao": "失业保险期间退休、缴费年限差三个月、与居民保险重复参保",
    "lin": "台湾居民证件、异常情况人工处理、繁体阅读",
    "sun": "病残津贴、监护人代办、身故之后的处理",
    "bai": "窗口与上门办理、档案遗失、纸质材料补录",
}
"""What the journey cannot tell yet, in a few words each."""

TOLD = "zhang, or anyone-8, anyone-9 … (made from that number)"
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
    evidence: str
    """The paper they hand in beside: 视同缴费年限补充材料."""


class CannotBeTold(Exception):
    """This person's story, or there is no such person."""


def traveller(key: str) -> Traveller:
    """Raises CannotBeTold, in a sentence."""
    person = resident(key)
    if person is None:
        raise CannotBeTold(
            f"没有叫 {key} 的人。可选：zhang，或 anyone-8、anyone-9 … 这样造出来的人。(There is nobody called {key}; PERSON may be {TOLD}.)"
        )
    if key in NOT_YET:
        raise CannotBeTold(
            f"{person.name}的故事还讲不了：需要{NOT_YET[key]}。可选：PERSON=zhang，或 anyone-8、anyone-9 … 这样造出来的人。"
            f"(This story waits for what it needs; PERSON may be {TOLD}.)"
        )
    return Traveller(person, _chosen(person), _typed(person), evidence=f"{person.work_started} 招工登记表（虚构）")


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
        "post-category": "MANAGEMENT_OR_TECHNICAL" if person.post == "管理岗位" else "ORDINARY",
        "retirement-kind": "NORMAL",
        "retirement-date": person.retires_on.isoformat(),
        "deemed-grounds": ["STATE_SERVICE"] if person.deemed_months else [],
        "only-child": "YES" if person.only_child else "NO",
        "bank": person.bank or "",
        "bank-account": person.bank_account or "",
    }
