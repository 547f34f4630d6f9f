"""Takes pictures of the real window, offscreen, with its listener and the practice portal.

`python dev.py screenshots` writes the README's picture; `--all FOLDER` writes one for each size,
palette and scene.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, QLocale, QSize, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from bxgui import app
from bxgui.core.authorization import Source
from bxgui.core.batch import MOST_COMMANDS
from bxgui.core.json_values import JsonValue, Pairs
from bxgui.core.oauth import Application
from bxgui.core.preset import Preset
from bxgui.core.queued import QueuedReply, Waits
from bxgui.core.records import EVENT_SEND, Reply
from bxgui.core.retrying import Patience
from bxgui.core.value_rows import ValueRow
from bxgui.core.webhook_address import Webhook, read_webhook
from bxgui.services import vault
from bxgui.services.paths import Paths
from bxgui.services.store import Store
from bxgui.services.workspace import Workspace
from bxgui.ui import theme
from bxgui.ui.call_view import ATTEMPTS, CALL, RAW
from bxgui.ui.editors.moment import DateEditor
from bxgui.ui.many.many_dialog import ManyDialog
from bxgui.ui.portals.add_dialog import AddDialog
from bxgui.ui.portals.application_dialog import ApplicationDialog
from bxgui.ui.portals.login_dialog import LoginDialog
from bxgui.ui.portals.move_dialog import MoveDialog
from bxgui.ui.portals.portal_settings_dialog import PortalSettingsDialog
from bxgui.ui.portals.portals_dialog import PortalsDialog
from bxgui.ui.portals.task import PortalTask
from bxgui.ui.portals.webhook_dialog import WebhookDialog
from bxgui.ui.preset_dialog import PresetDialog
from bxgui.ui.restarts import Restarts
from bxgui.ui.rules.export_dialog import ExportDialog
from bxgui.ui.rules.import_dialog import ImportDialog
from bxgui.ui.rules.learn_dialog import LearnDialog
from bxgui.ui.rules.rules_dialog import RulesDialog
from bxgui.ui.rules.schema_editor import SchemaEditor
from bxgui.ui.rules.task import RuleTask
from bxgui.ui.send_question import SendQuestion
from bxgui.ui.settings_dialog import SettingsDialog
from bxgui.ui.value_row import RowView

_README_PICTURE = Path(__file__).resolve().parent.parent / "resources" / "screenshot.png"
_SIZES = (QSize(1000, 700), QSize(1600, 1000))
_SECONDS = 30
_CALLS = 6
_MANY = 57
_STATUS_MILLISECONDS = 3_000
Scene = Callable[["Stage"], None]
_D = TypeVar("_D", bound=QDialog)
# Key, type, titles and descriptions in English and Russian, and what else is registered.
_EVERY_TYPE: tuple[tuple[str, str, str, str, str, str, dict[str, JsonValue]], ...] = (
    ("Approved", "bool", "Approved", "Согласовано",
     "Whether the invoice may be paid.", "Можно ли оплатить счёт.", {"Required": "Y"}),
    ("Days", "int", "Days to pay", "Дней на оплату",
     "How long payment may take; counted in working days of the accounting department.",
     "Сколько рабочих дней бухгалтерия может оплачивать счёт.", {"Default": 5}),
    ("Discount", "double", "Discount, %", "Скидка, %", "", "", {}),
    ("Due", "date", "Pay until", "Оплатить до", "", "", {"Required": "Y"}),
    ("CheckedAt", "datetime", "Checked at", "Проверено", "", "", {}),
    ("CallAt", "time", "Time of the call", "Время звонка", "", "", {}),
    ("Warehouse", "select", "Warehouse", "Склад",
     "Where the goods are taken from.", "Откуда отгружать товар.",
     {"Options": {"north": "North", "south": "South"}, "Default": "north"}),
    ("Owner", "user", "Responsible person", "Ответственный", "", "", {}),
    ("Act", "file", "Signed act", "Подписанный акт", "", "", {}),
    ("Number", "string", "Number", "Номер", "", "", {}),
    ("Comment", "text", "Comment", "Комментарий",
     "Shown to the manager.", "Его увидит менеджер.", {}),
    ("Viewers", "user", "Who may see it", "Кому видно",
     "", "", {"Multiple": "Y"}),
    ("Sum", "UF:money", "Sum", "Сумма", "", "", {}),
)  # fmt: skip
EVERY_TYPE: dict[str, JsonValue] = {
    key: {
        "Type": kind,
        "Name": {"en": title, "ru": russian},
        "Description": {"en": description, "ru": described},
        **more,
    }
    for key, kind, title, russian, description, described, more in _EVERY_TYPE
}
FILLED: dict[str, str | tuple[str, ...]] = {
    "Approved": "Y",
    "Days": "five",
    "Discount": "2,5",
    "CheckedAt": "",
    "Warehouse": "west",
    "Owner": "user_1",
    "Comment": "Sum checked.\nMay be paid.",
    "Viewers": ("user_1", "user_7", "user_12"),
    "Sum": "125000.50|RUB",
}
FAULTY: dict[str, str | tuple[str, ...]] = {
    "Days": "five",
    "Warehouse": "west",
    "Due": "2026-13-40",
    "Number": "",
}


class Stage:
    """A running window with calls in it."""

    def __init__(self, application: app.Application, workspace: Workspace) -> None:
        self.application = application
        self.window = application.window
        self.workspace = workspace
        self.patience = Patience()
        self.popup: QWidget | None = None

    def wait(self, condition: Callable[[], object]) -> None:
        """Run the event loop until the condition holds."""
        loop, poll = QEventLoop(), QTimer(interval=20)
        poll.timeout.connect(lambda: loop.quit() if condition() else None)
        poll.start()
        QTimer.singleShot(_SECONDS * 1000, loop.quit)
        loop.exec()
        if not condition():
            message = "the window did not get there in time"
            raise SystemExit(message)

    @property
    def dialog(self) -> QDialog | None:
        """The dialog that is open."""
        return next((one for one in self.window.findChildren(QDialog) if one.isVisible()), None)

    def settle(self, milliseconds: int = 700) -> None:
        """Let what is under way arrive."""
        loop = QEventLoop()
        QTimer.singleShot(milliseconds, loop.quit)
        loop.exec()

    def select(self, rule: str) -> None:
        """Select the call of a rule."""
        model = self.window.tokens.model
        names = [str(model.index(row, 1).data()) for row in range(model.rowCount())]
        self.window.tokens.table.navigated.emit()
        self.window.tokens.table.selectRow(names.index(rule))
        self.settle()

    def trust(self) -> None:
        """Trust the practice portal."""
        self.workspace.trust(self.workspace.portals()[0].key)

    def answer(self, rule: str, *values: tuple[str, str]) -> None:
        """Send a reply to the call of a rule."""
        rows = self.workspace.rows(list(self.workspace.token_ids(self.window.tokens.query)))
        call_id = next(row.id for row in rows if row.rule == rule)
        self.workspace.submit(Reply(call_id, EVENT_SEND, list(values), "")).result()


def _untrusted(stage: Stage) -> None:
    stage.select("check_contract")


def _reply(stage: Stage) -> None:
    stage.trust()
    stage.answer("set_owner", ("owner", "user_1"))
    stage.answer("set_owner", ("owner", "user_7"))
    stage.answer("choose_warehouse", ("warehouse", "north"))
    stage.select("approve_invoice")
    _fill(stage, {"Approved": "Y", "Comment": "Sum checked, may be paid."})
    stage.settle()


def _fill(stage: Stage, typed: Mapping[str, str | tuple[str, ...]]) -> None:
    """Show values as a person would have typed them."""
    form = stage.window.call_view.form
    rows = form._rows  # noqa: SLF001 - the picture shows a filled form
    rows.show_rows([_filled(row, typed.get(row.name)) for row in rows.rows()])
    form._on_edited()  # noqa: SLF001


def _filled(row: ValueRow, typed: str | tuple[str, ...] | None) -> ValueRow:
    if isinstance(typed, tuple):
        return replace(row, items=typed, sent=True)
    return row if typed is None else replace(row, text=typed, sent=True)


def _types(stage: Stage) -> None:
    """A form with every type, its first half in sight."""
    stage.trust()
    portal = stage.workspace.portals()[0].key
    stage.workspace.keep_registration(portal, "approve_invoice", EVERY_TYPE)
    stage.select("approve_invoice")
    _fill(stage, FILLED)
    stage.settle()


def _types_below(stage: Stage) -> None:
    """The same form, scrolled to its end."""
    _types(stage)
    bar = stage.window.call_view.form._rows.verticalScrollBar()  # noqa: SLF001
    bar.setValue(bar.maximum())
    stage.settle()


def _findings(stage: Stage) -> None:
    """Several things wrong at once, the second of them gone to."""
    stage.trust()
    portal = stage.workspace.portals()[0].key
    stage.workspace.keep_registration(portal, "approve_invoice", EVERY_TYPE)
    stage.select("approve_invoice")
    form = stage.window.call_view.form
    rows = form._rows  # noqa: SLF001
    more = [ValueRow("Aproved", text="Y"), ValueRow("Note", text="x" * 70_000)]
    rows.show_rows([*(_filled(row, FAULTY.get(row.name)) for row in rows.rows()), *more])
    form._on_edited()  # noqa: SLF001
    form._findings.go_on(1)  # noqa: SLF001
    form._findings.go_on(1)  # noqa: SLF001
    stage.settle()


def _findings_json(stage: Stage) -> None:
    """JSON with a fault, and what it keeps from being told."""
    _reply(stage)
    form = stage.window.call_view.form
    form._to_json()  # noqa: SLF001
    form._json.setPlainText('{\n  "Approved": "Y",\n  "Comment": ,\n}')  # noqa: SLF001
    form._findings.go_on(1)  # noqa: SLF001
    stage.settle()


def _send_question(stage: Stage) -> None:
    """The question before a reply that is warned of."""
    stage.trust()
    portal = stage.workspace.portals()[0].key
    stage.workspace.keep_registration(portal, "approve_invoice", EVERY_TYPE)
    stage.answer("approve_invoice", ("Approved", "Y"))
    stage.select("approve_invoice")
    form = stage.window.call_view.form
    rows = [ValueRow("Aproved", text="Y"), *form._rows.rows()]  # noqa: SLF001
    form._rows.show_rows(rows)  # noqa: SLF001
    form._on_edited()  # noqa: SLF001
    form._on_send(EVENT_SEND)  # noqa: SLF001
    stage.wait(lambda: stage.dialog)


def _dates(stage: Stage) -> None:
    """How the portal is sent dates."""
    stage.trust()
    stage.select("approve_invoice")
    stage.window.call_view.form.dates_asked.emit()
    stage.wait(lambda: stage.dialog)


def _calendar(stage: Stage) -> None:
    """A calendar over the form."""
    _types(stage)
    rows = stage.window.call_view.form._rows  # noqa: SLF001
    view = next(view for view in rows.findChildren(RowView) if view.row.name == "Due")
    editor = view.build().editor
    assert isinstance(editor, DateEditor)  # noqa: S101
    editor._open()  # noqa: SLF001
    stage.popup = QApplication.activePopupWidget()


def _tab(number: int, rule: str) -> Scene:
    def show(stage: Stage) -> None:
        stage.trust()
        stage.answer("set_owner", ("owner", "user_1"))
        stage.select(rule)
        stage.window.call_view.tabs.setCurrentIndex(number)
        stage.settle()

    return show


def _json(stage: Stage) -> None:
    _reply(stage)
    stage.window.call_view.form._to_json()  # noqa: SLF001
    stage.settle()


def _preview(stage: Stage) -> None:
    _reply(stage)
    stage.window.reply_tools.show_preview(True)
    stage.settle()


def _preset_filled(stage: Stage) -> None:
    _keep_presets(stage)
    button = stage.window.reply_tools._presets  # noqa: SLF001
    button.button.click()
    stage.wait(button.menu.isVisible)
    button.menu.actions()[0].trigger()
    button.menu.hide()
    stage.settle()


def _preset_dialog(stage: Stage) -> None:
    _keep_presets(stage)
    button = stage.window.reply_tools._presets  # noqa: SLF001
    button.button.click()
    stage.wait(button.menu.isVisible)
    button.menu.hide()
    button.menu.actions()[-2].trigger()
    stage.wait(lambda: stage.dialog)
    dialog = stage.dialog
    assert isinstance(dialog, PresetDialog)  # noqa: S101
    dialog.name.setText("Approve with the sum")
    dialog.values.show_text(
        '{\n  "Approved": "Y",\n  "Comment": "{{document_id.2}} on {{today}}"\n}'
    )
    dialog._preview()  # noqa: SLF001


def _presets(stage: Stage) -> None:
    _keep_presets(stage)
    button = stage.window.reply_tools._presets  # noqa: SLF001
    button.button.click()
    stage.wait(button.menu.isVisible)
    button.menu.hide()
    button.menu.actions()[-1].trigger()
    stage.wait(lambda: stage.dialog)


def _keep_presets(stage: Stage) -> None:
    _reply(stage)
    call = stage.window.call_view.call
    assert call is not None  # noqa: S101
    presets = stage.workspace.presets
    rule = presets.rule_of(call.row.id)
    for name, verdict in (("Decline, ask for papers", "N"), ("Approve", "Y")):
        values: Pairs = [("Approved", verdict), ("Comment", "{{document_id.2}}, {{today}}")]
        presets.save(rule, Preset(name, values, "By {{user_id}}"))


def _dead(stage: Stage) -> None:
    stage.application.control.restarts = Restarts(stage.application.control.now, ())
    os.kill(stage.application.control.listener.pid, 9)
    stage.wait(lambda: not stage.window.listener_bar.url)


def _restarted(stage: Stage) -> None:
    os.kill(stage.application.control.listener.pid, 9)
    stage.wait(lambda: not stage.window.listener_bar.url)
    stage.wait(lambda: stage.window.listener_bar.url)


def _post(stage: Stage, content_type: str, body: bytes) -> None:
    url = stage.application.control.local_url
    request = urllib.request.Request(url, body, {"Content-Type": content_type})  # noqa: S310
    with suppress(urllib.error.HTTPError):
        urllib.request.urlopen(request, timeout=_SECONDS).close()  # noqa: S310


def _rejected(stage: Stage) -> None:
    _post(stage, "application/json", b'{"event": "ONCRMDEALADD", "event_token": "ab12.cd34')
    _post(
        stage, "text/xml", b"<?xml version='1.0'?>\n<methodCall>\n  <methodName>ping</methodName>"
    )
    deep = b"[" * 200 + b"]" * 200
    _post(stage, "application/json", b'{"a": ' + deep + b"}")
    window = stage.window
    stage.wait(window.listener_bar.pulse.rejected.isVisible)
    window.listener_bar.pulse.rejected.click()
    stage.wait(lambda: window.tokens.model.rowCount() == 3)
    window.message.clear("rejected")
    window.tokens.table.navigated.emit()
    window.tokens.table.selectRow(1)
    stage.settle()


def _event(kind: str, **members: object) -> Scene:
    """What the window tells when its listener says this."""

    def show(stage: Stage) -> None:
        stage.select("approve_invoice")
        # The listener's own status would take back what is told of the disk.
        stage.settle(_STATUS_MILLISECONDS)
        stage.application.control.listener.said.emit({"event": kind, **members})

    return show


def _settings(stage: Stage) -> None:
    stage.window.listener_bar.settings_asked.emit()
    stage.wait(lambda: stage.dialog)
    dialog = stage.dialog
    assert isinstance(dialog, SettingsDialog)  # noqa: S101
    dialog.public_url.setText("hook.example.com:443:1")
    dialog.allowed.setPlainText("203.0.113.0/24\n198.51.100.7")
    dialog._on_save()  # noqa: SLF001 - the picture shows what is said of a wrong address


def _new_address(stage: Stage) -> None:
    stage.window.listener_bar.new_address_asked.emit()
    stage.wait(lambda: stage.dialog)


PHP = """\
<?php
// Registers the rule, as an application's installation does.
$result = CRest::call('bizproc.robot.add', [
    'CODE' => 'approve_invoice',
    'HANDLER' => $handler,
    'AUTH_USER_ID' => 1,
    'USE_SUBSCRIPTION' => 'Y',
    'NAME' => ['en' => 'Approve an invoice', 'ru' => 'Согласовать счёт'],
    'RETURN_PROPERTIES' => [
        'Approved' => ['Name' => 'Approved', 'Type' => 'bool', 'Required' => 'Y'],
        'Level' => ['Name' => 'Level', 'Type' => 'enum', 'Default' => 'high',
            'Options' => ['low' => 'Low', 'high' => 'High']],
        'Viewers' => ['Name' => ['en' => 'Who may see it', 'ru' => 'Кому видно'],
            'Type' => 'user', 'Multiple' => 'Y'],
    ],
    'PROPERTIES' => ['sum' => ['Name' => 'Sum', 'Type' => 'double']],
    'auth' => $_REQUEST['AUTH_ID'],
]);
"""
BROKEN = """\
{
  "CODE": "approve_invoice",
  "RETURN_PROPERTIES": {
    "Approved": {"Name": "Approved", "Type": "bool"}
    "Comment": {"Name": "Comment", "Type": "text"}
  }
}
"""


def _dialog(stage: Stage, kind: type[_D]) -> _D:
    """The dialog of a kind, once it is open."""
    stage.wait(lambda: any(one.isVisible() for one in stage.window.findChildren(kind)))
    stage.settle()
    return next(one for one in stage.window.findChildren(kind) if one.isVisible())


def _open(stage: Stage, task: RuleTask, rule: str = "approve_invoice") -> None:
    stage.select(rule)
    call = stage.window.call_view.call
    assert call is not None  # noqa: S101
    stage.window.call_view.header.schema_asked.emit(call.row.id, task)


def _import(text: str) -> Scene:
    def show(stage: Stage) -> None:
        _open(stage, RuleTask.IMPORT)
        dialog = _dialog(stage, ImportDialog)
        dialog.source.text.put_text(text)
        stage.settle(1_500)

    return show


def _edit_schema(stage: Stage) -> None:
    portal = stage.workspace.portals()[0].key
    wrong: JsonValue = {"Name": "No such type", "Type": "enum", "Sort": 5}
    schema = {**EVERY_TYPE, "Level 2": wrong}
    stage.workspace.keep_registration(portal, "approve_invoice", schema)
    _open(stage, RuleTask.EDIT)
    dialog = _dialog(stage, SchemaEditor)
    dialog.returned.go_to("Warehouse", "NAME")
    stage.settle()


def _edit_rule(stage: Stage) -> None:
    _edit_schema(stage)
    dialog = _dialog(stage, SchemaEditor)
    dialog.tabs.setCurrentWidget(dialog.rule)
    stage.settle()


def _offer(stage: Stage) -> None:
    """A form whose rule nothing is known of."""
    stage.trust()
    stage.answer("check_contract", ("verdict", "fix"))
    portal = stage.workspace.portals()[0]
    stage.workspace.rules.forget(stage.workspace.rules.only("check_contract", portal.key))
    stage.select("check_contract")
    stage.settle()


def _learn(stage: Stage) -> None:
    stage.trust()
    stage.answer("check_contract", ("verdict", "fix"), ("pages", "12"), ("until", "31.12.2026"))
    stage.answer("check_contract", ("verdict", "ok"), ("pages", "3"))
    _open(stage, RuleTask.LEARN, "check_contract")
    _dialog(stage, LearnDialog)


def _export(stage: Stage) -> None:
    portal = stage.workspace.portals()[0].key
    stage.workspace.keep_registration(portal, "approve_invoice", EVERY_TYPE)
    _open(stage, RuleTask.EXPORT)
    _dialog(stage, ExportDialog).form.setCurrentIndex(1)
    stage.settle()


def _rules(stage: Stage) -> None:
    portal = stage.workspace.portals()[0].key
    stage.workspace.keep_registration(portal, "approve_invoice", EVERY_TYPE)
    stage.window.listener_bar.rules_asked.emit()
    _dialog(stage, RulesDialog)


def _portals_empty(stage: Stage) -> None:
    """The page before any call."""
    stage.window.listener_bar.portals_asked.emit()
    _dialog(stage, PortalsDialog)


def _known_portals(stage: Stage) -> PortalsDialog:
    """The page with a portal that has called, one with all it can have, and one that has moved."""
    stage.trust()
    book = stage.workspace.portal_book
    book.enter_webhook(stage.workspace.portals()[0].key, _webhook(stage))
    office = book.add("https://office.example.org/rest/", "Head office")
    book.enter_application(office.key, Application("local.5f1b2c3d4e5f60.71829304", "secret"))
    book.enter_webhook(office.key, read_webhook("https://office.example.org/rest/7/abcdefgh1234/"))
    stage.workspace.store.authorizations.refuse(office.id, Source.WEBHOOK, "credentials")
    moved = book.add("https://former.example.org/rest/")
    book.move(moved.key, "https://renamed.example.org/rest/")
    stage.workspace.distrust(moved.key)
    stage.window.listener_bar.portals_asked.emit()
    return _dialog(stage, PortalsDialog)


def _webhook(stage: Stage) -> Webhook:
    """A webhook that the practice portal does not know."""
    return read_webhook(f"{stage.workspace.portals()[0].endpoint}1/abcdefgh12345678/")


def _chosen_portal(name: str) -> Scene:
    def show(stage: Stage) -> None:
        page = _known_portals(stage)
        titles = [one.portal.title for one in stage.workspace.portal_book.facts()]
        page.list.setCurrentRow(titles.index(name))
        stage.settle()

    return show


def _portal_test(stage: Stage) -> None:
    page = _known_portals(stage)
    page.choose(stage.workspace.portal_book.find(_practice(stage)).key)
    stage.settle()
    page.card.sources.test.click()
    stage.wait(page.card.sources.test.isEnabled)
    stage.settle()


def _practice(stage: Stage) -> str:
    return next(one.host for one in stage.workspace.portals() if one.calls)


def _portal_dialog(task: PortalTask, kind: type[QDialog]) -> Scene:
    """A dialog of the page for the office's portal."""

    def show(stage: Stage) -> None:
        _chosen_portal("Head office")(stage)
        _dialog(stage, PortalsDialog).card.asked.emit(task)
        _dialog(stage, kind)
        stage.popup = _dialog(stage, kind)

    return show


