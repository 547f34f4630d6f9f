"""What tests of the portals' page share: the page over a simulated portal."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TypeVar
from urllib.parse import urlsplit

from authorizing import Bench
from PySide6.QtWidgets import QApplication, QDialog, QMainWindow, QWidget
from pytestqt.qtbot import QtBot
from ui.rule_parts import opened_dialog
from ui.ui_parts import WAIT, all_texts, by_name, close

from bxgui.core.authorization import Source
from bxgui.core.records import Portal
from bxgui.ui.bridge import Bridge
from bxgui.ui.desk import Desk
from bxgui.ui.portals.portal_dialogs import PortalDialogs
from bxgui.ui.portals.portals_dialog import PortalsDialog
from bxgui.ui.portals.source_card import SourceCard
from bxgui.ui.portals.task import PortalTask, task_name

_D = TypeVar("_D", bound=QDialog)


@dataclass
class PageBench:
    """The page, and the portal and the store behind it."""

    qtbot: QtBot
    bench: Bench
    desk: Desk
    window: QMainWindow
    dialogs: PortalDialogs
    page: PortalsDialog

    @property
    def portals(self) -> list[Portal]:
        return self.bench.workspace.portals()

    @property
    def portal(self) -> Portal:
        """The only portal, as it is stored now."""
        (found,) = self.portals
        return found

    def wait(self, condition: object) -> None:
        assert callable(condition)
        self.qtbot.waitUntil(condition, timeout=WAIT)

    def wait_for_portals(self, *titles: str) -> None:
        """Wait until exactly these are listed, in any order."""
        self.wait(lambda: sorted(self.listed()) == sorted(titles))

    def listed(self) -> list[str]:
        items = self.page.list
        return [items.item(row).text().split("\n")[0] for row in range(items.count())]

    def states(self) -> list[str]:
        items = self.page.list
        return [items.item(row).text().split("\n")[1] for row in range(items.count())]

    def begin(self, task: PortalTask, kind: type[_D]) -> _D:
        """Click a task's button, and wait for its dialog."""
        self.press(task)
        return opened_dialog(self.qtbot, self.window, kind)

    def press(self, task: PortalTask) -> None:
        """Click a task's button."""
        found = by_name(self.page, QWidget, task_name(task))
        assert found.isEnabled()
        found.click()  # type: ignore[attr-defined]
        QApplication.processEvents()

    def can(self, task: PortalTask) -> bool:
        return by_name(self.page, QWidget, task_name(task)).isEnabled()

    def card(self, source: Source) -> SourceCard:
        return self.page.card.sources.cards[source]

    def wait_for_text(self, text: str) -> None:
        """Wait until the page tells something."""
        self.wait(lambda: self.tells(text))

    def tells(self, text: str) -> bool:
        return any(text in one for one in self.texts())

    def texts(self) -> list[str]:
        """Everything that can be read, in the page and the dialogs over it."""
        return [text for text in all_texts(self.window) if text]

    def close_dialog(self, dialog: QDialog) -> None:
        """Close a dialog as Esc does, and wait until it is gone."""
        dialog.reject()
        self.wait(lambda: dialog not in self.visible_dialogs())

    def visible_dialogs(self) -> list[QDialog]:
        return [one for one in self.window.findChildren(QDialog) if one.isVisible()]

    def wait_until_only_page(self) -> None:
        """Wait until no dialog is open over the page."""
        self.wait(lambda: self.visible_dialogs() == [self.page])

    def add_portal(self, *, webhook: bool = False, application: bool = False) -> Portal:
        """Add the simulated portal by hand, as "Office"."""
        book = self.bench.workspace.portal_book
        portal = book.add(self.bench.client.served.endpoint, "Office")
        if webhook:
            book.enter_webhook(portal.key, self.bench.webhook())
        if application:
            book.enter_application(portal.key, self.bench.application)
        self.wait_for_portals("Office")
        return portal


@contextmanager
def opened_page(bench: Bench, qtbot: QtBot) -> Iterator[PageBench]:
    """The page over a window, on the bench's store."""
    desk = Desk(Bridge(), bench.open)
    with qtbot.waitSignal(desk.opened, timeout=WAIT):
        desk.open()
    window = QMainWindow()
    dialogs = PortalDialogs(desk, window, bench.now)
    window.show()
    qtbot.waitExposed(window)
    dialogs.open_page()
    page = opened_dialog(qtbot, window, PortalsDialog)
    try:
        yield PageBench(qtbot, bench, desk, window, dialogs, page)
    finally:
        desk.close()
        close(window)


def consent(bench: Bench, address: str) -> str:
    """A person's consent: the address where the browser ends."""
    bench.portal_side.accounts.redirect_uri = "https://hook.example.com/h/s3cret-path"
    parts = urlsplit(address)
    return bench.client.get(f"{parts.path}?{parts.query}").headers["Location"]


def query_of(address: str) -> bytes:
    return urlsplit(address).query.encode()
