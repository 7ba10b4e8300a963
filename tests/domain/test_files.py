"""What a handed-in file is, judged by its own bytes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import InvalidForm
from domain.file_kinds import MOST_BYTES, ContentType, content_type_of
from tests.papers import JPEG, PDF, PNG


@pytest.mark.parametrize(("content", "kind"), [(JPEG, ContentType.JPEG), (PNG, ContentType.PNG), (PDF, ContentType.PDF)])
def test_a_file_is_known_by_its_own_bytes(content: bytes, kind: ContentType) -> None:
    assert content_type_of(content) is kind


def test_a_photograph_padded_with_zeros_is_whole() -> None:
    assert content_type_of(JPEG + b"\x00" * 20) is ContentType.JPEG


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"<html><script>alert(1)</script></html>", "kind-not-accepted"),
        (b"MZ" + bytes(500), "kind-not-accepted"),
        (b"PK\x03\x04" + bytes(500), "kind-not-accepted"),
        (b"GIF89a" + bytes(500), "kind-not-accepted"),
        (b"\x00" + PDF, "kind-not-accepted"),
        (JPEG[:-1], "damaged"),
        (JPEG + b"<?php", "damaged"),
        (PNG[:-1], "damaged"),
        (PNG + b"more", "damaged"),
        (PNG[:16] + bytes(8) + PNG[24:], "damaged"),
        (PDF[:-200], "damaged"),
        (PDF + b"<script>", "damaged"),
        (b"%PDF-1.7 startxref 99999 %%EOF", "damaged"),
        (JPEG[:-2] + bytes(MOST_BYTES) + b"\xff\xd9", "too-large"),
    ],
)
def test_what_is_not_what_it_says_is_refused_by_name(content: bytes, code: str) -> None:
    with pytest.raises(InvalidForm) as refused:
        content_type_of(content)

    assert [issue.code for issue in refused.value.issues] == [code]


@given(st.sampled_from([JPEG, PNG, PDF]), st.data())
def test_a_file_cut_off_anywhere_is_refused(content: bytes, data: st.DataObject) -> None:
    cut = data.draw(st.integers(min_value=0, max_value=len(content.rstrip()) - 1))

    with pytest.raises(InvalidForm):
        content_type_of(content[:cut])


@given(st.binary(max_size=2000))
def test_no_bytes_at_all_break_the_check(content: bytes) -> None:
    with pytest.raises(InvalidForm):
        content_type_of(content)
