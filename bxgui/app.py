"""The window's composition root: the only module that knows every layer."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from PySide6.QtCore import QTimer
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

import bxgui.ui.resources_rc  # noqa: F401 - registers the icons
from bxgui import __version__
from bxgui.core.checks import Check
from bxgui.ui import language as languages
from bxgui.ui import theme
from bxgui.ui.bridge import Bridge
from bxgui.ui.bug_dialog import BugCatcher
from bxgui.ui.desk import Desk
from bxgui.ui.doctor_dialog import DoctorDialog
from bxgui.ui.garbage import GarbageCollection
from bxgui.ui.listener_control import ListenerControl
from bxgui.ui.main_window import MainWindow

if TYPE_CHECKING:
    from bxgui.services.paths import Paths
    from bxgui.services.workspace import Workspace

_SIGNAL_MILLISECONDS = 300


@dataclass
class Application:
    """The parts of a running window."""

    window: MainWindow
    desk: Desk
    control: ListenerControl
    bugs: BugCatcher


def run(
    paths: Paths,
    port: int | None = None,
    open_workspace: Callable[[], Workspace] | None = None,
    prepare: Callable[[Application], None] | None = None,
) -> int:
    """Open the window and stay until it is closed; `prepare` gets its parts before it opens."""
    qt = make_qt_application()
    application = build(paths, port=port, open_workspace=open_workspace)
    application.bugs.install()
    if prepare is not None:
        prepare(application)
    application.window.show()
    application.desk.open()
    _close_on_signals(application.window)
    return qt.exec()


def make_qt_application(language: str = "") -> QApplication:
    """The Qt application with its name and icon, in the system's language or the one named."""
    qt = QApplication(sys.argv[:1])
    qt.setApplicationName("bxgui")
    qt.setApplicationVersion(__version__)
    qt.setWindowIcon(QIcon(":/icons/bxgui.svg"))
    GarbageCollection(qt)
    theme.dress(qt)
    languages.install(qt, language)
    return qt


def build(
    paths: Paths,
    port: int | None = None,
    now: Callable[[], datetime] | None = None,
    open_workspace: Callable[[], Workspace] | None = None,
) -> Application:
    """Put the window together; nothing heavy is loaded and nothing is started yet."""

    def open_here() -> Workspace:
        from bxgui.services import logs
        from bxgui.services.workspace import Workspace

        logs.start(paths.logs)
        return Workspace.open(paths, anew_if_damaged=True)

    bridge = Bridge()
    desk = Desk(bridge, open_workspace or open_here)
    clock = now or _utc_now
    control = ListenerControl(desk, _data_dir(paths), paths.settings, port, now=clock, probe=_probe)
    window = MainWindow(desk, control, paths.settings, clock)
    desk.setParent(window)
    control.setParent(window)
    bugs = BugCatcher(window)
    bridge.crashed.connect(bugs.report)

    def check() -> None:
        examine = partial(_examine, paths, control.local_url)
        dialog = DoctorDialog(bridge, examine, window)
        dialog.show()
        dialog.look()

    window.listener_bar.check_asked.connect(check)
    return Application(window, desk, control, bugs)


def _probe(address: str, secret: str, instance: str) -> str:
    """Who answers at an address, asked of a service that is loaded when it is wanted."""
    from bxgui.services.probe import probe

    return probe(address, secret, instance)


def _examine(paths: Paths, local_url: str, test_call: bool) -> Iterator[Check]:
    """All checks; a listener that runs is looked for where it has said that it listens."""
    from bxgui.services.doctor import Asked, examine

    where = urlsplit(local_url)
    asked = Asked(where.hostname, where.port, test_call=test_call)
    yield from examine(paths, asked, _utc_now)


def _data_dir(paths: Paths) -> Path | None:
    """What to pass on to our processes: they find the platform's own folders by themselves."""
    from bxgui.services.paths import Paths as AllPaths

    return None if paths == AllPaths.of(None) else paths.data


def _utc_now() -> datetime:
    return datetime.now(UTC)


def _close_on_signals(window: MainWindow) -> None:
    """Close in order on SIGINT and SIGTERM; the timer lets Python see them."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: window.close_at_once())
    timer = QTimer(window, interval=_SIGNAL_MILLISECONDS)
    timer.timeout.connect(lambda: None)
    timer.start()