def _portal_add(stage: Stage) -> None:
    page = _known_portals(stage)
    page.add_asked.emit()
    dialog = _dialog(stage, AddDialog)
    dialog.address.setText("http://bitrix.local.net/crm/deal/kanban/")
    stage.popup = dialog


def _portal_webhook(stage: Stage) -> None:
    _portal_dialog(PortalTask.ENTER_WEBHOOK, WebhookDialog)(stage)
    dialog = _dialog(stage, WebhookDialog)
    dialog.address.setText("https://other.example.org/rest/1/abcdefgh12345678/")
    dialog.keep()
    stage.settle()


def _many_selected(stage: Stage) -> None:
    """Every waiting token of a rule selected."""
    stage.trust()
    model = stage.window.tokens.model
    for _ in range(_MANY):
        stage.application.control.send_test_call()
    stage.wait(lambda: model.rowCount() == _CALLS + _MANY)
    stage.settle()
    stage.select("approve_invoice")
    stage.answer("approve_invoice", ("Approved", "Y"))
    ids = [model.id_at(row) for row in range(model.rowCount())]
    names = [str(model.index(row, 1).data()) for row in range(model.rowCount())]
    of_rule = [
        one for one, name in zip(ids, names, strict=True) if one and name == "approve_invoice"
    ]
    stage.window.tokens.mark(of_rule)
    stage.settle()


