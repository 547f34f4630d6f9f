"""The reply form's rows, each made when it comes into sight or when there is time for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from time import perf_counter

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from bxgui.core.dates import SITE_DATES, DateFormat
from bxgui.core.value_rows import ValueRow
from bxgui.ui import theme
from bxgui.ui.editors.factory import Offers
from bxgui.ui.editors.user import Users
from bxgui.ui.row_height import measured_heights
from bxgui.ui.value_row import RowContext, RowView
from bxgui.ui.widgets import has_cursor, plain_label, push_button, tint

# Of the 16 ms that a frame has; the rest is for painting.
_SLICE_SECONDS = 0.006
_MARGIN = 4


class ValueRowsView(QScrollArea):
    """All rows; `edited` comes after a person has changed something.

    `named` comes when a row just added has a name, or was left without one; `dates_asked` when
    the format of dates is to be chosen.
    """

    edited = Signal()
    named = Signal()
    dates_asked = Signal()

    def __init__(self, users: Users = tuple) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setAccessibleName(self.tr("Return values"))
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._offers = Offers(users)
        self._heights = measured_heights()
        self._views: list[RowView] = []
        self._unnamed: RowView | None = None
        self._later = QTimer(self, interval=0)
        self._later.timeout.connect(self._build_slice)
        self._nothing = plain_label(wrap=True)
        tint(self._nothing, theme.QUIET)
        self._nothing.setText(
            self.tr("No return values yet. The reply can go without any, or add the ones it needs.")
        )
        self._add = push_button(
            self.tr("Add value"), self.add_row, self.tr("Add a return value of any name")
        )
        page = QWidget()
        self._page = QVBoxLayout(page)
        self._page.setContentsMargins(0, 0, _MARGIN, 0)
        self._box, self._rows = self._make_box()
        self._page.addWidget(self._nothing)
        self._page.addWidget(self._box)
        self._page.addWidget(self._add, 0, Qt.AlignmentFlag.AlignLeft)
        self._page.addStretch()
        self.setWidget(page)
        self.verticalScrollBar().valueChanged.connect(self._build_seen)
        self._make_shortcuts()

    def rows(self) -> list[ValueRow]:
        """The rows as they stand."""
        return [view.row for view in self._views]

    @property
    def is_complete(self) -> bool:
        """Whether every row's widgets are made."""
        return not self._later.isActive()

    @property
    def unnamed(self) -> int | None:
        """The row that a person has added and is still about to name."""
        view = self._unnamed
        return None if view is None or view.row.name else self._views.index(view)

    def end_naming(self) -> None:
        """Take the row just added for one like the others."""
        if self._unnamed is not None:
            self._unnamed = None
            self.named.emit()

    def show_rows(self, rows: Sequence[ValueRow], dates: DateFormat = SITE_DATES) -> None:
        """Show rows, in the widgets that are there as far as they fit; dates are typed so."""
        offers = replace(self._offers, dates=dates)
        if (
            offers == self._offers
            and len(rows) == len(self._views)
            and all(view.can_show(row) for view, row in zip(self._views, rows, strict=True))
        ):
            for view, row in zip(self._views, rows, strict=True):
                view.show_problem("")
                view.show_row(row)
            return
        self._offers = offers
        self._renew_box()
        context = self._context(rows)
        for row in rows:
            self._append(row, context)
        self._nothing.setVisible(not rows)
        self._build_seen()
        self._later.start()

    def put_rows(self, rows: Sequence[ValueRow], dates: DateFormat) -> None:
        """Show rows as if a person had made them so."""
        self.show_rows(rows, dates)
        self.edited.emit()

    def add_row(self) -> None:
        """Add an empty row and put the cursor into its name."""
        view = self._append(ValueRow(), self._context(self.rows()))
        self._nothing.hide()
        self.go_to(len(self._views) - 1)
        self._unnamed = view
        window = self.window().windowHandle()
        if window is not None:
            window.focusObjectChanged.connect(
                self._on_focus_moved, Qt.ConnectionType.UniqueConnection
            )
        self.edited.emit()

    def at(self) -> int | None:
        """The row with the cursor."""
        at = (number for number, view in enumerate(self._views) if has_cursor(view))
        return next(at, None)

    def go_to(self, number: int, *, in_name: bool = False) -> None:
        """Put the cursor into a row."""
        self._build(number)
        view = self._views[number]
        view.set_focus(in_name=in_name)
        # Rows that were made a moment ago have no place before their layouts are done.
        self._page.activate()
        self._rows.activate()
        QCoreApplication.sendPostedEvents(self.widget(), QEvent.Type.LayoutRequest)
        self.ensureWidgetVisible(view)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Make what comes into sight, and keep the cursor there."""
        super().resizeEvent(event)
        self._build_seen()
        focused = self.focusWidget()
        if focused is not self and self.isAncestorOf(focused) and focused.hasFocus():
            self.ensureWidgetVisible(focused)

    def _make_shortcuts(self) -> None:
        QShortcut(QKeySequence("Ctrl+M"), self).activated.connect(self._open_menu)

    def _make_box(self) -> tuple[QWidget, QVBoxLayout]:
        box = QWidget()
        rows = QVBoxLayout(box)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        return box, rows

    def _renew_box(self) -> None:
        """Let go of all rows at once, which is far quicker than one by one."""
        old = self._box
        self._box, self._rows = self._make_box()
        self._page.replaceWidget(old, self._box)
        old.hide()
        old.deleteLater()
        self._views = []
        self._unnamed = None
        self.verticalScrollBar().setValue(0)

    def _context(self, rows: Sequence[ValueRow]) -> RowContext:
        return RowContext(
            self._offers,
            schema_known=any(row.entry is not None for row in rows),
            width=self.viewport().width() - _MARGIN,
            heights=self._heights,
            edited=self._on_edited,
            removed=self._remove,
            stops_changed=lambda view: self._chain(self._views.index(view)),
            dates_asked=self.dates_asked.emit,
        )

    def _append(self, row: ValueRow, context: RowContext) -> RowView:
        view = RowView(row, context)
        self._rows.addWidget(view)
        self._views.append(view)
        return view

    def _build(self, number: int) -> None:
        view = self._views[number]
        if not view.is_built:
            view.build()
            self._chain(number)

    def _chain(self, number: int) -> None:
        """Let the Tab key come through a row after those before it."""
        earlier = (self._views[at] for at in range(number - 1, -1, -1))
        before = next((view for view in earlier if view.is_built), None)
        last: QWidget = before.stops()[-1] if before is not None else self
        for stop in self._views[number].stops():
            QWidget.setTabOrder(last, stop)
            last = stop

    def _build_seen(self) -> None:
        """Make the rows in sight."""
        top = self.verticalScrollBar().value()
        bottom = top + max(self.viewport().height(), 1)
        place = 0
        for number, view in enumerate(self._views):
            height = view.height()
            if place < bottom and place + height > top:
                self._build(number)
            place += height

    def _build_slice(self) -> None:
        """Make some of the rows that are not in sight."""
        ends = perf_counter() + _SLICE_SECONDS
        for number, view in enumerate(self._views):
            if not view.is_built:
                if perf_counter() > ends:
                    return
                self._build(number)
        self._later.stop()

    def _on_edited(self, view: RowView) -> None:
        view.show_problem("")
        self.edited.emit()

    def _remove(self, view: RowView) -> None:
        number = self._views.index(view)
        self._views.remove(view)
        if view is self._unnamed:
            self._unnamed = None
        self._rows.removeWidget(view)
        view.hide()
        view.deleteLater()
        self._nothing.setVisible(not self._views)
        if self._views:
            self._views[min(number, len(self._views) - 1)].set_focus()
        self.edited.emit()

    def _open_menu(self) -> None:
        number = self.at()
        if number is not None:
            self._views[number].open_menu()

    def _on_focus_moved(self, focused: QObject | None) -> None:
        view = self._unnamed
        if view is not None and isinstance(focused, QWidget) and not view.isAncestorOf(focused):
            self.end_naming()
