"""Prints how fast the reply form opens and scrolls, as ratios measured in one run."""

from __future__ import annotations

import argparse
import gc
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from time import perf_counter

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QFormLayout,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QWidget,
)

from bxgui.core.local_text import plain
from bxgui.core.schema import RuleProperty, ValueType
from bxgui.core.value_rows import ValueRow
from bxgui.ui import theme
from bxgui.ui.value_rows_view import ValueRowsView
from release.bench.rounds import in_turn
from release.bench.table import HEADER, Line, Target
from release.bench.trouble import BenchTrouble

_WIDTH, _HEIGHT = 480, 600
_FRAME = 16.0
_FIELDS_A_FRAME = 20
_STEPS = 100
_TURNS = 10_000
_OPTIONS = tuple((f"key{number}", plain(f"Title {number}")) for number in range(5))
# As a rule may mix them; each is compared with Qt's own widget of the same kind.
_KINDS = (
    *((ValueType.STRING, QLineEdit), (ValueType.BOOL, QComboBox), (ValueType.TEXT, QPlainTextEdit)),
    *((ValueType.INT, QLineEdit), (ValueType.DATE, QLineEdit), (ValueType.SELECT, QComboBox)),
    *((ValueType.USER, QLineEdit), (ValueType.DOUBLE, QLineEdit)),
)


@dataclass(frozen=True, slots=True)
class _Opened:
    """Milliseconds until a form was painted, until it was complete, and the longest blocks."""

    painted: float
    complete: float
    opening_block: float
    scrolling_block: float


def main(arguments: Sequence[str]) -> int:
    """Print a line for each comparison; 0 whether or not the targets are met."""
    parser = argparse.ArgumentParser(prog="dev.py bench form", description=__doc__)
    parser.add_argument("--rounds", type=int, default=9, help="how often to measure (9)")
    parser.add_argument("--fields", type=int, default=200, help="properties of the rule (200)")
    options = parser.parse_args(arguments)
    application = QApplication.instance() or QApplication(sys.argv[:1])
    if isinstance(application, QApplication):
        application.setStyle("Fusion")
        theme.dress(application)
    _say(f"{options.rounds} rounds, a rule with {options.fields} return properties")
    _say(HEADER)
    for line in _lines(options.rounds, options.fields):
        _say(str(line))
    return 0


def _lines(rounds: int, fields: int) -> list[Line]:
    rows = _rows(fields)
    measures: dict[str, Callable[[], _Opened]] = {
        "ours": lambda: _opened(lambda: _form(rows)),
        "bare": lambda: _opened(lambda: _bare(fields)),
    }
    for measure in measures.values():
        # What is loaded and drawn for the first time is nobody's in particular.
        measure()
    found = in_turn(rounds, measures)
    ours, bare = found["ours"], found["bare"]
    frames = [_FRAME * fields / _FIELDS_A_FRAME] * rounds
    frame = [_FRAME] * rounds
    what = f"{fields} properties"
    return [
        Line(
            f"{what} painted / a bare form",
            "ms",
            [one.painted for one in ours],
            [one.painted for one in bare],
            Target("<=", 2),
        ),
        Line(
            f"{what} painted / a frame for {_FIELDS_A_FRAME}",
            "ms",
            [one.painted for one in ours],
            frames,
            Target("<=", 1),
        ),
        Line(
            f"{what}, each editor made / a bare form",
            "ms",
            [one.complete for one in ours],
            [one.complete for one in bare],
            None,
        ),
        Line(
            "longest block, opening / a bare form's",
            "ms",
            [one.opening_block for one in ours],
            [one.opening_block for one in bare],
            None,
        ),
        Line(
            "longest block, scrolling / a frame",
            "ms",
            [one.scrolling_block for one in ours],
            frame,
            Target("<=", 1),
        ),
        Line(
            "longest block, scrolling / a bare form's",
            "ms",
            [one.scrolling_block for one in ours],
            [one.scrolling_block for one in bare],
            None,
        ),
    ]


def _opened(make: Callable[[], QScrollArea]) -> _Opened:
    """Open a form, finish it while nobody scrolls, scroll through it, and close it."""
    gc.collect()
    began = perf_counter()
    form = make()
    form.resize(_WIDTH, _HEIGHT)
    form.show()
    blocks = [_milliseconds(began), _turn()]
    painted = _milliseconds(began)
    for _ in range(_TURNS):
        if not isinstance(form, ValueRowsView) or form.is_complete:
            break
        blocks.append(_turn())
    else:
        message = "the form's editors were not made in time"
        raise BenchTrouble(message)
    complete = _milliseconds(began)
    scrolling = _scrolled(form)
    form.close()
    form.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    return _Opened(painted, complete, max(blocks), max(scrolling))


def _scrolled(form: QScrollArea) -> list[float]:
    """The time each step through the form takes, its painting included."""
    bar = form.verticalScrollBar()
    times = []
    for step in range(1, _STEPS + 1):
        began = perf_counter()
        bar.setValue(bar.maximum() * step // _STEPS)
        QApplication.processEvents()
        times.append(_milliseconds(began))
    return times


def _turn() -> float:
    """One turn of the event loop."""
    began = perf_counter()
    QApplication.processEvents()
    return _milliseconds(began)


def _milliseconds(began: float) -> float:
    return (perf_counter() - began) * 1000


def _rows(fields: int) -> list[ValueRow]:
    entries = [
        RuleProperty(
            f"Field{number}",
            _KINDS[number % len(_KINDS)][0],
            title=plain(f"Field number {number}"),
            description=plain("What the workflow does with it.") if number % 2 else plain(""),
            required=number % 3 == 0,
            options=_OPTIONS if _KINDS[number % len(_KINDS)][0] is ValueType.SELECT else (),
        )
        for number in range(fields)
    ]
    return [ValueRow(entry.name, entry.type, sent=False, entry=entry) for entry in entries]


def _form(rows: Sequence[ValueRow]) -> QScrollArea:
    form = ValueRowsView()
    form.resize(_WIDTH, _HEIGHT)
    form.show_rows(rows)
    return form


def _bare(fields: int) -> QScrollArea:
    """As many editors of the same kinds, each with a label, and nothing else."""
    page = QWidget()
    layout = QFormLayout(page)
    for number in range(fields):
        editor = _KINDS[number % len(_KINDS)][1]()
        if isinstance(editor, QComboBox):
            editor.addItems([title.read("en") for _, title in _OPTIONS])
        if isinstance(editor, QPlainTextEdit):
            editor.setFixedHeight(editor.fontMetrics().lineSpacing() * 2 + 14)
        layout.addRow(f"Field number {number}", editor)
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setWidget(page)
    return area


def _say(text: str) -> None:
    sys.stdout.write(f"{text.rstrip()}\n")
    sys.stdout.flush()
