"""The card of an outcome: what it says, and what its buttons do, against a simulated portal."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace

import factories
import pytest
from posts import FORM
from PySide6.QtCore import QObject, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QPalette
from PySide6.QtWidgets import QApplication, QToolButton
from pytestqt.qtbot import QtBot
from simulated import LOG, SEND, Client, portal, rule, served
from simulated import Clock as PortalClock
from ui.replying import fill_form, form_of
from ui.ui_parts import (
    WAIT,
    Bench,
    all_texts,
    answer,
    button,
    click,
    desk_of,
    open_question,
    pick,
    questions,
    told_by,
    wait_for_rows,
)

from bxgui.core.deadlines import TokenState
from bxgui.core.explanations import BY_KEY
from bxgui.core.json_values import Pairs
from bxgui.core.outcome import Verdict
from bxgui.core.records import (
    ACTIVITY_LOG,
    EVENT_SEND,
    Arrival,
    AttemptDetail,
    AttemptRow,
    Exchange,
    Reply,
)
from bxgui.core.retrying import Patience
from bxgui.services.authorization_problem import problem_of
from bxgui.ui import language, theme
from bxgui.ui.call_view import ATTEMPTS
from bxgui.ui.exchange_view import ExchangeView
from bxgui.ui.main_window import MainWindow
from bxgui.ui.outcome_card import OutcomeCard
from bxgui.ui.problem_texts import problem_text

AGAIN, CHECK, OPEN = "Send again…", "Check workflow", "Open in the form"
VALUES: Pairs = [("Comment", "paid")]
LINK = "Open Bitrix24's documentation of this outcome in the browser"


@pytest.fixture
def client(bench: Bench) -> Iterator[Client]:
    with served(portal(PortalClock(bench.clock().timestamp()))) as made:
        made.served.portal.rules.put(rule(auth_user_id=1))
        yield made


def caught(
    bench: Bench, window: MainWindow, qtbot: QtBot, client: Client, **changes: object
) -> int:
    """A token of a trusted portal, shown."""
    (call_id,) = bench.take(Arrival(bench.clock(), client.start(**changes).body, FORM))
    bench.workspace.trust_call(bench.call(call_id))
    desk_of(window).note_change()
    qtbot.waitUntil(lambda: window.tokens.model.row_of(call_id) is not None, timeout=WAIT)
    pick(qtbot, window, call_id)
    return call_id


def attempted(
    bench: Bench,
    window: MainWindow,
    qtbot: QtBot,
    client: Client,
    fault: str = "",
    reply: Reply | None = None,
    **changes: object,
) -> tuple[AttemptDetail, OutcomeCard]:
    """An attempt that met a fault, and its card in the history."""
    call_id = caught(bench, window, qtbot, client, **changes)
    reply = replace(reply or Reply(0, EVENT_SEND, VALUES, "by hand"), call_id=call_id)
    if fault:
        client.served.faults.add(fault, method=reply.method)
    attempt = bench.workspace.submit(reply, patience=Patience(attempts=1)).result(WAIT)
    desk_of(window).note_change()
    card = window.history.exchange.card
    wait_for_attempt(qtbot, card, attempt.row.id)
    return attempt, card


def wait_for_attempt(qtbot: QtBot, card: OutcomeCard, attempt_id: int) -> None:
    qtbot.waitUntil(
        lambda: card.isVisible() and card.attempt is not None and card.attempt.row.id == attempt_id,
        timeout=WAIT,
    )


def wait_for_text(qtbot: QtBot, card: OutcomeCard, text: str) -> None:
    qtbot.waitUntil(lambda: text in card.text, timeout=WAIT)


def wait_for_outcome(qtbot: QtBot, card: OutcomeCard, key: str) -> None:
    wait_for_text(qtbot, card, BY_KEY[key].title)


def sent(client: Client, method: str = SEND) -> list[object]:
    """What has reached the portal, one for each request."""
    return [one.params for one in client.served.requests if one.method == method]


def offered(card: OutcomeCard) -> list[str]:
    QApplication.processEvents()
    names = (AGAIN, CHECK, OPEN, "Check again")
    shown = [one.text() for one in card.findChildren(type(button(card, OPEN))) if one.isVisible()]
    return [text for text in shown if text in names or text.startswith("Follow")]


def an_attempt(key: str, **changes: object) -> AttemptDetail:
    """An attempt of no store."""
    row = AttemptRow(
        1, 1, 7, factories.NOW, EVENT_SEND, 200, BY_KEY[key].outcome, "", "", key, 1, "ask", "", ""
    )
    plain = AttemptDetail(row, Exchange("POST", "https://a/rest/batch", factories.NOW, 1))
    return replace(plain, **changes)  # type: ignore[arg-type]


def test_lost_answer_can_be_checked_and_says_who_was_asked(
    bench: Bench, window: MainWindow, qtbot: QtBot, client: Client
) -> None:
    _, card = attempted(bench, window, qtbot, client, "reset_before")
    assert "The portal may have executed the request." in card.text
    assert offered(card) == [CHECK, AGAIN, OPEN]

    click(qtbot, card, CHECK)
    wait_for_text(qtbot, card, "The workflow lives.")

    assert "the portal does not tell which" in card.text
    assert "with the call's own access token" in card.text
    assert "it last changed at" in card.text
    assert len(sent(client)) == 1


def test_a_check_can_be_asked_again_and_tells_what_is_true_now(
    bench: Bench, window: MainWindow, qtbot: QtBot, client: Client
) -> None:
    attempt, card = attempted(bench, window, qtbot, client, "reset_before")
    click(qtbot, card, CHECK)
    wait_for_text(qtbot, card, "The workflow lives.")
    (workflow,) = client.served.portal.engine.workflows()
    client.served.portal.engine.end(workflow.id)

    click(qtbot, card, "Check again")
    wait_for_text(qtbot, card, "The workflow is gone")

    assert "Whether an answer has ended it, the portal does not tell." in card.text
    form_card = window.call_view.form.card
    form_card.show_attempt(attempt)
    assert "The workflow is gone" in form_card.text


def test_a_call_that_was_never_answered_can_be_checked_too(
    bench: Bench, window: MainWindow, qtbot: QtBot, client: Client
) -> None:
    call_id = caught(bench, window, qtbot, client)
    click(qtbot, window.call_view.header, "Check")
    notice = window.call_view.notice
    qtbot.waitUntil(lambda: "The workflow lives." in notice.text, timeout=WAIT)
    assert notice.isVisible()

    other = caught(bench, window, qtbot, client)
    assert not notice.isVisible()
    assert other != call_id
    assert sent(client) == []


def test_who_may_not_know_is_told_why(
    bench: Bench, window: MainWindow, qtbot: QtBot, client: Client
) -> None:
    client.served.portal.rules.put(rule(auth_user_id=7))
    _, card = attempted(bench, window, qtbot, client, "reset_before")

    click(qtbot, card, CHECK)
    wait_for_text(qtbot, card, "What became of the workflow is not known: Access denied.")

    assert "The method needs an administrator." in card.text
    assert button(card, "Check again").isEnabled()


def test_sending_again_asks_with_the_truth_and_enter_sends_nothing(
    bench: Bench, window: MainWindow, qtbot: QtBot, client: Client
) -> None:
    attempt, card = attempted(bench, window, qtbot, client, "reset_after")

    click(qtbot, card, AGAIN)
    box = open_question(qtbot, window)
    said = told_by(box)
    assert not button(card, AGAIN).isEnabled()
    qtbot.keyClick(box, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not questions(window), timeout=WAIT)

    row = attempt.row
    assert f"Send the same reply to {row.rule} {row.document} again?" in said
    assert "It answers “true” to a second one whether or not it uses it" in said
    assert "An earlier reply may have been executed" not in said
    assert button(card, AGAIN).isEnabled()
    assert len(sent(client)) == 1


def test_impatient_clicks_send_the_same_reply_once_more(
    bench: Bench, window: MainWindow, qtbot: QtBot, client: Client
) -> None:
    attempt, card = attempted(bench, window, qtbot, client, "reset_before")
    again = button(card, AGAIN)
    qtbot.mouseDClick(again, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(again, Qt.MouseButton.LeftButton)
    answer(qtbot, window, "Send again")
    wait_for_outcome(qtbot, card, "accepted")

    first, second = sent(client)
    assert first == second
    (workflow,) = client.served.portal.engine.workflows()
    assert workflow.applied["Comment"] == "paid"
    assert questions(window) == []
    assert card.attempt is not None
    assert card.attempt.row.id > attempt.row.id
    assert window.call_view.form.card.isVisible()


def test_what_was_surely_not_executed_is_sent_again_after_a_short_question(
    bench: Bench, window: MainWindow, qtbot: QtBot, client: Client
) -> None:
    _, card = attempted(bench, window, qtbot, client, "locked")
    click(qtbot, card, AGAIN)
    said = answer(qtbot, window, "Send again")
    wait_for_outcome(qtbot, card, "accepted")

    assert "The portal executed nothing of it." in said
    assert "true" not in said
    assert offered(card) == [CHECK, OPEN]


def test_a_token_that_was_answered_since_is_asked_about_as_such(
    bench: Bench, window: MainWindow, qtbot: QtBot, client: Client
) -> None:
    attempt, card = attempted(bench, window, qtbot, client, "locked")
    bench.workspace.submit(attempt.reply).result(WAIT)
    window.history.exchange.show_attempt(attempt)

    card.again_asked.emit(attempt)
    said = answer(qtbot, window, "Go back")

    assert "The portal has accepted a reply to this token." in said
    assert len(sent(client)) == 2


def test_a_late_reply_is_asked_about_in_one_question_that_names_it(
    bench: Bench, window: MainWindow, qtbot: QtBot, client: Client
) -> None:
    attempt, card = attempted(bench, window, qtbot, client, "locked", timeout_duration=600)
    bench.clock.pass_by(1_000)
    assert bench.call(attempt.row.call_id).row.state is TokenState.EXPIRED

    click(qtbot, card, AGAIN)
    said = answer(qtbot, window, "Send again")
    wait_for_outcome(qtbot, card, "accepted")

    assert f"{attempt.row.rule} {attempt.row.document}" in said
    assert "The portal executed nothing of it." in said
    assert "The deadline has passed" in said


def test_a_log_message_may_be_written_twice_and_the_question_says_so(
    bench: Bench, window: MainWindow, qtbot: QtBot, client: Client
) -> None:
    only_log = Reply(0, ACTIVITY_LOG, [], "looking into it")
    _, card = attempted(bench, window, qtbot, client, "reset_after", only_log)
    click(qtbot, card, AGAIN)
    said = answer(qtbot, window, "Send again")
    wait_for_outcome(qtbot, card, "logged")

    assert "twice" in said
    assert len(sent(client, LOG)) == 2


def test_what_is_refused_for_good_is_not_sent_again(
    bench: Bench, window: MainWindow, qtbot: QtBot, client: Client
) -> None:
    _, card = attempted(bench, window, qtbot, client, "portal_deleted")

    assert offered(card) == [OPEN]
    assert "The portal executed nothing." in card.text
    assert "The portal's words: PORTAL_DELETED Portal was deleted" in card.text


def test_a_moved_portal_is_followed_only_after_a_yes_to_both_hosts(
    bench: Bench, window: MainWindow, qtbot: QtBot, client: Client
) -> None:
    call_id = caught(bench, window, qtbot, client)
    former = bench.workspace.portals()[0]
    client.served.rename()
    new_host = client.served.endpoint.split("/")[2]
    fill_form(window, VALUES)
    click(qtbot, form_of(window), "Send reply")
    card = form_of(window).card
    wait_for_text(qtbot, card, f"At {former.host} the portal says that it is at {new_host} now.")

    click(qtbot, card, f"Follow to {new_host}…")
    said = answer(qtbot, window, "Go back")
    assert bench.workspace.portals()[0].endpoint == former.endpoint
    assert f"Follow the portal from {former.host} to {new_host}?" in said
    assert "event token" in said
    assert [view.applied for view in client.served.portal.engine.workflows()] == [{}]

    click(qtbot, card, f"Follow to {new_host}…")
    answer(qtbot, window, "Follow and send")
    wait_for_outcome(qtbot, card, "accepted")
    assert bench.workspace.portals()[0].endpoint == client.served.endpoint
    assert [view.applied["Comment"] for view in client.served.portal.engine.workflows()] == ["paid"]
    assert bench.call(call_id).row.state is TokenState.ACCEPTED


@pytest.mark.parametrize(
    ("location", "said"),
    [
        ("https://login.example.org/portal/", "names no address of a portal"),
        ("http://new.example.org/rest/bizproc.event.send", "by plain http"),
    ],
)
def test_a_redirect_that_cannot_be_followed_says_why(
    bench: Bench, window: MainWindow, qtbot: QtBot, client: Client, location: str, said: str
) -> None:
    _, card = attempted(bench, window, qtbot, client, f"redirect:{location}")
    wait_for_text(qtbot, card, said)
    assert offered(card) == [OPEN]


def test_an_attempt_before_the_move_can_be_sent_again_after_it(
    bench: Bench, window: MainWindow, qtbot: QtBot, client: Client
) -> None:
    caught(bench, window, qtbot, client)
    client.served.rename()
    fill_form(window, VALUES)
    click(qtbot, form_of(window), "Send reply")
    card = form_of(window).card
    wait_for_text(qtbot, card, "the portal says that it is at")
    attempt = card.attempt
    assert attempt is not None
    bench.workspace.portal_book.move(bench.workspace.portals()[0].key, client.served.endpoint)

    card.show_attempt(attempt)
    wait_for_text(qtbot, card, "by now")

    click(qtbot, card, AGAIN)
    answer(qtbot, window, "Send again")
    wait_for_outcome(qtbot, card, "accepted")


def test_values_of_an_attempt_go_to_the_form_and_what_was_typed_comes_back(
    bench: Bench, window: MainWindow, qtbot: QtBot, client: Client
) -> None:
    attempt, card = attempted(bench, window, qtbot, client, "locked")
    other = caught(bench, window, qtbot, client)
    pick(qtbot, window, attempt.row.call_id)
    fill_form(window, [("Comment", "half a sent")], "typed")
    pick(qtbot, window, other)
    window.history.select(attempt.row.id)
    wait_for_attempt(qtbot, card, attempt.row.id)

    click(qtbot, card, OPEN)
    form = form_of(window)
    qtbot.waitUntil(lambda: form.log_message == "by hand", timeout=WAIT)
    assert window.call_view.shows(attempt.row.call_id)
    assert form.values() == VALUES

    click(qtbot, form.bar, "Undo")
    assert (form.values(), form.log_message) == ([("Comment", "half a sent")], "typed")
    pick(qtbot, window, other)
    assert not form.bar.isVisible()


def test_what_keeps_the_reply_from_going_is_told_on_the_card(
    bench: Bench, window: MainWindow, qtbot: QtBot, client: Client
) -> None:
    attempt, card = attempted(bench, window, qtbot, client, "locked")
    click(qtbot, card, AGAIN)
    open_question(qtbot, window)
    bench.workspace.distrust(bench.workspace.portals()[0].key)
    answer(qtbot, window, "Send again")

    wait_for_text(qtbot, card, "is not trusted yet")
    assert button(card, AGAIN).isEnabled()
    assert bench.call(attempt.row.call_id).row.attempts == 1


def test_a_reply_that_is_on_its_way_is_waited_for(
    bench: Bench, window: MainWindow, qtbot: QtBot, client: Client
) -> None:
    attempt, card = attempted(bench, window, qtbot, client, "locked")
    bench.workspace.outbox.pause()
    future = bench.workspace.submit(attempt.reply)

    click(qtbot, card, AGAIN)
    wait_for_text(qtbot, card, "A reply to this token waits in the queue")

    assert questions(window) == []
    bench.workspace.outbox.cancel_all([one.reply_id for one in bench.workspace.outbox.queue()])
    assert future.cancelled()


def test_the_attempts_of_a_call_go_on_to_the_new_one(
    bench: Bench, window: MainWindow, qtbot: QtBot, client: Client
) -> None:
    attempt, _ = attempted(bench, window, qtbot, client, "locked")
    window.call_view.choose(ATTEMPTS)
    card = window.call_view.attempts.exchange.card
    wait_for_attempt(qtbot, card, attempt.row.id)

    click(qtbot, card, AGAIN)
    answer(qtbot, window, "Send again")

    wait_for_outcome(qtbot, card, "accepted")
    wait_for_rows(qtbot, window, [attempt.row.call_id])


def test_a_reply_of_a_batch_is_found_in_request_and_answer(qtbot: QtBot) -> None:
    view = ExchangeView()
    qtbot.addWidget(view)
    view.show()
    commands = {f"reply_{number}": "bizproc.event.send?a=1" for number in range(5, 55)}
    shared = Exchange(
        "POST",
        "https://a/rest/batch",
        factories.NOW,
        1,
        request_body=json.dumps({"halt": False, "cmd": commands}).encode(),
        http_status=200,
        response_body=json.dumps({"result": {"result": dict.fromkeys(commands, True)}}).encode(),
    )
    view.show_attempt(an_attempt("accepted", exchange=shared, command="reply_7"))
    assert "Command 3 of 50 in a batch: this reply is reply_7 there." in all_texts(view)

    places = []
    for _ in range(3):
        click(qtbot, view, "Find it")
        assert view.code.textCursor().selectedText() == '"reply_7"'
        places.append(view.code.textCursor().position())
    assert places[0] < places[1]
    assert places[2] == places[0]

    view.show_attempt(an_attempt("accepted"))
    assert not any("batch" in text for text in all_texts(view) if "Command" in text)


def test_what_the_authorization_server_refused_is_told_in_the_words_of_the_catalogue(
    qapp: QApplication,
) -> None:
    entry = BY_KEY["refresh_refused"]
    problem = problem_of(Verdict(entry, "invalid_grant"))
    assert problem_text(problem) == f"{entry.title} {entry.cause} {entry.action}"

    translators = language.install(qapp, "ru")
    try:
        assert not any(letter.isascii() and letter.isalpha() for letter in problem_text(problem))
    finally:
        for translator in translators:
            qapp.removeTranslator(translator)


class Browser(QObject):
    """Takes the addresses that are opened."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[str] = []

    @Slot(QUrl)
    def open(self, address: QUrl) -> None:
        self.opened.append(address.toString())


