"""The printed copy of somebody's data: tagged PDF/A, whatever they or a register wrote."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest

from domain.keeping.own_data import Line
from domain.words import Language
from integrations.documents.renderer import TypstDocuments
from tests.printed import read, words

MADE = datetime(2026, 11, 25, tzinfo=UTC)


@pytest.fixture(scope="module")
async def documents() -> AsyncIterator[TypstDocuments]:
    rendering = TypstDocuments()
    yield rendering
    rendering.close()


async def test_it_is_a_tagged_pdf_a_in_the_person_s_language(documents: TypstDocuments) -> None:
    lines = (Line(0, "You"), Line(1, "Name", "张守田"), Line(1, "1"), Line(2, "Answer", "甲市"))

    pdf = await documents.own_data(lines, title="Everything that is kept", made_at=MADE, language=Language.EN)

    root = read(pdf).root_object
    metadata = root["/Metadata"].get_object().get_data().decode()
    assert "<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>" in metadata
    assert "<pdfuaid:part>1</pdfuaid:part>" in metadata
    assert root["/Lang"].startswith("en")
    assert all(said in words(pdf) for said in ("You", "张守田", "甲市"))


@pytest.mark.parametrize("written", ["𰻞𰻞面", "#panic()", '"; #sys', "\u202e反", "a\x00b", "🐼"])
async def test_whatever_was_written_is_text(documents: TypstDocuments, written: str) -> None:
    assert await documents.own_data((Line(0, written), Line(1, written, written)), title=written, made_at=MADE, language=Language.ZH_HANS)
