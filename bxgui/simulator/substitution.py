"""`$result[…]` and its like, which a batch replaces in the parameters of its commands."""

from __future__ import annotations

import re
from collections.abc import Mapping
from copy import deepcopy

_REFERENCE = re.compile(r"\$(result|next|total|time|error)(\S*)", re.IGNORECASE | re.ASCII)
_STEP = re.compile(r"\[([^\]]+)\]")

Known = Mapping[str, Mapping[str, object]]


class NoText(TypeError):
    """An array in the place of a part of a text, which is a fatal error of PHP 8."""


def substituted(value: object, known: Known) -> object:
    """A parameter with what the commands before it gave; raises `NoText`.

    A path leads as far as there is something: one that names no command leads to all of them.
    Everything up to the next space is replaced.
    """
    if isinstance(value, Mapping):
        return {name: substituted(inner, known) for name, inner in value.items()}
    if isinstance(value, list):
        return [substituted(inner, known) for inner in value]
    return _replaced(value, known) if isinstance(value, str) and "$" in value else value


def php_array(entries: Mapping[str, object]) -> object:
    """As PHP writes an array: keys that count from 0 make a list, and so do none at all."""
    if list(entries) == [str(index) for index in range(len(entries))]:
        return list(entries.values())
    return entries


def _replaced(text: str, known: Known) -> object:
    for match in list(_REFERENCE.finditer(text)):
        steps = _STEP.findall(match[2])
        if steps:
            # Only the exact name leads anywhere, although the pattern takes any case.
            found = _reached(known.get(match[1]), steps)
            if match[0] == text:
                return deepcopy(php_array(found) if isinstance(found, Mapping) else found)
            text = text.replace(match[0], _as_text(found))
    return text


def _reached(value: object, steps: list[str]) -> object:
    for step in steps:
        inner = _member(value, step)
        if inner is None:
            break
        value = inner
    return value


def _member(value: object, key: str) -> object:
    if isinstance(value, Mapping):
        return value.get(key)
    if isinstance(value, list) and key.isdecimal() and int(key) < len(value):
        return value[int(key)]
    return None


def _as_text(value: object) -> str:
    if isinstance(value, Mapping | list):
        raise NoText("an array stands within a text")
    if value is None or value is False:
        return ""
    return "1" if value is True else str(value)
