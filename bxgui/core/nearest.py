"""The nearest of several known words."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from functools import lru_cache


def nearest(text: str, known: Iterable[str]) -> str:
    """The word that is most like a text, whatever their case; empty when none is like it."""
    return _nearest(text.lower(), tuple(known))


@lru_cache(maxsize=1024)
def _nearest(text: str, known: tuple[str, ...]) -> str:
    # A comparison is slow, and the same names are looked at with every key that is pressed.
    words = {word.lower(): word for word in known}
    found = get_close_matches(text, words, n=1)
    return words[found[0]] if found else ""