def _many_values(stage: Stage) -> None:
    """One set of values, a variable in it, as one call fills it."""
    _many_selected(stage)
    _fill(stage, {"Approved": "Y"})
    stage.window.tokens.ask_many()
    dialog = _dialog(stage, ManyDialog)
    dialog.values.values.show_values(
        [("Approved", "Y"), ("Comment", "{{document_id.2}}: {{properties.amount|default:no sum}}")]
    )
    dialog.values.log_message.setText("Approved together on {{today}}")
    stage.settle()


def _many_list(stage: Stage) -> None:
    """The list of exactly what goes out."""
    _many_values(stage)
    dialog = _dialog(stage, ManyDialog)
    dialog._next.click()  # noqa: SLF001
    stage.wait(dialog.list.isVisible)
    stage.settle()


def _many_question(stage: Stage) -> None:
    """What is asked before."""
    _many_values(stage)
    dialog = _dialog(stage, ManyDialog)
    dialog.values.values.show_values([("Aproved", "Y")])
    dialog._next.click()  # noqa: SLF001
    stage.wait(dialog.list.isVisible)
    dialog._send.click()  # noqa: SLF001
    stage.popup = _dialog(stage, SendQuestion)


def _many_progress(stage: Stage) -> None:
    """Half way."""
    _many_list(stage)
    _order(stage, "fault", name="slow:6", method="batch", skip=1)
    dialog = _dialog(stage, ManyDialog)
    dialog._send.click()  # noqa: SLF001
    stage.wait(lambda: len(dialog.results.model.results) >= MOST_COMMANDS)


