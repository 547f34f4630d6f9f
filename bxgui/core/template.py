"""Texts with variables in double braces, such as `Sum: {{properties.sum}}`, taken apart."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

OPENING, CLOSING = "{{", "}}"
_ESCAPED = OPENING * 2
_DEFAULT = "default:"


@dataclass(frozen=True, slots=True)
class Variable:
    """One `{{path|format|default:text}}`; `text` is what stands between the braces."""

    text: str
    path: tuple[str, ...]
    format: str = ""
    default: str | None = None


@dataclass(frozen=True, slots=True)
class Broken:
    """Double braces that are not closed, or hold no variable."""

    text: str


Part: TypeAlias = str | Variable | Broken


def parts(text: str) -> Iterator[Part]:
    """The plain texts and the variables of a text, in order; no plain text is empty."""
    position = 0
    while (start := text.find(OPENING, position)) >= 0:
        if text.startswith(_ESCAPED, start):
            yield text[position : start + len(OPENING)]
            position = start + len(_ESCAPED)
            continue
        # Of three braces the first is text.
        start += text.startswith("{", start + len(OPENING))
        if start > position:
            yield text[position:start]
        end = text.find(CLOSING, start)
        if end < 0:
            yield Broken(text[start + len(OPENING) :])
            return
        yield _variable(text[start + len(OPENING) : end])
        position = end + len(CLOSING)
    if position < len(text):
        yield text[position:]


def escape(text: str) -> str:
    """The text written so that it is filled to itself."""
    return text.replace(OPENING, _ESCAPED)


def is_template(text: str) -> bool:
    """Whether filling can change the text."""
    return OPENING in text


def _variable(text: str) -> Variable | Broken:
    path_text, *rest = text.split("|", 1)
    path = tuple(step.strip() for step in path_text.split("."))
    if OPENING in text or not all(map(is_step, path)):
        return Broken(text)
    format_text, default = _format_and_default(rest[0] if rest else "")
    return Variable(text, path, format_text, default)


def is_step(name: str) -> bool:
    """Whether a name can be a step of a variable's path."""
    return bool(name) and name == name.strip() and not set("{}.|") & set(name)


def _format_and_default(text: str) -> tuple[str, str | None]:
    """What stands behind the first bar; only the default's text may hold further bars."""
    if text.lstrip().startswith(_DEFAULT):
        return "", text.lstrip().removeprefix(_DEFAULT).strip()
    format_text, bar, rest = text.partition("|")
    if bar and rest.lstrip().startswith(_DEFAULT):
        return format_text.strip(), rest.lstrip().removeprefix(_DEFAULT).strip()
    return text.strip(), None
