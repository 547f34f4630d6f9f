"""JSON for the inside of commands: the same value, with nothing in it that cannot be seen."""

from __future__ import annotations

import re

_NOT_ASCII = re.compile("[^ -~]")


def visible(text: str) -> str:
    """JSON with what cannot be seen escaped; terminals and editors take some of it for commands."""
    return text if text.isprintable() else "".join(map(_visible, text))


def ascii_only(text: str) -> str:
    """JSON with everything beyond ASCII escaped."""
    return _NOT_ASCII.sub(lambda match: _escaped(match.group()), text)


def _visible(letter: str) -> str:
    return letter if letter.isprintable() else _escaped(letter)


def _escaped(letter: str) -> str:
    """The letter as `\\uXXXX`, twice beyond the basic plane."""
    units = letter.encode("utf-16-be")
    return "".join(f"\\u{units[i : i + 2].hex()}" for i in range(0, len(units), 2))
