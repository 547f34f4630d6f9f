"""Widgets that are used everywhere, by themselves."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QTextDocumentFragment
from pytestqt.qtbot import QtBot
from ui.ui_parts import button, click

from bxgui.ui.long_text import MOST_SHOWN, LongText
from bxgui.ui.widgets import ElidedLabel, plain_tip

IMAGE = "<img src='file:///x.png'>"


@pytest.mark.parametrize("text", [IMAGE, "a &amp; b", "two\nlines   and spaces", "1 < 2 > 0"])
def test_a_tooltip_shows_its_text_literally(text: str) -> None:
    tip = plain_tip(text)
    assert tip.startswith("<span ")
    assert "<img" not in tip
    assert QTextDocumentFragment.fromHtml(tip).toPlainText() == text


def test_a_tooltip_of_nothing_is_none() -> None:
    assert plain_tip("") == ""


def test_a_long_tooltip_is_cut() -> None:
    read = QTextDocumentFragment.fromHtml(plain_tip("<" * 5000)).toPlainText()
    assert read == "<" * 1000 + "…"


def test_an_elided_label_s_tooltip_is_literal(qtbot: QtBot) -> None:
    label = ElidedLabel()
    qtbot.addWidget(label)
    label.set_text(IMAGE)
    assert label.toolTip() == plain_tip(IMAGE)
    assert label.text == IMAGE


@pytest.fixture
def long_text(qtbot: QtBot) -> LongText:
    made = LongText("a text")
    qtbot.addWidget(made)
    made.show()
    return made


def test_a_huge_part_is_cut_until_all_is_asked_for(long_text: LongText, qtbot: QtBot) -> None:
    long_text.show_parts(["head", "x" * (MOST_SHOWN + 1), "tail"])
    assert long_text.code.toPlainText() == f"head\n{'x' * MOST_SHOWN}…\ntail"
    click(qtbot, long_text, "Show all")
    assert long_text.code.toPlainText() == f"head\n{'x' * (MOST_SHOWN + 1)}\ntail"
    assert not long_text.button.isVisible()

    long_text.show_parts(["x" * (MOST_SHOWN + 1)])
    assert button(long_text, "Show all").isVisible()
    long_text.show_parts(["short"])
    assert not long_text.button.isVisible()
    assert long_text.code.toPlainText() == "short"


def test_a_long_line_is_not_wrapped(long_text: LongText) -> None:
    assert long_text.code.lineWrapMode() is long_text.code.LineWrapMode.NoWrap
