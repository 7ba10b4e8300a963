"""The printed certificate: everything it must say, readable by eye, ear and archive, whatever a name is made of."""

import re
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from integrations.documents.renderer import TypstDocuments
from tests.certificates import CHECK_URL, ISSUER, ZHANG, facts
from tests.printed import content, drawn, elements, everything, modules, named, png, read, words

FONT_FILES = {"/FontFile", "/FontFile2", "/FontFile3"}


@pytest.fixture(scope="module")
async def documents() -> AsyncIterator[TypstDocuments]:
    rendering = TypstDocuments()
    yield rendering
    rendering.close()


async def test_everything_that_a_certificate_says_stands_on_it(documents: TypstDocuments) -> None:
    said = words(await documents.certificate(content()))

    expected = [
        *("退休证", "TXGX20267F3A", "张丰年", "男", "壮族", "1966年6月15日", "450101196606150017"),
        *("1992年7月", "2026年11月15日", "正常退休", "34年4个月（其中视同缴费3年2个月）", "南宁虚构机械制造有限公司", "工人"),
        *("2026年12月", "广西壮族自治区南宁市", "GX-2026-7f3a-05", ISSUER.hans, "2026年11月23日"),
        *("1.2.156.3005.2.11000000PLACEHLD0D000.11000000PLACEHLD0D.TXGX20267F3A.001.",),
    ]
    assert [missing for missing in expected if missing not in said] == []


@pytest.mark.row("B10")
async def test_it_is_a_tagged_pdf_a(documents: TypstDocuments) -> None:
    pdf = await documents.certificate(content(portrait=png(90, 120)))

    root = read(pdf).root_object
    metadata = root["/Metadata"].get_object().get_data().decode()
    assert "<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>" in metadata
    assert "<pdfuaid:part>1</pdfuaid:part>" in metadata
    assert (root["/MarkInfo"]["/Marked"].value, root["/Lang"]) == (True, "zh-CN")
    assert root["/OutputIntents"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert not re.search(rb"/LZWDecode|/Encrypt|/JavaScript", pdf)


@pytest.mark.row("B10")
async def test_it_brings_every_letter_that_it_is_written_in(documents: TypstDocuments) -> None:
    pdf = await documents.certificate(content(holder=replace(ZHANG, name="阿不都·Али 𰻞🐼"), portrait=png(90, 120)))

    fonts = [thing for thing in everything(pdf) if thing.get("/Type") == "/Font" and thing["/Subtype"] != "/Type0"]
    brought = {font["/BaseFont"]: font.get("/FontDescriptor", {}).keys() & FONT_FILES for font in fonts}
    assert len(brought) >= 2
    assert [name for name, files in brought.items() if not files] == []


@pytest.mark.row("B10")
async def test_who_cannot_see_it_can_have_it_read_out(documents: TypstDocuments) -> None:
    found = list(elements(await documents.certificate(content(portrait=png(90, 120)))))

    kinds = [element.get("/S") for element in found]
    assert kinds.count("/H1") == 1
    assert kinds.count("/Lbl") == kinds.count("/LBody") == 15
    assert [element["/Alt"] for element in found if "/Alt" in element] == [
        "持证人照片",
        f"查验入口：{CHECK_URL}",
        f"印章：{ISSUER.hans}电子证照专用章",
    ]


async def test_it_never_shows_what_the_pension_comes_to(documents: TypstDocuments) -> None:
    said = words(await documents.certificate(content()))

    assert not re.search(r"元|金额|￥|¥", said)


@pytest.mark.parametrize("name", ["阿不都热合曼·买买提艾力·吐尔逊", "#强*[_x_]* $y$ @z <b> \\u{41} `c`", "欧阳\"清'风", "龘䶮𰻞"])
async def test_a_name_stands_as_it_is_whatever_it_is_made_of(documents: TypstDocuments, name: str) -> None:
    assert re.sub(r"\s", "", name) in words(await documents.certificate(named(name)))


@pytest.mark.parametrize(
    ("name", "code"),
    [("李𠮷祥", "20BB7"), ("王\ue123", "E123"), ("赵🐼", "1F43C"), ("孙\x01", "0001"), ("钱\u202e", "202E"), ("周\ud800", "D800")],
)
async def test_a_letter_that_no_font_has_is_shown_by_its_code(documents: TypstDocuments, name: str, code: str) -> None:
    said = words(await documents.certificate(named(name)))

    assert name[0] in said
    assert code in said
    assert "方框内为字库未收之字的统一码" in said


async def test_a_chosen_variant_of_a_letter_falls_back_to_the_letter(documents: TypstDocuments) -> None:
    said = words(await documents.certificate(named("葛\U000e0100城")))

    assert "葛城" in said
    assert "统一码" not in said


async def test_what_is_not_known_is_a_dash_and_a_missing_portrait_says_so(documents: TypstDocuments) -> None:
    said = words(await documents.certificate(content(said=facts(ethnicity="", last_employer=""))))

    assert "民族—出生日期" in said
    assert "照片未取得" in said


@pytest.mark.parametrize("portrait", [b"\xff\xd8\xff broken", b"\x89PNG\r\n\x1a\n", b"<svg/>", b""])
async def test_a_portrait_that_cannot_be_read_costs_the_portrait_only(documents: TypstDocuments, portrait: bytes) -> None:
    assert "照片未取得" in words(await documents.certificate(content(portrait=portrait)))


async def test_long_words_wrap_and_stay_on_one_page(documents: TypstDocuments) -> None:
    said = facts(
        last_employer="内蒙古自治区鄂尔多斯市伊金霍洛旗虚构煤炭运销及综合能源服务有限责任公司第二分公司",
        last_post="高级工程师（享受教授、研究员同等有关方面待遇）",
        claim_place="内蒙古自治区鄂尔多斯市伊金霍洛旗阿勒腾席热镇",
    )

    pdf = await documents.certificate(content(holder=replace(ZHANG, name="阿不都热合曼·买买提艾力·吐尔逊"), said=said))

    assert len(read(pdf).pages) == 1
    assert said.last_employer in words(pdf)


@pytest.mark.parametrize("text", [CHECK_URL, f"{CHECK_URL}/01AB-CDEF-GHJK"])
def test_the_drawn_code_is_the_code_of_the_address(text: str) -> None:
    svg = TypstDocuments().qr_svg(text)

    assert drawn(svg) == modules(text)
