"""Colours and icons that follow the palette, light or dark."""

from __future__ import annotations

import sys
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontDatabase,
    QGuiApplication,
    QIcon,
    QPainter,
    QPalette,
    QPen,
    QPixmap,
    QPolygonF,
)
from PySide6.QtWidgets import QApplication, QWidget

Shape = str


class Tint(NamedTuple):
    """One meaning's colour on light and on dark ground."""

    light: str
    dark: str

    @property
    def colour(self) -> QColor:
        """The colour to use on the application's palette; a styled widget's own may mislead."""
        return QColor(self.dark if is_dark(QGuiApplication.palette()) else self.light)


GOOD = Tint("#1a7f37", "#4cc76a")
BAD = Tint("#c62828", "#ff7b72")
WARN = Tint("#9a5b00", "#e3a23c")
CALM = Tint("#0b63c5", "#62aaff")
QUIET = Tint("#6b7280", "#9aa3ad")


def is_dark(palette: QPalette) -> bool:
    """Whether text stands on dark ground."""
    return palette.color(QPalette.ColorRole.Window).lightness() < 128


def mark(shape: Shape, colour: QColor, size: int = 14) -> QIcon:
    """A small drawn mark, sharp at twice the size too, and white on a selected line."""
    icon = QIcon(_pixmap(shape, colour, size))
    on_selection = QGuiApplication.palette().color(QPalette.ColorRole.HighlightedText)
    icon.addPixmap(_pixmap(shape, on_selection, size), QIcon.Mode.Selected)
    return icon


def _pixmap(shape: Shape, colour: QColor, size: int) -> QPixmap:
    pixmap = QPixmap(QSize(size * 2, size * 2))
    pixmap.setDevicePixelRatio(2)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _draw(painter, shape, colour, float(size))
    painter.end()
    return pixmap


def _draw(painter: QPainter, shape: Shape, colour: QColor, size: float) -> None:
    pen = QPen(colour, size / 7)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    inner = QRectF(size * 0.15, size * 0.15, size * 0.7, size * 0.7)
    if shape == "disc":
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawEllipse(inner)
    elif shape == "ring":
        painter.drawEllipse(inner)
    elif shape == "info":
        painter.drawEllipse(inner)
        painter.drawPolyline(_points(size, (0.5, 0.48), (0.5, 0.7)))
        painter.drawPolyline(_points(size, (0.5, 0.3), (0.5, 0.31)))
    elif shape == "clock":
        painter.drawEllipse(inner)
        painter.drawPolyline(_points(size, (0.5, 0.28), (0.5, 0.52), (0.66, 0.62)))
    elif shape == "question":
        font = QFont()
        font.setBold(True)
        font.setPixelSize(int(size * 0.9))
        painter.setFont(font)
        painter.drawText(QRectF(0, 0, size, size), Qt.AlignmentFlag.AlignCenter, "?")
    else:
        for line in _LINES[shape]:
            painter.drawPolyline(_points(size, *line))


_LINES: dict[Shape, tuple[tuple[tuple[float, float], ...], ...]] = {
    "check": (((0.15, 0.55), (0.4, 0.8), (0.85, 0.25)),),
    "cross": (((0.22, 0.22), (0.78, 0.78)), ((0.78, 0.22), (0.22, 0.78))),
    "dash": (((0.2, 0.5), (0.8, 0.5)),),
    "pause": (((0.34, 0.2), (0.34, 0.8)), ((0.66, 0.2), (0.66, 0.8))),
    "plus": (((0.2, 0.5), (0.8, 0.5)), ((0.5, 0.2), (0.5, 0.8))),
    "copy": (
        ((0.35, 0.35), (0.85, 0.35), (0.85, 0.88), (0.35, 0.88), (0.35, 0.35)),
        ((0.2, 0.65), (0.15, 0.65), (0.15, 0.12), (0.65, 0.12), (0.65, 0.2)),
    ),
    "calendar": (
        ((0.12, 0.2), (0.88, 0.2), (0.88, 0.88), (0.12, 0.88), (0.12, 0.2)),
        ((0.12, 0.42), (0.88, 0.42)),
        ((0.33, 0.08), (0.33, 0.26)),
        ((0.67, 0.08), (0.67, 0.26)),
    ),
    "person": (
        (
            (0.5, 0.12),
            (0.66, 0.2),
            (0.66, 0.38),
            (0.5, 0.47),
            (0.34, 0.38),
            (0.34, 0.2),
            (0.5, 0.12),
        ),
        ((0.14, 0.9), (0.2, 0.7), (0.36, 0.6), (0.64, 0.6), (0.8, 0.7), (0.86, 0.9)),
    ),
    "warning": (
        ((0.5, 0.12), (0.92, 0.85), (0.08, 0.85), (0.5, 0.12)),
        ((0.5, 0.4), (0.5, 0.6)),
        ((0.5, 0.73), (0.5, 0.74)),
    ),
}


