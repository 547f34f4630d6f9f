"""The window's frame: in its place at once, and the same before and after it is filled."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

from bxgui import __version__
from bxgui.ui.first_paint import FirstPaint
from bxgui.ui.garbage import GarbageCollection

WINDOW_SETTINGS = "window.ini"
_GEOMETRY = "geometry"
_SIZE = (1180, 780)


class Frame(QMainWindow):
    """Keeps its place between starts; what it holds is closed with it."""

    def __init__(self, settings_folder: Path) -> None:
        super().__init__()
        self.setWindowTitle("bxgui")
        self._kept = QSettings(str(settings_folder / WINDOW_SETTINGS), QSettings.Format.IniFormat)
        self.resize(*_SIZE)
        geometry = self._kept.value(_GEOMETRY)
        if isinstance(geometry, QByteArray):
            self.restoreGeometry(geometry)

    def hold(self, window: QWidget) -> None:
        """Show what belongs into the frame; the keyboard is for it as in a window just opened."""
        self.setCentralWidget(window)
        window.show()
        self.focusNextPrevChild(True)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Keep the place; what is held may ask first, and hides the frame when it is to end."""
        self._kept.setValue(_GEOMETRY, self.saveGeometry())
        self._kept.sync()
        held = self.centralWidget()
        if held is not None and not held.close():
            event.ignore()
            return
        super().closeEvent(event)


def run(frame: Frame, first_paint: FirstPaint, fill: Callable[[], None]) -> int:
    """Show the frame, fill it once it is painted, and stay; raises what `fill` raises."""
    raised: list[Exception] = []

    def begin() -> None:
        try:
            if frame.isVisible():
                fill()
        except Exception as error:  # noqa: BLE001 - Qt would pass over it, whatever it is
            raised.append(error)
            QApplication.quit()

    first_paint.happened.connect(begin)
    frame.show()
    status = QApplication.exec()
    if raised:
        raise raised[0]
    return status


def make_qt() -> QApplication:
    """The Qt application by its name; garbage is collected in this thread from now on."""
    qt = QApplication(sys.argv[:1])
    qt.setApplicationName("bxgui")
    qt.setApplicationVersion(__version__)
    GarbageCollection(qt)
    return qt
