"""What tables have in common: their columns' titles."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt


def column_title(
    titles: Sequence[str], section: int, orientation: Qt.Orientation, role: int
) -> str | None:
    """What a model's `headerData` answers when all that it has is a title for each column."""
    if role != Qt.ItemDataRole.DisplayRole or orientation is not Qt.Orientation.Horizontal:
        return None
    return titles[section] if 0 <= section < len(titles) else None
