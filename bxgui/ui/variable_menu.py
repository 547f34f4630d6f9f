"""A menu of the variables that presets can hold, each with what it stands for in a call."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from itertools import groupby

from PySide6.QtWidgets import QMenu

from bxgui.ui.menu_button import add_choice, literal


def fill_menu(
    menu: QMenu, offered: Sequence[tuple[str, str]], chosen: Callable[[str], None]
) -> None:
    """Add variables to a menu, those of one name in a menu of their own."""
    for root, group in groupby(offered, lambda one: one[0].partition(".")[0]):
        found = list(group)
        inner = menu if len(found) == 1 else menu.addMenu(literal(root))
        for name, value in found:
            # A menu shows what stands behind a tab in a column of its own.
            add_choice(inner, f"{literal(name)}\t{literal(value)}", partial(chosen, name))
