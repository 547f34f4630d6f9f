"""Writes values as people paste them: PHP, JavaScript, and commands of three shells."""

from __future__ import annotations

import shlex
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from bxgui.core.json_values import JsonValue, dump


def php(value: JsonValue, *, long_arrays: bool = False, double_quotes: bool = False) -> str:
    """A PHP literal."""

    def written(inner: JsonValue) -> str:
        if inner is None or isinstance(inner, bool):
            return {None: "null", True: "TRUE", False: "False"}[inner]
        if isinstance(inner, int | Decimal):
            return str(inner)
        if isinstance(inner, str):
            return _php_double(inner) if double_quotes else _php_single(inner)
        pairs = (
            [written(item) for item in inner]
            if isinstance(inner, list)
            else [f"{written(key)} => {written(item)}" for key, item in inner.items()]
        )
        listed = "".join(f"\n  {pair}, // a comment ]" for pair in pairs)
        return f"array({listed}\n)" if long_arrays else f"[{listed}\n]"

    return written(value)


def _php_single(text: str) -> str:
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"


def _php_double(text: str) -> str:
    escaped = {"\\": "\\\\", '"': '\\"', "$": "\\$", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
    return '"' + "".join(escaped.get(letter, letter) for letter in text) + '"'


def javascript(value: JsonValue, quote: str = "'") -> str:
    """A JavaScript literal, with names unquoted where they can be."""
    if isinstance(value, str):
        return _javascript_string(value, quote)
    if isinstance(value, list):
        return "[" + "".join(f"{javascript(item, quote)}, /* }} */ " for item in value) + "]"
    if isinstance(value, dict):
        pairs = (
            f"\n  {key if _is_name(key) else _javascript_string(key, chr(39))}: "
            f"{javascript(item, quote)}, // {{ a comment"
            for key, item in value.items()
        )
        return "{" + "".join(pairs) + "\n}"
    return dump(value)


def _is_name(text: str) -> bool:
    return text.isidentifier() and text.isascii()


def _javascript_string(text: str, quote: str) -> str:
    escaped = {"\\": "\\\\", quote: f"\\{quote}", "\n": "\\n", "\r": "\\r", "\0": "\\x00"}
    if quote == "`":
        escaped["$"] = "\\$"
    return quote + "".join(escaped.get(letter, letter) for letter in text) + quote


def bash(words: list[str]) -> str:
    return " \\\n  ".join(shlex.quote(word) for word in words)


def powershell(words: list[str]) -> str:
    quoted = ["'" + word.replace("'", "''") + "'" for word in words]
    return " `\n  ".join([words[0], *quoted[1:]])


def cmd(words: list[str]) -> str:
    """As browsers copy a request for the command line of Windows."""
    return " ^\n  ".join([words[0], *map(_cmd_word, words[1:])])


def _cmd_word(word: str) -> str:
    quoted, backslashes = '"', ""
    for letter in word:
        if letter == "\\":
            backslashes += letter
            continue
        quoted += backslashes * 2 + "\\" if letter == '"' else backslashes
        quoted, backslashes = quoted + letter, ""
    quoted += backslashes * 2 + '"'
    return "".join(
        letter if letter.isalnum() or letter == " " else f"^{letter}" for letter in quoted
    )


SHELLS: dict[str, Callable[[list[str]], str]] = {
    "bash": bash,
    "powershell": powershell,
    "cmd": cmd,
}


def texts_only(value: Any) -> Any:
    """The value as a form can carry it: without what is null, true, a number or empty."""
    if isinstance(value, dict):
        cleaned = {key: texts_only(inner) for key, inner in value.items()}
        return {key: inner for key, inner in cleaned.items() if inner not in (None, [], {})}
    if isinstance(value, list):
        cleaned_items = [texts_only(inner) for inner in value]
        return [inner for inner in cleaned_items if inner not in (None, [], {})]
    return value if isinstance(value, str) else None
