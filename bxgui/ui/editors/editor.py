"""What every editor of a return value can do."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from bxgui.core.value_rows import ValueRow

translate = QCoreApplication.translate
# A line editor cuts what is longer than 32,767 characters, unless told otherwise.
NO_LIMIT = 2**31 - 1


@dataclass(frozen=True, slots=True)
class EmptyWords:
    """What an editor with nothing in it says there is: no value, an empty text, an empty list."""

    unset: str
    empty: str
    empty_list: str


class RowEditor(QWidget):
    """Edits what a row carries; `edited` comes when a person, not the program, has changed it.

    `unset_asked` comes when a person chooses in the editor itself that nothing is to be sent,
    `height_changed` when it needs another height, `stops_changed` when the Tab key is to halt
    elsewhere.
    """

    edited = Signal()
    unset_asked = Signal()
    height_changed = Signal()
    stops_changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._explained = ""
        self._complaint = ""
        self._when_empty = _words_of_replies()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)

    def say_when_empty(self, words: EmptyWords) -> None:
        """Say it in other words than those of a reply, from the next row on."""
        self._when_empty = words

    def show_row(self, row: ValueRow) -> None:
        """Show what a row carries, without `edited`."""
        raise NotImplementedError

    def carried(self, row: ValueRow) -> ValueRow:
        """The row with what stands in the editor."""
        raise NotImplementedError

    def stops(self) -> list[QWidget]:
        """Where the Tab key halts, in order."""
        inner = self.focusProxy()
        return [] if inner is None else [inner]

    def introduce(self, name: str, explained: str) -> None:
        """Tell a screen reader what is edited here."""
        self.setAccessibleName(name)
        self._explained = explained
        self._name_inner()

    def _complain(self, complaint: str) -> None:
        """Tell why this is not a value; an empty text takes it back."""
        if complaint != self._complaint:
            self._complaint = complaint
            self._name_inner()

    def _name_inner(self) -> None:
        inner = self.focusProxy()
        if inner is not None:
            inner.setAccessibleName(self.accessibleName())
            described = "\n".join(filter(None, (self._complaint, self._explained)))
            inner.setAccessibleDescription(described)


class Editor(RowEditor):
    """Edits a text."""

    def __init__(self) -> None:
        super().__init__()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        self._layout = layout

    def text(self) -> str:
        """The text as it is typed."""
        raise NotImplementedError

    def show_text(self, text: str) -> None:
        """Show a text without `edited`."""
        raise NotImplementedError

    def show_sent(self, sent: bool) -> None:
        """Tell what becomes of an editor that is empty."""
        raise NotImplementedError

    def show_row(self, row: ValueRow) -> None:
        """Show the row's text."""
        self.show_sent(row.sent)
        self.show_text(row.text)

    def carried(self, row: ValueRow) -> ValueRow:
        """The row with the text."""
        return replace(row, text=self.text())

    def _change_height(self) -> None:
        """Tell it at once, not when Qt gets to its layouts."""
        self._layout.invalidate()
        self.updateGeometry()
        self.height_changed.emit()

    def _take(self, inner: QWidget) -> None:
        """Put the widget that edits into the editor."""
        self._layout.addWidget(inner)
        self.setFocusProxy(inner)
        self._name_inner()


def empty_text(words: EmptyWords, sent: bool, hint: str) -> str:
    """What stands in an empty editor: whether there is a value, and an example of one."""
    if sent or not hint:
        return words.empty if sent else words.unset
    text = translate("Editors", "%1; for example %2")
    return text.replace("%1", words.unset).replace("%2", hint)


def _words_of_replies() -> EmptyWords:
    return EmptyWords(
        translate("Editors", "not sent"),
        translate("Editors", "sent empty"),
        translate("Editors", "an empty list is sent"),
    )
