"""Variables that a program sets to literals before it uses them in a call."""

from __future__ import annotations

from typing import TypeVar

from bxgui.core.json_values import JsonValue

_MOST = 2_000_000
_T = TypeVar("_T")


class TooMuch(Exception):
    """Variables in variables make more of a text than anybody wrote."""


class Variables:
    """The values that are known by a name, which of them were used, and how big it all is."""

    def __init__(self) -> None:
        self.used: set[str] = set()
        self.size = 0
        self._values: dict[str, JsonValue] = {}
        self._sizes: dict[str, int] = {}

    def __contains__(self, name: str) -> bool:
        return name in self._values

    def put(self, name: str, value: JsonValue, size: int) -> None:
        """Know a value by a name from now on."""
        self._values[name] = value
        self._sizes[name] = size
        self.used.discard(name)

    def use(self, name: str) -> JsonValue:
        """The value of a known name."""
        self.used.add(name)
        self._grow(self._sizes[name])
        return self._values[name]

    def counted(self, value: _T) -> _T:
        """The value, which is one more; raises `TooMuch`."""
        self._grow(1 + len(value) if isinstance(value, str) else 1)
        return value

    def _grow(self, by: int) -> None:
        self.size += by
        if self.size > _MOST:
            raise TooMuch
