from __future__ import annotations

import codecs

import pytest

from bxgui.core.encoded_text import decoded

TEXT = '{"Ж": "😀"}'


@pytest.mark.parametrize(
    "raw",
    [
        TEXT.encode(),
        codecs.BOM_UTF8 + TEXT.encode(),
        codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
    ],
)
def test_a_byte_order_mark_tells_the_encoding(raw: bytes) -> None:
    assert decoded(raw) == TEXT


@pytest.mark.parametrize("raw", ["Ж".encode("cp1251"), codecs.BOM_UTF16_LE + b"a"])
def test_other_bytes_are_no_text(raw: bytes) -> None:
    with pytest.raises(UnicodeDecodeError):
        decoded(raw)
