"""Gives a registration to other programs: a document, or the call that registers the rule."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from bxgui.core.registration import Registration, RuleKind
from bxgui.core.registration_export import export_call, export_json
from bxgui.core.rule import Rule
from bxgui.services.files import write_whole
from bxgui.ui import theme
from bxgui.ui.desk import Desk
from bxgui.ui.long_text import LongText
from bxgui.ui.problem_texts import problem_text
from bxgui.ui.questions import one_line
from bxgui.ui.rules.asking import Asking
from bxgui.ui.widgets import announce, plain_label, push_button, tint

_KINDS = (None, RuleKind.ROBOT, RuleKind.ACTIVITY)


class ExportDialog(QDialog):
    """Shows what would be copied or saved, and does it.

    `address` is this program's own handler, which is a secret; it is empty while it does not
    listen.
    """

    def __init__(
        self,
        desk: Desk,
        rule: Rule,
        registration: Registration,
        address: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Export the registration of %1").replace("%1", rule.code))
        self._rule, self._registration, self._address = rule, registration, address
        self._saving = Asking(desk)
        self.form = QComboBox()
        self.form.addItem(self.tr("JSON document"))
        self.form.addItems(["bizproc.robot.add", "bizproc.activity.add"])
        self.form.setCurrentIndex(0)
        self.with_address = QCheckBox(
            self.tr("Put in this program's own address, which is a secret")
        )
        self.text = LongText(self.tr("What is exported"))
        self._advice = plain_label(wrap=True)
        tint(self._advice, theme.QUIET)
        self._outcome = plain_label(wrap=True)
        self._lay_out()
        self.form.currentIndexChanged.connect(lambda _row: self._show())
        self.with_address.toggled.connect(lambda _on: self._show())
        self._show()

    def done(self, code: int) -> None:
        """Close; a file that is being written is finished."""
        self._saving.close()
        super().done(code)

    @property
    def exported(self) -> str:
        """What is copied or saved."""
        kind = _KINDS[self.form.currentIndex()]
        if kind is None:
            return f"{export_json(self._registration)}\n"
        handler = self._address if self.with_address.isChecked() else ""
        return f"{export_call(replace(self._registration, kind=kind), handler).text}\n"

    def save(self, path: str) -> None:
        """Write it to a file."""
        text = self.exported

        def write(_workspace: object) -> None:
            write_whole(Path(path), text)

        def failed(error: Exception) -> None:
            if not isinstance(error, OSError):
                raise error
            self._tell(problem_text(error), theme.BAD)

        saved = self.tr("Saved as %1.").replace("%1", path)
        self._saving.ask(write, lambda _none: self._tell(saved, theme.GOOD), failed)

    def _lay_out(self) -> None:
        label = QLabel(self.tr("Export &as"))
        label.setBuddy(self.form)
        head = QHBoxLayout()
        head.addWidget(label)
        head.addWidget(self.form)
        head.addStretch()
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        acts: tuple[tuple[str, Callable[[], None]], ...] = (
            (self.tr("Copy"), self._copy),
            (self.tr("Save as file…"), self._choose_file),
        )
        for text, act in acts:
            buttons.addButton(push_button(text, act), QDialogButtonBox.ButtonRole.ActionRole)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 12, 14, 12)
        layout.addLayout(head)
        layout.addWidget(self.with_address)
        layout.addWidget(self.text, 1)
        layout.addWidget(self._advice)
        layout.addWidget(self._outcome)
        layout.addWidget(buttons)
        self.resize(680, 560)

    def _show(self) -> None:
        kind = _KINDS[self.form.currentIndex()]
        is_call = kind is not None
        self.with_address.setEnabled(is_call and bool(self._address))
        self.text.show_parts([self.exported])
        self._tell("", theme.QUIET)
        if not is_call:
            self._advice.setText(self.tr("“Import registration…” and bxgui rules import read it."))
            return
        text = self.tr("Post it to %1 as an administrator, in the application's own context.")
        host = one_line(self._rule.host) or "PORTAL"
        text = text.replace("%1", f"https://{host}/rest/{self.form.currentText()}")
        if not self._address:
            more = self.tr("The listener does not run, so its address is not known.")
            text = f"{text} {more}"
        self._advice.setText(text)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.exported)
        self._tell(self.tr("Copied."), theme.GOOD)

    def _choose_file(self) -> None:
        name = f"{self._rule.code}.json"
        path, _kind = QFileDialog.getSaveFileName(self, self.tr("Save the registration"), name)
        if path:
            self.save(path)

    def _tell(self, text: str, colour: theme.Tint) -> None:
        self._outcome.setText(text)
        tint(self._outcome, colour)
        if text:
            announce(self, text)
