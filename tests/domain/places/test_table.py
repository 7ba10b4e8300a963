"""Is every fault of a table named with its line, and is a good one told county by county?"""

import pytest

from domain.places.table import CountyTable, Fault, Row, counties, faults_in
from tests.places import shipped_divisions

GOOD = (
    Row(2, "45", "广西壮族自治区"),
    Row(3, "4501", "南宁市", "45"),
    Row(4, "450102", "兴宁区"),
    Row(5, "450102001", "甲街道", "450102"),
    Row(6, "450102001001", "甲社区"),
    Row(7, "450103001", "乙街道"),
    Row(8, "450103001001", "乙社区", "450103001"),
    Row(9, "450103001002", "丙社区"),
    Row(10, "450103002", "丁镇"),
)


def faults(*rows: Row) -> list[Fault]:
    return list(faults_in(rows, shipped_divisions()))


def test_a_good_table_has_no_fault() -> None:
    assert faults(*GOOD) == []


def test_a_table_is_told_county_by_county() -> None:
    assert list(counties(GOOD)) == [
        CountyTable("450102", (("450102001", "甲街道"), ("450102001001", "甲社区"))),
        CountyTable("450103", (("450103001", "乙街道"), ("450103001001", "乙社区"), ("450103001002", "丙社区"), ("450103002", "丁镇"))),
    ]


@pytest.mark.parametrize(
    ("row", "what"),
    [
        (Row(11, "4501O3003", "戊镇"), "'4501O3003' is no code of a division"),
        (Row(11, "45010300", "戊镇"), "'45010300' is no code of a division"),
        (Row(11, "４５０１０３００３", "戊镇"), "is no code of a division"),
        (Row(11, "450103003", ""), "450103003 has no name"),
        (Row(11, "450103003", "戊" * 101), "longer than 100 characters"),
        (Row(11, "450103003", "戊镇", "450102"), "450103003 cannot belong to 450102: its code does not begin so; it belongs to 450103"),
        (Row(11, "45", "广西", "4"), "45 cannot belong to 4: its code does not begin so; it is a province"),
        (Row(11, "450103002", "丁镇"), "450103002 stands there twice"),
        (Row(11, "450103001009", "戊社区"), "450103001009 comes after 450103002; sort the lines by code as text"),
        (Row(11, "459999", "戊县"), "459999 戊县 is not known here; add it to catalogue/national/divisions.csv first"),
        (Row(11, "459999001", "戊镇"), "is in no county that is known here; add 459999"),
        (Row(11, "450103003001", "戊社区"), "450103003001 戊社区 has no town; 450103003 should stand before it"),
    ],
)
def test_what_is_wrong_with_a_row_is_named_with_its_line(row: Row, what: str) -> None:
    (fault,) = faults(*GOOD, row)

    assert fault.line == 11
    assert what in fault.what


def test_all_faults_are_named_and_not_only_the_first() -> None:
    assert [fault.line for fault in faults(Row(2, "x", "甲"), *GOOD[3:5], Row(12, "450103005", ""))] == [2, 12]
