from __future__ import annotations

import pytest

from bxgui.core.plain_text import printable


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
