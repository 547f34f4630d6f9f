"""Brings the window to the front when a second start asks for it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from PySide6.QtCore import QFileSystemWatcher, QObject, Qt
from PySide6.QtWidgets import QApplication, QWidget

if TYPE_CHECKING:
    from bxgui.services.window_lock import WindowLock

_TOKEN = "XDG_ACTIVATION_TOKEN"  # noqa: S105 - of the desktop's, and no secret


class Raising(QObject):
    """Looks whether the window is asked for; one that is being closed does not any more."""

    def __init__(self, window: QWidget, lock: WindowLock) -> None:
        super().__init__(window)
        self._window = window
        self._lock = lock
        self._watcher = QFileSystemWatcher([str(lock.path)], self)
        self._watcher.fileChanged.connect(self._look)
        # Somebody may have asked before anybody watched.
        self._look()

    def _look(self) -> None:
        if not self._window.isVisible():
            return  # it is being closed: who asks can have the next one
        token = self._lock.asked()
        if token is not None:
            if token:
                # Wayland activates a window only for whom the desktop gave this to; Qt reads it.
                os.environ[_TOKEN] = token
            bring_forward(self._window)
            os.environ.pop(_TOKEN, None)


def bring_forward(window: QWidget) -> None:
    """Show the window before all others, or where the system does not allow it, mark it."""
    window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
    window.show()
    # A question that is open comes with it.
    for one in (window, QApplication.activeModalWidget()):
        if one is not None:
            one.raise_()
            one.activateWindow()
    QApplication.alert(window)
