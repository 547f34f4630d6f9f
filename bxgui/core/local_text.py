"""Texts in several languages, as a registration gives names and descriptions (contract §10)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

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


def read_local_text(value: object) -> LocalText:
    """A registration's text, or its map of languages."""
    if isinstance(value, Mapping):
        return LocalText(tuple((str(k).lower(), str(v)) for k, v in value.items()))
    return plain(str(value)) if value is not None else NO_TEXT
