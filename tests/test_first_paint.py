"""What happens before the window is painted for the first time, and what does not."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from bxgui.ui.first_paint import FirstPaint
from bxgui.ui.frame import Frame

HEAVY = {
    *("requests", "sqlalchemy", "keyring", "cryptography", "httptools", "uvicorn"),
    *("psutil", "tomlkit", "asyncio", "ssl", "http", "sqlite3"),
}
# What shows calls, troubles and the rest of the window, and the library modules that only it needs.
OF_THE_REST = {
    *("bxgui.core.records", "bxgui.core.explanations", "bxgui.core.queued", "bxgui.core.schema"),
    *("bxgui.ui.token_cells", "bxgui.ui.texts", "bxgui.ui.problem_texts", "bxgui.ui.marks"),
    *("bxgui.ui.main_window", "bxgui.ui.call_view"),
    *("dataclasses", "json", "decimal", "concurrent.futures", "html", "hashlib"),
}
SCRIPT = """
import sys
from PySide6.QtWidgets import QApplication
from bxgui import app, window_start
from bxgui.ui import frame as frames

def tell():
    dressed = "dressed" if QApplication.instance().styleSheet() else "undressed"
    print(dressed, *sorted(sys.modules), flush=True)

def run_and_tell(frame, first_paint, fill):
    first_paint.happened.connect(tell)
    return run(frame, first_paint, fill)

make = app.build

def build(*arguments, **options):
    application = make(*arguments, **options)
    application.first_paint.happened.connect(tell)
    application.first_paint.happened.connect(application.window.close_at_once)
    return application

run = frames.run
frames.run, app.build = run_and_tell, build
sys.exit(window_start.open_window(window_start.asked(["--data-dir", sys.argv[1]])))
"""
WAIT = 20_000


def test_nothing_heavy_is_loaded_before_the_first_paint(tmp_path: Path) -> None:
    run = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(tmp_path)], capture_output=True, text=True, check=False
    )

    assert run.returncode == 0, run.stderr
    of_the_front, of_all = (set(line.split()) for line in run.stdout.splitlines())
    assert {name.partition(".")[0] for name in of_all} & HEAVY == set()
    assert {"bxgui.ui.listener_bar", "bxgui.ui.token_list"} <= of_the_front
    assert of_the_front & OF_THE_REST == set()
    assert {"bxgui.ui.main_window", "bxgui.core.records"} <= of_all
    # A style sheet for every widget takes longer than to paint them.
    assert "undressed" in of_the_front
    assert sys.platform in {"win32", "darwin"} or "dressed" in of_all


def test_a_frame_keeps_its_place_and_closes_what_it_holds(tmp_path: Path, qtbot: QtBot) -> None:
    frame, held = Frame(tmp_path), QWidget()
    qtbot.addWidget(frame)
    frame.show()
    frame.hold(held)
    frame.resize(640, 480)

    frame.close()

    assert not held.isVisible()
    again = Frame(tmp_path)
    qtbot.addWidget(again)
    assert (again.width(), again.height()) == (640, 480)


def test_what_keeps_the_frame_from_being_filled_is_told_in_a_line(tmp_path: Path) -> None:
    broken = "import sys; sys.modules['bxgui.ui.main_window'] = None"
    (tmp_path / "sitecustomize.py").write_text(broken, "utf-8")
    paths = (str(tmp_path), *filter(None, [os.environ.get("PYTHONPATH")]))

    run = subprocess.run(
        [sys.executable, "-m", "bxgui", "--data-dir", str(tmp_path / "data")],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert run.returncode == 1
    assert "bxgui: a bug in bxgui (ModuleNotFoundError)" in run.stderr


def test_a_start_is_told_line_by_line(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text("[listener]\nport = 0\n", "utf-8")
    command = [sys.executable, "-m", "bxgui", "--data-dir", str(tmp_path), "--tell-start"]

    run = subprocess.run(command, capture_output=True, text=True, check=False)

    assert (run.returncode, run.stdout) == (0, "painted\nfilled\nlisted\n")


def test_the_first_paint_is_told_once_and_after_it(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    told: list[bool] = []
    paint = FirstPaint(window)
    paint.happened.connect(lambda: told.append(True))

    window.show()

    assert told == []
    qtbot.waitUntil(lambda: told == [True], timeout=WAIT)
    window.repaint()
    assert told == [True]


def test_a_window_that_is_not_painted_does_not_hold_up_the_rest(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)

    with qtbot.waitSignal(FirstPaint(window).happened, timeout=WAIT):
        pass
