from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import authorizing
import pytest
from portal_server import PortalServer
from portal_server import portal as running_portal
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from ui.portal_parts import PageBench, opened_page
from ui.ui_parts import WAIT, Bench, Clock, opened_window

from bxgui.ui.bridge import Bridge
from bxgui.ui.desk import Desk
from bxgui.ui.main_window import MainWindow


@pytest.fixture(autouse=True)
def _application(qapp: QApplication) -> None:
    """Icons and palettes need one."""


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def bench(tmp_path: Path, clock: Clock) -> Iterator[Bench]:
    made = Bench(tmp_path / "data", clock)
    yield made
    made.workspace.close()


@pytest.fixture
def desk(bench: Bench, qtbot: QtBot) -> Iterator[Desk]:
    made = Desk(Bridge(), bench.open)
    with qtbot.waitSignal(made.opened, timeout=WAIT):
        made.open()
    yield made
    made.close()


@pytest.fixture
def window(bench: Bench, qtbot: QtBot) -> Iterator[MainWindow]:
    with opened_window(bench, qtbot) as opened:
        yield opened


@pytest.fixture
def portal() -> Iterator[PortalServer]:
    with running_portal() as running:
        yield running


@pytest.fixture
def shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot) -> Iterator[PageBench]:
    """The page of portals over a simulated portal."""
    with authorizing.bench(tmp_path, monkeypatch) as made, opened_page(made, qtbot) as page:
        yield page
