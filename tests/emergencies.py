"""Emergency files as earlier listeners leave them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from bxgui.services.listener.emergency_lines import line_of
from bxgui.services.store.recording import PreparedCall


def leave(path: Path, calls: Iterable[PreparedCall], others: Iterable[bytes] = ()) -> None:
    """A file with calls, and then with lines that tell none."""
    path.write_bytes(b"".join([*map(line_of, calls), *(line + b"\n" for line in others)]))
