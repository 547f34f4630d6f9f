"""What the process that takes the steps tells the one that watches it, a JSON line each."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from enum import StrEnum


class Word(StrEnum):
    """What a line is about."""

    BEGUN = "begun"
    OK = "ok"
    FAILED = "failed"
    UNEXPECTED = "unexpected"


@dataclass(frozen=True, slots=True)
class Line:
    """A step begun or ended, or output that nobody has expected."""

    word: Word
    step: str
    detail: str = ""

    def __str__(self) -> str:
        return f"{self.word:<8}{self.step}: {' '.join(self.detail.split())}"

    def packed(self) -> str:
        """The line as it goes through the pipe."""
        return json.dumps(asdict(self)) + "\n"


def unpacked(text: str) -> Line | None:
    """The line that `packed` wrote; None for anything else."""
    try:
        document = json.loads(text)
        return Line(Word(document["word"]), str(document["step"]), str(document["detail"]))
    except (ValueError, KeyError, TypeError):
        return None
