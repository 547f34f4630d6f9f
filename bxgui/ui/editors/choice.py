"""A choice among keys, each shown by its title."""

from __future__ import annotations

from typing import TypeAlias

from PySide6.QtCore import QSize, QStringListModel, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QCompleter, QLineEdit, QWidget

from bxgui.ui.editors.editor import NO_LIMIT, Editor, translate
from bxgui.ui.widgets import plain_tip

# Keys, and the titles they are shown by.
Choices: TypeAlias = tuple[tuple[str, str], ...]
# A list that is longer is searched by typing.
_MOST_WITHOUT_SEARCH = 10
_MOST_SEEN = 14
_LETTERS = 8


class CalmBox(QComboBox):
    """A box that takes no notice of the wheel, which is turned over it to scroll a long form."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to what scrolls."""
        event.ignore()


class ChoiceEditor(Editor):
    """Offers titles and gives their keys; a key that is none of them is kept and marked."""

    def __init__(self, choices: Choices, *, can_be_unset: bool = True) -> None:
        super().__init__()
        self._choices = choices
        self._keys = [key for key, _ in choices]
        self._titles = [_titled(key, title) for key, title in choices]
        self._found = _lookup(choices)
        self._can_be_unset = can_be_unset
        self._sent = not can_be_unset
        self._text = ""
        self._shown: list[str | None] = []
        self._model = QStringListModel()
        self._box = CalmBox(self)
        self._box.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self._box.setMinimumContentsLength(_LETTERS)
        # There are no icons, and room for one would make the box higher than a line.
        self._box.setIconSize(QSize(0, 0))
        self._box.setMaxVisibleItems(_MOST_SEEN)
        self._box.setModel(self._model)
        if len(choices) > _MOST_WITHOUT_SEARCH:
            self._make_searchable()
        self._box.activated.connect(self._on_activated)
        self._take(self._box)
        self._refresh()

    def text(self) -> str:
        """The key chosen, or what was typed instead of one."""
        return self._text

    def show_text(self, text: str) -> None:
        """Choose a key; one that is not offered is added as it is."""
        self._text = text
        self._refresh()

    def show_sent(self, sent: bool) -> None:
        """Tell an empty text that is sent from nothing sent."""
        self._sent = sent or not self._can_be_unset
        self._refresh()

    def _refresh(self) -> None:
        """Offer the choices, and what is shown now where it is none of them."""
        more: list[tuple[str | None, str]] = []
        if self._text not in self._keys and (self._text or self._sent):
            marked = self.tr("%1 (none of the options)").replace("%1", self._text)
            more.append((self._text, marked if self._text else f"({self._when_empty.empty})"))
        unset = [f"({self._when_empty.unset})"] if self._can_be_unset else []
        keys = [*([None] if unset else []), *self._keys, *(key for key, _ in more)]
        titles = [*unset, *self._titles, *(title for _, title in more)]
        if keys != self._shown or titles != self._model.stringList():
            self._shown = keys
            self._model.setStringList(titles)
        wanted = self._text if self._text or self._sent else None
        self._box.setCurrentIndex(keys.index(wanted))
        self._complain(foreign(self._choices, self._text))
        self._box.setToolTip(plain_tip(self._complaint))

    def _on_activated(self, index: int) -> None:
        key = self._shown[index]
        self._text = key or ""
        if key is None:
            self.unset_asked.emit()
        else:
            self.edited.emit()
        self._refresh()

    def _make_searchable(self) -> None:
        self._box.setEditable(True)
        self._box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        completer = QCompleter(self._model, self._box)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setMaxVisibleItems(_MOST_SEEN)
        line = QLineEdit()
        self._box.setLineEdit(line)
        self._box.setCompleter(completer)
        line.setMaxLength(NO_LIMIT)
        line.textEdited.connect(self._on_typed)
        line.editingFinished.connect(self._on_finished)

    def _on_finished(self) -> None:
        """Take what the search has put into the line; mark what is none of the options."""
        key = self._found.get(self._box.currentText().strip().casefold())
        if key is not None and key != self._text:
            self._text = key
            self.edited.emit()
        self._refresh()

    def _on_typed(self, typed: str) -> None:
        self._text = self._found.get(typed.strip().casefold(), typed)
        self.edited.emit()


def title_of(choices: Choices, key: str) -> str:
    """A key as it is shown."""
    return next((_titled(*choice) for choice in choices if choice[0] == key), key)


def foreign(choices: Choices, key: str) -> str:
    """The complaint about a key that is none of the choices; an empty one is no key."""
    if not key or any(key == choice for choice, _ in choices):
        return ""
    return translate("Editors", "This is none of the options.")


def _titled(key: str, title: str) -> str:
    return f"{title}  ({key})" if title and title != key else key


def _lookup(choices: Choices) -> dict[str, str]:
    """The keys by all that a person may type for them; a key itself goes before a title."""
    shown = {_titled(key, title).casefold(): key for key, title in choices}
    titles = {title.casefold(): key for key, title in reversed(choices) if title}
    return {**titles, **shown, **{key.casefold(): key for key, _ in reversed(choices)}}
