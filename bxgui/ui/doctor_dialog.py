"""The dialog behind "Check the listener": what `bxgui doctor` tells, in the window."""

from __future__ import annotations

import platform
from collections.abc import Callable, Iterator
from functools import partial

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QGuiApplication, QIcon
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from bxgui import __version__
from bxgui.core.checks import Check, Severity, Subject
from bxgui.ui import theme
from bxgui.ui.bridge import Bridge
from bxgui.ui.problem_texts import told
from bxgui.ui.theme import Tint
from bxgui.ui.widgets import plain_label, push_button, set_up_table

translate = QCoreApplication.translate
# Begins to look, with a test call or without; each step may block.
Examine = Callable[[bool], Iterator[Check]]
_MARKS: dict[Severity, tuple[Tint, str]] = {
    Severity.OK: (theme.GOOD, "check"),
    Severity.NOTE: (theme.CALM, "ring"),
    Severity.WARNING: (theme.WARN, "warning"),
    Severity.PROBLEM: (theme.BAD, "cross"),
}
_SEVERITY, _SUBJECT, _TEXT = range(3)
_AIR = 8


class DoctorDialog(QDialog):
    """Lists the checks as they come; the window can be used meanwhile."""

    def __init__(self, bridge: Bridge, examine: Examine, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Check the listener"))
        self._bridge = bridge
        self._examine = examine
        self._running: Iterator[Check] | None = None
        self._found: list[Check] = []
        self._summary = plain_label(wrap=True)
        self.table = self._make_table()
        self._again = push_button(self.tr("Check again"), self.look)
        self._call = push_button(
            self.tr("Send a test call through the address"),
            partial(self.look, with_call=True),
            self.tr("Check again, and post a call to the handler's address as a portal does"),
        )
        self._copy = push_button(self.tr("Copy report"), self._copy_report)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        for button in (self._again, self._call, self._copy):
            buttons.addButton(button, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.rejected.connect(self.close)
        layout = QVBoxLayout(self)
        layout.addWidget(self._summary)
        layout.addWidget(self.table)
        layout.addWidget(buttons)
        self.finished.connect(self._stop)
        self.resize(820, 560)

    @property
    def report(self) -> str:
        """What is shown, as text."""
        lines = [f"bxgui {__version__}, {platform.platform()}"]
        for check in self._found:
            lines.append(f"{severity_text(check.severity)}: {subject_text(check.subject)}")
            lines += [f"  {told(text)}" for text in (check.text, check.advice) if text]
        return "\n".join(lines) + "\n"

    def look(self, *, with_call: bool = False) -> None:
        """Look at everything anew."""
        self._found = []
        self.table.setRowCount(0)
        self._running = self._examine(with_call)
        self._show_state()
        self._take_next(self._running)

    def changeEvent(self, event: QEvent) -> None:
        """Follow light and dark."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            for row, check in enumerate(self._found):
                item = self.table.item(row, _SEVERITY)
                if item is not None:
                    item.setIcon(severity_icon(check.severity))

    def _take_next(self, running: Iterator[Check]) -> None:
        self._bridge.run(lambda: next(running, None), partial(self._on_check, running))

    def _on_check(self, running: Iterator[Check], check: Check | None) -> None:
        if running is not self._running:
            return  # closed, or begun anew
        if check is None:
            self._running = None
        else:
            self._add(check)
            self._take_next(running)
        self._show_state()

    def _add(self, check: Check) -> None:
        row = len(self._found)
        self._found.append(check)
        self.table.setRowCount(row + 1)
        severity = QTableWidgetItem(severity_icon(check.severity), severity_text(check.severity))
        text = QTableWidgetItem("\n".join(told(one) for one in (check.text, check.advice) if one))
        for column, item in (
            (_SEVERITY, severity),
            (_SUBJECT, QTableWidgetItem(subject_text(check.subject))),
            (_TEXT, text),
        ):
            self.table.setItem(row, column, item)
        self._fit(row)

    def _fit(self, row: int) -> None:
        self.table.resizeRowToContents(row)
        self.table.setRowHeight(row, self.table.rowHeight(row) + _AIR)

    def _fit_all(self) -> None:
        for row in range(len(self._found)):
            self._fit(row)

    def _show_state(self) -> None:
        is_running = self._running is not None
        self._again.setDisabled(is_running)
        self._call.setDisabled(is_running)
        self._copy.setDisabled(is_running)
        if is_running:
            self._summary.setText(self.tr("Looking…"))
            return
        problems, warnings = (
            sum(check.severity is severity for check in self._found)
            for severity in (Severity.PROBLEM, Severity.WARNING)
        )
        if problems or warnings:
            text = self.tr("Problems: %1. Warnings: %2.")
            text = text.replace("%1", str(problems)).replace("%2", str(warnings))
        else:
            text = self.tr("Nothing is wrong.")
        self._summary.setText(text)

    def _make_table(self) -> QTableWidget:
        table = QTableWidget(0, 3)
        table.setAccessibleName(self.tr("What was found"))
        table.setHorizontalHeaderLabels(
            [self.tr("Result"), self.tr("Subject"), self.tr("What was found")]
        )
        set_up_table(table, {_SEVERITY: 110, _SUBJECT: 120}, _TEXT, air=_AIR)
        table.setWordWrap(True)
        table.setTextElideMode(Qt.TextElideMode.ElideNone)
        table.setVerticalScrollMode(QTableWidget.ScrollMode.ScrollPerPixel)
        header = table.horizontalHeader()
        header.setSectionResizeMode(_TEXT, QHeaderView.ResizeMode.Stretch)
        header.sectionResized.connect(self._fit_all)
        return table

    def _copy_report(self) -> None:
        QGuiApplication.clipboard().setText(self.report)

    def _stop(self) -> None:
        """Take no further check; the one being made ends by itself."""
        self._running = None


def severity_icon(severity: Severity) -> QIcon:
    """A severity's mark: shape and colour both tell it apart."""
    tint, shape = _MARKS[severity]
    return theme.mark(shape, tint.colour)


def severity_text(severity: Severity) -> str:
    """A severity in a word."""
    return {
        Severity.OK: translate("Doctor", "fine"),
        Severity.NOTE: translate("Doctor", "note"),
        Severity.WARNING: translate("Doctor", "warning"),
        Severity.PROBLEM: translate("Doctor", "problem"),
    }[severity]


def subject_text(subject: Subject) -> str:
    """What a check is about."""
    return {
        Subject.SETTINGS: translate("Doctor", "Settings"),
        Subject.KEYRING: translate("Doctor", "Keyring"),
        Subject.STORE: translate("Doctor", "Store"),
        Subject.FILES: translate("Doctor", "Files"),
        Subject.DISK: translate("Doctor", "Disk"),
        Subject.CERTIFICATE: translate("Doctor", "Certificate"),
        Subject.PORT: translate("Doctor", "Port"),
        Subject.ADDRESS: translate("Doctor", "Public address"),
        Subject.TEST_CALL: translate("Doctor", "Test call"),
    }[subject]
