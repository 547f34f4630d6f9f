"""Questions that the window asks before something that cannot be undone."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from bxgui.core.authorization import Source
from bxgui.core.plain_text import brief
from bxgui.core.records import CallDetail, Portal, Suspicion
from bxgui.core.redact import fingerprint
from bxgui.ui import texts

translate = QCoreApplication.translate
_LONGEST_NAME = 200


def _nothing() -> None:
    """Whoever asks need not know that the answer was No."""


def one_line(value: str) -> str:
    """A value of a call as a question can show it: short, and unable to fake other lines."""
    return brief(value, _LONGEST_NAME)


def named(call: CallDetail) -> str:
    """Rule and document of a call, whatever they hold, on one line."""
    return f"{one_line(call.row.rule)} {one_line(call.row.document)}"


def ask_trust(
    parent: QWidget, call: CallDetail, yes: Callable[[], None], no: Callable[[], None] = _nothing
) -> QMessageBox:
    """Ask whether to trust a call's portal, showing what trust is bound to."""
    portal = call.portal
    lines = [
        translate("Questions", "Host: %1").replace(
            "%1", one_line(call.row.portal) or translate("Questions", "none")
        ),
        translate("Questions", "Address: %1").replace(
            "%1", one_line(call.endpoint) or translate("Questions", "none")
        ),
        translate("Questions", "Member id: %1").replace(
            "%1",
            one_line(portal.member_id if portal else "") or translate("Questions", "none"),
        ),
        translate("Questions", "Application token: %1").replace(
            "%1", fingerprint(call.application_digest) or translate("Questions", "none")
        ),
    ]
    if call.row.suspicion is not Suspicion.NONE and portal is not None:
        lines += ["", texts.suspicion_text(call.row.suspicion), _kept_text(portal)]
    lines += [
        "",
        translate(
            "Questions",
            "Anybody who knows the listener's address can post a call. Replies carry tokens to "
            "this host. Trust it only if you know that it is your portal.",
        ),
    ]
    title = translate("Questions", "Trust the portal %1?").replace(
        "%1", one_line(call.row.portal) or translate("Questions", "without a name")
    )
    accept = translate("Questions", "Trust this portal")
    return _ask(parent, title, "\n".join(lines), accept, yes, no)


def _kept_text(portal: Portal) -> str:
    """What the new trust would take the place of."""
    if portal.trusted:
        text = translate("Questions", "Trusted until now: %1, application token %2.")
    else:
        text = translate("Questions", "Installed last: %1, application token %2.")
    token = fingerprint(portal.application_digest) or translate("Questions", "none")
    return text.replace("%1", one_line(portal.host)).replace("%2", token)


def ask_suspicious(
    parent: QWidget, call: CallDetail, yes: Callable[[], None], no: Callable[[], None] = _nothing
) -> QMessageBox:
    """Ask whether to answer a call with another application token."""
    title = translate("Questions", "Answer a suspicious call?")
    text = (
        texts.suspicion_text(call.row.suspicion)
        + "\n"
        + translate("Questions", "Rule %1, document %2.")
    )
    text = text.replace("%1", one_line(call.row.rule))
    text = text.replace("%2", one_line(call.row.document))
    return _ask(parent, title, text, translate("Questions", "Answer all the same"), yes, no)


def ask_copy_secrets(parent: QWidget, yes: Callable[[], None]) -> QMessageBox:
    """Ask before secrets of a call go to the clipboard."""
    text = translate(
        "CopyMenu",
        "The copy will hold the event token and the access token of this call. Whoever reads it "
        "can answer in your place. Copy them?",
    )
    return _ask(
        parent,
        translate("CopyMenu", "Copy with secrets?"),
        text,
        translate("CopyMenu", "Copy"),
        yes,
    )


