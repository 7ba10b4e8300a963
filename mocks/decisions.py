"""What each department decides about each item, from what it knows of the person. The codes are the catalogue's; tax has none there yet."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from mocks.payers import wrong_number
from mocks.resident import Resident

FULL_MONTHS = 180
"""The minimum for a pension in 2026."""
FULL_MEDICAL_MONTHS = 240


@dataclass(frozen=True, slots=True)
class Verdict:
    outcome: str
    text: str
    reasons: tuple[str, ...] = ()


def _granted(text: str) -> Verdict:
    return Verdict("GRANTED", text)


def _refused(*reasons: str) -> Verdict:
    return Verdict("REFUSED", "不予通过：" + "；".join(reasons), reasons)


def _chinese(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _normal_retirement(person: Resident, today: date) -> Verdict:
    if today < person.retires_on:
        return _refused(f"{_chinese(person.retires_on)}才达到法定退休年龄")
    return _granted(f"{_chinese(person.retires_on)}达到法定退休年龄，确认领取基本养老保险待遇资格")


def _special_post(person: Resident, today: date) -> Verdict:
    if person.special_post is None:
        return _refused("档案中没有特殊工种工作经历")
    return _granted(f"{person.special_post}岗位累计{person.special_post_months}个月，符合特殊工种提前退休条件")


def _disability(person: Resident, today: date) -> Verdict:
    if not person.incapacitated:
        return _refused("没有“完全丧失劳动能力”的鉴定结论")
    return _granted("经鉴定完全丧失劳动能力，符合病残津贴申领条件")


def _deemed_years(person: Resident, today: date) -> Verdict:
    if person.archive_lost:
        return _refused(f"档案遗失，所报{person.deemed_unproven_months}个月视同缴费年限无法认定")
    if not person.deemed_months:
        return _refused("档案中没有可以认定为视同缴费年限的经历")
    return _granted(f"认定视同缴费年限{person.deemed_months}个月")


def _pension(person: Resident, today: date) -> Verdict:
    short = FULL_MONTHS - person.contribution_months
    if short > 0:
        return _refused(f"累计缴费{person.contribution_months}个月，距最低缴费年限还差{short}个月")
    return _granted(f"核定缴费年限{person.contribution_months}个月，其中视同缴费{person.deemed_months}个月，养老金从退休次月起发放")


def _medical_transfer(person: Resident, today: date) -> Verdict:
    short = FULL_MEDICAL_MONTHS - person.medical_months
    if short > 0:
        return _refused(f"职工医保累计缴费{person.medical_months}个月，还差{short}个月，补缴后可再申报")
    return _granted("已转为退休人员医疗保险待遇")


def _medical_deemed_years(person: Resident, today: date) -> Verdict:
    if not person.deemed_months:
        return _refused("没有可以核定的医保视同缴费年限")
    return _granted(f"核定医保视同缴费年限{person.deemed_months}个月")


def _housing_fund(person: Resident, today: date) -> Verdict:
    if person.housing_fund is None:
        return _refused("没有查到您的住房公积金账户")
    return _granted("准予提取，账户余额本息一次转入您的收款账户")


def _family_planning(person: Resident, today: date) -> Verdict:
    if not person.only_child:
        return _refused("没有查到独生子女父母登记")
    return _granted("符合计划生育奖励条件，奖励金随养老金发放")


def _payer(person: Resident, today: date) -> Verdict:
    owed = f"，欠费{person.arrears_months}个月" if person.arrears_months else ""
    return _granted(f"缴费人登记信息核对一致{owed}")


def _card(person: Resident, today: date) -> Verdict:
    return _granted("社会保障卡已制发")


def _relation_transfer(person: Resident, today: date) -> Verdict:
    return _granted("养老保险关系已核对，缴费记录已归集")


def _claim(person: Resident, today: date) -> Verdict:
    return _granted("已受理，待退休审批通过后核定待遇")


def _payout_account(person: Resident, today: date) -> Verdict:
    return _granted("养老金发放账户已登记")


def _social_management(person: Resident, today: date) -> Verdict:
    return _granted("已纳入社区社会化管理服务")


def _labour_record(person: Resident, today: date) -> Verdict:
    return _granted("劳动用工备案已办结") if person.employer else _refused("没有查到用人单位")


def _arrears(person: Resident, today: date) -> Verdict:
    return _granted(f"已补缴欠费{person.arrears_months}个月" if person.arrears_months else "没有欠费，不用补缴")


def _certificate(person: Resident, today: date) -> Verdict:
    return _granted("准予制发电子退休证")


def _household(person: Resident, today: date) -> Verdict:
    if person.household_address is None:
        return Verdict("NOT_FOUND", "没有查到户籍登记")
    return Verdict("FOUND", "户籍信息核对一致")


def _payout_change(person: Resident, today: date) -> Verdict:
    """Beside the catalogue's items: money goes to another account from now on."""
    return Verdict("TOLD", "已记录新的收款账户")


Decide = Callable[[Resident, date], Verdict]

DEPARTMENTS: dict[str, dict[str, Decide]] = {
    "hrss": {
        "normal-retirement": _normal_retirement,
        "special-post-retirement": _special_post,
        "disability-retirement": _disability,
        "deemed-years": _deemed_years,
        "pension": _pension,
        "retirement-approval": _normal_retirement,
        "pension-claim": _claim,
        "payout-account": _payout_account,
        "social-management": _social_management,
        "labour-record": _labour_record,
        "arrears-payment": _arrears,
        "social-security-card": _card,
        "relation-transfer": _relation_transfer,
        "retirement-certificate": _certificate,
        "payout-change": _payout_change,
    },
    "medical": {
        "medical-transfer": _medical_transfer,
        "medical-deemed-years": _medical_deemed_years,
        "medical-years": _medical_transfer,
    },
    "housing-fund": {"housing-fund-withdrawal": _housing_fund, "payout-change": _payout_change},
    "health": {"family-planning-reward": _family_planning, "only-child-reward": _family_planning, "payout-change": _payout_change},
    "police": {"household-check": _household},
    "tax": {"payer-check": _payer},
}

BY_HAND = frozenset({"retirement-approval"})
"""What a department's system takes in and leaves to an officer, unless `_behave` says how it answers."""

WRONG_NUMBER: dict[str, Callable[[str, str], str | None]] = {"tax": wrong_number}
"""Departments that look at kind and number of the document before anything else, and hand back what is not right."""


def verdict(decide: Decide, person: Resident | None, today: date) -> Verdict:
    if person is not None:
        return decide(person, today)
    if decide is _household:
        return Verdict("NOT_FOUND", "没有查到户籍登记")
    return _refused("本部门没有这位申请人的记录")