def _many_results(stage: Stage) -> None:
    """Some refused, some unknown."""
    _many_list(stage)
    _order(stage, "fault", name="refusal:400:404", method=EVENT_SEND, skip=20)
    _order(stage, "fault", name="reset_after", method=EVENT_SEND, skip=52)
    dialog = _dialog(stage, ManyDialog)
    dialog._send.click()  # noqa: SLF001
    stage.wait(dialog.results.isVisible)
    stage.wait(lambda: not dialog.is_running)


def _order(stage: Stage, do: str, **members: object) -> None:
    """Have the practice portal do something."""
    stage.application.control.practice.process.send({"do": do, **members})
    stage.settle()


def _card(fault: str) -> Scene:
    """The card below the form, after a reply that went wrong for good, or too often."""

    def show(stage: Stage) -> None:
        stage.patience = Patience(attempts=1)
        stage.trust()
        stage.select("approve_invoice")
        _fill(stage, {"Approved": "Y", "Comment": "Sum checked, may be paid."})
        _order(stage, "fault", name=fault, method=EVENT_SEND)
        form = stage.window.call_view.form
        form._on_send(EVENT_SEND)  # noqa: SLF001
        stage.wait(form.card.isVisible)
        stage.settle()

    return show


def _card_checked(stage: Stage) -> None:
    _card("reset_after")(stage)
    card = stage.window.call_view.form.card
    card.check_asked.emit(card.attempt)
    stage.wait(lambda: card._state.checked)  # noqa: SLF001 - whatever the language
    stage.settle()


