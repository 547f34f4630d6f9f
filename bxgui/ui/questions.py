"""Questions that the window asks before something that cannot be undone."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from bxgui.core.records import CallDetail, Suspicion
from bxgui.core.redact import fingerprint
from bxgui.ui import texts


def _tr(text: str) -> str:
    return QCoreApplication.translate("Questions", text)


def ask_trust(parent: QWidget, call: CallDetail, yes: Callable[[], None]) -> QMessageBox:
    """Ask whether to trust a call's portal, showing what trust is bound to."""
    portal = call.portal
    lines = [
        _tr("Host: %1").replace("%1", call.row.portal or _tr("none")),
        _tr("Address: %1").replace("%1", call.endpoint or _tr("none")),
        _tr("Member id: %1").replace(
            "%1", portal.member_id if portal and portal.member_id else _tr("none")
        ),
        _tr("Application token: %1").replace(
            "%1", fingerprint(call.application_digest) or _tr("none")
        ),
    ]
    if call.row.suspicion is not Suspicion.NONE and portal is not None:
        lines.append("")
        lines.append(texts.suspicion_text(call.row.suspicion))
        lines.append(
            _tr("Trusted until now: %1, application token %2.")
            .replace("%1", portal.host)
            .replace("%2", fingerprint(portal.application_digest) or _tr("none"))
        )
    lines += [
        "",
        _tr(
            "Anybody who knows the listener's address can post a call. Replies carry tokens to "
            "this host. Trust it only if you know that it is your portal."
        ),
    ]
    title = _tr("Trust the portal %1?").replace("%1", call.row.portal or _tr("without a name"))
    return _ask(parent, title, "\n".join(lines), _tr("Trust this portal"), yes)


def ask_suspicious(parent: QWidget, call: CallDetail, yes: Callable[[], None]) -> QMessageBox:
    """Ask whether to answer a call with another application token."""
    title = _tr("Answer a suspicious call?")
    text = texts.suspicion_text(call.row.suspicion) + "\n" + _tr("Rule %1, document %2.")
    text = text.replace("%1", call.row.rule).replace("%2", call.row.document)
    return _ask(parent, title, text, _tr("Answer all the same"), yes)


def ask_send(parent: QWidget, text: str, yes: Callable[[], None]) -> QMessageBox:
    """Ask before a reply that cannot have its usual effect."""
    return _ask(parent, text, "", _tr("Send"), yes)


def _ask(
    parent: QWidget, title: str, text: str, accept: str, yes: Callable[[], None]
) -> QMessageBox:
    """A question that does not block; its default is No."""
    box = QMessageBox(parent)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setIcon(QMessageBox.Icon.Question)
    box.setWindowTitle(_tr("bxgui"))
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(title)
    box.setInformativeText(text)
    button = box.addButton(accept, QMessageBox.ButtonRole.AcceptRole)
    cancel = box.addButton(QMessageBox.StandardButton.Cancel)
    box.setDefaultButton(cancel)
    box.setEscapeButton(cancel)
    button.clicked.connect(yes)
    box.open()
    return box