def ask_replace_presets(
    parent: QWidget, names: Sequence[str], yes: Callable[[], None]
) -> QMessageBox:
    """Ask before presets give way to others of their names."""
    title = translate("Presets", "Replace what is kept under these names?")
    text = "\n".join(map(one_line, names))
    return _ask(parent, title, text, translate("Presets", "Replace"), yes)


def ask_delete_preset(parent: QWidget, name: str, yes: Callable[[], None]) -> QMessageBox:
    """Ask before a preset is removed."""
    title = translate("Presets", "Delete the preset “%1”?").replace("%1", one_line(name))
    text = translate("Presets", "Its values and its log message are lost.")
    return _ask(parent, title, text, translate("Presets", "Delete"), yes)


def ask_other_rule(parent: QWidget, code: str, rule: str, yes: Callable[[], None]) -> QMessageBox:
    """Ask before presets of another rule are kept for this one."""
    title = translate("Presets", "Import presets of another rule?")
    text = translate("Presets", "They were exported from %1, and would be kept for %2.")
    text = text.replace("%1", one_line(code)).replace("%2", one_line(rule))
    return _ask(parent, title, text, translate("Presets", "Import"), yes)


def _ask(
    parent: QWidget,
    title: str,
    text: str,
    accept: str,
    yes: Callable[[], None],
    no: Callable[[], None] = _nothing,
) -> QMessageBox:
    """A question that does not block; its default is No."""
    box = QMessageBox(parent)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setIcon(QMessageBox.Icon.Question)
    box.setWindowTitle(translate("Questions", "bxgui"))
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(title)
    box.setInformativeText(text)
    button = box.addButton(accept, QMessageBox.ButtonRole.AcceptRole)
    cancel = box.addButton(QMessageBox.StandardButton.Cancel)
    box.setDefaultButton(cancel)
    box.setEscapeButton(cancel)
    box.finished.connect(lambda _code: yes() if box.clickedButton() is button else no())
    box.open()
    return box


def ask_take_back_all(parent: QWidget, count: int, yes: Callable[[], None]) -> QMessageBox:
    """Ask before the whole queue is emptied."""
    title = translate("Questions", "Take back all replies that wait: %1?").replace("%1", str(count))
    text = translate(
        "Questions",
        "Nothing of them is sent. Their tokens are as they were before, and each form keeps the "
        "values for you to send them again.",
    )
    return _ask(parent, title, text, translate("Questions", "Take all back"), yes)


def ask_close(
    parent: QWidget, left: int, going: int, yes: Callable[[], None], no: Callable[[], None]
) -> QMessageBox:
    """Ask whether to close while replies have not gone out, or are on their way."""
    title = translate("Questions", "Close bxgui? Replies on their way: %1.")
    title, parts = title.replace("%1", str(going)), []
    if left:
        title = translate("Questions", "Close bxgui? Replies that have not been sent: %1.")
        title = title.replace("%1", str(left))
        text = translate(
            "Questions",
            "They stay in the queue and wait for you at the next start: nothing goes by itself. A "
            "step whose deadline passes meanwhile gets no answer.",
        )
        parts.append(text)
    if going:
        text = translate(
            "Questions",
            "What is on its way is waited for: the window closes at once, but bxgui ends, and can "
            "be started again, only when the portal has answered, which may take a minute.",
        )
        parts.append(text)
    accept = translate("Questions", "Close")
    return _ask(parent, title, "\n\n".join(parts), accept, yes, no)


def ask_forget(parent: QWidget, rule: str, yes: Callable[[], None]) -> QMessageBox:
    """Ask whether to remove what is known of a rule's registration."""
    title = translate("Questions", "Forget the registration of %1?").replace("%1", rule)
    text = translate(
        "Questions",
        "Its schema, names and options are removed; the portal cannot be asked for them. Its "
        "calls, replies and presets stay.",
    )
    return _ask(parent, title, text, translate("Questions", "Forget it"), yes)


