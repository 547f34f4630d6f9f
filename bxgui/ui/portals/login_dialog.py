"""Authorizes an application for the first time, by way of a person's browser."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from bxgui.core.authorization import Source
from bxgui.core.records import Portal
from bxgui.services.logins import Login
from bxgui.services.store.authorizations import LOGIN_LIFE
from bxgui.ui import theme
from bxgui.ui.desk import Desk
from bxgui.ui.portals.portal_form import secret_line
from bxgui.ui.portals.portal_texts import portal_title
from bxgui.ui.portals.trouble import trouble_text
from bxgui.ui.rules.asking import Asking
from bxgui.ui.widgets import announce, copy_button, plain_label, push_button, tint

if TYPE_CHECKING:
    from bxgui.services.portal_facts import SourceFacts
    from bxgui.services.workspace import Workspace

_WIDTH, _HEIGHT = 620, 350
_LOOK_MILLISECONDS = 500


class LoginDialog(QDialog):
    """Waits until the code of a consent arrives at the listener, or is pasted; closing gives up."""

    def __init__(self, desk: Desk, portal: Portal, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Log in to %1").replace("%1", portal_title(portal)))
        self._desk = desk
        self._portal = portal
        self._login: Login | None = None
        self._is_closed = False
        self._looking, self._finishing = Asking(desk), Asking(desk)
        self._poll = QTimer(self, interval=_LOOK_MILLISECONDS)
        self._poll.timeout.connect(self._look)
        life = round(LOGIN_LIFE.total_seconds() * 1000)
        self._life = QTimer(self, singleShot=True, interval=life)
        self._life.timeout.connect(self._on_late)
        self.address, self.pasted = self._make_address(), secret_line()
        self._open = push_button(self.tr("&Open the page"), self._open_page)
        self._copy = copy_button(self._copy_address, self.tr("Copy the address of the page"))
        self._use = push_button(self.tr("&Use it"), self._use_pasted)
        self._again = push_button(self.tr("Begin &again"), self._begin)
        self.state = plain_label(wrap=True)
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self._lay_out()
        self._begin()

    def done(self, code: int) -> None:
        """Close; a login that is not over is given up."""
        self._is_closed = True
        self._stop_waiting()
        self._looking.close()
        self._finishing.close()
        self.pasted.clear()
        if self._login is not None:
            self._give_up(self._login)
        super().done(code)

    def _make_address(self) -> QLineEdit:
        line = QLineEdit()
        line.setReadOnly(True)
        line.setAccessibleName(self.tr("Address of the consent page"))
        return line

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 14, 16, 14)
        layout.setSpacing(8)
        title = portal_title(self._portal)
        text = self.tr(
            "1.  Open the consent page in a browser that is signed in to %1, and agree there."
        )
        layout.addWidget(plain_label(text.replace("%1", title), wrap=True))
        layout.addLayout(_line(self.address, self._copy, self._open))
        layout.addSpacing(8)
        text = self.tr(
            "2.  The browser then goes to the handler's address of the application. Where that is "
            "this program's listener, the code arrives here by itself.\n\nElse paste the whole "
            "address of the page on which the browser has ended. Be quick: the code in it lives "
            "30 seconds."
        )
        layout.addWidget(plain_label(text, wrap=True))
        self.pasted.setAccessibleName(self.tr("Address of the page on which the browser has ended"))
        self.pasted.setPlaceholderText(self.tr("address with code=… in it, or the code"))
        self.pasted.returnPressed.connect(self._use_pasted)
        self.pasted.textChanged.connect(lambda _text: self._update())
        layout.addLayout(_line(self.pasted, self._use))
        layout.addSpacing(8)
        layout.addLayout(_line(self.state, self._again))
        layout.addStretch()
        self._buttons.rejected.connect(self.reject)
        for button in self._buttons.buttons():
            button.setAutoDefault(False)  # type: ignore[attr-defined]
        layout.addWidget(self._buttons)
        self.resize(_WIDTH, _HEIGHT)

    def _begin(self) -> None:
        """Begin a login; one that was begun before ends with it."""
        self._login = None
        self._stop_waiting()
        self._tell(self.tr("Beginning…"), theme.QUIET)
        portal = self._portal

        def begun(login: Login) -> None:
            if self._is_closed:
                self._give_up(login)
            else:
                self._wait_for_code(login)

        def failed(error: Exception) -> None:
            if not self._is_closed:
                self._on_failed(error)

        self._desk.ask(lambda w: w.logins.begin(portal), begun, failed)

    def _wait_for_code(self, login: Login) -> None:
        self._login = login
        self.address.setText(login.address)
        self.address.setCursorPosition(0)
        self._poll.start()
        self._life.start()
        self._tell(self.tr("Waiting for the code…"), theme.QUIET)
        self._open.setFocus()

    def _stop_waiting(self) -> None:
        self._poll.stop()
        self._life.stop()

    def _look(self) -> None:
        """Ask whether the code has arrived at the listener."""
        login = self._login
        if login is None:
            return

        def arrived(text: str) -> None:
            if text and self._poll.isActive():
                self._finish(login, text, pasted=False)

        self._looking.ask(lambda w: w.logins.arrived(login), arrived, self._on_unreadable)

    def _on_unreadable(self, error: Exception) -> None:
        """What has arrived cannot be read, and what is pasted can."""
        self._poll.stop()
        self._on_failed(error)

    def _use_pasted(self) -> None:
        text = self.pasted.text().strip()
        if self._login is not None and text and self._use.isEnabled():
            self._finish(self._login, text, pasted=True)

    def _finish(self, login: Login, text: str, *, pasted: bool) -> None:
        """Exchange the code for tokens."""
        self._stop_waiting()
        self._looking.forget()
        self.pasted.clear()
        self._tell(self.tr("Exchanging the code for tokens…"), theme.QUIET)
        self._use.setEnabled(False)

        def failed(error: Exception) -> None:
            if pasted:  # another code may arrive, or be pasted
                self._poll.start()
                self._life.start()
            self._on_failed(error)

        self._finishing.ask(partial(_authorized, login=login, text=text), self._on_done, failed)

    def _on_done(self, found: SourceFacts | None) -> None:
        self._login = None
        self._stop_waiting()
        text = self.tr("The application is authorized for %1.")
        text = text.replace("%1", portal_title(self._portal))
        if found is not None and found.user_id:
            user = self.tr("Requests are made as user %1.").replace("%1", found.user_id)
            text = f"{text} {user}"
        self._tell(text, theme.GOOD)
        close = self._buttons.addButton(QDialogButtonBox.StandardButton.Close)
        self._buttons.button(QDialogButtonBox.StandardButton.Cancel).hide()
        self.pasted.setEnabled(False)
        close.setFocus()
        # The focus has gone over it, from what was disabled.
        self.address.setCursorPosition(0)
        self._desk.note_change()

    def _on_failed(self, error: Exception) -> None:
        self._tell(trouble_text(error), theme.BAD)
        self._desk.note_change()

    def _on_late(self) -> None:
        self._poll.stop()
        self._tell(self.tr("No code has come. Begin the login again."), theme.BAD)

    def _tell(self, text: str, colour: theme.Tint) -> None:
        self.state.setText(text)
        tint(self.state, colour)
        self._again.setVisible(colour is theme.BAD)
        self._update()
        announce(self, text)

    def _update(self) -> None:
        is_waiting = self._login is not None
        self._open.setEnabled(is_waiting)
        self._copy.setEnabled(is_waiting)
        self._use.setEnabled(is_waiting and bool(self.pasted.text().strip()))

    def _open_page(self) -> None:
        if self._login is not None and not QDesktopServices.openUrl(QUrl(self._login.address)):
            text = self.tr("No browser could be opened. Copy the address and open it yourself.")
            self._tell(text, theme.WARN)

    def _copy_address(self) -> None:
        if self._login is not None:
            QGuiApplication.clipboard().setText(self._login.address)

    def _give_up(self, login: Login) -> None:
        self._desk.ask(lambda w: w.logins.give_up(login), lambda _none: None)


def _line(stretched: QWidget, *widgets: QWidget) -> QHBoxLayout:
    line = QHBoxLayout()
    line.addWidget(stretched, 1)
    for widget in widgets:
        line.addWidget(widget)
    return line


def _authorized(workspace: Workspace, login: Login, text: str) -> SourceFacts | None:
    """The application's authorization, once the code is exchanged."""
    portal = workspace.logins.finish(login, text)
    sources = (
        source
        for facts in workspace.portal_book.facts()
        if facts.portal.id == portal.id
        for source in facts.sources
    )
    return next((one for one in sources if one.source is Source.APPLICATION), None)
