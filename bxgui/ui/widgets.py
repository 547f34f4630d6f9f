"""Small widgets made the same way everywhere."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QFontMetrics,
    QPainter,
    QPaintEvent,
    QPalette,
)
from PySide6.QtWidgets import (
    QApplication,
    QHeaderView,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QSizePolicy,
    QTableView,
    QToolButton,
    QWidget,
)

from bxgui.ui import theme
from bxgui.ui.theme import Tint

_LONGEST_TIP = 1000


def push_button(text: str, on_click: Callable[[], None], tip: str = "") -> QPushButton:
    """A push button."""
    button = QPushButton(text)
    button.setToolTip(tip)
    button.setAutoDefault(False)
    button.clicked.connect(on_click)
    return button


def keep_width(button: QPushButton, texts: Sequence[str]) -> None:
    """Make a button as wide as the widest of its texts, and show the first."""
    widths = []
    for text in texts:
        button.setText(text)
        widths.append(button.sizeHint().width())
    button.setMinimumWidth(max(widths))
    button.setText(texts[0])


def tool_button(text: str, on_click: Callable[[], None], name: str) -> QToolButton:
    """A flat button; `name` is its tooltip and what a screen reader says."""
    button = QToolButton()
    button.setText(text)
    button.setAutoRaise(True)
    button.setToolTip(name)
    button.setAccessibleName(name)
    button.clicked.connect(on_click)
    return button


def copy_button(on_click: Callable[[], None], name: str) -> QToolButton:
    """A flat button with the sign for copying."""
    button = tool_button("", on_click, name)
    colour = button.palette().color(QPalette.ColorRole.ButtonText)
    button.setIcon(theme.mark("copy", colour, 14))
    button.setIconSize(QSize(14, 14))
    return button


def plain_tip(text: str) -> str:
    """A tooltip that shows a text literally: Qt would load the images of one that looks like HTML.

    What is beyond 1,000 characters is left out.
    """
    if not text:
        return ""
    import html  # noqa: PLC0415 - the window is painted without such a tip

    shown = text if len(text) <= _LONGEST_TIP else f"{text[:_LONGEST_TIP]}…"
    return f'<span style="white-space: pre-wrap">{html.escape(shown)}</span>'


def plain_label(text: str = "", *, wrap: bool = False) -> QLabel:
    """A label that takes its text literally, whatever a call may have put there."""
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(wrap)
    return label


def selectable_label(*, wrap: bool = False) -> QLabel:
    """A literal label whose text can be selected by mouse and keyboard."""
    label = plain_label(wrap=wrap)
    label.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse
        | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    return label


def tint(label: QWidget, colour: Tint) -> None:
    """Colour a label's text by its meaning."""
    palette = QPalette(label.palette())
    palette.setColor(QPalette.ColorRole.WindowText, colour.colour)
    label.setPalette(palette)


def code_view(name: str) -> QPlainTextEdit:
    """A read-only text in the font for code; long lines are not wrapped, which may take minutes."""
    view = QPlainTextEdit()
    view.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
    view.setReadOnly(True)
    view.setFont(theme.fixed_font())
    view.setAccessibleName(name)
    view.setTabChangesFocus(True)
    return view


def set_up_table(table: QTableView, widths: Mapping[int, int], stretched: int, air: int) -> None:
    """Make a read-only table of whole lines; `air` is what a line has above and below its text."""
    table.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
    table.setSelectionMode(QTableView.SelectionMode.SingleSelection)
    table.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
    table.setShowGrid(False)
    table.setWordWrap(False)
    table.setTabKeyNavigation(False)
    table.setAlternatingRowColors(True)
    table.verticalHeader().hide()
    table.verticalHeader().setDefaultSectionSize(table.fontMetrics().height() + air)
    header = table.horizontalHeader()
    header.setHighlightSections(False)
    header.setSectionResizeMode(stretched, QHeaderView.ResizeMode.Stretch)
    for column, width in widths.items():
        table.setColumnWidth(column, width)


def exact_text(edit: QPlainTextEdit) -> str:
    """What stands in an editor, lines parted by a line feed.

    `toPlainText` would make a space of one that does not break.
    """
    return edit.document().toRawText().replace("\u2029", "\n").replace("\u2028", "\n")


def has_cursor(widget: QWidget) -> bool:
    """Whether the keyboard speaks to the widget or to one in it."""
    focused: QWidget | None = QApplication.focusWidget()
    return focused is not None and (focused is widget or widget.isAncestorOf(focused))


def announce(widget: QWidget, text: str) -> None:
    """Have a screen reader say a text at once."""
    QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, text))


class ElidedLabel(QWidget):
    """One line of text that gives way when there is no room; the tooltip has all."""

    def __init__(
        self,
        parent: QWidget | None = None,
        gives_way: Qt.TextElideMode = Qt.TextElideMode.ElideMiddle,
    ) -> None:
        super().__init__(parent)
        self._text = ""
        self._gives_way = gives_way
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def text(self) -> str:
        """The whole text."""
        return self._text

    def set_text(self, text: str, tip: str = "") -> None:
        """Show a text."""
        self._text = text
        self.setToolTip(plain_tip(tip or text))
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Room for the whole text."""
        metrics = QFontMetrics(self.font())
        return QSize(metrics.horizontalAdvance(self._text) + 4, metrics.height() + 4)

    def minimumSizeHint(self) -> QSize:
        """Room for a few letters."""
        metrics = QFontMetrics(self.font())
        return QSize(metrics.averageCharWidth() * 8, metrics.height() + 4)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint as much as fits."""
        painter = QPainter(self)
        metrics = QFontMetrics(self.font())
        shown = metrics.elidedText(self._text, self._gives_way, self.width())
        painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter, shown)

    def changeEvent(self, event: QEvent) -> None:
        """Take a changed font into account."""
        if event.type() == QEvent.Type.FontChange:
            self.updateGeometry()
        super().changeEvent(event)
