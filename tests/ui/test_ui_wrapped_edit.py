"""Words of any length: a text of one word of 1 MB, wrapped at words, would take Qt a minute."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QGuiApplication, QTextOption
from PySide6.QtWidgets import QPlainTextEdit
from pytestqt.qtbot import QtBot

from bxgui.core.schema import ValueType
from bxgui.core.value_rows import ValueRow
from bxgui.ui.editors.factory import Offers, make_editor
from bxgui.ui.json_editor import JsonEditor
from bxgui.ui.wrapped_edit import WrappedEdit

AT_WORDS = QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere
ANYWHERE = QTextOption.WrapMode.WrapAnywhere
WORD = "x" * 1_000_000
SENTENCE = "a few words, " * 80_000


@pytest.fixture
def edit(qtbot: QtBot) -> WrappedEdit:
    made = WrappedEdit()
    qtbot.addWidget(made)
    made.show()
    return made


def paste(edit: QPlainTextEdit, text: str) -> None:
    QGuiApplication.clipboard().setText(text)
    edit.paste()


def test_short_and_long_texts_wrap_at_words(edit: WrappedEdit) -> None:
    for text in ("", "words", SENTENCE):
        edit.setPlainText(text)
        assert edit.wordWrapMode() is AT_WORDS


def test_a_very_long_word_wraps_anywhere_until_it_is_gone(edit: WrappedEdit) -> None:
    edit.setPlainText(f"a {WORD} b")
    assert edit.wordWrapMode() is ANYWHERE
    paste(edit, "more")
    assert edit.wordWrapMode() is ANYWHERE
    edit.setPlainText("words")
    assert edit.wordWrapMode() is AT_WORDS


def test_a_very_long_word_may_be_pasted(edit: WrappedEdit) -> None:
    edit.setPlainText("words")
    paste(edit, WORD)
    assert edit.wordWrapMode() is ANYWHERE
    assert edit.toPlainText() == f"{WORD}words"


def test_a_word_that_grows_very_long_by_pasting_wraps_anywhere(edit: WrappedEdit) -> None:
    for _ in range(3):
        paste(edit, "x" * 5_000)
    assert edit.wordWrapMode() is ANYWHERE


def test_a_text_and_json_take_very_long_words(qtbot: QtBot) -> None:
    json = JsonEditor()
    row = make_editor(ValueRow("Comment", ValueType.TEXT), Offers())
    for widget in (json, row):
        qtbot.addWidget(widget)
        widget.show()
    (inner,) = row.findChildren(QPlainTextEdit)
    for edit in (json, inner):
        paste(edit, WORD)
        assert edit.wordWrapMode() is ANYWHERE
        assert edit.toPlainText() == WORD