def ask_trust_address(parent: QWidget, portal: Portal, yes: Callable[[], None]) -> QMessageBox:
    """Ask whether to trust an address that was given by hand, of which no call has told."""
    title = translate("Questions", "Trust the portal %1?").replace("%1", one_line(portal.title))
    text = translate(
        "Questions",
        "Address: %1\n\nNo call has told of it. Secrets that you enter for it go to this host.",
    )
    text = text.replace("%1", one_line(portal.endpoint) or translate("Questions", "none"))
    return _ask(parent, title, text, translate("Questions", "Trust this portal"), yes)


def ask_distrust(parent: QWidget, portal: str, yes: Callable[[], None]) -> QMessageBox:
    """Ask whether to send nothing more to a portal."""
    title = translate("Questions", "Take the trust in %1 back?").replace("%1", portal)
    text = translate(
        "Questions",
        "No reply goes to it any more until you trust it again, and its workflows wait. What was "
        "entered for it stays.",
    )
    return _ask(parent, title, text, translate("Questions", "Take it back"), yes)


def ask_forget_portal(parent: QWidget, portal: str, yes: Callable[[], None]) -> QMessageBox:
    """Ask whether to forget what the user has told of a portal."""
    title = translate("Questions", "Forget the portal %1?").replace("%1", portal)
    text = translate(
        "Questions",
        "Its secrets and tokens, its settings and the trust in it are removed. This cannot be "
        "undone. Its calls, replies and rules stay.",
    )
    return _ask(parent, title, text, translate("Questions", "Forget it"), yes)


def ask_withdraw(
    parent: QWidget, source: Source, portal: str, yes: Callable[[], None]
) -> QMessageBox:
    """Ask whether to forget what authorizes requests to a portal."""
    if source is Source.WEBHOOK:
        title = translate("Questions", "Remove the incoming webhook of %1?")
        text = translate(
            "Questions",
            "Its address is removed here, and cannot be shown again. In the portal it goes on: "
            "delete it there, if nobody else uses it.",
        )
    else:
        title = translate("Questions", "Remove the application of %1?")
        text = translate(
            "Questions",
            "Its client id, client secret and tokens are removed here. In the portal it stays "
            "installed.",
        )
    title = title.replace("%1", portal)
    return _ask(parent, title, text, translate("Questions", "Remove"), yes)


def ask_plain_http(parent: QWidget, host: str, yes: Callable[[], None]) -> QMessageBox:
    """Ask whether secrets may go to a host in clear."""
    title = translate("Questions", "Allow plain http to %1?").replace("%1", one_line(host))
    text = translate(
        "Questions",
        "Tokens and webhooks then go there in clear: whoever is on the way can read them, and "
        "answer in your place.",
    )
    return _ask(parent, title, text, translate("Questions", "Allow it"), yes)


def ask_discard_settings(parent: QWidget, portal: str, yes: Callable[[], None]) -> QMessageBox:
    """Ask whether to close settings that were changed."""
    title = translate("Questions", "Close without saving the settings of %1?")
    text = translate("Questions", "What you have changed here is lost.")
    discard = translate("Questions", "Discard the changes")
    return _ask(parent, title.replace("%1", portal), text, discard, yes)


def ask_discard(parent: QWidget, rule: str, yes: Callable[[], None]) -> QMessageBox:
    """Ask whether to close an editor that holds changes."""
    title = translate("Questions", "Close without saving the schema of %1?").replace("%1", rule)
    text = translate("Questions", "What you have changed here is lost.")
    return _ask(parent, title, text, translate("Questions", "Discard the changes"), yes)


def ask_overwrite(parent: QWidget, rule: str, yes: Callable[[], None]) -> QMessageBox:
    """Ask whether to save over what somebody else has kept meanwhile."""
    title = translate("Questions", "Save over the registration of %1?").replace("%1", rule)
    text = translate(
        "Questions", "It was changed since this editor was opened. Saving replaces that change."
    )
    return _ask(parent, title, text, translate("Questions", "Save over it"), yes)
