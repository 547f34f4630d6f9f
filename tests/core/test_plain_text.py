from __future__ import annotations

import pytest

from bxgui.core.plain_text import brief, printable


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Проверить № 10", "Проверить № 10"),
        ("a\tb", "a\tb"),
        ("a\nb\rc", "a\ufffdb\ufffdc"),
        ("\x1b]0;owned\x07", "\ufffd]0;owned\ufffd"),
        ("\x9b2J", "\ufffd2J"),
        ("a\u202eb\u2028c", "a\ufffdb\ufffdc"),
        ("\udcff", "\ufffd"),
    ],
)
def test_what_cannot_be_seen_is_replaced(text: str, shown: str) -> None:
    assert printable(text) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [("abc", "abc"), ("abcd", "abc…"), ("a\nb", "a\ufffdb"), ("x" * 10**6, "xxx…")],
)
def test_a_brief_text_is_cut(text: str, shown: str) -> None:
    assert brief(text, 3) == shown


def test_half_of_a_character_is_replaced() -> None:
    assert printable(chr(0xD800)) == "\ufffd"
