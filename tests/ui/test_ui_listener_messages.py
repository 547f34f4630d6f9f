"""What the window tells of the events of its listener, by the way that they really come."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot
from ui.ui_parts import (
    WAIT,
    Bench,
    all_texts,
    by_name,
    click,
    opened_window,
    pick,
    post,
    wait_for_rows,
)

from bxgui.services.store import Store
from bxgui.services.store.store import FILE_NAME
from bxgui.services.workspace import Workspace
from bxgui.ui.main_window import MainWindow

FULL = "The disk is full. Free some space; nothing stored is lost."


def say(window: MainWindow, kind: str, **event: object) -> str:
    """Have the listener tell an event; what the message bar reads then."""
    window.control.listener.said.emit({"event": kind, **event})
    return shown(window)


def shown(window: MainWindow) -> str:
    return window.message.text if window.message.isVisible() else ""


def is_loud(window: MainWindow) -> bool:
    """Whether the message shown cannot be covered by another."""
    before = window.message.text
    window.message.show_message("something quiet", subject="something quiet")
    loud = window.message.text == before
    window.message.clear("something quiet")
    return loud


def test_calls_in_the_emergency_file_are_told(window: MainWindow) -> None:
    text = say(window, "not_stored", calls=2, reason=FULL, kept=True)
    assert text.startswith("Calls that could not be stored: 2. They are kept in an emergency file")
    assert text.endswith(FULL)
    assert is_loud(window)


def test_calls_that_are_lost_are_told(window: MainWindow) -> None:
    text = say(window, "not_stored", calls=1, reason=FULL, kept=False)
    assert text.startswith("Calls lost, for portals do not repeat them: 1.")
    assert "Start their workflows again" in text
    assert text.endswith(FULL)
    assert is_loud(window)


def test_calls_that_are_not_stored_are_counted_until_the_store_is_well(window: MainWindow) -> None:
    say(window, "not_stored", calls=2, reason=FULL, kept=True)
    say(window, "not_stored", calls=3, reason=FULL, kept=False)
    text = say(window, "not_stored", calls=4, reason=FULL, kept=True)
    assert "Calls lost, for portals do not repeat them: 3." in text
    assert "Calls that could not be stored: 6." in text
    say(window, "recovered", calls=6)
    text = say(window, "not_stored", calls=1, reason=FULL, kept=True)
    assert text.startswith("Calls that could not be stored: 1.")


def test_a_call_that_was_answered_503_is_told(window: MainWindow) -> None:
    text = say(window, "rejected", status=503, reason="the call could not be stored: KeyError")
    assert text.startswith("Calls lost")
    assert text.endswith("The call could not be stored: KeyError.")
    assert is_loud(window)


@pytest.mark.parametrize(("calls", "told"), [(3, True), (0, False)])
def test_a_store_that_can_be_written_again_is_told(
    window: MainWindow, calls: int, told: bool
) -> None:
    say(window, "not_stored", reason=FULL, kept=True)
    text = say(window, "recovered", calls=calls)
    assert text.startswith("The store can be written again.")
    assert ("taken in from the emergency file: 3." in text) == told
    assert not is_loud(window)
    by_name(window.message, QToolButton, "Close the message").click()
    assert shown(window) == ""


def test_posts_that_there_is_no_room_for_are_told(window: MainWindow) -> None:
    text = say(window, "rejected", status=503, reason="too many bodies are under way")
    assert "turned posts away: too many bodies are under way. Calls among them are lost" in text
    assert is_loud(window)


def test_a_post_that_is_no_call_is_told_and_its_list_offered(
    bench: Bench, window: MainWindow, qtbot: QtBot
) -> None:
    rejected = bench.reject()
    text = say(window, "rejected", status=415, reason="a body of the type 'a' is not understood")
    assert "rejected a post that is not a call: a body of the type 'a' is not understood." in text
    click(qtbot, window.message, "Show rejected posts")
    wait_for_rows(qtbot, window, [rejected])


def test_a_sender_that_has_gone_is_no_news(window: MainWindow) -> None:
    assert say(window, "rejected", status=0, reason="the sender broke off") == ""


def test_a_store_that_was_damaged_is_told_and_the_new_one_shown(
    bench: Bench, window: MainWindow, qtbot: QtBot
) -> None:
    (former,) = bench.take(post(1))
    wait_for_rows(qtbot, window, [former])
    pick(qtbot, window, former)
    other = bench.open()
    other.store.begin_anew(bench.clock())
    text = say(window, "set_aside", name=other.store.set_aside)
    assert "was damaged" in text
    assert f"in the file {other.store.set_aside}" in text
    assert is_loud(window)

    wait_for_rows(qtbot, window, [])
    assert window.call_view.call is None
    bench.take_many(3, store=other.store)
    wait_for_rows(qtbot, window, [3, 2, 1])
    other.close()


def test_a_store_that_the_window_found_damaged_is_told(
    bench: Bench, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    (bench.folder / FILE_NAME).write_bytes(b"nonsense" * 1000)
    for suffix in ("-wal", "-shm"):
        (bench.folder / f"{FILE_NAME}{suffix}").unlink(missing_ok=True)

    def open_or_begin_anew() -> Workspace:
        store = Store.open_or_begin_anew(bench.folder, bench.clock())
        return Workspace(store, lambda _store_id: bench.key, bench.clock)

    monkeypatch.setattr(bench, "open", open_or_begin_anew)
    with opened_window(bench, qtbot) as window:
        qtbot.waitUntil(lambda: "was damaged" in window.message.text, timeout=WAIT)


def test_a_store_that_was_gone_is_told(window: MainWindow) -> None:
    text = say(window, "set_aside", name="")
    assert "file was gone" in text
    assert is_loud(window)


def test_another_file_in_the_place_of_the_store_is_told(window: MainWindow) -> None:
    text = say(window, "replaced", name="store.sqlite3.former-1")
    assert "Another file was put in the store's place" in text
    assert "kept beside it as store.sqlite3.former-1." in text
    assert is_loud(window)
    assert "kept beside it" not in say(window, "replaced", name="")


@pytest.mark.parametrize(
    ("reason", "kept", "words"),
    [
        ("", True, "were put there again: 3."),
        (FULL, True, "kept in an emergency file"),
        (FULL, False, "could not be kept elsewhere: 3."),
    ],
)
def test_acknowledged_calls_that_were_missing_are_told(
    window: MainWindow, reason: str, kept: bool, words: str
) -> None:
    text = say(window, "brought_over", calls=3, reason=reason, kept=kept)
    assert words in text
    assert is_loud(window)


def test_a_store_that_cannot_be_used_is_told_until_it_can(window: MainWindow) -> None:
    text = say(window, "cannot_store", reason=FULL)
    assert text.startswith("The listener cannot use the store: The disk is full.")
    assert is_loud(window)
    assert say(window, "recovered", calls=0) == "The store can be written again."


def test_a_certificate_that_cannot_be_used_is_told(window: MainWindow) -> None:
    text = say(window, "tls_problem", reason="The TLS key k.pem needs a passphrase.")
    assert "cannot be used: The TLS key k.pem needs a passphrase. The listener goes on" in text
    assert is_loud(window)
    text = say(window, "tls_reloaded", expires_at=None)
    assert text == "The listener has taken the new TLS certificate."


def test_a_certificate_that_portals_refuse_is_told(window: MainWindow) -> None:
    text = say(window, "tls_warning", reason="The TLS certificate expired on 2026-01-01: …")
    assert text == "The TLS certificate expired on 2026-01-01: …"
    assert is_loud(window)


def test_a_new_secret_address_is_shown_and_can_be_copied(window: MainWindow, qtbot: QtBot) -> None:
    old, new = "http://127.0.0.1:1/h/old", "http://127.0.0.1:1/h/new"
    say(window, "listening", url=old, local_url=old)
    text = say(window, "address", url=new, local_url=new)
    assert "register them again" in text
    assert new not in text
    assert window.listener_bar.url == new
    assert window.control.local_url == new
    click(qtbot, window.message, "Copy the new address")
    assert QGuiApplication.clipboard().text() == new


def test_a_disk_that_is_nearly_full_is_told_until_it_has_room(window: MainWindow) -> None:
    text = say(window, "disk_low", free=412_000_000)
    assert "nearly full: 412 MB are left" in text
    assert is_loud(window)
    assert say(window, "status", disk_low=True) == text
    assert say(window, "disk_ok") == ""

    say(window, "disk_low", free=1)
    assert say(window, "status", disk_low=False) == ""


def test_events_of_a_later_version_do_no_harm(window: MainWindow) -> None:
    assert say(window, "something_new", reason="?") == ""
    assert say(window, "status", calls_per_minute=None, last_call_at=5) == ""


def test_a_listener_that_ends_before_it_listened_is_not_started_again(
    window: MainWindow, qtbot: QtBot
) -> None:
    with qtbot.assertNotEmitted(window.control.restarting):
        window.control.listener.ended.emit("This user may not listen on port 80. Choose another.")
    assert "The listener has stopped: This user may not listen on port 80." in shown(window)
    assert "Restart listener" in all_texts(window.message)
