"""Text from outside, made safe to be shown in one line: in a terminal, a list, a question."""

from __future__ import annotations


def printable(text: str) -> str:
    """The text with whatever cannot be seen, or steers a terminal, replaced."""
    clean = text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return "".join(c if c.isprintable() or c == "\t" else "\ufffd" for c in clean)
