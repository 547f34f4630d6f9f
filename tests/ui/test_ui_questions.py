"""What the window asks before a reply goes out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from portal_server import PortalServer, Received
from posts import Post
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QLineEdit
from pytestqt.qtbot import QtBot
from ui.ui_parts import (
    APPROVAL,
    WAIT,
    Bench,
    answer,
    button,
    by_name,
    click,
    desk_of,
    open_question,
    pick,
    post,
    questions,
    told_by,
    wait_for_rows,
)

from bxgui.core.deadlines import TokenState
from bxgui.core.findings import FindingCode
from bxgui.core.records import EVENT_SEND, Reply
from bxgui.core.redact import digest, fingerprint
from bxgui.services.store import StoreProblem
from bxgui.ui.finding_entry import FindingEntry
from bxgui.ui.main_window import MainWindow
from bxgui.ui.questions import ask_suspicious, ask_trust

OTHER_TOKEN = "f" * 32


def show(bench: Bench, window: MainWindow, qtbot: QtBot, *calls: Post, trusted: bool) -> list[int]:
    """Calls in the list, the last one selected; the first one's portal trusted if wanted."""
    ids = bench.take(calls[0])
    if trusted:
        bench.workspace.trust_call(bench.call(ids[0]))
    ids += bench.take(*calls[1:])
    desk_of(window).note_change()
    wait_for_rows(qtbot, window, ids[::-1])
    pick(qtbot, window, ids[-1])
    return ids


def send(window: MainWindow, qtbot: QtBot) -> None:
    click(qtbot, window.call_view.form, "Send reply")


def wait_for_state(bench: Bench, qtbot: QtBot, call_id: int, state: TokenState) -> None:
    qtbot.waitUntil(lambda: bench.call(call_id).row.state is state, timeout=WAIT)


def wait_for_outcome(window: MainWindow, qtbot: QtBot, text: str) -> None:
    card = window.call_view.form.card
    qtbot.waitUntil(lambda: card.isVisible() and text in card.text, timeout=WAIT)


def next_request(qtbot: QtBot, portal: PortalServer) -> Received:
    """What the portal is asked; the window goes on living meanwhile."""
    qtbot.waitUntil(portal.was_asked, timeout=WAIT)
    return portal.next_request()


def test_the_first_reply_to_a_portal_asks_whether_to_trust_it(
    bench: Bench, window: MainWindow, qtbot: QtBot, portal: PortalServer
) -> None:
    call = post(1, endpoint=portal.endpoint)
    (call_id,) = show(bench, window, qtbot, call, trusted=False)
    send(window, qtbot)
    said = answer(qtbot, window, "Cancel")
    for part in (
        f"Trust the portal 127.0.0.1:{portal.port}?",
        f"Address: {portal.endpoint}",
        f"Member id: {call.member_id}",
        f"Application token: {fingerprint(digest(call.application_token))}",
    ):
        assert part in said
    assert call.application_token not in said
    assert not portal.was_asked()
    assert not bench.workspace.portals()[0].trusted
    assert button(window.call_view.form, "Send reply").isEnabled()

    send(window, qtbot)
    answer(qtbot, window, "Trust this portal")
    assert next_request(qtbot, portal).document["EVENT_TOKEN"] == call.token
    wait_for_outcome(window, qtbot, "accepted")
    assert bench.workspace.portals()[0].trusted
    wait_for_state(bench, qtbot, call_id, TokenState.ACCEPTED)


def test_escape_and_enter_do_not_trust(
    bench: Bench, window: MainWindow, qtbot: QtBot, portal: PortalServer
) -> None:
    show(bench, window, qtbot, post(1, endpoint=portal.endpoint), trusted=False)
    for key in (Qt.Key.Key_Escape, Qt.Key.Key_Return):
        send(window, qtbot)
        qtbot.keyClick(open_question(qtbot, window), key)
        qtbot.waitUntil(lambda: not questions(window), timeout=WAIT)
    assert not portal.was_asked()
    assert not bench.workspace.portals()[0].trusted


