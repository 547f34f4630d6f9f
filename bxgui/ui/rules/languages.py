"""The languages that a portal speaks, under the names that registrations give them."""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import partial

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QInputDialog, QMenu, QToolButton, QWidget

translate = QCoreApplication.translate
# Each in its own words, which need no translation.
LANGUAGES = {
    "en": "English",
    "ru": "Русский",
    "de": "Deutsch",
    "la": "Español",
    "fr": "Français",
    "it": "Italiano",
    "pl": "Polski",
    "br": "Português",
    "tr": "Türkçe",
    "ua": "Українська",
    "kz": "Қазақша",
    "ar": "العربية",
    "id": "Bahasa Indonesia",
    "ms": "Bahasa Melayu",
    "vn": "Tiếng Việt",
    "th": "ไทย",
    "ja": "日本語",
    "sc": "中文（简体）",
    "tc": "中文（繁體）",
}


def language_text(language: str) -> str:
    """A language as it is shown; a text in none of them is for all."""
    return language or translate("Languages", "all")


class AddLanguage(QToolButton):
    """Offers the languages that are not there yet; `add` gets the one chosen."""

    def __init__(self, name: str, add: Callable[[str], None]) -> None:
        super().__init__()
        self._add = add
        self.setText(translate("Languages", "+ Language"))
        self.setAutoRaise(True)
        self.setAccessibleName(translate("Languages", "Add a language: %1").replace("%1", name))
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setStyleSheet("QToolButton::menu-indicator { image: none; }")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._known: Collection[str] = ()
        menu = QMenu(self)
        menu.aboutToShow.connect(self._fill)
        self.setMenu(menu)

    def offer_without(self, known: Collection[str]) -> None:
        """Offer all languages but these."""
        self._known = known

    def _fill(self) -> None:
        menu = self.menu()
        menu.clear()
        for language, name in LANGUAGES.items():
            if language not in self._known:
                menu.addAction(f"{language}   {name}", partial(self._add, language))
        menu.addSeparator()
        menu.addAction(translate("Languages", "Another…"), self._ask)

    def _ask(self) -> None:
        asked = QInputDialog(_window(self))
        asked.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        asked.setWindowTitle(translate("Languages", "Another language"))
        asked.setLabelText(translate("Languages", "Its name in the registration, such as en"))
        asked.textValueSelected.connect(self._on_named)
        asked.open()

    def _on_named(self, text: str) -> None:
        language = text.strip().lower()
        if language and language not in self._known:
            self._add(language)


def _window(widget: QWidget) -> QWidget:
    return widget.window()
