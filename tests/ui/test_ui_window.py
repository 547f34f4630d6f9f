"""The window as a whole: what it keeps, its keys, and what it loads."""

from __future__ import annotations

import os
import subprocess
import sys
import warnings
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLineEdit, QSplitter
from pytestqt.qtbot import QtBot
from ui.ui_parts import (
    WAIT,
    Bench,
    desk_of,
    opened_window,
    pick,
    post,
    questions,
    told_by,
    wait_for_rows,
)

from bxgui.ui.main_window import MainWindow

_BEFORE_PAINTING = """
import sys
from pathlib import Path
from bxgui import app
from bxgui.services.paths import Paths
qt = app.make_qt_application()
application = app.build(Paths.of(Path(sys.argv[1])), port=0)
application.window.show()
qt.processEvents()
heavy = ("sqlalchemy", "requests", "keyring", "cryptography", "uvicorn", "tomlkit")
print(" ".join(name for name in heavy if name in sys.modules) or "none")
application.window.close()
"""


def test_sizes_are_kept(bench: Bench, qtbot: QtBot) -> None:
    with opened_window(bench, qtbot) as window:
        window.resize(790, 640)
        window.front.across.setSizes([420, 360])
        drag_handle(qtbot, window.front.down, -80)
        QApplication.processEvents()
        kept = window.front.across.sizes(), window.front.down.sizes(), window.size()
    assert (bench.folder / "window.ini").exists()
    with opened_window(bench, qtbot) as window:
        QApplication.processEvents()
        assert window.size() == kept[2]
        assert window.front.across.sizes() == kept[0]
        assert window.front.down.sizes() == kept[1]


def test_a_low_window_gives_its_height_to_the_call_until_the_handle_is_moved(
    bench: Bench, qtbot: QtBot
) -> None:
    with opened_window(bench, qtbot) as window:
        window.resize(1000, 1000)
        QApplication.processEvents()
        high = window.front.down.sizes()
        window.resize(1000, 700)
        QApplication.processEvents()
        upper, lower = window.front.down.sizes()
        assert lower < high[1]
        assert lower * 3 <= upper
        drag_handle(qtbot, window.front.down, -60)
        chosen = window.front.down.sizes()
        assert chosen[1] > lower
        window.resize(1000, 720)
        QApplication.processEvents()
        assert window.front.down.sizes()[1] >= chosen[1]


def test_sizes_that_nobody_has_chosen_follow_the_window_of_the_next_start(
    bench: Bench, qtbot: QtBot
) -> None:
    with opened_window(bench, qtbot) as window:
        window.resize(1000, 1000)
        QApplication.processEvents()
        high = window.front.down.sizes()[1]
    with opened_window(bench, qtbot) as window:
        window.resize(1000, 700)
        QApplication.processEvents()
        assert window.front.down.sizes()[1] < high


def drag_handle(qtbot: QtBot, splitter: QSplitter, by: int) -> None:
    """Drag the handle between the upper and the lower part."""
    handle = splitter.handle(1)
    place = handle.rect().center()
    qtbot.mousePress(handle, Qt.MouseButton.LeftButton, pos=place)
    qtbot.mouseMove(handle, place + QPoint(0, by))
    qtbot.mouseRelease(handle, Qt.MouseButton.LeftButton, pos=place)


def test_a_spoilt_window_file_does_no_harm(bench: Bench, qtbot: QtBot) -> None:
    (bench.folder / "window.ini").write_text("[General]\ngeometry=nonsense\nacross=@ByteArray(x)\n")
    with opened_window(bench, qtbot) as window:
        assert window.isVisible()


def test_all_that_is_written_is_in_the_data_folder(
    bench: Bench, qtbot: QtBot, tmp_path: Path
) -> None:
    home = Path(os.environ["HOME"])
    before = {path for path in home.rglob("*") if path.is_file()}
    with opened_window(bench, qtbot) as window:
        bench.take(post(1))
        wait_for_rows(qtbot, window, [1])
    assert {path for path in home.rglob("*") if path.is_file()} == before
    assert [path.name for path in tmp_path.iterdir()] == ["data"]


def test_nothing_heavy_is_loaded_before_the_window_is_painted(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _BEFORE_PAINTING, str(tmp_path)],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert done.stdout.strip() == "none"


@pytest.mark.parametrize(
    ("key", "modifier"),
    [(Qt.Key.Key_F, "search"), (Qt.Key.Key_L, "list")],
    ids=["Ctrl+F", "Ctrl+L"],
)
def test_keys_lead_to_search_and_list(
    bench: Bench, window: MainWindow, qtbot: QtBot, key: Qt.Key, modifier: str
) -> None:
    bench.take(post(1))
    desk_of(window).note_change()
    wait_for_rows(qtbot, window, [1])
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow, timeout=WAIT)
    qtbot.keyClick(window, key, Qt.KeyboardModifier.ControlModifier)
    wanted = window.filter.search if modifier == "search" else window.tokens.table
    assert QApplication.focusWidget() is wanted


def test_f1_lists_the_keys(window: MainWindow, qtbot: QtBot) -> None:
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow, timeout=WAIT)
    qtbot.keyClick(window, Qt.Key.Key_F1)
    qtbot.waitUntil(lambda: len(questions(window)) == 1, timeout=WAIT)
    box = questions(window)[0]
    assert "Ctrl+Enter" in told_by(box)
    box.close()


def test_alt_and_a_digit_turn_to_a_tab(bench: Bench, window: MainWindow, qtbot: QtBot) -> None:
    bench.take(post(1))
    desk_of(window).note_change()
    wait_for_rows(qtbot, window, [1])
    pick(qtbot, window, 1)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow, timeout=WAIT)
    for digit in (2, 3, 4, 1):
        qtbot.keyClick(window, Qt.Key(Qt.Key.Key_0 + digit), Qt.KeyboardModifier.AltModifier)
        assert window.call_view.tabs.currentIndex() == digit - 1


def test_every_control_has_a_name_for_a_screen_reader(
    bench: Bench, window: MainWindow, qtbot: QtBot
) -> None:
    bench.take(post(1))
    desk_of(window).note_change()
    wait_for_rows(qtbot, window, [1])
    pick(qtbot, window, 1)
    window.call_view.form._rows.add_row()
    QApplication.processEvents()
    nameless = [
        one
        for kind in (QLineEdit, QComboBox)
        for one in window.findChildren(kind)
        if one.isVisible() and not one.accessibleName()
    ]
    nameless += [
        one
        for one in window.findChildren(QAbstractButton)
        if one.isVisible()
        and one.focusPolicy() != Qt.FocusPolicy.NoFocus
        and not (one.accessibleName() or one.text())
    ]
    assert nameless == []


def test_a_window_that_is_closed_twice_ends_its_processes_once(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    ended: list[object] = []
    monkeypatch.setattr(window.control, "close", lambda: ended.append(None))
    window.close()
    window.show()
    window.close()
    assert not window.isVisible()
    assert len(ended) == 1


def test_processes_can_be_ended_twice(window: MainWindow) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        window.control.close()
        window.control.close()