def test_trust_can_be_given_before_anything_is_sent(
    bench: Bench, window: MainWindow, qtbot: QtBot, portal: PortalServer
) -> None:
    show(bench, window, qtbot, post(1, endpoint=portal.endpoint), trusted=False)
    notice = window.call_view.notice
    assert "not trusted this portal yet" in notice.text
    click(qtbot, notice, "Trust…")
    answer(qtbot, window, "Trust this portal")
    qtbot.waitUntil(lambda: not notice.isVisible(), timeout=WAIT)
    assert bench.workspace.portals()[0].trusted
    assert not portal.was_asked()


def test_a_reply_to_a_trusted_portal_goes_out_without_a_question(
    bench: Bench, window: MainWindow, qtbot: QtBot, portal: PortalServer
) -> None:
    call = post(1, endpoint=portal.endpoint)
    (call_id,) = show(bench, window, qtbot, call, trusted=True)
    send(window, qtbot)
    assert next_request(qtbot, portal).document["EVENT_TOKEN"] == call.token
    wait_for_state(bench, qtbot, call_id, TokenState.ACCEPTED)
    assert questions(window) == []


def test_a_call_with_another_application_token_asks_expressly(
    bench: Bench, window: MainWindow, qtbot: QtBot, portal: PortalServer
) -> None:
    forged = post(2, endpoint=portal.endpoint, application_token=OTHER_TOKEN)
    ids = show(bench, window, qtbot, post(1, endpoint=portal.endpoint), forged, trusted=True)
    assert "another application token" in window.call_view.notice.text
    send(window, qtbot)
    said = answer(qtbot, window, "Cancel")
    assert "suspicious" in said
    assert "approve_invoice" in said
    assert "DEAL_2" in said
    assert not portal.was_asked()

    send(window, qtbot)
    answer(qtbot, window, "Answer all the same")
    assert next_request(qtbot, portal).document["EVENT_TOKEN"] == forged.token
    wait_for_state(bench, qtbot, ids[1], TokenState.ACCEPTED)


def test_a_call_that_names_another_address_asks_for_trust_and_shows_both(
    bench: Bench, window: MainWindow, qtbot: QtBot, portal: PortalServer
) -> None:
    moved = post(2, endpoint=portal.endpoint)
    show(bench, window, qtbot, post(1), moved, trusted=True)
    assert "another address" in window.call_view.notice.text
    send(window, qtbot)
    said = answer(qtbot, window, "Cancel")
    assert f"Host: 127.0.0.1:{portal.port}" in said
    assert "Trusted until now: portal.example.org" in said
    assert not portal.was_asked()
    assert bench.workspace.portals()[0].host == "portal.example.org"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        pytest.param({"timeout": 5}, "The deadline has passed", id="expired"),
        pytest.param({"use_subscription": "N"}, "The step does not wait", id="not waiting"),
    ],
)
def test_a_reply_that_will_have_no_effect_asks_once(
    bench: Bench,
    window: MainWindow,
    qtbot: QtBot,
    portal: PortalServer,
    changes: dict[str, object],
    words: str,
) -> None:
    call = post(1, endpoint=portal.endpoint, **changes)
    bench.take(call)
    bench.workspace.trust_call(bench.call(1))
    bench.clock.pass_by(60)
    desk_of(window).note_change()
    wait_for_rows(qtbot, window, [1])
    pick(qtbot, window, 1)
    send(window, qtbot)
    said = answer(qtbot, window, "Go back")
    assert "Send the reply to approve_invoice DEAL_1?" in said
    assert words in said
    assert not portal.was_asked()
    send(window, qtbot)
    answer(qtbot, window, "Send all the same")
    assert next_request(qtbot, portal).document["EVENT_TOKEN"] == call.token
    wait_for_outcome(window, qtbot, "accepted")
    assert questions(window) == []


