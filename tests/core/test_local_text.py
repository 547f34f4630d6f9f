from __future__ import annotations

import pytest

from bxgui.core.local_text import LocalText, plain, read_local_text


@pytest.mark.parametrize(
    ("given", "language", "text"),
    [
        ("Title", "ru", "Title"),
        ({"ru": "Заголовок", "en": "Title"}, "en", "Title"),
        ({"RU": "Заголовок", "en": "Title"}, "ru", "Заголовок"),
        ({"ru": "Заголовок", "en": "Title"}, "de", "Title"),
        ({"ru": "Заголовок", "en": ""}, "en", "Заголовок"),
        ({"de": "Titel", "ru": "Заголовок"}, "en", "Titel"),
        ({}, "en", ""),
        (None, "en", ""),
        (5, "en", "5"),
    ],
)
def test_a_text_is_read_in_the_language_wanted_then_english_then_any(
    given: object, language: str, text: str
) -> None:
    assert read_local_text(given).read(language) == text


def test_an_empty_text_is_none() -> None:
    assert plain("") == LocalText() == read_local_text("")
