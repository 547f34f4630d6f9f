"""A flat button that opens a menu."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QToolButton


def menu_button(text: str, on_click: Callable[[], None]) -> QToolButton:
    """A button whose click opens a menu by itself; `text` may have a key of its own."""
    button = QToolButton()
    button.setText(f"{text} ▾")
    button.setAccessibleName(text.replace("&", ""))
    button.setAutoRaise(True)
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    button.clicked.connect(on_click)
    return button


def popup_below(button: QToolButton, menu: QMenu) -> None:
    """Open a menu at its button, its first entry chosen, so that Enter takes it."""
    menu.popup(button.mapToGlobal(button.rect().bottomLeft()))
    first = next((one for one in menu.actions() if one.isEnabled() and not one.isSeparator()), None)
    # An entry with a menu of its own would open it.
    if first is not None and first.menu() is None:
        menu.setActiveAction(first)


def add_choice(menu: QMenu, text: str, chosen: Callable[[], None]) -> None:
    """Add an entry to a menu."""
    menu.addAction(text).triggered.connect(lambda _checked: chosen())


def literal(text: str) -> str:
    """A text for a menu or a button, no letter of it taken for a key."""
    return text.replace("&", "&&")
