"""Words as bash splits them."""

from __future__ import annotations

import re

from bxgui.core.registration_text.words import Splitter

_PLAIN = re.compile(r"[^ \t\r\n\\'\"$;|&]+")
_QUOTED = re.compile(r"[^\\\"]+")
_ANSI_PLAIN = re.compile(r"[^\\']+")
_ANSI = re.compile(
    r"\\(?:u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})"
    r"|[xu]([0-9a-fA-F]{1,4})|([0-7]{1,3})|(.))",
    re.DOTALL,
)
_LETTERS = {"n": "\n", "t": "\t", "r": "\r", "a": "\a", "b": "\b", "e": "\x1b", "f": "\f"}


def step(splitter: Splitter) -> None:
    """Take the next piece of the text; raises `TextProblem`."""
    text, at = splitter.text, splitter.at
    letter = text[at]
    plain = _PLAIN.match(text, at)
    if letter == "#" and not splitter.is_begun:
        end = text.find("\n", at)
        splitter.at = len(text) if end < 0 else end
    elif plain:
        splitter.take(plain.group(), at)
    elif letter == "'":
        splitter.at += 1
        splitter.take_until("'")
    elif text.startswith("$'", at):
        _ansi_quoted(splitter)
    elif letter == '"':
        _double_quoted(splitter)
    elif letter == "\\":
        if not splitter.continues():
            splitter.at += 1
            splitter.take(text[at + 1 : at + 2], at + 1)
    elif not splitter.passes():
        splitter.take(letter, at)


def _double_quoted(splitter: Splitter) -> None:
    text, start = splitter.text, splitter.at
    splitter.take("", start + 1)
    while not text.startswith('"', splitter.at):
        at = splitter.at
        plain = _QUOTED.match(text, at)
        escaped = text[at + 1 : at + 2]
        if plain:
            splitter.take(plain.group(), at)
        elif not escaped:
            raise splitter.not_closed(start)
        elif escaped in '$`"\\':
            splitter.take(escaped, at, 2)
        else:
            splitter.take("" if escaped == "\n" else f"\\{escaped}", at, 2)
    splitter.at += 1


def _ansi_quoted(splitter: Splitter) -> None:
    text, start = splitter.text, splitter.at
    splitter.take("", start + 2)
    while not text.startswith("'", splitter.at):
        at = splitter.at
        plain = _ANSI_PLAIN.match(text, at)
        escape = _ANSI.match(text, at)
        if plain:
            splitter.take(plain.group(), at)
        elif escape:
            splitter.take(_character(escape), at, len(escape.group()))
        else:
            raise splitter.not_closed(start)
    splitter.at += 1


def _character(escape: re.Match[str]) -> str:
    high, low, code, octal, letter = escape.groups()
    if high:
        return bytes.fromhex(high + low).decode("utf-16-be")
    if letter:
        return _LETTERS.get(letter, letter if letter in "\\'\"?" else f"\\{letter}")
    return chr(int(octal, 8) if octal else int(code, 16))
