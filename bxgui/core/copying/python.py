"""JSON values in Python."""

from __future__ import annotations

from bxgui.core.literals import Dialect, Number, exact_float, quoted
from bxgui.core.shown_request import ShownRequest, joined

_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def text(value: str) -> str:
    """A text as an expression."""
    return joined(value, _quoted, lambda name: f'os.environ["{name}"]', " + ")


def imports(request: ShownRequest, *others: str) -> str:
    """The head of a module; `os` is needed for the variables only."""
    lines = ["import os", "", *others] if request.secrets else others
    return "\n".join(lines)


def _quoted(value: str) -> str:
    return quoted(
        value, _ESCAPES, lambda code: f"\\u{code:04x}" if code < 65536 else f"\\U{code:08x}"
    )


def _number(number: Number) -> str | None:
    return str(number) if isinstance(number, int) else exact_float(number)


DIALECT = Dialect(
    text=text,
    number=_number,
    braces=lambda _: ("{", "}"),
    entry=lambda name, value: f"{text(name)}: {value}",
    null="None",
    false="False",
    true="True",
)
