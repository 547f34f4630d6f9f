"""The dialog for bugs: what broke, with versions, ready to be copied."""

from __future__ import annotations

import logging
import sys
from types import TracebackType

import PySide6
from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from bxgui import __version__
from bxgui.ui.widgets import code_view, plain_label

_LOG = logging.getLogger(__name__)


def report_of(error: BaseException) -> str:
    """Versions, the kind of error and the places in the code."""
    import platform  # noqa: PLC0415 - most starts meet no bug

    from bxgui.services import logs  # noqa: PLC0415

    versions = (
        f"bxgui {__version__}, Python {platform.python_version()}, PySide6 {PySide6.__version__}"
    )
    return "\n".join((versions, platform.platform(), logs.report_of(error)))


class BugDialog(QDialog):
    """Says that something is broken, and offers the report."""

    def __init__(self, error: BaseException, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("A bug in bxgui"))
        self.report = report_of(error)
        text = plain_label(
            self.tr(
                "Something in bxgui is broken. Calls go on being caught by the listener. "
                "Please send this report to whoever gave you bxgui."
            ),
            wrap=True,
        )
        view = code_view(self.tr("Report"))
        view.setPlainText(self.report)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        copy = buttons.addButton(self.tr("Copy report"), QDialogButtonBox.ButtonRole.ActionRole)
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self.report))
        buttons.rejected.connect(self.close)
        layout = QVBoxLayout(self)
        layout.addWidget(text)
        layout.addWidget(view)
        layout.addWidget(buttons)
        self.resize(640, 360)


class BugCatcher(QObject):
    """Shows one dialog at a time for exceptions that nobody handled."""

    caught = Signal(object)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._open = False
        self.caught.connect(self._show)

    def install(self) -> None:
        """Catch what reaches the interpreter."""
        sys.excepthook = self.hook

    def hook(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        """The interpreter's hook for exceptions that nobody handled."""
        if issubclass(kind, KeyboardInterrupt):
            QCoreApplication.quit()
            return
        _LOG.error("a bug\n%s", report_of(error.with_traceback(trace)))
        self.caught.emit(error)

    def report(self, error: object) -> None:
        """Show an exception that a thread handed over."""
        if isinstance(error, BaseException):
            self.hook(type(error), error, error.__traceback__)

    def _show(self, error: BaseException) -> None:
        if self._open:
            return
        self._open = True
        dialog = BugDialog(error, self._window)
        dialog.finished.connect(self._on_closed)
        dialog.open()

    def _on_closed(self) -> None:
        self._open = False