@pytest.fixture
def browser() -> Iterator[Browser]:
    made = Browser()
    # Its stub wants bytes, which it does not take.
    QDesktopServices.setUrlHandler("https", made, "open")  # type: ignore[arg-type]
    yield made
    QDesktopServices.unsetUrlHandler("https")


def test_documentation_is_opened_by_click_or_key_and_never_by_itself(
    bench: Bench, window: MainWindow, qtbot: QtBot, client: Client, browser: Browser
) -> None:
    _, card = attempted(bench, window, qtbot, client, "locked")
    (link,) = [one for one in card.findChildren(QToolButton) if one.accessibleName() == LINK]
    assert browser.opened == []

    qtbot.mouseClick(link, Qt.MouseButton.LeftButton)
    link.setFocus()
    qtbot.keyClick(link, Qt.Key.Key_Space)

    assert browser.opened == [BY_KEY["workflow_busy"].link] * 2


@pytest.mark.parametrize("dark", [False, True])
def test_link_can_be_read_on_light_and_on_dark_ground(qtbot: QtBot, dark: bool) -> None:
    before = QApplication.palette()
    QApplication.setPalette(theme.palette_of(dark=not dark))
    view = ExchangeView()
    qtbot.addWidget(view)
    view.show_attempt(an_attempt("workflow_busy"))
    QApplication.setPalette(theme.palette_of(dark=dark))
    QApplication.processEvents()
    try:
        (link,) = [one for one in view.findChildren(QToolButton) if one.accessibleName() == LINK]
        colour = link.palette().color(QPalette.ColorRole.ButtonText)
        assert colour.name() == (theme.CALM.dark if dark else theme.CALM.light)
    finally:
        QApplication.setPalette(before)
