"""What happens before the window is painted for the first time, and what does not."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from bxgui.ui.first_paint import FirstPaint

HEAVY = {
    *("requests", "sqlalchemy", "keyring", "cryptography", "httptools", "uvicorn"),
    *("psutil", "tomlkit", "asyncio", "ssl", "http", "sqlite3"),
}
SCRIPT = """
import sys
from bxgui import app, cli, commands

def prepare(application):
    paint = application.first_paint

    def tell():
        print(*sorted({name.partition(".")[0] for name in sys.modules}), flush=True)
        application.window.close()

    paint.happened.connect(tell)

run = app.run
app.run = lambda paths, **options: run(paths, **{**options, "prepare": prepare})
sys.exit(cli.main(["--data-dir", sys.argv[1]]))
"""
WAIT = 20_000


def test_nothing_heavy_is_loaded_before_the_first_paint(tmp_path: Path) -> None:
    run = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(tmp_path)], capture_output=True, text=True, check=False
    )

    assert run.returncode == 0, run.stderr
    loaded = set(run.stdout.split())
    assert "PySide6" in loaded
    assert loaded & HEAVY == set()


def test_a_start_is_told_line_by_line(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text("[listener]\nport = 0\n", "utf-8")
    command = [sys.executable, "-m", "bxgui", "--data-dir", str(tmp_path), "--tell-start"]

    run = subprocess.run(command, capture_output=True, text=True, check=False)

    assert (run.returncode, run.stdout) == (0, "painted\nlisted\n")


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
    qtbot.waitUntil(lambda: told == [True], timeout=WAIT)


def test_a_window_that_is_not_painted_does_not_hold_up_the_rest(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)

    with qtbot.waitSignal(FirstPaint(window).happened, timeout=WAIT):
        pass
