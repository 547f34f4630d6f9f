"""A user of the portal."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu

from bxgui.core.call_users import CallUser
from bxgui.core.dates import SITE_DATES
from bxgui.core.schema import ValueType
from bxgui.ui.editors.checks import check_of
from bxgui.ui.editors.editor import translate
from bxgui.ui.editors.line import OpeningEditor

# Asked when the menu opens: the editor outlives the call it was made for.
Users: TypeAlias = Callable[[], Sequence[CallUser]]


class UserEditor(OpeningEditor):
    """The editor of a `user`, which offers those that the call names."""

    def __init__(self, users: Users) -> None:
        tip = translate("Editors", "Users of the call (F4)")
        super().__init__("user_1", "person", tip, check_of(ValueType.USER, SITE_DATES))
        self._users = users

    def _open(self) -> None:
        menu = QMenu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        for user in self._users():
            action = menu.addAction(_offered(user))
            action.triggered.connect(lambda _on=False, key=user.key: self._put(key))
        if menu.isEmpty():
            menu.addAction(self.tr("The call names no user")).setEnabled(False)
        menu.popup(self.mapToGlobal(QPoint(0, self.height())))


def _offered(user: CallUser) -> str:
    """A user and where the call names it, as a menu shows it."""
    where = (
        translate("Editors", "whose access the call carries")
        if not user.named_by
        else translate("Editors", "property %1").replace("%1", user.named_by)
    )
    return f"{user.key}   {where}".replace("&", "&&")