def _card_attempts(stage: Stage) -> None:
    """The same card beside its exchange."""
    _card_checked(stage)
    stage.window.call_view.tabs.setCurrentIndex(ATTEMPTS)
    stage.settle()


def _question(fault: str, *, follow: bool = False) -> Scene:
    """The question that a button of the card asks."""

    def show(stage: Stage) -> None:
        _card(fault)(stage)
        card = stage.window.call_view.form.card
        (card.follow_asked if follow else card.again_asked).emit(card.attempt)
        stage.wait(lambda: stage.dialog)

    return show


def _check(stage: Stage) -> None:
    """What the portal tells of a workflow that nobody has answered."""
    stage.trust()
    stage.select("approve_invoice")
    view = stage.window.call_view
    assert view.call is not None  # noqa: S101
    view.header.check_asked.emit(view.call.row.id)
    stage.wait(view.notice.isVisible)


def _queue_of(stage: Stage, *rules: str) -> None:
    """Replies to the calls of these rules, queued."""
    stage.trust()
    rows = stage.workspace.rows(list(stage.workspace.token_ids(stage.window.tokens.query)))
    for rule in rules:
        call_id = next(row.id for row in rows if row.rule == rule)
        stage.workspace.submit(Reply(call_id, EVENT_SEND, [("Approved", "Y")], ""))


