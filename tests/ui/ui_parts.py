"""What tests of the window share: a data folder with calls in it, and a person's hands and eyes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import TypeVar

import posts
from posts import Post
from PySide6.QtCore import QAbstractListModel, QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent, QTextDocumentFragment
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QMessageBox,
    QPlainTextEdit,
    QTabBar,
    QTreeWidget,
    QTreeWidgetItem,
    QTreeWidgetItemIterator,
    QWidget,
)
from pytestqt.qtbot import QtBot

from bxgui.core.json_values import JsonValue
from bxgui.core.listing import Group, TokenQuery
from bxgui.core.records import Arrival, CallDetail, Rejection
from bxgui.core.rejections import status_of
from bxgui.core.retrying import Patience
from bxgui.services.intake import prepare, prepare_rejection
from bxgui.services.store import Store
from bxgui.services.vault import StoreKey, new_key
from bxgui.services.workspace import Workspace
from bxgui.ui.bridge import Bridge
from bxgui.ui.desk import Desk
from bxgui.ui.listener_control import ListenerControl
from bxgui.ui.listener_probe import Probe
from bxgui.ui.main_window import MainWindow
from bxgui.ui.send_question import SendQuestion
from bxgui.ui.value_row import RowView
from bxgui.ui.widgets import ElidedLabel

WAIT = 15_000
APPROVAL: dict[str, JsonValue] = {
    "Approved": {"TYPE": "bool", "NAME": "Approved", "REQUIRED": "Y"},
    "Days": {"TYPE": "int", "NAME": "Days"},
    "Comment": {"TYPE": "text", "NAME": "Comment"},
}
W = TypeVar("W", bound=QWidget)


class Clock:
    """A clock that a test moves."""

    def __init__(self, at: datetime = posts.NOW) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at

    def pass_by(self, seconds: float) -> None:
        self.at += timedelta(seconds=seconds)


class Bench:
    """One data folder, written to beside the window as another process would."""

    def __init__(self, folder: Path, clock: Clock) -> None:
        self.folder = folder
        self.clock = clock
        self.key: StoreKey = new_key("this is a test")
        self.patience = Patience()
        self.workspace = self.open()

    def open(self) -> Workspace:
        """One more access to the same store."""
        store = Store.open(self.folder)
        return Workspace(
            store, lambda _store_id: self.key, self.clock, patience=lambda: self.patience
        )

    def take(self, *calls: Post | Arrival, store: Store | None = None) -> list[int]:
        """Store calls as the listener does; each comes a second after the one before."""
        arrivals = []
        for call in calls:
            self.clock.pass_by(1)
            arrival = call.arrival(self.clock()) if isinstance(call, Post) else call
            arrivals.append(replace(arrival, arrived_at=self.clock()))
        prepared = [prepare(arrival, self.key) for arrival in arrivals]
        return [stored.call_id for stored in (store or self.workspace.store).calls.record(prepared)]

    def reject(
        self,
        body: bytes = b"a=1&event_token=62c6c762f552c6.20116410|A1_1|secret",
        code: str = "media_type",
        reason: str = "a body of the type 'text/css' is not understood",
        *,
        at_handler: bool = True,
    ) -> int:
        """Keep a post that was not taken, and give back its id."""
        self.clock.pass_by(1)
        headers = (("content-type", "text/css"),)
        arrival = Arrival(self.clock(), body, "text/css", headers=headers, peer="127.0.0.1:9")
        rejection = Rejection(arrival, status_of(code), code, reason, at_handler=at_handler)
        self.workspace.store.calls.reject([prepare_rejection(rejection, self.key)])
        return self.workspace.token_ids(TokenQuery(group=Group.REJECTED))[0]

    def take_many(self, count: int, first: int = 1, store: Store | None = None) -> list[int]:
        """Store that many calls of as many documents."""
        numbers = range(first, first + count)
        calls = (Post(number, document=f"DEAL_{number}") for number in numbers)
        return self.take(*calls, store=store)

    def call(self, call_id: int) -> CallDetail:
        """A call as it is stored now."""
        found = self.workspace.call(call_id)
        assert found is not None
        return found


class NoListener(ListenerControl):
    """Starts no process: these tests write to the store themselves."""

    def start(self) -> None:
        self.starting.emit()


@contextmanager
def opened_window(bench: Bench, qtbot: QtBot, probe: Probe | None = None) -> Iterator[MainWindow]:
    """The window on a bench, shown and closed again."""
    desk = Desk(Bridge(), bench.open)
    control = NoListener(desk, bench.folder, bench.folder, now=bench.clock, probe=probe)
    window = MainWindow(desk, control, bench.folder, bench.clock)
    desk.setParent(window)
    control.setParent(window)
    window.show()
    qtbot.waitExposed(window)
    try:
        with qtbot.waitSignal(window.tokens.listed, timeout=WAIT):
            desk.open()
        yield window
    finally:
        close(window)


def desk_of(window: MainWindow) -> Desk:
    """The window's access to its store."""
    desk = window.findChild(Desk)
    assert isinstance(desk, Desk)
    return desk


def close(window: QWidget) -> None:
    """Close a window, whatever it would ask, and wait until Qt has let go of it."""
    if isinstance(window, MainWindow):
        window.close_at_once()
    else:
        window.close()
    window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QCoreApplication.processEvents()


def post(number: int = 1, **changes: object) -> Post:
    """A call of one document for each number."""
    return replace(Post(number, document=f"DEAL_{number}"), **changes)  # type: ignore[arg-type]


def recorded(name: str) -> Arrival:
    """A recorded post of another kind."""
    body, query = posts.recorded(name)
    return Arrival(posts.NOW, body, posts.FORM, query, (("content-type", posts.FORM),))


