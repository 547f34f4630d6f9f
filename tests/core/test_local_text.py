from __future__ import annotations

import pytest

from bxgui.core.local_text import (
    NO_TEXT,
    LocalText,
    is_text,
    plain,
    read_local_text,
    spoken,
    with_text,
    without_language,
    write_local_text,
)

BOTH = LocalText((("ru", "Сумма"), ("en", "Sum")))


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


@pytest.mark.parametrize(
    ("text", "language", "said", "after"),
    [
        (NO_TEXT, "", "Sum", plain("Sum")),
        (plain("Sum"), "", "", NO_TEXT),
        (BOTH, "ru", "Итог", LocalText((("ru", "Итог"), ("en", "Sum")))),
        (BOTH, "de", "Summe", LocalText((*BOTH.texts, ("de", "Summe")))),
        (BOTH, "ru", "", LocalText((("en", "Sum"),))),
        (LocalText((("ru", ""),)), "en", "Sum", LocalText((("ru", ""), ("en", "Sum")))),
    ],
)
def test_a_text_is_said_otherwise_in_one_language(
    text: LocalText, language: str, said: str, after: LocalText
) -> None:
    assert with_text(text, language, said) == after


def test_a_language_is_taken_out() -> None:
    assert without_language(BOTH, "ru") == LocalText((("en", "Sum"),))
    assert without_language(BOTH, "de") == BOTH


@pytest.mark.parametrize(
    ("text", "after"),
    [
        (plain("Sum"), LocalText((("en", "Sum"),))),
        (NO_TEXT, NO_TEXT),
        (BOTH, BOTH),
        (LocalText((("", "Sum"), ("ru", "Сумма"))), LocalText((("en", "Sum"), ("ru", "Сумма")))),
        (LocalText((("", "x"), ("en", "Sum"))), LocalText((("", "x"), ("en", "Sum")))),
    ],
)
def test_a_plain_text_is_given_a_language(text: LocalText, after: LocalText) -> None:
    assert spoken(text, "en") == after