def _show_queue(stage: Stage) -> None:
    stage.wait(stage.window.queue.button.isVisible)
    stage.window.queue.show_queue()
    stage.window.queue.panel.table.selectRow(0)
    stage.settle()


def _is_repeated(one: QueuedReply) -> bool:
    """Whether the pause before the next try is long enough for a picture."""
    return one.waits is Waits.REPEAT and one.tries > 1


def _queue(stage: Stage) -> None:
    """A portal that takes nothing for now, and what waits for it."""
    _order(stage, "fault", name="rate_limit", method=EVENT_SEND, count=50)
    _queue_of(stage, "approve_invoice", "set_owner", "choose_warehouse")
    queue = stage.window.queue
    stage.wait(lambda: any(_is_repeated(one) for one in queue.watch.queue.replies))
    _show_queue(stage)


def _queue_paused(stage: Stage) -> None:
    stage.trust()
    stage.workspace.outbox.pause()
    _queue_of(stage, "approve_invoice", "set_owner", "choose_warehouse")
    _show_queue(stage)


def _queue_held(stage: Stage) -> None:
    """What another run of the program has left."""
    stage.trust()
    rows = stage.workspace.rows(list(stage.workspace.token_ids(stage.window.tokens.query)))
    for row in rows[:3]:
        reply = Reply(row.id, EVENT_SEND, [("owner", "user_1")], "")
        stage.workspace.store.replies.create(reply, "1:0:ended", row.arrived_at)
    stage.application.desk.note_change()
    stage.select("set_owner")
    _show_queue(stage)