def pick(qtbot: QtBot, window: MainWindow, call_id: int) -> None:
    """Select a token and wait until its call is shown."""
    assert window.tokens.select(call_id)
    wait_for_call(qtbot, window, call_id)


def wait_for_call(qtbot: QtBot, window: MainWindow, call_id: int) -> None:
    """Wait until a call is shown."""

    def is_shown() -> bool:
        call = window.call_view.call
        return call is not None and call.row.id == call_id

    qtbot.waitUntil(is_shown, timeout=WAIT)


def wait_for_rows(qtbot: QtBot, window: MainWindow, ids: Sequence[int]) -> None:
    """Wait until exactly these calls are listed, in this order."""
    qtbot.waitUntil(lambda: listed(window) == list(ids), timeout=WAIT)


def listed(window: MainWindow) -> list[int | None]:
    """The calls in the list."""
    model = window.tokens.model
    return [model.id_at(row) for row in range(model.rowCount())]


def by_name(parent: QWidget, kind: type[W], name: str) -> W:
    """The one visible widget with this accessible name."""
    QApplication.processEvents()
    found = [
        one
        for one in parent.findChildren(kind)
        if one.accessibleName() == name and one.isVisibleTo(parent)
    ]
    assert len(found) == 1, (name, [one.accessibleName() for one in parent.findChildren(kind)])
    return found[0]


def button(parent: QWidget, text: str) -> QAbstractButton:
    """The one button with this text that is not hidden."""
    found = [
        one
        for one in parent.findChildren(QAbstractButton)
        if one.text().replace("&", "") == text and one.isVisibleTo(parent)
    ]
    assert len(found) == 1, (text, [one.text() for one in parent.findChildren(QAbstractButton)])
    return found[0]


def click(qtbot: QtBot, parent: QWidget, text: str) -> None:
    """Click the button with this text."""
    qtbot.mouseClick(button(parent, text), Qt.MouseButton.LeftButton)
    QApplication.processEvents()


def type_text(widget: QWidget, text: str) -> None:
    """Type any text; keyClicks cannot type Cyrillic."""
    for letter in text:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter)
            QApplication.sendEvent(widget, event)


def open_question(qtbot: QtBot, window: QWidget) -> QDialog:
    """The question that the window asks, once it does."""
    qtbot.waitUntil(lambda: len(questions(window)) == 1, timeout=WAIT)
    return questions(window)[0]


def questions(window: QWidget) -> list[QDialog]:
    """The questions open now."""
    kinds = (QMessageBox, SendQuestion)
    return [one for kind in kinds for one in window.findChildren(kind) if one.isVisible()]


def told_by(box: QDialog) -> str:
    """All that a question says."""
    if isinstance(box, QMessageBox):
        return f"{box.text()}\n{box.informativeText()}"
    return "\n".join(label.text() for label in box.findChildren(QLabel))


def answer(qtbot: QtBot, window: QWidget, text: str) -> str:
    """Wait for a question, click one of its buttons, and give back all that it said."""
    box = open_question(qtbot, window)
    said = told_by(box)
    click(qtbot, box, text)
    qtbot.waitUntil(lambda: box not in questions(window), timeout=WAIT)
    return said


def all_texts(root: QWidget) -> list[str]:
    """Every text that can be read in a window: shown, in tooltips, or said by a screen reader."""
    return [text for widget in _family(root) for text in _texts(widget) if text]


def _family(root: QWidget) -> list[QWidget]:
    return [root, *root.findChildren(QWidget)]


def _texts(widget: QWidget) -> Iterable[str]:
    yield from (_as_read(widget.toolTip()), widget.accessibleName(), widget.windowTitle())
    for kind, read in _READERS:
        if isinstance(widget, kind):
            yield from read(widget)


def _as_read(tip: str) -> str:
    """What a person reads in a tooltip, which Qt may take for rich text."""
    return QTextDocumentFragment.fromHtml(tip).toPlainText() if tip.startswith("<span") else tip


def _tree_texts(tree: QTreeWidget) -> Iterator[str]:
    for item in tree_items(tree):
        for column in range(tree.columnCount()):
            yield from (item.text(column), _as_read(item.toolTip(column)))


def tree_items(tree: QTreeWidget) -> Iterator[QTreeWidgetItem]:
    """All items of a tree."""
    iterator = QTreeWidgetItemIterator(tree)
    while (item := iterator.value()) is not None:
        yield item
        iterator += 1


def _view_texts(view: QAbstractItemView) -> Iterator[str]:
    model = view.model()
    roles = (
        Qt.ItemDataRole.DisplayRole,
        Qt.ItemDataRole.ToolTipRole,
        Qt.ItemDataRole.AccessibleTextRole,
    )
    columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount()
    for row in range(model.rowCount()):
        for column in range(columns):
            yield from (_as_read(model.index(row, column).data(role) or "") for role in roles)


_READERS: tuple[tuple[type[QWidget], Callable[..., Iterable[str]]], ...] = (
    (QLabel, lambda label: [label.text()]),
    (QLineEdit, lambda line: [line.text(), line.placeholderText()]),
    (QPlainTextEdit, lambda edit: [edit.toPlainText(), edit.placeholderText()]),
    (QAbstractButton, lambda one: [one.text()]),
    (QComboBox, lambda box: [box.itemText(i) for i in range(box.count())]),
    (QTabBar, lambda bar: [bar.tabText(i) + bar.tabToolTip(i) for i in range(bar.count())]),
    (ElidedLabel, lambda label: [label.text]),
    (RowView, lambda row: row.told()),
    (QTreeWidget, _tree_texts),
    (QAbstractItemView, _view_texts),
)