def test_a_second_reply_to_an_answered_token_asks_first(
    bench: Bench, window: MainWindow, qtbot: QtBot, portal: PortalServer
) -> None:
    (call_id,) = show(bench, window, qtbot, post(1, endpoint=portal.endpoint), trusted=True)
    bench.workspace.submit(Reply(call_id, EVENT_SEND, [], "")).result(15)
    next_request(qtbot, portal)
    qtbot.waitUntil(
        lambda: (
            window.call_view.call is not None
            and window.call_view.call.row.state is TokenState.ACCEPTED
        ),
        timeout=WAIT,
    )
    send(window, qtbot)
    said = answer(qtbot, window, "Go back")
    assert "A reply was accepted before" in said
    assert not portal.was_asked()
    send(window, qtbot)
    answer(qtbot, window, "Send all the same")
    next_request(qtbot, portal)
    wait_for_outcome(window, qtbot, "accepted")


def add_value(window: MainWindow, qtbot: QtBot, name: str, value: str) -> None:
    """One more value of the reply, typed."""
    form = window.call_view.form
    click(qtbot, form, "Add value")
    qtbot.keyClicks(by_name(form, QLineEdit, "Value of new value"), value)
    qtbot.keyClicks(by_name(form, QLineEdit, "Name of the value"), name)


def register(bench: Bench, window: MainWindow) -> None:
    """The rule of the calls returns what an approval does."""
    key = bench.workspace.portals()[0].key
    bench.workspace.keep_registration(key, "approve_invoice", APPROVAL)
    desk_of(window).note_change()


def wait_for_findings(window: MainWindow, qtbot: QtBot, *codes: FindingCode) -> None:
    form = window.call_view.form
    qtbot.waitUntil(lambda: [one.code for one in form.findings()] == list(codes), timeout=WAIT)


def listed(window: MainWindow) -> list[str]:
    return [one.listed.text for one in window.call_view.form.findChildren(FindingEntry)]


