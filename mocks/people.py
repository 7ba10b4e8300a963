"""Everybody whom the stand-ins know: the ten of people.md, those who act for others, and any number more made from a seed.

All stand-ins look people up here, so that licences, contributions and funds agree. A person made from a seed is found again by
document number alone, because the number holds the seed: nothing has to be kept or configured. Their keys are `anyone-17`, and
`anyone-17-PASSPORT` for one with another document than the resident ID; `elder-17` lives in Guyang.
"""

import random
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from mocks.numbers import company_code, with_luhn, with_resident_check
from mocks.others import OTHERS
from mocks.resident import InsuredPlace, Resident
from mocks.ten import THE_TEN

__all__ = ["CROWD", "ELDERS", "PEOPLE", "RETIREES", "InsuredPlace", "Resident", "anyone", "elder", "find", "resident"]

RETIREES: dict[str, Resident] = {person.key: person for person in THE_TEN}
PEOPLE: dict[str, Resident] = RETIREES | {person.key: person for person in OTHERS}

DAYS, ORDERS = 240, 450
ELDERS = 100_000
"""How many there are beside them in Guyang: `elder-17`."""
CROWD = DAYS * ORDERS * 2
"""How many people there are for each kind of document."""
FIRST_BIRTHDAY = {"男": date(1965, 10, 1), "女": date(1970, 10, 1)}
LAST_PAID = 2026 * 12 + 9
ACCOUNTS_SINCE = 1996 * 12
"""Months before individual accounts began count as deemed; counted from year 0."""

GUYANG = "150201"
SURNAMES = "韦黄覃陆梁莫卢蒙农罗"
GIVEN = "安贝川达恩帆谷禾吉凯兰木宁朴秋荣思棠闻溪"
TOWNS = ("南宁", "柳州", "桂林", "梧州", "北海", "玉林", "百色", "河池")


def _eighteen(area: str) -> Callable[[int], str]:
    def number(seed: int) -> str:
        order = seed // 2 // DAYS * 2 + (seed + 1) % 2
        return with_resident_check(f"{area}{_birth_date(seed):%Y%m%d}{order:03d}")

    return number


_NUMBERS: dict[str, Callable[[int], str]] = {
    "RESIDENT_ID": _eighteen("450101"),
    "HK_MACAO_RESIDENCE": _eighteen("810000"),
    "TAIWAN_RESIDENCE": _eighteen("830000"),
    "HK_MACAO_PERMIT": "H{:08d}".format,
    "TAIWAN_PERMIT": "{:08d}".format,
    "FOREIGN_PERMANENT_RESIDENT": "UTO{:012d}".format,
    "PASSPORT": "E{:08d}".format,
}


