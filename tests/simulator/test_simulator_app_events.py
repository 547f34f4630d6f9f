"""The life of the application, as its handler is told of it."""

from __future__ import annotations

import pytest
from simulated import NOW, handler, payload, portal, served

from bxgui.core.handler_call import AppEvent, HandlerCall, recognise
from bxgui.core.phpform import decode
from bxgui.simulator.app_events import AppChange


def names(body: bytes) -> list[bytes]:
    return [pair.partition(b"=")[0] for pair in body.strip().split(b"&")]


@pytest.mark.parametrize(
    ("change", "recording"),
    [
        (AppChange.INSTALL, "40-event-onappinstall-2020.form"),
        (AppChange.UNINSTALL, "42-event-onappuninstall.form"),
    ],
)
def test_an_event_has_the_fields_of_a_recorded_one(change: AppChange, recording: str) -> None:
    event = portal().change_application(change)

    assert sorted(names(event.body)) == sorted(names(payload(recording)))
    assert event.name == f"ONAPP{change.upper()}"


def test_an_event_tells_when_and_from_where() -> None:
    of = portal()

    event = recognise(decode(of.change_application(AppChange.UPDATE).body), {})

    assert isinstance(event, AppEvent)
    assert event.event == "ONAPPUPDATE"
    assert event.data == {"VERSION": "2", "PREVIOUS_VERSION": "1", "LANGUAGE_ID": "en"}
    assert event.auth.expires == int(NOW) + 3600
    assert event.auth.application_token == of.application_token


def test_a_new_version_has_another_application_token_and_a_removed_one_keeps_it() -> None:
    of = portal()
    tokens = [of.application_token]
    for change in (AppChange.UNINSTALL, AppChange.INSTALL, AppChange.UPDATE):
        of.change_application(change)
        tokens.append(of.application_token)

    assert tokens[0] == tokens[1]
    assert len(set(tokens)) == 3


def test_secrets_stay_out_of_what_is_printed() -> None:
    of = portal()

    assert of.application_token not in repr(of.change_application(AppChange.INSTALL))


def test_the_application_is_told_of_its_life_and_registers_its_rules_again() -> None:
    with served() as client, handler() as hook:
        removed = client.served.change_application(AppChange.UNINSTALL, hook.url)
        rules = client.served.portal.rules
        with pytest.raises(KeyError):
            rules["get_days"]
        installed = client.served.change_application(AppChange.INSTALL, hook.url)
        client.served.deliver("get_days", hook.url)
        first, second, third = (recognise(decode(hook.next().body), {}) for _ in range(3))

    assert (removed.status, installed.status) == (200, 200)
    assert isinstance(first, AppEvent)
    assert isinstance(second, AppEvent)
    assert (first.event, second.event) == ("ONAPPUNINSTALL", "ONAPPINSTALL")
    assert first.auth.access_token == ""
    assert isinstance(third, HandlerCall)
    assert third.auth.application_token == second.auth.application_token


def test_an_event_that_nobody_takes_is_told() -> None:
    with served() as client:
        announced = client.served.change_application(AppChange.INSTALL, "nowhere")

    assert announced.status is None
    assert "ValueError" in announced.failure