def press_send(window: MainWindow, qtbot: QtBot) -> None:
    form = window.call_view.form
    log = by_name(form, QLineEdit, "Log message")
    log.setFocus()
    qtbot.keyClick(log, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def test_all_that_is_warned_of_is_asked_in_one_question(
    bench: Bench, window: MainWindow, qtbot: QtBot, portal: PortalServer
) -> None:
    call = post(1, endpoint=portal.endpoint, timeout=5)
    show(bench, window, qtbot, call, trusted=True)
    register(bench, window)
    bench.clock.pass_by(7200)
    desk_of(window).note_change()
    unsent, late = FindingCode.REQUIRED_MISSING, FindingCode.EXPIRED
    empty, access = FindingCode.NO_VALUES, FindingCode.ACCESS_EXPIRED
    wait_for_findings(window, qtbot, unsent, empty, late, access)
    send(window, qtbot)
    question = open_question(qtbot, window)
    said = told_by(question)
    for words in ("The deadline has passed", "no return values", "“Approved” is required"):
        assert said.count(words) == 1
    assert "access token has expired" not in said, "a note only informs"
    assert question.focusWidget() is button(question, "Go back")
    qtbot.keyClick(question, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: questions(window) == [], timeout=WAIT)
    assert not portal.was_asked()
    send(window, qtbot)
    answer(qtbot, window, "Send all the same")
    assert next_request(qtbot, portal).document["EVENT_TOKEN"] == call.token
    assert questions(window) == []


def test_a_warning_can_be_waived_for_a_rule_and_asked_about_again(
    bench: Bench, window: MainWindow, qtbot: QtBot, portal: PortalServer
) -> None:
    first, second, third = (post(n, endpoint=portal.endpoint) for n in (1, 2, 3))
    ids = show(bench, window, qtbot, first, second, third, trusted=True)
    register(bench, window)
    pick(qtbot, window, ids[0])
    warnings = (FindingCode.UNKNOWN_NAME, FindingCode.REQUIRED_MISSING)
    wait_for_findings(window, qtbot, FindingCode.REQUIRED_MISSING, FindingCode.NO_VALUES)
    add_value(window, qtbot, "Aproved", "Y")
    send(window, qtbot)
    question = open_question(qtbot, window)
    question.findChildren(QCheckBox)[0].click()
    answer(qtbot, window, "Send all the same")
    assert next_request(qtbot, portal).document["EVENT_TOKEN"] == first.token
    waived = {("unknown_name", "Aproved"), ("required_missing", "Approved")}
    qtbot.waitUntil(lambda: bench.workspace.waived(ids[0]) == waived, timeout=WAIT)

    pick(qtbot, window, ids[1])
    row = window.call_view.form._rows.rows()[-1]
    assert (row.name, row.sent) == ("Aproved", False), "the names of the last reply are offered"
    qtbot.keyClicks(by_name(window.call_view.form, QLineEdit, "Value of Aproved"), "Y")
    assert {one.code for one in window.call_view.form.findings()} == set(warnings)
    assert all("Warning, not asked about for this rule: " in text for text in listed(window))
    send(window, qtbot)
    assert next_request(qtbot, portal).document["EVENT_TOKEN"] == second.token
    wait_for_outcome(window, qtbot, "accepted")
    assert questions(window) == []

    pick(qtbot, window, ids[2])
    qtbot.keyClicks(by_name(window.call_view.form, QLineEdit, "Value of Aproved"), "Y")
    (entry,) = [
        one
        for one in window.call_view.form.findChildren(FindingEntry)
        if "not a return property" in one.listed.text
    ]
    click(qtbot, entry, "Ask again")
    qtbot.waitUntil(lambda: len(window.call_view.form.questions()) == 1, timeout=WAIT)
    assert listed(window)[0].startswith("Warning: “Aproved”")
    send(window, qtbot)
    said = answer(qtbot, window, "Go back")
    assert "Aproved" in said
    assert "is required" not in said


def test_what_is_of_one_call_is_asked_about_each_time(
    bench: Bench, window: MainWindow, qtbot: QtBot, portal: PortalServer
) -> None:
    show(bench, window, qtbot, post(1, endpoint=portal.endpoint, timeout=5), trusted=True)
    bench.clock.pass_by(60)
    desk_of(window).note_change()
    wait_for_findings(window, qtbot, FindingCode.EXPIRED)
    send(window, qtbot)
    question = open_question(qtbot, window)
    assert not question.findChildren(QCheckBox)[0].isVisible()
    answer(qtbot, window, "Go back")
    register(bench, window)
    unsent, empty = FindingCode.REQUIRED_MISSING, FindingCode.NO_VALUES
    wait_for_findings(window, qtbot, unsent, empty, FindingCode.EXPIRED)
    send(window, qtbot)
    question = open_question(qtbot, window)
    question.findChildren(QCheckBox)[0].click()
    answer(qtbot, window, "Send all the same")
    next_request(qtbot, portal)
    qtbot.waitUntil(lambda: len(bench.workspace.waived(1)) == 2, timeout=WAIT)
    assert "expired" not in {code for code, _name in bench.workspace.waived(1)}


def test_impatient_keys_ask_once_and_send_once(
    bench: Bench, window: MainWindow, qtbot: QtBot, portal: PortalServer
) -> None:
    call = post(1, endpoint=portal.endpoint, use_subscription="N")
    show(bench, window, qtbot, call, trusted=True)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow, timeout=WAIT)
    for _ in range(4):
        window.call_view.form._on_send(EVENT_SEND)
    assert len(questions(window)) == 1
    answer(qtbot, window, "Send all the same")
    press_send(window, qtbot)
    next_request(qtbot, portal)
    wait_for_outcome(window, qtbot, "accepted")
    assert not portal.was_asked()
    assert questions(window) == []


