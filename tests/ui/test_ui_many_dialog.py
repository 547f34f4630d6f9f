"""One set of values for many tokens, sent to a simulated portal."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot
from simulated import SEND, Client, HeldAnswer, rule, served_with
from ui.many_parts import (
    catch,
    cells,
    dialogs,
    go_to_list,
    open_many,
    send,
    show_caught,
    type_values,
    wait_for_end,
)
from ui.replying import fill_form, rule_of
from ui.ui_parts import (
    WAIT,
    Bench,
    all_texts,
    answer,
    button,
    click,
    desk_of,
    open_question,
    told_by,
)

from bxgui.core.deadlines import TokenState
from bxgui.core.many import Plan
from bxgui.core.preset import Preset
from bxgui.core.records import ACTIVITY_LOG, EVENT_SEND, Reply
from bxgui.services.many import ManyRun
from bxgui.services.store import StoreProblem
from bxgui.ui.main_window import MainWindow
from bxgui.ui.many.many_dialog import ManyDialog
from bxgui.ui.many.plan_model import CONTENT, DOCUMENT, REMARKS
from bxgui.ui.many.result_model import MEANING, OUTCOME


@pytest.fixture
def client() -> Iterator[Client]:
    with served_with() as made:
        yield made


def applied(client: Client) -> dict[str, object]:
    """What reached the workflow of each document."""
    views = client.served.portal.engine.workflows()
    return {view.scenario.document_id[2]: view.applied.get("Comment") for view in views}


def states(bench: Bench, ids: list[int]) -> list[TokenState | None]:
    return [row.state for row in bench.workspace.rows(ids)]


def test_one_set_of_values_reaches_every_token_filled_from_its_call(
    bench: Bench, window: MainWindow, qtbot: QtBot, client: Client
) -> None:
    ids = show_caught(bench, window, qtbot, client, 3)
    dialog = open_many(window, qtbot, ids)
    type_values(dialog, [("Comment", "for {{document_id.2}}")], "done")
    go_to_list(dialog, qtbot)
    assert cells(dialog.list.model, CONTENT)[0] == '{"Comment": "for DEAL_2"}  log: done'
    assert "To be sent: 3. Requests: 1. Left out: 0." in all_texts(dialog)
    assert client.served.requests == []

    send(dialog, qtbot, 3)
    wait_for_end(dialog, qtbot)

    assert cells(dialog.results.model, OUTCOME) == ["accepted"] * 3
    assert applied(client) == {f"DEAL_{n}": f"for DEAL_{n}" for n in range(3)}
    assert [one.method for one in client.served.requests] == ["batch"]
    assert states(bench, ids) == [TokenState.ACCEPTED] * 3
    assert "accepted: 3" in all_texts(dialog)


def test_values_begin_with_what_the_form_holds_and_braces_stay_braces(
    bench: Bench, window: MainWindow, qtbot: QtBot, client: Client
) -> None:
    ids = show_caught(bench, window, qtbot, client, 2)
    fill_form(window, [("Comment", "{{typed}}")], "as {{typed}}")
    dialog = open_many(window, qtbot, ids)
    go_to_list(dialog, qtbot)
    told = '{"Comment": "{{typed}}"}  log: as {{typed}}'
    assert cells(dialog.list.model, CONTENT) == [told, told]


def test_values_can_begin_with_a_preset_whose_variables_stay_variables(
    bench: Bench, window: MainWindow, qtbot: QtBot, client: Client
) -> None:
    ids = show_caught(bench, window, qtbot, client, 2)
    preset = Preset("Note", [("Comment", "{{document_id.2}}")], "by hand")
    bench.workspace.presets.save(rule_of(bench, ids[0]), preset)
    dialog = open_many(window, qtbot, ids)
    click(qtbot, dialog.values, "Preset ▾")
    menu = dialog.values._presets
    qtbot.waitUntil(menu.isVisible, timeout=WAIT)
    menu.actions()[0].trigger()
    menu.hide()
    go_to_list(dialog, qtbot)
    assert cells(dialog.list.model, CONTENT)[1] == '{"Comment": "DEAL_0"}  log: by hand'


def test_the_values_are_shown_as_the_call_beside_fills_them(
    bench: Bench, window: MainWindow, qtbot: QtBot, client: Client
) -> None:
    ids = show_caught(bench, window, qtbot, client, 2)
    dialog = open_many(window, qtbot, ids)
    type_values(dialog, [("Comment", "x")])
    dialog.values.insert("document_id.2")
    qtbot.waitUntil(
        lambda: any("Log message: DEAL_0" in text for text in all_texts(dialog.values)),
        timeout=WAIT,
    )
    assert dialog.values.log_message.text() == "{{document_id.2}}"


def test_what_was_typed_is_there_again_after_closing_without_sending(
    bench: Bench, window: MainWindow, qtbot: QtBot, client: Client
) -> None:
    ids = show_caught(bench, window, qtbot, client, 2)
    dialog = open_many(window, qtbot, ids)
    type_values(dialog, [("Comment", "for {{document_id.2}}")], "{{today}}")
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not dialogs(window), timeout=WAIT)
    dialog = open_many(window, qtbot, ids)
    assert dialog.values.values.values() == [("Comment", "for {{document_id.2}}")]
    assert dialog.values.log_message.text() == "{{today}}"


def test_a_variable_goes_into_the_row_with_the_cursor_whatever_its_type(
    bench: Bench, window: MainWindow, qtbot: QtBot, client: Client
) -> None:
    ids = show_caught(bench, window, qtbot, client, 2)
    portal = bench.call(ids[0]).portal
    assert portal is not None
    bench.workspace.keep_registration(portal.key, "ask", {"days": {"TYPE": "int"}})
    dialog = open_many(window, qtbot, ids)
    dialog.values.values._rows.go_to(0)
    dialog.values.values._row_at = 0
    dialog.values.insert("user_id|default:7")
    go_to_list(dialog, qtbot)
    assert cells(dialog.list.model, CONTENT)[0].startswith('{"days": "')


def test_values_that_are_none_keep_the_dialog_at_them(
    bench: Bench, window: MainWindow, qtbot: QtBot, client: Client
) -> None:
    ids = show_caught(bench, window, qtbot, client, 2)
    dialog = open_many(window, qtbot, ids)
    click(qtbot, dialog, "JSON")
    dialog.values.values._json.setPlainText('{"Comment": }')
    click(qtbot, dialog, "Next: the list")
    assert dialog.values.isVisible()
    assert any("Line 1, column 13" in text for text in all_texts(dialog.values))


def test_only_log_leaves_the_tokens_waiting(
    bench: Bench, window: MainWindow, qtbot: QtBot, client: Client
) -> None:
    ids = show_caught(bench, window, qtbot, client, 2)
    dialog = open_many(window, qtbot, ids)
    dialog.values.only_log.click()
    click(qtbot, dialog, "Next: the list")
    assert "Write a log message first." in all_texts(dialog)
    type_values(dialog, [], "looking at {{document_id.2}}")
    go_to_list(dialog, qtbot)
    assert cells(dialog.list.model, CONTENT)[1] == "log: looking at DEAL_0"
    replies = [one.reply for one in dialog.list.chosen.going]
    assert {reply.method for reply in replies if reply} == {ACTIVITY_LOG}
    send(dialog, qtbot, 2)
    wait_for_end(dialog, qtbot)
    assert states(bench, ids) == [TokenState.WAITING] * 2


def test_a_call_that_cannot_fill_a_variable_is_left_out_with_the_reason(
    bench: Bench, window: MainWindow, qtbot: QtBot, client: Client
) -> None:
    ids = show_caught(bench, window, qtbot, client, 2)
    dialog = open_many(window, qtbot, ids)
    type_values(dialog, [("Comment", "{{properties.nothing}}")])
    go_to_list(dialog, qtbot)
    assert "To be sent: 0. Requests: 0. Left out: 2." in all_texts(dialog)
    assert "This call has no “properties.nothing”." in cells(dialog.list.model, REMARKS)[0]
    assert not button(dialog, "Send replies: 0").isEnabled()


def test_an_untrusted_portal_is_sent_nothing(
    bench: Bench, window: MainWindow, qtbot: QtBot, client: Client
) -> None:
    ids = show_caught(bench, window, qtbot, client, 2)
    portal = bench.call(ids[0]).portal
    assert portal is not None
    bench.workspace.distrust(portal.key)
    dialog = open_many(window, qtbot, ids)
    type_values(dialog, [("Comment", "x")])
    go_to_list(dialog, qtbot)
    assert cells(dialog.list.model, REMARKS)[0].endswith("is not trusted yet.")
    assert "To be sent: 0. Requests: 0. Left out: 2." in all_texts(dialog)


def test_what_was_answered_before_is_not_ticked(
    bench: Bench, window: MainWindow, qtbot: QtBot, client: Client
) -> None:
    ids = show_caught(bench, window, qtbot, client, 3)
    bench.workspace.submit(Reply(ids[1], EVENT_SEND, [("Comment", "first")], "")).result(WAIT)
    dialog = open_many(window, qtbot, ids)
    type_values(dialog, [("Comment", "second")])
    go_to_list(dialog, qtbot)
    assert [one.call.row.id for one in dialog.list.chosen.replies] == [ids[2], ids[0]]
    dialog.list.table.selectRow(1)
    qtbot.keyClick(dialog.list.table, Qt.Key.Key_Space)
    assert len(dialog.list.chosen.going) == 3
    click(qtbot, dialog, "Send replies: 3")
    question = open_question(qtbot, dialog)
    assert "1 × A reply was accepted before" in told_by(question)
    answer(qtbot, dialog, "Go back")
    assert dialog.list.isVisible()
    assert len(client.served.requests) == 1


def test_warnings_are_asked_about_once_with_their_counts_and_can_be_waived(
    bench: Bench, window: MainWindow, qtbot: QtBot, client: Client
) -> None:
    ids = show_caught(bench, window, qtbot, client, 2)
    portal = bench.call(ids[0]).portal
    assert portal is not None
    schema = {name: dict(entry) for name, entry in rule().return_properties.items()}
    bench.workspace.keep_registration(portal.key, "ask", schema)
    dialog = open_many(window, qtbot, ids)
    type_values(dialog, [("Coment", "x")])
    go_to_list(dialog, qtbot)
    assert button(dialog, "Back").isDefault()  # type: ignore[attr-defined]
    click(qtbot, dialog, "Send replies: 2")
    question = open_question(qtbot, dialog)
    assert "2 × “Coment” is not a return property" in told_by(question)
    assert "Send 2 replies to the rule ask (127.0.0.1" in told_by(question)
    click(qtbot, question, "Do not ask about these again for this rule")
    click(qtbot, question, "Send all the same")
    qtbot.waitUntil(lambda: "accepted: 2" in all_texts(dialog), timeout=WAIT)
    assert [name for _code, name in bench.workspace.waived(ids[0])] == ["Coment"]


def test_unticked_lines_are_not_sent(
    bench: Bench, window: MainWindow, qtbot: QtBot, client: Client
) -> None:
    ids = show_caught(bench, window, qtbot, client, 3)
    dialog = open_many(window, qtbot, ids)
    type_values(dialog, [("Comment", "x")])
    go_to_list(dialog, qtbot)
    model = dialog.list.model
    model.setData(model.index(1, DOCUMENT), Qt.CheckState.Unchecked.value)
    send(dialog, qtbot, 2)
    wait_for_end(dialog, qtbot)
    assert states(bench, ids) == [TokenState.ACCEPTED, TokenState.WAITING, TokenState.ACCEPTED]


def test_a_line_shows_its_request_without_secrets(
    bench: Bench, window: MainWindow, qtbot: QtBot, client: Client
) -> None:
    ids = show_caught(bench, window, qtbot, client, 2)
    token = bench.workspace.event_token(ids[1])
    dialog = open_many(window, qtbot, ids)
    type_values(dialog, [("Comment", "x y")])
    go_to_list(dialog, qtbot)
    code = dialog.list._request.code
    qtbot.waitUntil(lambda: "POST /rest/bizproc.event.send" in code.toPlainText(), timeout=WAIT)
    told = code.toPlainText()
    assert "bizproc.event.send?EVENT_TOKEN=***&RETURN_VALUES%5BComment%5D=x+y" in told
    assert not any(token in text or token[:30] in text for text in all_texts(dialog))


def test_a_token_answered_meanwhile_is_listed_again_and_not_sent(
    bench: Bench, window: MainWindow, qtbot: QtBot, client: Client
) -> None:
    ids = show_caught(bench, window, qtbot, client, 2)
    dialog = open_many(window, qtbot, ids)
    type_values(dialog, [("Comment", "x")])
    go_to_list(dialog, qtbot)
    bench.workspace.submit(Reply(ids[0], EVENT_SEND, [("Comment", "first")], "")).result(WAIT)
    click(qtbot, dialog, "Send replies: 2")
    qtbot.waitUntil(lambda: dialog.message.text.startswith("Something has changed"), timeout=WAIT)
    assert [one.call.row.id for one in dialog.list.chosen.replies] == [ids[1]]
    assert applied(client)["DEAL_1"] is None


def test_a_connection_that_breaks_leaves_its_fifty_unknown_and_names_them(
    bench: Bench, window: MainWindow, qtbot: QtBot, client: Client
) -> None:
    ids = show_caught(bench, window, qtbot, client, 120)
    client.served.faults.add("reset_after", method=SEND, skip=70)
    dialog = open_many(window, qtbot, ids)
    type_values(dialog, [("Comment", "x")])
    go_to_list(dialog, qtbot)
    send(dialog, qtbot, 120)
    wait_for_end(dialog, qtbot)
    outcomes = cells(dialog.results.model, OUTCOME)
    assert outcomes == ["unknown"] * 50 + ["accepted"] * 70
    assert any("Check each before you send it again" in text for text in all_texts(dialog))
    assert not dialog._retry.isVisible()


def test_a_rate_limit_is_waited_for_and_loses_nothing(
    bench: Bench, window: MainWindow, qtbot: QtBot, client: Client
) -> None:
    ids = show_caught(bench, window, qtbot, client, 60)
    client.served.faults.add("rate_limit", method="batch")
    dialog = open_many(window, qtbot, ids)
    type_values(dialog, [("Comment", "x")])
    go_to_list(dialog, qtbot)
    send(dialog, qtbot, 60)

    def is_over_as_time_passes() -> bool:
        bench.clock.pass_by(0.1)
        return not dialog.is_running

    qtbot.waitUntil(is_over_as_time_passes, timeout=WAIT)
    assert set(cells(dialog.results.model, OUTCOME)) == {"accepted"}
    assert len(client.served.requests) == 3


def test_taking_back_the_rest_leaves_it_waiting_and_offers_it_again(
    bench: Bench, window: MainWindow, qtbot: QtBot, client: Client
) -> None:
    ids = show_caught(bench, window, qtbot, client, 70)
    held = HeldAnswer(client, "batch")
    dialog = open_many(window, qtbot, ids)
    type_values(dialog, [("Comment", "x")])
    go_to_list(dialog, qtbot)
    try:
        send(dialog, qtbot, 70)
        qtbot.waitUntil(held.arrived.is_set, timeout=WAIT)
        click(qtbot, dialog, "Take back the rest")
        qtbot.waitUntil(
            lambda: cells(dialog.results.model, OUTCOME).count("taken back") == 20, timeout=WAIT
        )
        qtbot.waitUntil(
            lambda: any("can no longer be" in text for text in all_texts(dialog)), timeout=WAIT
        )
    finally:
        held.go_on.set()
    wait_for_end(dialog, qtbot)
    assert "accepted: 50 · taken back: 20" in all_texts(dialog)

    click(qtbot, dialog, "Retry the failed: 20")
    qtbot.waitUntil(dialog.list.isVisible, timeout=WAIT)
    send(dialog, qtbot, 20)
    wait_for_end(dialog, qtbot)
    assert "accepted: 70" in all_texts(dialog)
    assert states(bench, ids) == [TokenState.ACCEPTED] * 70


def test_what_could_not_be_taken_back_is_told_and_can_be_tried_again(
    bench: Bench,
    window: MainWindow,
    qtbot: QtBot,
    client: Client,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ids = show_caught(bench, window, qtbot, client, 70)
    held = HeldAnswer(client, "batch")
    dialog = open_many(window, qtbot, ids)
    type_values(dialog, [("Comment", "x")])
    go_to_list(dialog, qtbot)

    def fail(_run: ManyRun) -> None:
        raise StoreProblem("disk_full", "The disk is full.")

    try:
        send(dialog, qtbot, 70)
        qtbot.waitUntil(held.arrived.is_set, timeout=WAIT)
        monkeypatch.setattr(ManyRun, "cancel", fail)
        click(qtbot, dialog, "Take back the rest")
        qtbot.waitUntil(lambda: "The disk is full." in dialog.message.text, timeout=WAIT)

        assert button(dialog, "Take back the rest").isEnabled()
        assert not any("is taken back" in text for text in all_texts(dialog))
    finally:
        held.go_on.set()
    wait_for_end(dialog, qtbot)


def test_closing_while_it_runs_stops_nothing_and_the_results_can_be_shown(
    bench: Bench, window: MainWindow, qtbot: QtBot, client: Client
) -> None:
    ids = show_caught(bench, window, qtbot, client, 3)
    held = HeldAnswer(client, "batch")
    dialog = open_many(window, qtbot, ids)
    type_values(dialog, [("Comment", "x")])
    go_to_list(dialog, qtbot)
    try:
        send(dialog, qtbot, 3)
        qtbot.waitUntil(held.arrived.is_set, timeout=WAIT)
        assert any("Closing this window stops nothing" in text for text in all_texts(dialog))
        click(qtbot, dialog, "Close")
        assert not dialog.isVisible()
    finally:
        held.go_on.set()
    qtbot.waitUntil(lambda: "accepted: 3" in window.message.text, timeout=WAIT)
    click(qtbot, window.message, "Show the results")
    assert dialog.isVisible()
    click(qtbot, dialog, "Close")
    qtbot.waitUntil(lambda: not dialogs(window), timeout=WAIT)


class Stored:
    """A store that takes many replies only when a test says so."""

    def __init__(self, window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
        self.asked, self.go_on = threading.Event(), threading.Event()
        self.problem: StoreProblem | None = None
        workspace = desk_of(window)._workspace
        assert workspace is not None
        self._send = workspace.many.send
        monkeypatch.setattr(workspace.many, "send", self._wait)

    def _wait(self, plan: Plan) -> ManyRun:
        self.asked.set()
        self.go_on.wait(WAIT)
        if self.problem is not None:
            raise self.problem
        return self._send(plan)


def begin_sending(
    bench: Bench,
    window: MainWindow,
    qtbot: QtBot,
    client: Client,
    stored: Stored,
) -> tuple[ManyDialog, list[int]]:
    """Three replies that the store is about to take."""
    ids = show_caught(bench, window, qtbot, client, 3)
    dialog = open_many(window, qtbot, ids)
    type_values(dialog, [("Comment", "x")])
    go_to_list(dialog, qtbot)
    click(qtbot, dialog, "Send replies: 3")
    qtbot.waitUntil(stored.asked.is_set, timeout=WAIT)
    return dialog, ids


def test_what_is_about_to_be_sent_can_be_neither_changed_nor_left(
    bench: Bench,
    window: MainWindow,
    qtbot: QtBot,
    client: Client,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    stored = Stored(window, monkeypatch)
    dialog, ids = begin_sending(bench, window, qtbot, client, stored)
    offered = [dialog.list, button(dialog, "Back"), button(dialog, "Send replies: 3")]

    enabled = [widget.isEnabled() for widget in offered]
    dialog.list.model.toggle([0])
    again = offered[-1].isEnabled()
    stored.go_on.set()
    wait_for_end(dialog, qtbot)

    assert enabled == [False] * 3
    assert not again
    assert "accepted: 3" in all_texts(dialog)
    assert states(bench, ids) == [TokenState.ACCEPTED] * 3


def test_closing_while_it_is_about_to_be_sent_tells_how_it_ended(
    bench: Bench,
    window: MainWindow,
    qtbot: QtBot,
    client: Client,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    stored = Stored(window, monkeypatch)
    dialog, _ = begin_sending(bench, window, qtbot, client, stored)

    dialog.reject()
    stored.go_on.set()

    qtbot.waitUntil(lambda: "accepted: 3" in window.message.text, timeout=WAIT)


def test_what_could_not_be_begun_comes_back_though_it_was_closed(
    bench: Bench,
    window: MainWindow,
    qtbot: QtBot,
    client: Client,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    stored = Stored(window, monkeypatch)
    stored.problem = StoreProblem("disk_full", "The disk is full.")
    dialog, ids = begin_sending(bench, window, qtbot, client, stored)

    dialog.reject()
    stored.go_on.set()

    qtbot.waitUntil(dialog.isVisible, timeout=WAIT)
    assert "The disk is full." in dialog.message.text
    assert button(dialog, "Send replies: 3").isEnabled()
    assert states(bench, ids) == [TokenState.WAITING] * 3


def test_refused_replies_are_told_and_not_offered_again(
    bench: Bench, window: MainWindow, qtbot: QtBot, client: Client
) -> None:
    ids = show_caught(bench, window, qtbot, client, 3)
    for view in client.served.portal.engine.workflows():
        if view.scenario.document_id[2] == "DEAL_1":
            client.served.portal.engine.end(view.id)
    dialog = open_many(window, qtbot, ids)
    type_values(dialog, [("Comment", "x")])
    go_to_list(dialog, qtbot)
    send(dialog, qtbot, 3)
    wait_for_end(dialog, qtbot)
    assert cells(dialog.results.model, OUTCOME) == ["refused", "accepted", "accepted"]
    assert any("The portal refused some for good" in text for text in all_texts(dialog))
    assert dialog.results.table.currentIndex().row() == 0


def test_results_are_copied_without_secrets_or_formulas(
    bench: Bench, window: MainWindow, qtbot: QtBot, client: Client
) -> None:
    ids = show_caught(bench, window, qtbot, client, 2)
    tokens = [bench.workspace.event_token(call_id) for call_id in ids]
    dialog = open_many(window, qtbot, ids)
    type_values(dialog, [("Comment", "x")])
    go_to_list(dialog, qtbot)
    send(dialog, qtbot, 2)
    wait_for_end(dialog, qtbot)
    as_text, as_csv = dialog._copies.actions()
    as_text.trigger()
    text = QGuiApplication.clipboard().text()
    assert text.startswith("ask (127.0.0.1")
    assert f"{ids[0]}  DEAL_0  accepted" in text
    as_csv.trigger()
    written = QGuiApplication.clipboard().text()
    assert written.splitlines()[0] == "Call,Document,Outcome,Code,What it means"
    assert not any(token in text + written for token in tokens)


def test_a_double_click_goes_to_the_token(
    bench: Bench, window: MainWindow, qtbot: QtBot, client: Client
) -> None:
    ids = show_caught(bench, window, qtbot, client, 3)
    dialog = open_many(window, qtbot, ids)
    type_values(dialog, [("Comment", "x")])
    go_to_list(dialog, qtbot)
    dialog.list.table.doubleClicked.emit(dialog.list.model.index(2, CONTENT))
    qtbot.waitUntil(lambda: window.call_view.shows(ids[0]), timeout=WAIT)
    dialog.list.table.doubleClicked.emit(dialog.list.model.index(0, CONTENT))
    qtbot.waitUntil(lambda: window.call_view.shows(ids[2]), timeout=WAIT)


def test_a_thousand_tokens_are_planned_off_the_gui_thread_and_sent_in_twenty_requests(
    bench: Bench, window: MainWindow, qtbot: QtBot, client: Client
) -> None:
    ids = catch(bench, client, 1000)
    qtbot.waitUntil(lambda: window.tokens.model.rowCount() == 1000, timeout=WAIT)
    window.tokens.select(ids[0])
    qtbot.waitUntil(lambda: window.call_view.shows(ids[0]), timeout=WAIT)
    dialog = open_many(window, qtbot, ids)
    type_values(dialog, [("Comment", "{{document_id.2}}")])
    go_to_list(dialog, qtbot)
    assert "To be sent: 1000. Requests: 20. Left out: 0." in all_texts(dialog.list._summary)
    send(dialog, qtbot, 1000)
    wait_for_end(dialog, qtbot)
    assert dialog.results.counts == "accepted: 1000"
    assert cells(dialog.results.model, MEANING)[0]
