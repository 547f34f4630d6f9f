from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from bxgui.ui.frame import Frame
from bxgui.ui.main_window import MainWindow


class _Asking(QWidget):
    """Closes once it may."""

    may_close = False

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - the name is that of Qt
        event.setAccepted(self.may_close)


@pytest.fixture
def frame(qtbot: QtBot, tmp_path: Path) -> Frame:
    made = Frame(tmp_path)
    qtbot.addWidget(made)
    return made


def test_frame_stays_while_what_it_holds_asks(frame: Frame) -> None:
    held = _Asking()
    frame.hold(held)
    frame.show()

    assert not frame.close()
    assert frame.isVisible()

    held.may_close = True
    assert frame.close()
    assert not frame.isVisible()


def test_window_that_closes_at_once_takes_its_frame_along(frame: Frame, window: MainWindow) -> None:
    frame.hold(window)
    frame.show()

    window.close_at_once()

    assert not frame.isVisible()
