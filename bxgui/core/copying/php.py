"""JSON values in PHP."""

from __future__ import annotations

from collections.abc import Mapping

from bxgui.core.json_values import JsonValue
from bxgui.core.literals import Dialect, Number, exact_float, quoted
from bxgui.core.shown_request import joined

_ESCAPES = {'"': '\\"', "\\": "\\\\", "$": "\\$", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_GREATEST = 2**63 - 1


def text(value: str) -> str:
    """A text as an expression."""
    return joined(value, _quoted, lambda name: f"getenv('{name}')", " . ")


def _quoted(value: str) -> str:
    if value.isprintable():
        return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'"
    return quoted(value, _ESCAPES, lambda code: f"\\u{{{code:x}}}")


def _number(number: Number) -> str | None:
    if isinstance(number, int):
        return str(number) if abs(number) <= _GREATEST else None
    return exact_float(number)


def _braces(members: Mapping[str, JsonValue]) -> tuple[str, str]:
    """An array whose keys are 0, 1, 2… would go out as a list."""
    is_list = list(members) == [str(number) for number in range(len(members))]
    return ("(object) [" if is_list else "[", "]")


DIALECT = Dialect(
    text=text,
    number=_number,
    braces=_braces,
    entry=lambda name, value: f"{text(name)} => {value}",
)
