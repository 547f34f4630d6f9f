"""A menu of the variables that presets can hold, each with what it stands for in a call."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import partial
from itertools import groupby

from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QMenu

from bxgui.core.json_values import dump
from bxgui.ui.json_editor import JsonEditor
from bxgui.ui.menu_button import add_choice, literal

_ESCAPED = re.compile(r"\\.", re.DOTALL)


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


def insert_into_json(editor: JsonEditor, text: str) -> None:
    """Put a text where the cursor is, in quotation marks where JSON needs them."""
    cursor = editor.textCursor()
    written = dump(text)
    cursor.insertText(written[1:-1] if _is_inside_text(cursor) else written)


def _is_inside_text(cursor: QTextCursor) -> bool:
    """Whether the beginning of a selection is inside a text of JSON."""
    before = QTextCursor(cursor.document())
    before.setPosition(cursor.selectionStart(), QTextCursor.MoveMode.KeepAnchor)
    return _ESCAPED.sub("", before.selectedText()).count('"') % 2 == 1
