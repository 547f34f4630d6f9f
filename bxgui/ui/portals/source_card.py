"""One source of authorization: its place in the order, its state, and what can be done with it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QVBoxLayout,
)

from bxgui.core.authorization import Source
from bxgui.ui import theme
from bxgui.ui.portals.source_texts import Told, source_name
from bxgui.ui.portals.task import (
    NEEDS_SOURCE,
    NEEDS_TRUST,
    OF_SOURCE,
    PortalTask,
    task_text,
)
from bxgui.ui.portals.task_button import task_button
from bxgui.ui.widgets import selectable_label, tint, tool_button

_MARK = 16


class SourceCard(QFrame):
    """`moved` carries -1 to be tried earlier and 1 to be tried later; `asked` a `PortalTask`."""

    moved = Signal(int)
    use_wanted = Signal(bool)
    asked = Signal(object)

    def __init__(self, source: Source) -> None:
        super().__init__()
        self.setObjectName("sourceCard")
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.source = source
        name = source_name(source)
        self.setAccessibleName(name)
        self.use = QCheckBox(name)
        self.use.setFont(theme.bold(self.font()))
        self.use.setToolTip(self.tr("Whether it is tried at all"))
        self.use.clicked.connect(self.use_wanted)
        self._mark = QLabel()
        self.state = selectable_label(wrap=True)
        self.report = selectable_label(wrap=True)
        self.report.hide()
        earlier = self.tr("Try this earlier: %1").replace("%1", name)
        later = self.tr("Try this later: %1").replace("%1", name)
        self.earlier = tool_button("↑", partial(self.moved.emit, -1), earlier)
        self.later = tool_button("↓", partial(self.moved.emit, 1), later)
        self.tasks = {task: task_button(task, self.asked.emit) for task in OF_SOURCE[source]}
        self._lay_out()

    def show_place(self, number: int, last: int, *, used: bool, may_stop: bool) -> None:
        """Show at which place it is tried, of so many; or that it is not."""
        self.use.setChecked(used)
        self.use.setEnabled(not used or may_stop)
        self.use.setText(f"{number}. {source_name(self.source)}" if used else self._unused_text())
        self.earlier.setEnabled(used and number > 1)
        self.later.setEnabled(used and number < last)

    def show_state(self, told: Told, *, entered: bool, trusted: bool) -> None:
        """Show its state, and offer what can be done."""
        self._mark.setPixmap(theme.mark(told.shape, told.tint.colour, _MARK).pixmap(_MARK, _MARK))
        self.state.setText(told.text)
        for task, button in self.tasks.items():
            possible = (entered or task not in NEEDS_SOURCE) and (
                trusted or task not in NEEDS_TRUST
            )
            button.setEnabled(possible)
            if task in {PortalTask.ENTER_WEBHOOK, PortalTask.ENTER_APPLICATION}:
                button.setText(self.tr("Replace…") if entered else task_text(task))

    def show_report(self, told: Told | None) -> None:
        """Show what the portal has said of it, when asked last."""
        self.report.setVisible(told is not None)
        if told is not None:
            self.report.setText(told.text)
            tint(self.report, told.tint)

    def _unused_text(self) -> str:
        return self.tr("%1 (not tried)").replace("%1", source_name(self.source))

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(6)
        head.addWidget(self.use)
        head.addStretch()
        for widget in (*self.tasks.values(), self.earlier, self.later):
            head.addWidget(widget)
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        grid.addWidget(self._mark, 0, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self.state, 0, 1)
        grid.addWidget(self.report, 1, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 6, 8, 8)
        layout.setSpacing(4)
        layout.addLayout(head)
        layout.addLayout(grid)
