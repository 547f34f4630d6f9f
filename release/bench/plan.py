"""How much a benchmark measures."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Plan:
    """Rounds of so many seconds, so many calls at one stretch, and where the stores lie.

    What is compared at one number of connections only takes the first.
    """

    folder: Path
    rounds: int
    seconds: float
    calls: int
    connections: Sequence[int]
    without_mitmdump: bool

    def scratch(self) -> tempfile.TemporaryDirectory[str]:
        """A folder for one measurement."""
        return tempfile.TemporaryDirectory(dir=self.folder, prefix="bench-")
