"""What the window needs to look right: translations, icons, and painting that paints."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtCore import (
    QCoreApplication,
    QDir,
    QDirIterator,
    QLibraryInfo,
    QMessageLogContext,
    QPluginLoader,
    QRect,
    QtMsgType,
    qInstallMessageHandler,
    qVersion,
)
from PySide6.QtGui import QGuiApplication, QIcon, QImage
from PySide6.QtWidgets import QApplication, QWidget

from bxgui import app
from bxgui.self_test.telling import StepFailed
from bxgui.ui import language

_ICON_SIZE = 32
_STEPS = 64
# A text of the window, and one of Qt's own.
_TEXTS = (("MainWindow", "Not listening"), ("QPlatformTheme", "Cancel"))
_LANGUAGE = "ru"
# What puts windows on a screen, and the variable that tells that there is one for it.
_SCREENS: Mapping[str, Mapping[str, str]] = {
    "linux": {"qxcb": "DISPLAY", "qwayland": "WAYLAND_DISPLAY"},
    "darwin": {"qcocoa": ""},
    "win32": {"qwindows": ""},
}
# Offscreen windows have no frame to be told of; and where nobody has chosen a locale, Qt takes
# another one, and says so.
_EXPECTED = re.compile(
    r"This plugin does not support propagateSizeHints\(\)|Detected locale .*", re.DOTALL
)


def start_qt(complain: Callable[[str], None]) -> QApplication:
    """Qt, in English; its messages are heard, which a program without a console would not write."""

    def hear(_kind: QtMsgType, _where: QMessageLogContext, text: str | None) -> None:
        if text and not _EXPECTED.fullmatch(text.strip()):
            complain(text)

    qInstallMessageHandler(hear)
    return app.make_qt_application("en")


def system() -> str:
    """What draws here."""
    return f"Qt {qVersion()} on {QGuiApplication.platformName()}"


def screens(folder: Path | None = None, environment: Mapping[str, str] = os.environ) -> str:
    """What windows are put on a screen with, loaded as at their start, though this test has none.

    What the system lacks for a screen that is not there fails nothing.
    """
    plugins = folder or Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath), "platforms")
    details = []
    for name, variable in _SCREENS.get(sys.platform, {}).items():
        loader = QPluginLoader(str(plugins / name))
        if not loader.fileName():
            message = f"the plugin {name} is missing in {plugins}"
            raise StepFailed(message)
        if loader.load():
            details.append(name)
        elif not variable or environment.get(variable):
            raise StepFailed(loader.errorString())
        else:
            details.append(f"not {name} ({loader.errorString()})")
    return ", ".join(details)


def translations(qt: QApplication) -> str:
    """The Russian translations, of the window's texts and of Qt's own."""
    translators = language.install(qt, _LANGUAGE)
    try:
        for context, text in _TEXTS:
            if QCoreApplication.translate(context, text) == text:
                message = f"the Russian translation of {text!r} in {context} is not found"
                raise StepFailed(message)
    finally:
        for one in translators:
            qt.removeTranslator(one)
    return "Russian, of the window and of Qt"


def icons(folder: str = ":/icons") -> str:
    """Every icon shows something."""
    found, names = QDirIterator(folder, QDir.Filter.Files), []
    while found.hasNext():
        path = found.next()
        picture = QIcon(path).pixmap(_ICON_SIZE, _ICON_SIZE).toImage()
        if picture.isNull() or len(colours(picture)) < 2:
            message = f"{path} shows nothing"
            raise StepFailed(message)
        names.append(path.rpartition("/")[2])
    if not names:
        message = f"there are none in {folder}"
        raise StepFailed(message)
    return ", ".join(names)


def painted(widget: QWidget, place: QRect | None = None) -> int:
    """How many colours a widget shows, or a place in it; raises `StepFailed` for a blank one."""
    picture = widget.grab(place if place is not None else widget.rect()).toImage()
    count = len(colours(picture))
    if count < 2:
        message = f"{type(widget).__name__} is painted blank"
        raise StepFailed(message)
    return count


def colours(picture: QImage) -> set[int]:
    """The colours of a picture, at points spread over it."""
    width, height = picture.width(), picture.height()
    across = range(0, width, max(width // (4 * _STEPS), 1))
    down = range(0, height, max(height // _STEPS, 1))
    return {picture.pixel(x, y) for y in down for x in across}