def _points(size: float, *points: tuple[float, float]) -> QPolygonF:
    return QPolygonF([QPointF(x * size, y * size) for x, y in points])


def fixed_font() -> QFont:
    """The system's font for code."""
    return QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)


def bold(font: QFont, scale: float = 1.0) -> QFont:
    """The font in bold, larger by `scale`."""
    changed = QFont(font)
    changed.setBold(True)
    changed.setPointSizeF(font.pointSizeF() * scale)
    return changed


def tinted_frame(name: str, colour: QColor) -> str:
    """The style sheet of a frame on a breath of the colour, with an edge of it."""
    fill = f"rgba({colour.red()}, {colour.green()}, {colour.blue()}, 34)"
    edge = colour.name(QColor.NameFormat.HexRgb)
    return f"#{name} {{ background: {fill}; border: none; border-left: 4px solid {edge}; }}"


def dress(dressed: QApplication | QWidget) -> None:
    """Give Qt's own style tick boxes that can be seen on dark ground; native styles stay."""
    # The style would tell its name; to ask it, PySide6 loads all that it knows of styles.
    if sys.platform not in {"win32", "darwin"}:
        dressed.setStyleSheet(_TICK_BOXES)


_TICK_BOXES = """
QCheckBox::indicator, QTableView::indicator { width: 13px; height: 13px; border-radius: 3px;
  border: 1px solid palette(placeholder-text); background: palette(base); }
QCheckBox::indicator:hover, QTableView::indicator:hover { border-color: palette(highlight); }
QCheckBox::indicator:checked, QTableView::indicator:checked {
  border-color: palette(highlight); background: palette(highlight);
  image: url(:/icons/check.svg); }
QRadioButton::indicator { width: 13px; height: 13px; border-radius: 7px;
  border: 1px solid palette(placeholder-text); background: palette(base); }
QRadioButton::indicator:hover { border-color: palette(highlight); }
QRadioButton::indicator:checked { width: 7px; height: 7px; border: 4px solid palette(highlight); }
QCheckBox::indicator:checked:disabled { border-color: palette(mid); background: palette(mid); }
"""


def palette_of(*, dark: bool) -> QPalette:
    """A whole light or dark palette, for pictures of the window in both."""
    window, base, text = (
        ("#24262b", "#1b1d21", "#e6e6e6") if dark else ("#f2f3f5", "#ffffff", "#1d2127")
    )
    palette = QPalette(QColor(window))
    role = QPalette.ColorRole
    for one, colour in (
        (role.Window, window),
        (role.Base, base),
        (role.AlternateBase, "#202328" if dark else "#f7f8fa"),
        (role.WindowText, text),
        (role.Text, text),
        (role.ButtonText, text),
        (role.Button, "#32353b" if dark else "#e9ebee"),
        (role.ToolTipBase, base),
        (role.ToolTipText, text),
        (role.PlaceholderText, "#8b939c" if dark else "#767d86"),
        (role.Highlight, "#2f6fd6"),
        (role.HighlightedText, "#ffffff"),
        (role.Link, CALM.dark if dark else CALM.light),
    ):
        palette.setColor(one, QColor(colour))
    for one in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(
            QPalette.ColorGroup.Disabled, one, QColor("#7c838b" if dark else "#9298a0")
        )
    return palette
