from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import unquote_plus

import pytest
from PySide6.QtCore import QLibraryInfo, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QDialogButtonBox,
    QHeaderView,
    QWidget,
)
from pytestqt.qtbot import QtBot
from ui.ui_parts import WAIT, Bench, all_texts, opened_window, pick, post

from bxgui.core.json_values import JsonProblem, parse
from bxgui.services.settings import Settings
from bxgui.services.store import StoreProblem
from bxgui.services.vault import SecretsLocked
from bxgui.ui import language, problem_texts
from bxgui.ui.bug_dialog import BugDialog
from bxgui.ui.main_window import MainWindow
from bxgui.ui.new_address_dialog import NewAddressDialog
from bxgui.ui.problem_texts import PARSER_SENTENCES, SENTENCES, problem_text, told
from bxgui.ui.settings_dialog import SettingsDialog
from bxgui.ui.state_tabs import REJECTED
from release import resources, translate

ROOT = Path(__file__).resolve().parents[2]
QT_SPEAKS_RUSSIAN = Path(
    QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath), "qtbase_ru.qm"
).exists()
# Names that are the same in every language, and what a portal's documentation calls things.
NAMES = {
    "cURL", "bash", "PowerShell", "HTTPie", "Python", "requests", "b24pysdk", "PHP", "CRest",
    "b24phpsdk", "JavaScript", "b24jssdk",
    "bxgui", "JSON", "HTTP", "HANDLER", "USE_SUBSCRIPTION", "use_subscription",
    "Ctrl", "Shift", "Enter", "Delete", "Alt", "F1", "F4", "F8", "history", "None",
    "bool", "date", "datetime", "double", "file", "int", "internalselect", "json", "select",
    "string", "text", "time", "user", "key", "value", "user_1",
}  # fmt: skip


@pytest.fixture
def russian(qapp: QApplication) -> Iterator[None]:
    translators = language.install(qapp, "ru")
    assert translators
    yield
    for translator in translators:
        qapp.removeTranslator(translator)


@pytest.fixture
def russian_window(russian: None, bench: Bench, qtbot: QtBot) -> Iterator[MainWindow]:
    with opened_window(bench, qtbot) as opened:
        yield opened


def words(text: str) -> set[str]:
    return set(re.findall(r"[A-Za-z_][A-Za-z_0-9]+", text))


def chrome(window: MainWindow) -> list[str]:
    """What the window says of itself beside the texts of its widgets: headers and menus."""
    headers = [
        str(view.model().headerData(section, Qt.Orientation.Horizontal))
        for view in window.findChildren(QAbstractItemView)
        if not isinstance(view, QHeaderView) and view.accessibleName()
        for section in range(view.model().columnCount())
    ]
    return [*headers, *(action.text() for action in window.findChildren(QAction))]


def english(texts: list[str], names: set[str]) -> dict[str, set[str]]:
    found = {text: words(text) - names for text in texts}
    return {text: left for text, left in found.items() if left}


def test_translations_are_complete_and_up_to_date() -> None:
    assert translate.complaints() == []


def test_what_is_missing_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = resources.TRANSLATIONS.read_text("utf-8")
    changed = text.replace("<source>Waiting</source>", "<source>Waited</source>")
    changed = changed.replace("<translation>Принят<", '<translation type="unfinished"><')
    kept = tmp_path / "bxgui_ru.ts"
    kept.write_text(changed, "utf-8")
    monkeypatch.setattr(resources, "TRANSLATIONS", kept)
    assert translate.complaints() == [
        "unfinished: Texts: Accepted",
        "missing: Texts: Waiting",
        "no longer used: Texts: Waited",
    ]


@pytest.mark.usefixtures("russian")
def test_built_in_translations_are_those_of_the_file(qapp: QApplication) -> None:
    for message in translate.read(resources.TRANSLATIONS):
        shown = qapp.translate(message.context, message.source)
        assert shown == message.translation, "run: python dev.py translate"


def test_placeholders_and_keys_are_kept() -> None:
    for message in translate.read(resources.TRANSLATIONS):
        for kept in (r"%\d", r"\t", r"Ctrl\+\w+", r"\bF1\b", r"Alt\+\d"):
            in_source = sorted(re.findall(kept, message.source))
            assert sorted(re.findall(kept, message.translation)) == in_source, message.source


def test_no_text_hides_from_the_translators() -> None:
    """Within an f-string, lupdate sees no text."""
    for path in sorted((ROOT / "bxgui" / "ui").rglob("*.py")):
        hidden = [
            ast.unparse(call)
            for string in ast.walk(ast.parse(path.read_text("utf-8")))
            if isinstance(string, ast.JoinedStr)
            for call in ast.walk(string)
            if isinstance(call, ast.Call) and ast.unparse(call.func) in {"self.tr", "translate"}
        ]
        assert hidden == [], path.name