def _birth_date(seed: int) -> date:
    return FIRST_BIRTHDAY[_sex(seed)] + timedelta(days=seed // 2 % DAYS)


def _sex(seed: int) -> str:
    return "女" if seed % 2 else "男"


def anyone(seed: int, document_kind: str = "RESIDENT_ID") -> Resident:
    """The same person for the same seed (below CROWD), at or just past retirement age in November 2026; a woman's post is one of 55."""
    if not 0 <= seed < CROWD:
        raise ValueError(f"there are {CROWD} people of each kind; no number {seed}")
    chance = random.Random(seed)
    town, months, birth_date = chance.choice(TOWNS), chance.randint(240, 420), _birth_date(seed)
    address = f"广西壮族自治区{town}市虚构区{chance.choice(GIVEN)}{chance.choice(GIVEN)}路{chance.randint(1, 400)}号"
    at_home = document_kind == "RESIDENT_ID"
    return Resident(
        key=f"anyone-{seed}" if at_home else f"anyone-{seed}-{document_kind}",
        name=chance.choice(SURNAMES) + chance.choice(GIVEN) + chance.choice(GIVEN),
        sex=_sex(seed),
        birth_date=birth_date,
        document_kind=document_kind,
        document_number=_NUMBERS[document_kind](seed),
        mobile=f"198{seed:08d}",
        ethnicity=chance.choice(("汉族", "壮族", "瑶族")) if at_home else None,
        address=address,
        household_address=address if at_home else None,
        retires_on=_retires_on(seed),
        work_started=_month(LAST_PAID - months + 1),
        contribution_months=months,
        deemed_months=max(0, ACCOUNTS_SINCE - (LAST_PAID - months + 1)),
        insured_place=f"广西壮族自治区{town}市",
        employer=f"{town}虚构实业有限公司",
        employer_code=company_code("450100", 1000 + TOWNS.index(town)),
        post="管理岗位" if seed % 2 else "工人",
        only_child=chance.random() < 0.4,
        bank="虚构银行",
        bank_account=with_luhn(f"620001{seed:012d}"),
        card_expired=seed % 10 == 3,
        housing_fund=f"{chance.randint(1000, 200000)}.{chance.randint(0, 99):02d}",
    )


def elder(seed: int) -> Resident:
    """Somebody of Guyang who has worked for themselves."""
    street = f"山前镇杏花村{seed % 400 + 1}号"
    return replace(
        anyone(seed),
        key=f"elder-{seed}",
        document_number=_eighteen(GUYANG)(seed),
        mobile=f"196{seed:08d}",
        ethnicity="汉族",
        address=f"内蒙古自治区包头市固阳县{street}",
        household_address=f"内蒙古自治区包头市固阳县{street}",
        deemed_months=0,
        region="guyang",
        insured_place="内蒙古自治区包头市固阳县",
        employer=None,
        employer_code=None,
        post="灵活就业",
        only_child=False,
        card_expired=False,
        housing_fund=None,
    )


def _month(count: int) -> str:
    return f"{count // 12}-{count % 12 + 1:02d}"


def _retires_on(seed: int) -> date:
    """One month later for every four months of birth since January 1965 (men at 60) or 1970 (women at 55)."""
    born = _birth_date(seed)
    first, years = (1970, 55) if seed % 2 else (1965, 60)
    delay = ((born.year - first) * 12 + born.month - 1) // 4 + 1
    month = (born.year + years) * 12 + born.month - 1 + delay
    next_month = date((month + 1) // 12, (month + 1) % 12 + 1, 1)
    return min(date(month // 12, month % 12 + 1, 1) + timedelta(days=born.day - 1), next_month - timedelta(days=1))


def resident(key: str) -> Resident | None:
    if key in PEOPLE:
        return PEOPLE[key]
    if old := re.fullmatch(r"elder-(\d{1,5})", key):
        return elder(int(old[1]))
    made = re.fullmatch(r"anyone-(\d{1,6})(?:-([A-Z_]+))?", key)
    return _known(int(made[1]), made[2] or "RESIDENT_ID") if made else None


def _known(seed: int, document_kind: str) -> Resident | None:
    return anyone(seed, document_kind) if 0 <= seed < CROWD and document_kind in _NUMBERS else None


def find(document_kind: str, document_number: str) -> Resident | None:
    """Whoever holds that document."""
    for person in PEOPLE.values():
        if (person.document_kind, person.document_number) == (document_kind, document_number):
            return person
    seed = _seed(document_number)
    if seed is not None and 0 <= seed < ELDERS and document_number == elder(seed).document_number:
        return elder(seed) if document_kind == "RESIDENT_ID" else None
    person_made = _known(seed, document_kind) if seed is not None else None
    return person_made if person_made and person_made.document_number == document_number else None


def _seed(document_number: str) -> int | None:
    """The seed that such a number would have been made from."""
    if len(document_number) != 18:
        digits = re.sub(r"\D", "", document_number)
        return int(digits) if digits else None
    return _seed_of_eighteen(document_number)


def _seed_of_eighteen(number: str) -> int | None:
    parts = re.fullmatch(r"\d{6}(\d{4})(\d{2})(\d{2})(\d{3})[\dX]", number)
    if not parts:
        return None
    year, month, day, order = map(int, parts.groups())
    sex = "男" if order % 2 else "女"
    try:
        days = (date(year, month, day) - FIRST_BIRTHDAY[sex]).days
    except ValueError:
        return None
    return (order // 2 * DAYS + days) * 2 + (sex == "女")
