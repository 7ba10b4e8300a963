"""Those who act for others: relatives, helpers, clerks, officers, an employer's people; and the enterprises with a legal account. Invented.

li-daughter, sun-husband             relatives of li and sun; volunteer is wang's son
helper, volunteer                    of the station apricot in Guyang, of the volunteers neighbours in Guangxi
clerk, officer, officer-2            of the counter halls in Guyang and Ejin Horo, of the department hrss in Guyang (the second reviews)
supervisor, counter-chief, department-chief    who appoint the helpers, the clerks, the officers
agent, boss, boss-2                  of ENTERPRISES: who files for its staff, and the legal representatives
"""

from dataclasses import dataclass
from datetime import date

from mocks.numbers import company_code, with_luhn, with_resident_check
from mocks.resident import Resident

FURNACE, MACHINES, CROWD = company_code("450200", 5), company_code("450100", 1), company_code("450100", 1000)
"""The employers of gao, of zhang, and of those of `anyone-N` who work in Nanning."""
PAID_UNTIL = 2026 * 12 + 10
PENSION_AT = {"男": 63, "女": 58}
"""For everybody born late enough, and a woman's post one of 58 (国务院关于渐进式延迟法定退休年龄的办法)."""


@dataclass(frozen=True, slots=True)
class Enterprise:
    """`representative`: the key of its legal representative (法定代表人), whose the legal account is."""

    key: str
    code: str
    name: str
    representative: str


ENTERPRISES = {
    one.key: one
    for one in (
        Enterprise("furnace", FURNACE, "柳州荷塘炉料有限公司", "boss"),
        Enterprise("crowd", CROWD, "南宁虚构实业有限公司", "boss"),
        Enterprise("machines", MACHINES, "南宁江畔机械制造有限公司", "boss-2"),
    )
}
"""Their names are those that their people's contribution records show."""


@dataclass(frozen=True, slots=True)
class _Place:
    area: str
    address: str
    insured_place: str
    region: str


_NANNING = _Place("450101", "广西壮族自治区南宁市江畔区", "广西壮族自治区南宁市", "guangxi")
_LIUZHOU = _Place("450201", "广西壮族自治区柳州市荷塘区", "广西壮族自治区柳州市", "guangxi")
_GUYANG = _Place("150201", "内蒙古自治区包头市固阳县山前镇", "内蒙古自治区包头市固阳县", "guyang")


def _other(serial: int, key: str, name: str, sex: str, born: date, place: _Place, *, since: str, works_for: str | None = None) -> Resident:
    """`since`: the month of their first contribution; `works_for`: the key of an enterprise."""
    employer = ENTERPRISES[works_for] if works_for else None
    year, month = map(int, since.split("-"))
    address = f"{place.address}梧桐巷{serial}号"
    return Resident(
        key=key,
        name=name,
        sex=sex,
        birth_date=born,
        document_number=with_resident_check(f"{place.area}{born:%Y%m%d}{700 + 2 * serial + (sex == '男'):03d}"),
        mobile=f"197{serial:08d}",
        ethnicity="汉族",
        address=address,
        household_address=address,
        retires_on=born.replace(year=born.year + PENSION_AT[sex]),
        work_started=since,
        contribution_months=PAID_UNTIL - (year * 12 + month - 1),
        region=place.region,
        insured_place=place.insured_place,
        employer=employer.name if employer else None,
        employer_code=employer.code if employer else None,
        post="管理岗位",
        bank="虚构银行",
        bank_account=with_luhn(f"620002{serial:012d}"),
    )


OTHERS = (
    _other(1, "li-daughter", "周晴禾", "女", date(1998, 4, 17), _LIUZHOU, since="2021-07"),
    _other(2, "sun-husband", "韩立恒", "男", date(1977, 9, 3), _NANNING, since="2001-03"),
    _other(3, "helper", "卢敏芝", "女", date(1988, 5, 20), _GUYANG, since="2011-09"),
    _other(4, "volunteer", "蒋晨阳", "男", date(2001, 2, 14), _NANNING, since="2023-07"),
    _other(5, "clerk", "何雅宁", "女", date(1990, 10, 8), _GUYANG, since="2013-08"),
    _other(6, "officer", "宋知远", "男", date(1984, 1, 25), _NANNING, since="2007-07"),
    _other(7, "officer-2", "唐若溪", "女", date(1982, 6, 6), _NANNING, since="2005-07"),
    _other(8, "supervisor", "秦素云", "女", date(1982, 11, 19), _GUYANG, since="2004-08"),
    _other(9, "counter-chief", "罗建平", "男", date(1979, 3, 30), _GUYANG, since="2001-08"),
    _other(10, "department-chief", "梁文昭", "男", date(1978, 7, 12), _NANNING, since="2000-07"),
    _other(11, "agent", "邓晓岚", "女", date(1991, 12, 3), _LIUZHOU, since="2014-07", works_for="furnace"),
    _other(12, "boss", "冯砚舟", "男", date(1977, 8, 28), _LIUZHOU, since="2000-01", works_for="furnace"),
    _other(13, "boss-2", "沈青屿", "男", date(1980, 5, 5), _NANNING, since="2003-06", works_for="machines"),
)


def legal_account(hint: str) -> tuple[str, Enterprise] | None:
    """`boss@furnace`: who signs in, and for which enterprise; None: that is no legal account of that person."""
    key, _, where = hint.partition("@")
    enterprise = ENTERPRISES.get(where)
    return (key, enterprise) if enterprise and enterprise.representative == key else None
