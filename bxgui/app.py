"""The window's composition root: the only module that knows every layer."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication, QWidget

import bxgui.ui.resources_rc  # noqa: F401 - registers the icons
from bxgui.ui import frame as frames
from bxgui.ui import language as languages
from bxgui.ui import theme
from bxgui.ui.bridge import Bridge
from bxgui.ui.desk import Desk
from bxgui.ui.first_paint import FirstPaint
from bxgui.ui.frame import Frame
from bxgui.ui.front import Front

if TYPE_CHECKING:
    from bxgui.core.checks import Check
    from bxgui.services.paths import Paths
    from bxgui.services.window_lock import WindowLock
    from bxgui.services.workspace import Workspace
    from bxgui.ui.bug_dialog import BugCatcher
    from bxgui.ui.listener_control import ListenerControl
    from bxgui.ui.main_window import MainWindow


class Application(NamedTuple):
    """The parts of a running window."""

    window: MainWindow
    desk: Desk
    control: ListenerControl
    bugs: BugCatcher
    first_paint: FirstPaint


def run(
    paths: Paths,
    port: int | None = None,
    open_workspace: Callable[[], Workspace] | None = None,
    prepare: Callable[[Application], None] | None = None,
    lock: WindowLock | None = None,
    *,
    tells_start: bool = False,
) -> int:
    """Open the window and stay until it is closed; `prepare` gets its parts once they are there.

    Its front is painted first, and what is slow to load is loaded then. From then on it comes to
    the front whenever a second start asks for it through the lock.
    """
    qt = make_qt_application()
    front = make_front(paths, open_workspace=open_workspace)
    frame = Frame(paths.settings)
    frame.hold(front)

    def fill() -> None:
        if tells_start:
            _tell("painted")
        # A style sheet for all is dear while there are widgets to be painted for the first time.
        theme.dress(qt)
        application = build(paths, port, front=front)
        application.bugs.install()
        if prepare is not None:
            prepare(application)
        if tells_start:
            _tell_start(application)
        application.first_paint.happened.connect(application.desk.open)
        if lock is not None:
            application.first_paint.happened.connect(partial(_watch, frame, lock))
        frame.hold(application.window)
        _close_on_signals(qt, application.window)
        _follow_the_palette(qt, frame)

    return frames.run(frame, FirstPaint(front), fill)


def _tell_start(application: Application) -> None:
    """Write a line when all parts are painted, and one when calls are listed; then close."""

    def end(*_listed: object) -> None:
        _tell("listed")
        application.window.window().close()

    application.first_paint.happened.connect(partial(_tell, "filled"))
    application.window.tokens.listed.connect(end)


def _tell(word: str) -> None:
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()


def make_qt_application(language: str = "") -> QApplication:
    """The Qt application with its name and icon, in the system's language or the one named."""
    qt = frames.make_qt()
    qt.setWindowIcon(QIcon(":/icons/bxgui.svg"))
    languages.install(qt, language)
    return qt


def make_front(
    paths: Paths,
    now: Callable[[], datetime] | None = None,
    open_workspace: Callable[[], Workspace] | None = None,
) -> Front:
    """What is painted first, and its access to a data folder that is not opened yet."""

    def open_here() -> Workspace:
        from bxgui.services import logs
        from bxgui.services.workspace import Workspace

        logs.start(paths.logs)
        return Workspace.open(paths, anew_if_damaged=True)

    desk = Desk(Bridge(), open_workspace or open_here)
    return Front(desk, now or _utc_now, paths.settings)


def build(
    paths: Paths,
    port: int | None = None,
    now: Callable[[], datetime] | None = None,
    open_workspace: Callable[[], Workspace] | None = None,
    front: Front | None = None,
) -> Application:
    """Put the whole window together, around a front that is there or one of its own.

    Nothing heavy is loaded and nothing is started yet.
    """
    # They take longer to load than the front to be painted.
    from bxgui.ui.bug_dialog import BugCatcher
    from bxgui.ui.listener_control import ListenerControl
    from bxgui.ui.main_window import MainWindow

    front = front or make_front(paths, now, open_workspace)
    desk, clock = front.desk, front.now
    bridge = desk.bridge
    control = ListenerControl(desk, _data_dir(paths), paths.settings, port, now=clock, probe=_probe)
    window = MainWindow(desk, control, paths.settings, clock, front)
    desk.setParent(window)
    control.setParent(window)
    bugs = BugCatcher(window)
    bridge.crashed.connect(bugs.report)

    def check() -> None:
        from bxgui.ui.doctor_dialog import DoctorDialog

        examine = partial(_examine, paths, control.local_url)
        dialog = DoctorDialog(bridge, examine, window)
        dialog.show()
        dialog.look()

    window.listener_bar.check_asked.connect(check)
    return Application(window, desk, control, bugs, FirstPaint(window))


def _watch(window: QWidget, lock: WindowLock) -> None:
    """Watch for a second start, with what is loaded when there can be one."""
    from bxgui.ui.raising import Raising

    Raising(window, lock)


def _follow_the_palette(qt: QApplication, frame: Frame) -> None:
    from bxgui.ui.redressing import Redressing

    Redressing(qt, frame)


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


def _close_on_signals(qt: QApplication, window: MainWindow) -> None:
    from bxgui.ui.closing_signals import ClosingSignals

    signals = ClosingSignals(window.close_at_once, window)
    qt.aboutToQuit.connect(signals.end)
