"""A dialog in which a person enters something for a portal."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from bxgui.ui import theme
from bxgui.ui.desk import Desk
from bxgui.ui.portals.trouble import trouble_text
from bxgui.ui.rules.asking import Asking
from bxgui.ui.widgets import announce, plain_label, tint

if TYPE_CHECKING:
    from bxgui.services.workspace import Workspace

T = TypeVar("T")
_WIDTH = 560


class PortalForm(QDialog):
    """`kept` carries what keeping it gave; until then the dialog stays as it was filled in."""

    kept = Signal(object)

    def __init__(self, desk: Desk, title: str, accept: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self._asking = Asking(desk)
        self.is_keeping = False
        self._names: list[QWidget] = []
        self._fields: list[QWidget] = []
        self.body = QVBoxLayout()
        self.body.setSpacing(10)
        self.problem = plain_label(wrap=True)
        tint(self.problem, theme.BAD)
        self.problem.hide()
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.accept_button = self._buttons.addButton(accept, QDialogButtonBox.ButtonRole.AcceptRole)
        self.accept_button.setDefault(True)
        # Cancel would take the place of the default while that is disabled.
        self._buttons.button(QDialogButtonBox.StandardButton.Cancel).setAutoDefault(False)
        self._buttons.accepted.connect(self.keep)
        self._buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 14, 16, 14)
        layout.setSpacing(12)
        layout.addLayout(self.body)
        layout.addStretch()
        layout.addWidget(self.problem)
        layout.addWidget(self._buttons)
        self.setMinimumWidth(_WIDTH)

    def keep(self) -> None:
        """Keep what is entered."""
        raise NotImplementedError

    def showEvent(self, event: QShowEvent) -> None:
        """Begin as low as the texts allow, and in the first field."""
        super().showEvent(event)
        self.fit()
        self.resize(self.width(), self.minimumHeight())
        if not event.spontaneous():
            self._begin_with_fields()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stay as high as the texts are at this width."""
        super().resizeEvent(event)
        self.fit()

    def fit(self) -> None:
        """Make room for the texts as they are now."""
        layout = self.layout()
        if layout is not None:
            layout.invalidate()
            self.setMinimumHeight(layout.totalHeightForWidth(max(self.width(), _WIDTH)))

    def reject(self) -> None:
        """Close, unless what was entered is just being kept."""
        if not self.is_keeping:
            super().reject()

    def done(self, code: int) -> None:
        """Close; answers that come later are void."""
        self._asking.close()
        super().done(code)

    def ask_to_keep(self, question: Callable[[Workspace], T]) -> None:
        """Have the workspace keep it, and close; or show why it does not."""
        if self.is_keeping:
            return
        self._set_keeping(True)
        self.show_problem("")
        self._asking.ask(question, self._on_kept, self._on_failed)

    def show_problem(self, text: str, field: QLineEdit | None = None) -> None:
        """Show what keeps it from being kept, and go to the field where that is mended."""
        self.problem.setText(text)
        self.problem.setVisible(bool(text))
        self.fit()
        if text:
            announce(self, text)
        if field is not None:
            field.setFocus()
            field.selectAll()

    def add_text(self, text: str, *, quiet: bool = False) -> QLabel:
        """A paragraph."""
        label = plain_label(text, wrap=True)
        if quiet:
            tint(label, theme.QUIET)
        self.body.addWidget(label)
        return label

    def add_fields(self, *fields: tuple[str, QWidget]) -> None:
        """Fields, each behind its name; fields further up or down stand in the same column."""
        form = QFormLayout()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for name, field in fields:
            form.addRow(name, field)
            self._fields.append(field)
            self._names.append(form.labelForField(field))
            field.setAccessibleName(name.replace("&", ""))
        widest = max(name.sizeHint().width() for name in self._names)
        for label in self._names:
            label.setMinimumWidth(widest)
        self.body.addLayout(form)

    def _begin_with_fields(self) -> None:
        """The buttons were made first, and come last."""
        cancel = self._buttons.button(QDialogButtonBox.StandardButton.Cancel)
        last = self.previousInFocusChain()
        if last is not None and last not in {self.accept_button, cancel}:
            QWidget.setTabOrder(last, self.accept_button)
            QWidget.setTabOrder(self.accept_button, cancel)
        if self._fields:
            self._fields[0].setFocus()

    def _on_kept(self, answer: object) -> None:
        self._set_keeping(False)
        self.accept()
        self.kept.emit(answer)

    def _on_failed(self, error: Exception) -> None:
        self._set_keeping(False)
        self.show_problem(trouble_text(error))

    def _set_keeping(self, is_keeping: bool) -> None:
        """A keyring may have to be unlocked first."""
        self.is_keeping = is_keeping
        self._buttons.setEnabled(not is_keeping)


def secret_line() -> QLineEdit:
    """A line whose text is never shown."""
    line = QLineEdit()
    line.setEchoMode(QLineEdit.EchoMode.Password)
    return line
