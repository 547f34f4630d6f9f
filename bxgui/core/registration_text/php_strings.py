"""Strings of PHP: in single and double quotes, heredoc and nowdoc."""

from __future__ import annotations

import re
from typing import NamedTuple

_SINGLE = re.compile(r"[^\\']+|\\[\\']?")
_ESCAPED = re.compile(
    r"\\(?:u\{([0-9a-fA-F]{1,8})\}|x([0-9a-fA-F]{1,2})|([0-7]{1,3})|(.))", re.DOTALL
)
_SIMPLE = {"n": "\n", "t": "\t", "r": "\r", "v": "\v", "e": "\x1b", "f": "\f", "\\": "\\", "$": "$"}
_VARIABLE = re.compile(r"\\.|(\$(?:[^\W\d]|\{)|\{\$)", re.DOTALL)
_DOCUMENT = re.compile(r"<<<[ \t]*(['\"]?)([^\W\d]\w*)\1\r?(?=\n)")
_STOPS = {'"': re.compile(r"[\\{\"]"), "`": re.compile(r"[\\`]")}


class NotClosed(ValueError):
    """A string that does not end."""


class PhpString(NamedTuple):
    """The text of a string, None when it has variables in it, and where it ends."""

    text: str | None
    end: int


def read(text: str, at: int) -> PhpString:
    """The string that begins at a quote or at `<<<`.

    Raises `NotClosed`, or `UnicodeError` for one whose bytes are no UTF-8.
    """
    if text.startswith("<<<", at):
        return _document(text, at)
    return _single(text, at) if text[at] == "'" else _quoted(text, at)


def _single(text: str, at: int) -> PhpString:
    parts = []
    at += 1
    while (found := _SINGLE.match(text, at)) is not None:
        part = found.group()
        parts.append(part[1:] if part in {"\\\\", "\\'"} else part)
        at = found.end()
    if at == len(text):
        raise NotClosed
    return PhpString("".join(parts), at + 1)


def _quoted(text: str, start: int) -> PhpString:
    """A string in double quotes, or a command, which is never known."""
    quote, at = text[start], start + 1
    while (found := _STOPS[quote].search(text, at)) is not None:
        at = found.end()
        if found.group() == quote:
            inner = text[start + 1 : found.start()]
            return PhpString(_expanded(inner, quote) if quote == '"' else None, at)
        if found.group() == "\\":
            at += 1
        elif text.startswith("$", at):  # a quote within braces ends nothing
            at = text.find("}", at)
            if at < 0:
                break
    raise NotClosed


def _document(text: str, at: int) -> PhpString:
    opening = _DOCUMENT.match(text, at)
    if opening is None:
        raise NotClosed
    closing = re.compile(rf"\r?\n([ \t]*){opening.group(2)}\b").search(text, opening.end())
    if closing is None:
        raise NotClosed
    inner = text[opening.end() + 1 : closing.start()]
    indent = closing.group(1)
    inner = "\n".join(line.removeprefix(indent) for line in inner.split("\n"))
    known = inner if opening.group(1) == "'" else _expanded(inner, "")
    return PhpString(known, closing.end())


def _expanded(inner: str, quote: str) -> str | None:
    """The text with its escapes read; None when variables are put in."""
    if any(found.group(1) for found in _VARIABLE.finditer(inner)):
        return None
    # Bytes are escaped one by one, and make characters together.
    expanded = _ESCAPED.sub(lambda found: _character(found, quote), inner)
    return expanded.encode("utf-8", "surrogateescape").decode("utf-8")


def _character(found: re.Match[str], quote: str) -> str:
    code, byte, octal, letter = found.groups()
    if code is not None:
        number = int(code, 16)
        if number > 0x10FFFF or 0xD800 <= number <= 0xDFFF:
            raise UnicodeError(code)
        return chr(number)
    if letter is not None:
        return letter if letter == quote else _SIMPLE.get(letter, f"\\{letter}")
    number = int(byte, 16) if byte else int(octal, 8) & 0xFF
    return bytes([number]).decode("ascii", "surrogateescape")
