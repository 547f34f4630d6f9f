"""Words as PowerShell splits them."""

from __future__ import annotations

import re

from bxgui.core.registration_text.words import Splitter

_PLAIN = re.compile(r"[^ \t\r\n`'\";|&]+")
_QUOTED = re.compile(r"[^`\"]+")
_LETTERS = {"n": "\n", "t": "\t", "r": "\r", "0": "\0", "a": "\a", "b": "\b", "f": "\f", "v": "\v"}


def step(splitter: Splitter) -> None:
    """Take the next piece of the text; raises `TextProblem`."""
    text, at = splitter.text, splitter.at
    letter = text[at]
    plain = _PLAIN.match(text, at)
    if plain:
        splitter.take(plain.group(), at)
    elif letter == "'":
        _single_quoted(splitter)
    elif letter == '"':
        _double_quoted(splitter)
    elif letter == "`":
        if not splitter.continues():
            splitter.at += 1
            splitter.take(text[at + 1 : at + 2], at + 1)
    elif not splitter.passes():
        splitter.take(letter, at)


def _single_quoted(splitter: Splitter) -> None:
    """A quote within is written twice."""
    splitter.at += 1
    splitter.take_until("'")
    while splitter.text.startswith("'", splitter.at):
        splitter.take("'", splitter.at)
        splitter.take_until("'")


def _double_quoted(splitter: Splitter) -> None:
    text, start = splitter.text, splitter.at
    splitter.take("", start + 1)
    while True:
        at = splitter.at
        plain = _QUOTED.match(text, at)
        escaped = text[at + 1 : at + 2]
        if plain:
            splitter.take(plain.group(), at)
        elif text.startswith('""', at):
            splitter.take('"', at, 2)
        elif text.startswith('"', at):
            splitter.at += 1
            return
        elif escaped:
            splitter.take(_LETTERS.get(escaped, escaped), at, 2)
        else:
            raise splitter.not_closed(start)
