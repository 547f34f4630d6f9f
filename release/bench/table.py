"""The lines that a benchmark prints: a ratio, its target, and whether it is met."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import TypeAlias

_HOLDS: Mapping[str, Callable[[float, float], bool]] = {
    ">=": operator.ge,
    "<=": operator.le,
    "<": operator.lt,
}
_ROW = "{:<52} {:>11} {:>11}  {:<22} {!s:<8} {}"
HEADER = _ROW.format("", "ours", "compared", "ratio (min-max)", "target", "")


@dataclass(frozen=True, slots=True)
class Target:
    """What a ratio should be."""

    sign: str
    bound: float

    def __str__(self) -> str:
        return f"{self.sign} {self.bound:g}"

    def is_met(self, ratio: float) -> bool:
        """Whether a ratio is as it should be."""
        return _HOLDS[self.sign](ratio, self.bound)


@dataclass(frozen=True, slots=True)
class Line:
    """One comparison: what was measured in each round, ours and what it is compared with.

    Without a target it is there to be read beside another.
    """

    what: str
    unit: str
    ours: Sequence[float]
    compared: Sequence[float]
    target: Target | None

    def __str__(self) -> str:
        ratios = [ours / other for ours, other in zip(self.ours, self.compared, strict=True)]
        ratio = median(ratios)
        return _ROW.format(
            self.what,
            _amount(median(self.ours), self.unit),
            _amount(median(self.compared), self.unit),
            f"{ratio:.2f} ({min(ratios):.2f}-{max(ratios):.2f})",
            self.target or "",
            self._verdict(ratio),
        )

    def _verdict(self, ratio: float) -> str:
        if self.target is None:
            return ""
        return "met" if self.target.is_met(ratio) else "NOT MET"


@dataclass(frozen=True, slots=True)
class Missing:
    """A comparison that could not be made, and why."""

    what: str
    target: Target | None
    reason: str

    def __str__(self) -> str:
        return _ROW.format(self.what, "", "", "not measured", self.target or "", self.reason)


# A text is a remark on the line before it.
Row: TypeAlias = Line | Missing | str


def _amount(value: float, unit: str) -> str:
    return f"{value:,.{0 if value >= 100 else 2}f} {unit}"
