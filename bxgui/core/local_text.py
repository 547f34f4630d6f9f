"""Texts in several languages, as a registration gives names and descriptions (contract §10)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from bxgui.core.json_values import JsonValue

_FALLBACK = "en"


@dataclass(frozen=True, slots=True)
class LocalText:
    """Pairs of a language and the text in it, in their order; a plain text has the language ''."""

    texts: tuple[tuple[str, str], ...] = ()

    def read(self, language: str) -> str:
        """The text in a language such as `ru`, else in English, else the first there is."""
        known = dict(self.texts)
        for wanted in (language, "", _FALLBACK):
            if known.get(wanted):
                return known[wanted]
        return next(iter(known.values()), "")


NO_TEXT = LocalText()


def plain(text: str) -> LocalText:
    """A text in no particular language."""
    return LocalText((("", text),)) if text else NO_TEXT


def with_text(text: LocalText, language: str, said: str) -> LocalText:
    """The text said so in a language, in its old place or as the last; none where it is empty."""
    texts = {**dict(text.texts), language: said}
    return LocalText(tuple(pair for pair in texts.items() if pair[1] or pair[0] != language))


def without_language(text: LocalText, language: str) -> LocalText:
    """The text without what it is in a language."""
    return LocalText(tuple(pair for pair in text.texts if pair[0] != language))


def spoken(text: LocalText, language: str) -> LocalText:
    """A text in no particular language as one in this language, so that others can be added."""
    if language in dict(text.texts):
        return text
    return LocalText(tuple((one or language, said) for one, said in text.texts))


def is_text(value: object) -> bool:
    """Whether a registration can mean this for a text: one, a map of languages, or none at all."""
    if isinstance(value, Mapping):
        return all(map(_is_one, value.values()))
    return value == [] or _is_one(value)


def read_local_text(value: object) -> LocalText:
    """A registration's text, or its map of languages."""
    if isinstance(value, Mapping):
        return LocalText(tuple({str(k).lower(): _one(v) for k, v in value.items()}.items()))
    return NO_TEXT if value == [] else plain(_one(value))


def write_local_text(text: LocalText) -> JsonValue:
    """The text as a registration gives it; None for no text."""
    if len(text.texts) == 1 and text.texts[0][0] == "" and text.texts[0][1]:
        return text.texts[0][1]
    return dict(text.texts) or None


def _is_one(value: object) -> bool:
    return value is None or (isinstance(value, str | int | Decimal) and not isinstance(value, bool))


def _one(value: object) -> str:
    return "" if value is None else str(value)