def _reply_repeating(stage: Stage) -> None:
    """A form whose reply is tried again later."""
    stage.trust()
    _order(stage, "fault", name="rate_limit", method=EVENT_SEND, count=50)
    stage.select("approve_invoice")
    _fill(stage, {"Approved": "Y", "Comment": "Sum checked, may be paid."})
    form = stage.window.call_view.form
    form._on_send(EVENT_SEND)  # noqa: SLF001
    watch = stage.window.queue.watch
    stage.wait(lambda: any(_is_repeated(one) for one in watch.queue.replies))
    stage.settle()


def _queue_close(stage: Stage) -> None:
    """The question before closing while replies wait."""
    _queue(stage)
    stage.window.close()
    stage.wait(lambda: stage.dialog)


def _settings_repeat(stage: Stage) -> None:
    stage.window.listener_bar.repeats_asked.emit()
    stage.wait(lambda: stage.dialog)


_MOVED = "redirect:https://new-name.example.org/rest/bizproc.event.send"
_SCENES: dict[str, Scene] = {
    "reply": _reply,
    "untrusted": _untrusted,
    "json": _json,
    "preview": _preview,
    "preset-filled": _preset_filled,
    "preset-dialog": _preset_dialog,
    "presets": _presets,
    "types": _types,
    "types-below": _types_below,
    "calendar": _calendar,
    "findings": _findings,
    "findings-json": _findings_json,
    "send-question": _send_question,
    "dates": _dates,
    "call": _tab(CALL, "choose_warehouse"),
    "raw": _tab(RAW, "check_contract"),
    "attempts": _tab(ATTEMPTS, "set_owner"),
    "dead": _dead,
    "restarted": _restarted,
    "rejected": _rejected,
    "not-stored": _event(
        "not_stored",
        calls=3,
        reason="The disk is full. Free some space; nothing stored is lost.",
        kept=True,
    ),
    "set-aside": _event("set_aside", name="store.damaged-20260304-120000.sqlite3"),
    "disk-low": _event("disk_low", free=412_000_000),
    "settings": _settings,
    "settings-repeat": _settings_repeat,
    "queue": _queue,
    "queue-paused": _queue_paused,
    "queue-held": _queue_held,
    "queue-close": _queue_close,
    "reply-repeating": _reply_repeating,
    "new-address": _new_address,
    "check": _check,
    "card-unknown": _card("reset_after"),
    "card-checked": _card_checked,
    "card-attempts": _card_attempts,
    "card-moved": _card(_MOVED),
    "card-refused": _card("portal_deleted"),
    "card-retry-later": _card("locked"),
    "question-send-again": _question("reset_after"),
    "question-retry": _question("locked"),
    "question-follow": _question(_MOVED, follow=True),
    "offer": _offer,
    "import": _import(PHP),
    "import-broken": _import(BROKEN),
    "schema-editor": _edit_schema,
    "schema-editor-rule": _edit_rule,
    "learn": _learn,
    "export": _export,
    "rules": _rules,
    "portals": _chosen_portal("Head office"),
    "portals-empty": _portals_empty,
    "portal-test": _portal_test,
    "portal-untrusted": _chosen_portal("renamed.example.org"),
    "portal-add": _portal_add,
    "portal-webhook": _portal_webhook,
    "portal-application": _portal_dialog(PortalTask.ENTER_APPLICATION, ApplicationDialog),
    "portal-login": _portal_dialog(PortalTask.LOG_IN, LoginDialog),
    "portal-settings": _portal_dialog(PortalTask.SETTINGS, PortalSettingsDialog),
    "portal-move": _portal_dialog(PortalTask.MOVE, MoveDialog),
    "many-selected": _many_selected,
    "many-values": _many_values,
    "many-list": _many_list,
    "many-question": _many_question,
    "many-progress": _many_progress,
    "many-results": _many_results,
}
_WITHOUT_CALLS = {_portals_empty}


