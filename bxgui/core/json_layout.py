"""JSON text laid out for reading, each of its tokens as it is written."""

from __future__ import annotations

import re

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\],:]|[^\s"{}\[\],:]+', re.DOTALL)
_OPENING, _CLOSING, _EMPTY = {"{", "["}, {"}", "]"}, {"{}", "[]"}
_STEP = "  "


def laid_out(text: str) -> str:
    """The JSON text with a line for each value: only white space between tokens changes."""
    pieces: list[str] = []
    level = 0
    before = ""
    for piece in _TOKEN.findall(text):
        if piece in _CLOSING:
            level -= 1
        is_apart = before in _OPENING or before == "," or piece in _CLOSING
        if is_apart and before + piece not in _EMPTY:
            pieces.append(_line(level))
        pieces.append(": " if piece == ":" else piece)
        if piece in _OPENING:
            level += 1
        before = piece
    return "".join(pieces)


def _line(level: int) -> str:
    return "\n" + _STEP * level
