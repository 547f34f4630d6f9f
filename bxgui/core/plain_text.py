"""Text from outside, made safe to be shown in one line: in a terminal, a list, a question."""

from __future__ import annotations


def printable(text: str) -> str:
    """The text with whatever cannot be seen, or steers a terminal, replaced."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() or c == "\t" else "\ufffd" for c in text)


def brief(text: str, longest: int) -> str:
    """The printable text, cut to so many characters."""
    # Cut first too: a name may be as long as a body.
    shown = printable(text[: 2 * longest])
    return shown if len(shown) <= longest else f"{shown[:longest]}…"