@contextmanager
def _stage(size: QSize, *, calls: bool) -> Iterator[Stage]:
    with tempfile.TemporaryDirectory(prefix="bxgui-pictures-") as folder:
        paths = Paths.of(Path(folder))
        workspace = Workspace(
            Store.open(paths.data),
            obtain_key=lambda _id: vault.new_key("this is a picture"),
            patience=lambda: stage.patience,
        )
        application = app.build(paths, port=0, open_workspace=lambda: workspace)
        stage = Stage(application, workspace)
        application.window.resize(size)
        application.window.show()
        application.desk.open()
        stage.wait(lambda: application.window.listener_bar.url)
        application.window.message.clear("keyring")
        if calls:
            application.control.send_all_test_calls()
            stage.wait(lambda: application.window.tokens.model.rowCount() == _CALLS)
            stage.settle()
        yield stage
        application.window.close_at_once()


def _take(target: Path, size: QSize, scene: Scene | None, *, dark: bool) -> None:
    QApplication.setPalette(theme.palette_of(dark=dark))
    with _stage(size, calls=scene not in {None, *_WITHOUT_CALLS}) as stage:
        if scene is not None:
            scene(stage)
        stage.settle()
        (stage.popup or stage.dialog or stage.window).grab().save(str(target))
    sys.stdout.write(f"{target}\n")


def main() -> None:
    """Take the README's picture, or all of them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--all", type=Path, metavar="FOLDER", help="every scene, size and palette")
    parser.add_argument("--scene", choices=_SCENES, help="with --all, only this scene")
    parser.add_argument("--language", default="en", metavar="LOCALE", help="for example ru")
    options = parser.parse_args()
    QLocale.setDefault(QLocale(options.language))
    application = app.make_qt_application(options.language)
    application.setStyle("Fusion")
    theme.dress(application)
    if options.all is None:
        _take(_README_PICTURE, QSize(1180, 760), _reply, dark=False)
        return
    options.all.mkdir(parents=True, exist_ok=True)
    chosen = {options.scene: _SCENES[options.scene]} if options.scene else _SCENES
    for dark in (False, True):
        for size in _SIZES:
            name = f"{size.width()}{'-dark' if dark else ''}.png"
            for scene_name, scene in chosen.items():
                _take(options.all / f"{scene_name}-{name}", size, scene, dark=dark)
            if not options.scene:
                _take(options.all / f"empty-{name}", size, None, dark=dark)


if __name__ == "__main__":
    main()
