"""What the window says of an application's installation and removal."""

from __future__ import annotations

from dataclasses import replace

import pytest
from portal_server import PortalServer
from posts import AppPost, Post
from pytestqt.qtbot import QtBot
from ui.ui_parts import (
    WAIT,
    Bench,
    answer,
    button,
    click,
    desk_of,
    pick,
    post,
    wait_for_rows,
)

from bxgui.core.life_cycle import Effect
from bxgui.core.listing import Group, TokenQuery
from bxgui.core.redact import digest, fingerprint
from bxgui.ui import life_cycle_texts
from bxgui.ui.main_window import MainWindow
from bxgui.ui.state_tabs import OTHERS

OTHER_TOKEN = "f" * 32
INSTALL = AppPost()
UNINSTALL = AppPost("ONAPPUNINSTALL")
OTHER_INSTALL = AppPost(application_token=OTHER_TOKEN)


def take(bench: Bench, *posts: Post | AppPost) -> list[int]:
    """Store posts, each in a transaction of its own."""
    ids: list[int] = []
    for one in posts:
        ids += bench.take(one.arrival(bench.clock()) if isinstance(one, AppPost) else one)
    return ids


def show_event(bench: Bench, window: MainWindow, qtbot: QtBot, *events: AppPost) -> int:
    """Events in the list, the last one selected."""
    ids = take(bench, *events)
    window.tabs.choose(OTHERS)
    desk_of(window).note_change()
    wait_for_rows(qtbot, window, list(bench.workspace.token_ids(TokenQuery(group=Group.OTHERS))))
    pick(qtbot, window, ids[-1])
    return ids[-1]


def show_call(bench: Bench, window: MainWindow, qtbot: QtBot, call_id: int) -> None:
    desk_of(window).note_change()
    wait_for_rows(qtbot, window, [call_id])
    pick(qtbot, window, call_id)


def has_trust_button(window: MainWindow) -> bool:
    return window.call_view.notice._button.isVisible()


def test_an_installation_says_so_and_offers_trust(
    bench: Bench, window: MainWindow, qtbot: QtBot
) -> None:
    show_event(bench, window, qtbot, INSTALL)
    notice = window.call_view.notice
    assert "was installed or updated" in notice.text
    click(qtbot, notice, "Trust…")
    said = answer(qtbot, window, "Trust this portal")
    assert fingerprint(digest(INSTALL.application_token)) in said
    qtbot.waitUntil(lambda: bench.workspace.portals()[0].trusted, timeout=WAIT)
    qtbot.waitUntil(lambda: not has_trust_button(window), timeout=WAIT)
    assert "was installed or updated" in notice.text


def test_an_installation_with_another_token_is_trusted_anew_from_its_row(
    bench: Bench, window: MainWindow, qtbot: QtBot
) -> None:
    (call_id,) = take(bench, post(1))
    bench.workspace.trust_call(bench.call(call_id))
    show_event(bench, window, qtbot, OTHER_INSTALL)
    notice = window.call_view.notice
    assert "another application token" in notice.text
    assert "changed nothing" in notice.text
    click(qtbot, notice, "Trust…")
    said = answer(qtbot, window, "Trust this portal")
    assert "Trusted until now: portal.example.org" in said
    assert fingerprint(digest(OTHER_TOKEN)) in said
    qtbot.waitUntil(lambda: "was installed or updated" in notice.text, timeout=WAIT)
    assert bench.workspace.portals()[0].application_digest == digest(OTHER_TOKEN)


def test_a_suspicious_call_of_a_portal_not_trusted_shows_what_was_installed(
    bench: Bench, window: MainWindow, qtbot: QtBot
) -> None:
    _, call_id = take(bench, INSTALL, post(1, application_token=OTHER_TOKEN))
    show_call(bench, window, qtbot, call_id)
    assert "another application token" in window.call_view.notice.text
    click(qtbot, window.call_view.notice, "Trust…")
    said = answer(qtbot, window, "Cancel")
    token = fingerprint(digest(INSTALL.application_token))
    assert f"Installed last: portal.example.org, application token {token}." in said
    assert "Trusted until now" not in said


def test_an_installation_at_another_address_says_so(
    bench: Bench, window: MainWindow, qtbot: QtBot
) -> None:
    (call_id,) = take(bench, post(1))
    bench.workspace.trust_call(bench.call(call_id))
    show_event(bench, window, qtbot, replace(INSTALL, endpoint="https://moved.example.org/rest/"))
    assert "another address" in window.call_view.notice.text
    assert has_trust_button(window)


