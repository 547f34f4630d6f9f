"""The buttons over the queue."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QWidget

from bxgui.core.queued import Waits
from bxgui.ui.menu_button import add_choice, literal, menu_button, popup_below
from bxgui.ui.queue.queue_actions import QueueActions
from bxgui.ui.queue.queue_watch import Queue, QueueWatch
from bxgui.ui.widgets import tool_button


class QueueTools(QWidget):
    """Pause and go on, for all portals or for one; take back what is selected, or all."""

    take_back_asked = Signal()
    repeats_asked = Signal()

    def __init__(self, watch: QueueWatch, actions: QueueActions) -> None:
        super().__init__()
        self._watch = watch
        self._actions = actions
        self._pause = menu_button(self.tr("Pause"), self._open_pause_menu)
        self._go_on = menu_button(self.tr("Go on"), self._open_go_on_menu)
        self._take_back = self._button(
            self.tr("Take back"),
            self.take_back_asked.emit,
            self.tr("Take the selected replies back: they are not sent (Delete)"),
        )
        self._take_all = self._button(
            self.tr("Take all back"),
            actions.ask_to_take_all_back,
            self.tr("Take every reply back that is not on its way"),
        )
        repeats = self._button(
            self.tr("Repeats…"),
            self.repeats_asked.emit,
            self.tr("Set how often and for how long replies are repeated"),
        )
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        for button in (self._pause, self._go_on, self._take_back, self._take_all, repeats):
            layout.addWidget(button)

    def show_queue(self, queue: Queue, *, selected: bool) -> None:
        """Offer what can be done with the queue as it is."""
        waits = {one.waits for one in queue.replies}
        self._pause.setEnabled(any(one.portal_id not in queue.paused for one in queue.replies))
        self._go_on.setEnabled(bool(queue.paused) or Waits.HELD in waits)
        self._take_back.setEnabled(selected)
        self._take_all.setEnabled(bool(waits - {Waits.SENDING}))

    def _button(self, text: str, act: Callable[[], None], tip: str) -> QToolButton:
        button = tool_button(text, act, tip)
        button.setAccessibleName(text)
        button.setAccessibleDescription(tip)
        return button

    def _open_pause_menu(self) -> None:
        queue = self._watch.queue
        portals = {
            one.portal_id: one.portal for one in queue.replies if one.portal_id not in queue.paused
        }
        menu = self._menu()
        add_choice(menu, self.tr("All portals"), self._actions.pause)
        for portal_id, name in portals.items():
            add_choice(menu, literal(name), partial(self._actions.pause, portal_id))
        popup_below(self._pause, menu)

    def _open_go_on_menu(self) -> None:
        queue = self._watch.queue
        held: dict[int, int] = {}
        names = dict(queue.paused)
        for one in queue.replies:
            if one.waits is Waits.HELD:
                held[one.portal_id] = held.get(one.portal_id, 0) + 1
                names[one.portal_id] = one.portal
        menu = self._menu()
        text = self._with_held(self.tr("All portals"), sum(held.values()))
        add_choice(menu, text, self._actions.resume)
        for portal_id, name in names.items():
            text = self._with_held(literal(name), held.get(portal_id, 0))
            add_choice(menu, text, partial(self._actions.resume, portal_id))
        popup_below(self._go_on, menu)

    def _with_held(self, name: str, held: int) -> str:
        """Whoever resumes also sends what is held."""
        if not held:
            return name
        text = self.tr("%1: send also what is held (%2)")
        return text.replace("%2", str(held)).replace("%1", name)

    def _menu(self) -> QMenu:
        menu = QMenu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        return menu