def test_a_reply_waits_for_trust_that_is_being_stored_and_is_asked_about_once(
    bench: Bench, window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    show(bench, window, qtbot, post(1), trusted=False)
    failures: list[Callable[[Exception], None]] = []
    with monkeypatch.context() as patched:
        patched.setattr(desk_of(window), "ask", lambda _q, _done, failed: failures.append(failed))
        send(window, qtbot)
        answer(qtbot, window, "Trust this portal")
        send(window, qtbot)
        assert questions(window) == []
        failures[0](StoreProblem("disk_full", "The disk is full."))
        assert window.message.text == "The disk is full."
        send(window, qtbot)
        assert len(questions(window)) == 1
        answer(qtbot, window, "Cancel")
        send(window, qtbot)
        answer(qtbot, window, "Cancel")


def test_a_foreign_application_token_and_other_warnings_ask_apart(
    bench: Bench, window: MainWindow, qtbot: QtBot, portal: PortalServer
) -> None:
    forged = post(2, endpoint=portal.endpoint, application_token=OTHER_TOKEN, use_subscription="N")
    show(bench, window, qtbot, post(1, endpoint=portal.endpoint), forged, trusted=True)
    send(window, qtbot)
    answer(qtbot, window, "Answer all the same")
    said = answer(qtbot, window, "Send all the same")
    assert "does not wait" in said
    assert "application token" not in said
    assert next_request(qtbot, portal).document["EVENT_TOKEN"] == forged.token


def test_only_logging_asks_what_the_call_needs_and_nothing_of_the_values(
    bench: Bench, window: MainWindow, qtbot: QtBot, portal: PortalServer
) -> None:
    show(
        bench,
        window,
        qtbot,
        post(1, endpoint=portal.endpoint, use_subscription="N"),
        trusted=False,
    )
    form = window.call_view.form
    qtbot.keyClicks(by_name(form, QLineEdit, "Log message"), "looking")
    click(qtbot, form, "Only log")
    answer(qtbot, window, "Trust this portal")
    said = answer(qtbot, window, "Send all the same")
    assert "does not wait" in said
    assert "return values" not in said
    request = next_request(qtbot, portal)
    assert request.path.endswith("bizproc.activity.log")
    assert request.document["LOG_MESSAGE"] == "looking"
    wait_for_outcome(window, qtbot, "")
    assert questions(window) == []


def test_an_untrusted_portal_and_a_late_answer_ask_one_after_the_other(
    bench: Bench, window: MainWindow, qtbot: QtBot, portal: PortalServer
) -> None:
    call = post(1, endpoint=portal.endpoint, timeout=5)
    bench.take(call)
    bench.clock.pass_by(60)
    desk_of(window).note_change()
    wait_for_rows(qtbot, window, [1])
    pick(qtbot, window, 1)
    send(window, qtbot)
    answer(qtbot, window, "Trust this portal")
    said = answer(qtbot, window, "Send all the same")
    assert "has passed" in said
    assert "not trusted" not in said
    assert next_request(qtbot, portal).document["EVENT_TOKEN"] == call.token


def test_the_reply_goes_to_the_token_it_was_written_for(
    bench: Bench, window: MainWindow, qtbot: QtBot, portal: PortalServer
) -> None:
    """Another token may be selected while the question is open."""
    first, second = post(1, endpoint=portal.endpoint), post(2, endpoint=portal.endpoint)
    ids = show(bench, window, qtbot, first, second, trusted=False)
    qtbot.keyClicks(by_name(window.call_view.form, QLineEdit, "Log message"), "for the second")
    send(window, qtbot)
    open_question(qtbot, window)
    pick(qtbot, window, ids[0])
    answer(qtbot, window, "Trust this portal")
    request = next_request(qtbot, portal).document
    assert request["EVENT_TOKEN"] == second.token
    assert request["LOG_MESSAGE"] == "for the second"
    wait_for_state(bench, qtbot, ids[1], TokenState.ACCEPTED)
    assert not window.call_view.form.card.isVisible()
    assert bench.call(ids[0]).row.state is TokenState.WAITING


def test_a_call_without_an_access_token_says_why_it_cannot_be_answered(
    bench: Bench, window: MainWindow, qtbot: QtBot, portal: PortalServer
) -> None:
    arrival = post(1, endpoint=portal.endpoint).arrival(bench.clock())
    body = b"&".join(p for p in arrival.body.split(b"&") if b"access_token" not in p)
    bench.take(type(arrival)(arrival.arrived_at, body, arrival.content_type))
    bench.workspace.trust_call(bench.call(1))
    desk_of(window).note_change()
    wait_for_rows(qtbot, window, [1])
    pick(qtbot, window, 1)
    send(window, qtbot)
    form = window.call_view.form
    qtbot.waitUntil(lambda: "without an access token" in form._problem.text(), timeout=WAIT)
    assert not portal.was_asked()
    assert button(form, "Send reply").isEnabled()


def test_sending_ends_following(
    bench: Bench, window: MainWindow, qtbot: QtBot, portal: PortalServer
) -> None:
    """Who sends wants to see what comes of it, whatever arrives meanwhile."""
    (call_id,) = show(bench, window, qtbot, post(1, endpoint=portal.endpoint), trusted=True)
    assert window.filter.follow.isChecked()
    send(window, qtbot)
    assert not window.filter.follow.isChecked()
    wait_for_outcome(window, qtbot, "accepted")
    (newer,) = bench.take(post(2))
    desk_of(window).note_change()
    wait_for_rows(qtbot, window, [newer, call_id])
    assert window.call_view.call is not None
    assert window.call_view.call.row.id == call_id
    assert window.call_view.form.card.isVisible()


def test_the_outcome_stays_in_sight_when_the_token_leaves_its_tab(
    bench: Bench, window: MainWindow, qtbot: QtBot, portal: PortalServer
) -> None:
    window.tabs.choose(TokenState.WAITING)
    ids = show(bench, window, qtbot, post(1, endpoint=portal.endpoint), post(2), trusted=True)
    pick(qtbot, window, ids[0])
    send(window, qtbot)
    wait_for_rows(qtbot, window, [ids[1]])
    wait_for_outcome(window, qtbot, "accepted")
    assert window.call_view.call is not None
    assert window.call_view.call.row.id == ids[0]


def test_a_reply_that_fails_is_told_where_its_token_is(
    bench: Bench, window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another token may be shown by the time it fails."""
    failures: list[Callable[[Exception], None]] = []
    monkeypatch.setattr(
        desk_of(window), "submit", lambda _reply, _done, failed, **_: failures.append(failed)
    )
    ids = show(bench, window, qtbot, post(1), post(2), trusted=True)
    form, problem = window.call_view.form, StoreProblem("disk_full", "The disk is full.")
    send(window, qtbot)
    failures[0](problem)
    assert "The disk is full." in form._problem.text()
    assert not window.message.isVisible()

    send(window, qtbot)
    pick(qtbot, window, ids[0])
    failures[1](problem)
    assert not form._problem.isVisible()
    assert window.message.text == "Reply to approve_invoice DEAL_2: The disk is full."


def test_a_value_of_a_call_cannot_fake_lines_of_a_question(
    bench: Bench, window: MainWindow, qtbot: QtBot
) -> None:
    (call_id,) = bench.take(post(1))
    call = bench.call(call_id)
    assert call.portal is not None
    faked = "x\nHost: a\u2028Host: b\u202ec" + "d" * 500
    forged = replace(call, portal=replace(call.portal, member_id=faked))
    ask_trust(window, forged, lambda: None)
    said = answer(qtbot, window, "Cancel")
    assert f"Member id: x\ufffdHost: a\ufffdHost: b\ufffdc{'d' * 181}…\n" in said
    row = replace(call.row, rule=faked, document=faked)
    ask_suspicious(window, replace(call, row=row), lambda: None)
    assert "\u202e" not in answer(qtbot, window, "Cancel")