def test_a_removal_says_what_it_did(bench: Bench, window: MainWindow, qtbot: QtBot) -> None:
    removal = show_event(bench, window, qtbot, INSTALL, UNINSTALL)
    notice = window.call_view.notice
    assert notice.text == life_cycle_texts.effect_text(Effect.REMOVED)
    assert not has_trust_button(window)
    show_event(bench, window, qtbot, INSTALL)
    pick(qtbot, window, removal)
    back = life_cycle_texts.effect_text(Effect.BACK)
    assert notice.text == back


def test_a_removal_with_another_token_says_why_it_did_nothing(
    bench: Bench, window: MainWindow, qtbot: QtBot
) -> None:
    show_event(bench, window, qtbot, INSTALL, replace(UNINSTALL, application_token=OTHER_TOKEN))
    assert window.call_view.notice.text == life_cycle_texts.effect_text(Effect.OTHER_REMOVAL)
    assert not has_trust_button(window)


def test_an_event_of_another_kind_is_shown_only_where_it_is_suspicious(
    bench: Bench, window: MainWindow, qtbot: QtBot
) -> None:
    test = AppPost("ONAPPTEST")
    show_event(bench, window, qtbot, INSTALL, test)
    assert not window.call_view.notice.isVisible()
    show_event(bench, window, qtbot, replace(test, application_token=OTHER_TOKEN))
    qtbot.waitUntil(window.call_view.notice.isVisible, timeout=WAIT)
    assert "another application token" in window.call_view.notice.text
    assert not has_trust_button(window)


@pytest.mark.parametrize(
    ("trusted", "changes", "first"),
    [
        pytest.param(True, {}, "The application was removed", id="trusted"),
        pytest.param(True, {"use_subscription": "N"}, "The application was removed", id="no wait"),
        pytest.param(False, {}, "You have not trusted this portal yet", id="not trusted"),
        pytest.param(
            True,
            {"application_token": OTHER_TOKEN},
            "The call carries another application token",
            id="suspicious",
        ),
    ],
)
def test_a_call_says_that_its_application_is_gone(
    bench: Bench,
    window: MainWindow,
    qtbot: QtBot,
    trusted: bool,
    changes: dict[str, object],
    first: str,
) -> None:
    (installed,) = take(bench, INSTALL)
    if trusted:
        bench.workspace.trust_call(bench.call(installed))
    call_id, _ = take(bench, post(1, **changes), UNINSTALL)
    show_call(bench, window, qtbot, call_id)
    notice = window.call_view.notice
    assert notice.isVisible()
    assert notice.text.startswith(first)
    gone = life_cycle_texts.gone_text(bench.workspace.portals()[0])
    assert gone.endswith("the portal will refuse replies.")
    assert gone in notice.text


def test_the_notice_goes_when_the_application_is_back(
    bench: Bench, window: MainWindow, qtbot: QtBot
) -> None:
    (installed,) = take(bench, INSTALL)
    bench.workspace.trust_call(bench.call(installed))
    call_id, _ = take(bench, post(1), UNINSTALL)
    show_call(bench, window, qtbot, call_id)
    notice = window.call_view.notice
    assert notice.isVisible()
    take(bench, INSTALL)
    desk_of(window).note_change()
    qtbot.waitUntil(lambda: not notice.isVisible(), timeout=WAIT)


def test_a_call_with_no_application_token_asks_expressly(
    bench: Bench, window: MainWindow, qtbot: QtBot, portal: PortalServer
) -> None:
    first, nameless = post(1, endpoint=portal.endpoint), post(2, endpoint=portal.endpoint)
    (call_id,) = take(bench, first)
    bench.workspace.trust_call(bench.call(call_id))
    (suspicious,) = take(bench, replace(nameless, application_token=""))
    desk_of(window).note_change()
    wait_for_rows(qtbot, window, [suspicious, call_id])
    pick(qtbot, window, suspicious)
    click(qtbot, window.call_view.form, "Send reply")
    assert "suspicious" in answer(qtbot, window, "Cancel")
    assert not portal.was_asked()
    assert button(window.call_view.form, "Send reply").isEnabled()


@pytest.mark.parametrize("effect", list(Effect))
def test_every_effect_has_a_text(effect: Effect) -> None:
    assert life_cycle_texts.effect_text(effect).endswith(".")


def test_a_portal_that_is_not_gone_has_no_text(bench: Bench) -> None:
    take(bench, INSTALL)
    assert life_cycle_texts.gone_text(None) == ""
    assert life_cycle_texts.gone_text(bench.workspace.portals()[0]) == ""
