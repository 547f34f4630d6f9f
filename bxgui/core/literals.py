"""JSON values in the notation of a language: JSON itself, Python, PHP, JavaScript."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from bxgui.core.json_values import JsonValue, dump

Number = int | Decimal


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a language writes JSON values.

    `number` gives None for one that the language cannot hold exactly: it is written as a text of
    the same digits. `braces` are the two ends of an object, `entry` joins a written name and a
    value. With `indent` 0 everything stands in one line.
    """

    text: Callable[[str], str]
    number: Callable[[Number], str | None]
    braces: Callable[[Mapping[str, JsonValue]], tuple[str, str]]
    entry: Callable[[str, str], str]
    null: str = "null"
    false: str = "false"
    true: str = "true"
    indent: int = 4


def literal(value: JsonValue, dialect: Dialect, level: int = 0) -> str:
    """The value as the language writes it, in a line that stands at a level of indentation."""
    if value is None:
        return dialect.null
    if isinstance(value, bool):
        return dialect.true if value else dialect.false
    if isinstance(value, str):
        return dialect.text(value)
    if isinstance(value, list):
        items = [literal(item, dialect, level + 1) for item in value]
        return _block(("[", "]"), items, dialect.indent, level)
    if isinstance(value, dict):
        entries = [
            dialect.entry(name, literal(inner, dialect, level + 1)) for name, inner in value.items()
        ]
        return _block(dialect.braces(value), entries, dialect.indent, level)
    written = dialect.number(value)
    return dialect.text(str(value)) if written is None else written


def holds(value: JsonValue, dialect: Dialect) -> bool:
    """Whether the language writes every number of a value exactly."""
    if isinstance(value, list):
        return all(holds(item, dialect) for item in value)
    if isinstance(value, dict):
        return all(holds(inner, dialect) for inner in value.values())
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        return dialect.number(value) is not None
    return True


def exact_float(number: Number) -> str | None:
    """The shortest text of the double that equals a number; None when none does."""
    try:
        shortest = repr(float(number))
    except OverflowError:
        return None
    return shortest if Decimal(shortest) == number else None


def quoted(text: str, escapes: Mapping[str, str], code: Callable[[int], str]) -> str:
    """A text in double quotes; `escapes` has what is special there, `code` what cannot be seen."""
    letters = [escapes.get(c) or (c if c.isprintable() else code(ord(c))) for c in text]
    return f'"{"".join(letters)}"'


def _block(ends: tuple[str, str], parts: Sequence[str], indent: int, level: int) -> str:
    opening, closing = ends
    if not parts or not indent:
        return f"{opening}{', '.join(parts)}{closing}"
    margin = " " * indent * level
    lines = "".join(f"{margin}{' ' * indent}{part},\n" for part in parts)
    return f"{opening}\n{lines}{margin}{closing}"


def json_dialect(text: Callable[[str], str]) -> Dialect:
    """JSON in one line, as `json_values.dump` writes it, but for its texts."""
    return Dialect(
        text=text,
        number=dump,
        braces=lambda _: ("{", "}"),
        entry=lambda name, value: f"{text(name)}: {value}",
        indent=0,
    )
