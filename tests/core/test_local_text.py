from __future__ import annotations

import pytest

from bxgui.core.local_text import LocalText, is_text, plain, read_local_text, write_local_text


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


@pytest.mark.parametrize(
    ("given", "written"),
    [
        ("Title", "Title"),
        (5, "5"),
        ("", None),
        (None, None),
        ([], None),
        ({}, None),
        ({"": "Title"}, "Title"),
        ({"": ""}, {"": ""}),
        ({"RU": "Заголовок", "en": None}, {"ru": "Заголовок", "en": ""}),
        ({"ru": "a", "RU": "b"}, {"ru": "b"}),
    ],
)
def test_a_text_is_written_as_a_registration_gives_it(given: object, written: object) -> None:
    assert is_text(given)
    assert write_local_text(read_local_text(given)) == written
    assert read_local_text(written) == read_local_text(given)


@pytest.mark.parametrize("value", [True, ["a"], {"ru": ["a"]}, {"ru": {}}, {"ru": False}, 1.5])
def test_what_is_no_text(value: object) -> None:
    assert not is_text(value)


def test_an_empty_text_is_none() -> None:
    assert plain("") == LocalText() == read_local_text("")
