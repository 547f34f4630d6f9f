"""What a start is compared with: a bare window with a table and two docks; a line when painted."""

from __future__ import annotations

import sys

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import (
    QApplication,
    QDockWidget,
    QMainWindow,
    QPlainTextEdit,
    QTableWidget,
)

_SIZE = (1180, 780)
_ROWS, _COLUMNS = 30, 6


class _Bare(QMainWindow):
    """Tells once that it is painted, and closes."""

    def __init__(self) -> None:
        super().__init__()
        self.setCentralWidget(QTableWidget(_ROWS, _COLUMNS))
        for area in (Qt.DockWidgetArea.RightDockWidgetArea, Qt.DockWidgetArea.BottomDockWidgetArea):
            dock = QDockWidget("Dock")
            dock.setWidget(QPlainTextEdit())
            self.addDockWidget(area, dock)
        self.resize(*_SIZE)
        self.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's
        """As our own window is measured."""
        if event.type() is QEvent.Type.Paint:
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self, self._end)
        return super().eventFilter(watched, event)

    def _end(self) -> None:
        sys.stdout.write("painted\n")
        sys.stdout.flush()
        self.close()


def main() -> int:
    """Show the window."""
    application = QApplication(sys.argv[:1])
    window = _Bare()
    window.show()
    return application.exec()


if __name__ == "__main__":
    sys.exit(main())