def test_tabs_buttons_and_columns_are_russian(russian_window: MainWindow) -> None:
    window = russian_window
    tabs = [window.tabs.tabText(index) for index in range(window.tabs.count())]
    assert tabs[:4] == ["Ждёт", "Неизвестно", "Отклонён", "Принят"]
    assert window.listener_bar.test_call.text() == "Отправить тестовый вызов"
    assert {"Состояние", "Робот", "Документ", "Пришёл", "Срок", "Итог"} <= set(chrome(window))


def test_an_empty_window_has_no_english_in_it(russian_window: MainWindow) -> None:
    window = russian_window
    window.listener_bar.show_listening("")
    assert english([*all_texts(window), *chrome(window)], NAMES) == {}


def test_a_call_is_shown_without_english(
    russian_window: MainWindow, bench: Bench, qtbot: QtBot
) -> None:
    window = russian_window
    (call_id,) = bench.take(post())
    qtbot.waitUntil(lambda: window.tokens.model.row_of(call_id) is not None, timeout=WAIT)
    pick(qtbot, window, call_id)
    window.call_view.form._rows.add_row()
    call = bench.call(call_id)
    own = words(repr(call)) | words(unquote_plus(call.body.decode())) | {"POST"}
    assert english([*all_texts(window), *chrome(window)], NAMES | own) == {}


def test_a_rejected_post_is_shown_without_english(
    russian_window: MainWindow, bench: Bench, qtbot: QtBot
) -> None:
    window = russian_window
    call_id = bench.reject(reason="the JSON has more than 16 levels", code="too_deep")
    window.tabs.choose(REJECTED)
    qtbot.waitUntil(lambda: window.tokens.model.row_of(call_id) is not None, timeout=WAIT)
    pick(qtbot, window, call_id)
    call = bench.call(call_id)
    own = words(repr((call.headers, call.body))) | {"POST"}
    assert english([*all_texts(window), *chrome(window)], NAMES | own) == {}


FULL = "The disk is full. Free some space; nothing stored is lost."


@pytest.mark.parametrize(
    "event",
    [
        {"event": "rejected", "status": 415, "reason": "the JSON is not an object"},
        {"event": "rejected", "status": 503, "reason": "too many connections are open"},
        {"event": "not_stored", "reason": FULL, "kept": True},
        {"event": "cannot_store", "reason": FULL},
        {"event": "recovered", "calls": 3},
        {"event": "replaced", "name": "1"},
        {"event": "brought_over", "calls": 3, "reason": "", "kept": True},
        {"event": "brought_over", "calls": 3, "reason": FULL, "kept": True},
        {"event": "brought_over", "calls": 3, "reason": FULL, "kept": False},
        {"event": "set_aside", "name": "1"},
        {"event": "set_aside", "name": ""},
        {
            "event": "tls_problem",
            "reason": "The TLS key 1 needs a passphrase. Save it without one.",
        },
        {"event": "tls_reloaded"},
        {"event": "address", "url": "", "local_url": ""},
        {"event": "disk_low", "free": 400_000_000},
    ],
    ids=lambda event: str(event["event"]),
)
def test_what_the_listener_suffers_is_told_in_russian(
    russian_window: MainWindow, event: dict[str, object]
) -> None:
    russian_window.control.listener.said.emit(event)
    assert russian_window.message.isVisible()
    # How many bytes there are is told in the system's language.
    assert english(all_texts(russian_window.message), NAMES | {"TLS", "MB"}) == {}


@pytest.mark.parametrize("answer", ["other_program", "other_listener", "silent"])
def test_who_else_answers_is_told_in_russian(russian_window: MainWindow, answer: str) -> None:
    russian_window.control.answered.emit(answer, "127.0.0.1:8724")
    assert english(all_texts(russian_window.message), NAMES) == {}


@pytest.mark.usefixtures("russian")
@pytest.mark.parametrize("kind", [lambda: SettingsDialog(Settings()), NewAddressDialog])
@pytest.mark.skipif(not QT_SPEAKS_RUSSIAN, reason="PySide6 came without Qt's translations")
def test_dialogs_of_the_listener_are_russian(qtbot: QtBot, kind: Callable[[], QWidget]) -> None:
    dialog = kind()
    qtbot.addWidget(dialog)
    own = {"https", "hook", "example", "com", "TLS", "PEM", "Forwarded", "For"}
    assert english(all_texts(dialog), NAMES | own) == {}


@pytest.mark.usefixtures("russian")
@pytest.mark.skipif(not QT_SPEAKS_RUSSIAN, reason="PySide6 came without Qt's translations")
def test_standard_buttons_follow_the_window(qtbot: QtBot) -> None:
    dialog = BugDialog(ValueError())
    qtbot.addWidget(dialog)
    buttons = dialog.findChild(QDialogButtonBox)
    assert isinstance(buttons, QDialogButtonBox)
    close = buttons.button(QDialogButtonBox.StandardButton.Close)
    assert close.text().replace("&", "") == "Закрыть"


