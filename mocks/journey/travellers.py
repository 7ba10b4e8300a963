"""What each person chooses and what they would type, beside what registers know of them; who files for them, and what is told later."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from mocks.journey.facts import post_category, told
from mocks.people import Resident, resident

Answer = str | Sequence[str]

FOR_EVERYBODY = ("normal-retirement", "pension", "medical-transfer", "housing-fund-withdrawal", "household-check")
WITH_DEEMED_YEARS = ("deemed-years", "medical-deemed-years")
WITH_ONE_CHILD = ("family-planning-reward",)
DEEMED_EVIDENCE = "deemed-years-evidence"

LATER: Mapping[str, str] = {
    "zhang": "一年没有动静之后的关怀与核实",
    "li": "跨省归集缴费、医保缴费不足补缴",
    "bao": "档案出生日期认定、军龄、材料丢失由中心代查",
    "wang": "补交岗位证明、岗位类别认定、对决定的申诉",
    "gao": "特殊工种公示与三级审核、补缴欠费",
    "chen": "单位催着提前、盖章晚了、撤回重办",
    "zhao": "失业保险期间退休、与居民保险重复参保",
    "lin": "税务系统不认九位证件、异常情况人工处理、补缴",
    "sun": "劳动能力鉴定、身故之后的处理",
    "bai": "邮寄结果、档案找到后重新计算",
}
"""What a story has yet to tell, in a few words."""

HELPERS: Mapping[str, tuple[str, str]] = {
    "li": ("女儿", "li-daughter"),
    "gao": ("单位", "agent"),
    "sun": ("丈夫", "sun-husband"),
    "bai": ("邻居", "helper"),
}
"""Who acts for whoever does not file alone: in a word, and by key."""

GUARDED = frozenset({"sun"})
"""Those for whom the register names a guardian: that helper."""

BY_ANOTHER_WAY: Mapping[str, Mapping[str, Answer]] = {
    "bao": {"retirement-date": "2026-12-21"},
    "gao": {"retirement-kind": "SPECIAL_POST", "retirement-date": "2026-08-09"},
    "sun": {"retirement-kind": "DISABILITY", "retirement-date": "2026-11-23"},
}
"""What they answer who do not retire by the age that stands on their card."""

BESIDES: Mapping[str, Mapping[str, Answer]] = {
    "bao": {
        "name-differs-in-archive": "NO",
        "first-paid": "1995-06",
        "handbook-lost": "YES",
        "back-paid": "YES",
        "back-paid-from": "1995-12",
        "tax-receipt-lost": "YES",
    },
    "sun": {"appraisal-number": "劳鉴〔2026〕00119号（虚构）", "appraisal-date": "2026-09-15"},
    "bai": {"mobile": "19700000003"},
}
"""What only their own form asks; bai has no phone, and leaves the number of the neighbour who brought the paper."""

LEFT_OUT: Mapping[str, frozenset[str]] = {"gao": frozenset({"normal-retirement"})}
"""What the guide offers besides, and they do not choose: who retires from a special post does not retire by age."""

LANGUAGES: Mapping[str, str] = {"lin": "zh-Hant"}
"""Of those who read another one than simplified Chinese."""

PAPERS: Mapping[str, Mapping[str, str]] = {
    "lin": {
        "identity-card": "台湾居民来往大陆通行证（虚构）",
        "household-register-book": "台湾居民来往大陆通行证（没有户口簿，用它代替；虚构）",
    },
    "bai": {
        "icbc-card": "社会保障卡开户受理回执（虚构）",
        "lost-archive-application": "丢失档案人员个人退休申请（虚构）",
        "lost-archive-promise": "个人承诺书，有签字和手印（虚构）",
    },
}
"""What they hand in where they do not have the paper that is asked for, by its code."""

TOLD = "zhang, li, bao, wang, gao, chen, zhao, lin, sun, bai, officer, or anyone-8, anyone-9 … (made from that number)"
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
    helper_key: str = ""
    guardian: str | None = None
    leaves_out: frozenset[str] = frozenset()
    known: Mapping[str, Answer] = field(default_factory=dict)
    later: str = "这个人是按号码造出来的，讲到这里为止"

    @property
    def retires_on(self) -> str:
        return str(self.answers["retirement-date"])


class CannotBeTold(Exception):
    """There is no such person."""


def traveller(key: str) -> Traveller:
    """Raises CannotBeTold, in a sentence."""
    person = resident(key)
    if person is None:
        raise CannotBeTold(
            f"没有叫 {key} 的人。可选：{'、'.join(LATER)}，工作人员 officer，或 anyone-8、anyone-9 … 这样造出来的人。"
            f"(There is nobody called {key}; PERSON may be {TOLD}.)"
        )
    evidence = {DEEMED_EVIDENCE: f"{person.work_started} 招工登记表（虚构）"}
    typed = {**_typed(person), **BY_ANOTHER_WAY.get(key, {}), **BESIDES.get(key, {})}
    of_theirs = Traveller(person, _chosen(person), typed, {**evidence, **PAPERS.get(key, {})}, known=told(person))
    if key not in LATER:
        return of_theirs
    helper, by_key = HELPERS.get(key, (None, ""))
    return replace(
        of_theirs,
        language=LANGUAGES.get(key, "zh-Hans"),
        helper=helper,
        helper_key=by_key,
        guardian=by_key if key in GUARDED else None,
        leaves_out=LEFT_OUT.get(key, frozenset()),
        later=LATER[key],
    )


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
