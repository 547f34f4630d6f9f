"""The widgets that a row of the reply form is made of."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRegularExpression, QSize, Qt
from PySide6.QtGui import QPaintEvent, QRegularExpressionValidator
from PySide6.QtWidgets import (
    QCheckBox,
    QLabel,
    QLineEdit,
    QStyle,
    QStyleOptionButton,
    QStylePainter,
    QToolButton,
    QWidget,
)

from bxgui.core.value_rows import ValueRow
from bxgui.ui import row_texts, texts, theme
from bxgui.ui.editors.choice import CalmBox
from bxgui.ui.editors.editor import NO_LIMIT, RowEditor
from bxgui.ui.row_menu import KINDS
from bxgui.ui.widgets import plain_label, tint

_CHARACTERS = QRegularExpression(r"[\s\S]*")


class Tick(QCheckBox):
    """A tick box whose text gives way when there is no room."""

    def __init__(self, text: str, parent: QWidget) -> None:
        super().__init__(text.replace("&", "&&"), parent)

    def minimumSizeHint(self) -> QSize:
        """Room for the box."""
        return QSize(0, super().minimumSizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the box, and as much of the text as fits."""
        painter, option = QStylePainter(self), QStyleOptionButton()
        self.initStyleOption(option)
        room = self.style().subElementRect(QStyle.SubElement.SE_CheckBoxContents, option, self)
        option.text = self.fontMetrics().elidedText(
            self.text(),
            Qt.TextElideMode.ElideRight,
            room.width(),
            int(Qt.TextFlag.TextShowMnemonic.value),
        )
        painter.drawControl(QStyle.ControlElement.CE_CheckBox, option)
        painter.end()


@dataclass
class RowParts:
    """The widgets of a row; one outside the schema has its name and its type to edit."""

    tick: Tick
    name: QLineEdit | None
    kind: CalmBox | None
    default: QToolButton | None
    menu: QToolButton
    editor: RowEditor
    problem: QLabel | None = None

    def stops(self) -> list[QWidget]:
        """Where the Tab key halts, in order."""
        stops = (self.tick, self.name, self.kind, *self.editor.stops())
        return [stop for stop in stops if stop is not None]


def make_parts(row: ValueRow, editor: RowEditor, parent: QWidget) -> RowParts:
    """The widgets of a row, as children of the parent."""
    editor.setParent(parent)
    outside = row.entry is None
    return RowParts(
        tick=Tick("" if outside else row_texts.title_text(row), parent),
        name=_name_line(parent) if outside else None,
        kind=_kind_box(parent) if outside else None,
        default=_default_button(row_texts.default_text(row), parent),
        menu=_menu_button(parent),
        editor=editor,
    )


def problem_label(text: str, parent: QWidget) -> QLabel:
    """What is wrong with a row."""
    label = plain_label(text, wrap=True)
    label.setParent(parent)
    tint(label, theme.BAD)
    return label


def _name_line(parent: QWidget) -> QLineEdit:
    line = QLineEdit(parent)
    line.setMaxLength(NO_LIMIT)
    # Half of a character is none of these: it is refused, where it would be lost without a word.
    line.setValidator(QRegularExpressionValidator(_CHARACTERS, line))
    line.setPlaceholderText(row_texts.translate("Rows", "Name"))
    line.setAccessibleName(row_texts.translate("Rows", "Name of the value"))
    return line


def _kind_box(parent: QWidget) -> CalmBox:
    box = CalmBox(parent)
    for kind, multiple in KINDS:
        box.addItem(row_texts.kind_text(texts.type_text(kind), multiple))
    return box


def _default_button(text: str, parent: QWidget) -> QToolButton | None:
    if not text:
        return None
    button = _flat_button(text.replace("&", "&&"), parent)
    button.setToolTip(row_texts.translate("Rows", "Take the default"))
    return button


def _menu_button(parent: QWidget) -> QToolButton:
    button = _flat_button("⋯", parent)
    button.setToolTip(row_texts.translate("Rows", "Unset, empty, default, type (Ctrl+M)"))
    return button


def _flat_button(text: str, parent: QWidget) -> QToolButton:
    """A button for the mouse: keys open the row's menu, which keeps the way by Tab short."""
    button = QToolButton(parent)
    button.setText(text)
    button.setAutoRaise(True)
    button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return button