@pytest.mark.parametrize("name", ["de", "en", "tlh", "C"])
def test_other_languages_fall_back_to_english(
    name: str, qapp: QApplication, bench: Bench, qtbot: QtBot
) -> None:
    assert language.install(qapp, name) == []
    with opened_window(bench, qtbot) as window:
        assert window.tabs.tabText(0) == "Waiting"


@pytest.mark.skipif(sys.platform in {"win32", "darwin"}, reason="there the system has settings")
@pytest.mark.parametrize(
    ("variables", "title"),
    [
        ({"LANG": "ru_RU.UTF-8"}, "Ждёт"),
        ({"LANG": "de_DE.UTF-8", "LC_ALL": "ru_RU.UTF-8"}, "Ждёт"),
        ({"LANG": "de_DE.UTF-8", "LANGUAGE": "de:ru"}, "Ждёт"),
        ({"LANG": "en_US.UTF-8", "LANGUAGE": "en:ru"}, "Waiting"),
        ({"LANG": "de_DE.UTF-8"}, "Waiting"),
        ({"LANG": "C.UTF-8"}, "Waiting"),
    ],
)
def test_the_window_follows_the_system(variables: dict[str, str], title: str) -> None:
    program = (
        "from bxgui import app\n"
        "from bxgui.ui.state_tabs import StateTabs\n"
        "qt = app.make_qt_application()\n"
        "print(ascii(StateTabs().tabText(0)))"
    )
    kept = {n: v for n, v in os.environ.items() if not n.startswith(("LC_", "LANG"))}
    made = subprocess.run(
        [sys.executable, "-c", program],
        check=True,
        capture_output=True,
        text=True,
        env={**kept, **variables},
    )
    assert made.stdout.strip() == ascii(title)


@pytest.mark.usefixtures("russian")
def test_troubles_are_told_in_russian() -> None:
    full = StoreProblem("disk_full", "The disk is full. Free some space; nothing stored is lost.")
    assert problem_text(full).startswith("Диск заполнен.")
    assert problem_text(SecretsLocked()).startswith("Токены вызова не прочитать")
    assert told("the keyring does not answer (OSError)") == "связка ключей не отвечает (OSError)"
    assert told("Cannot listen on ::1:80: [Errno 99] busy.") == (
        "Не удаётся слушать ::1:80: [Errno 99] busy."
    )


@pytest.mark.usefixtures("russian")
def test_a_value_in_a_trouble_is_translated_too() -> None:
    text = told(f"the call could not be stored: {full_disk()}")
    assert text == f"не удалось сохранить вызов: {told(full_disk())}"
    assert not words(text)


def full_disk() -> str:
    return "The disk is full. Free some space; nothing stored is lost."


@pytest.mark.usefixtures("russian")
@pytest.mark.parametrize("text", ["", "%1", "Permission denied", "It is %2, or %9."])
def test_an_unknown_trouble_stays_as_it_is(text: str) -> None:
    assert told(text) == text


def test_known_troubles_are_those_of_the_services() -> None:
    told_by_program = set()
    for folder in ("core", "services"):
        for path in (ROOT / "bxgui" / folder).rglob("*.py"):
            told_by_program |= spoken(path)
    assert [sentence for sentence in SENTENCES if sentence not in told_by_program] == []


def test_all_sentences_of_the_doctor_are_known() -> None:
    for path in sorted((ROOT / "bxgui" / "services" / "doctor").glob("*.py")):
        sentences = {text for text in spoken(path) - docstrings(path) if is_sentence(text)}
        assert sentences - set(SENTENCES) == set(), path.name


def docstrings(path: Path) -> set[str | None]:
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef)
    nodes = ast.walk(ast.parse(path.read_text("utf-8")))
    return {ast.get_docstring(one, clean=False) for one in nodes if isinstance(one, documented)}


def is_sentence(text: str) -> bool:
    return " " in text and text.endswith(".") and (text[0].isupper() or text[0] == "%")


def spoken(path: Path) -> set[str]:
    """All strings of a module, with %1, %2 … in the place of values."""
    texts = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            texts.add(node.value)
        elif isinstance(node, ast.JoinedStr):
            texts.add(template(node))
    return texts


def template(string: ast.JoinedStr) -> str:
    parts, number = [], 0
    for part in string.values:
        if isinstance(part, ast.Constant):
            parts.append(str(part.value))
        else:
            number += 1
            parts.append(f"%{number}")
    return "".join(parts)


@pytest.mark.parametrize(
    "text", ["", "{1:2}", '{"a" 1}', '{"a":1 "b":2}', "1 2", '"', '"\n"', r'"\x"', r'"\u1"']
)
def test_the_parser_s_words_are_known(text: str) -> None:
    with pytest.raises(JsonProblem) as caught:
        parse(text)
    assert caught.value.message in PARSER_SENTENCES


def test_no_two_sentences_are_taken_for_each_other() -> None:
    for sentence, _pattern in problem_texts._patterns():
        first = next(s for s, pattern in problem_texts._patterns() if pattern.fullmatch(sentence))
        assert first == sentence
