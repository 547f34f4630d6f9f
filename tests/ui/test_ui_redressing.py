"""Widgets follow the system from light to dark and back."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot
from ui.ui_parts import WAIT

from bxgui.ui import theme
from bxgui.ui.redressing import Redressing


@pytest.fixture
def dressed(qapp: QApplication) -> Iterator[QApplication]:
    """The application in its style sheet, which is given back as it was."""
    palette, sheet = qapp.palette(), qapp.styleSheet()
    qapp.setPalette(theme.palette_of(dark=False))
    theme.dress(qapp)
    yield qapp
    qapp.setStyleSheet(sheet)
    qapp.setPalette(palette)


def test_a_label_in_a_watched_window_follows_each_change(
    dressed: QApplication, qtbot: QtBot
) -> None:
    window = QWidget()
    label = QLabel("Waiting")
    QVBoxLayout(window).addWidget(label)
    qtbot.addWidget(window)
    window.show()
    Redressing(dressed, window)

    for dark in (True, False):
        palette = theme.palette_of(dark=dark)
        dressed.setPalette(palette)
        wanted = palette.color(QPalette.ColorRole.WindowText)

        def has_followed(wanted: QColor = wanted) -> bool:
            return label.palette().color(QPalette.ColorRole.WindowText) == wanted

        qtbot.waitUntil(has_followed, timeout=WAIT)
