"""What tests of the dialogs about rules share."""

from __future__ import annotations

from typing import TypeVar

from posts import Post
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot
from ui.ui_parts import WAIT, Bench, post

from bxgui.core.local_text import LocalText, plain
from bxgui.core.records import EVENT_SEND, Portal, Reply
from bxgui.core.registration import Registration, RuleKind
from bxgui.core.rule import Rule
from bxgui.core.schema import RuleProperty, ValueType

CODE = Post(1).code
OK = RuleProperty("ok", ValueType.BOOL, plain("OK"), type_name="bool")
LEVEL = RuleProperty(
    "level",
    ValueType.SELECT,
    LocalText((("en", "Level"), ("ru", "Уровень"))),
    type_name="select",
    options=(("low", plain("Low")), ("high", plain("High"))),
    default="low",
    others=(("SORT", 5),),
)
KEPT = Registration(
    code=CODE,
    kind=RuleKind.ROBOT,
    name=plain("Approve"),
    return_properties=(OK, LEVEL),
    use_subscription=True,
    others=(("SOMETHING", "else"),),
)
_D = TypeVar("_D", bound=QDialog)


def known_rule(bench: Bench, registration: Registration | None = None) -> Rule:
    """A rule that has called once, with what is kept of it."""
    (call_id,) = bench.take(post())
    rule = bench.workspace.rules.of_call(call_id)
    assert rule is not None
    if registration is None:
        return rule
    return bench.workspace.rules.keep(portal_of(bench), rule.code, registration)


def portal_of(bench: Bench) -> Portal:
    """The portal that has called."""
    return bench.workspace.portals()[0]


def kept(bench: Bench, code: str = CODE) -> Registration | None:
    """What is kept of a rule now."""
    return bench.workspace.rules.only(code).registration


def replied(bench: Bench, number: int, *values: tuple[str, str]) -> None:
    """A reply to one more call of the rule."""
    (call_id,) = bench.take(post(number))
    reply = Reply(call_id, EVENT_SEND, list(values), "")
    bench.workspace.store.replies.create(reply, "1:test", bench.clock())


def shown(qtbot: QtBot, dialog: _D) -> _D:
    """The dialog, open and ready for keys."""
    qtbot.addWidget(dialog)
    dialog.open()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow, timeout=WAIT)
    return dialog


def opened_dialog(qtbot: QtBot, parent: QWidget, kind: type[_D]) -> _D:
    """The one dialog of a kind that opens."""
    qtbot.waitUntil(lambda: len(_visible(parent, kind)) == 1, timeout=WAIT)
    QApplication.processEvents()
    return _visible(parent, kind)[0]


def _visible(parent: QWidget, kind: type[_D]) -> list[_D]:
    return [one for one in parent.findChildren(kind) if one.isVisible()]
