from __future__ import annotations

from datetime import datetime, timedelta
from ipaddress import ip_address

import pytest
from posts import NOW

from bxgui.core.client_address import networks_of
from bxgui.services.listener.gate import Gate
from bxgui.services.store.listener_paths import ListenerPath

HOUR = timedelta(hours=1)
PATHS = (ListenerPath("new", NOW), ListenerPath("old", NOW - HOUR, NOW + HOUR))


class Clock:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


def test_path_stops_being_ours_at_its_date_while_the_listener_runs() -> None:
    clock = Clock()
    gate = Gate(PATHS, clock)
    assert [gate.is_ours(path) for path in ("/h/new", "/h/old/", "/h/other")] == [True, True, False]

    clock.now = NOW + HOUR

    assert [gate.is_ours(path) for path in ("/h/new", "/h/old")] == [True, False]


def test_paths_are_replaced_while_the_listener_runs() -> None:
    gate = Gate(PATHS, Clock())

    gate.replace_paths([ListenerPath("newer", NOW), ListenerPath("new", NOW, NOW)])

    assert gate.secret == "newer"
    assert [gate.is_ours(f"/h/{one}") for one in ("newer", "new", "old")] == [True, False, False]


@pytest.mark.parametrize("path", ["", "/", "/h", "/h/", "new", "/h/NEW", "/h/new/x", "/h/\udcff"])
def test_other_paths_are_not_ours(path: str) -> None:
    assert not Gate(PATHS, Clock()).is_ours(path)


@pytest.mark.parametrize(
    ("host", "forwarded", "address", "shown"),
    [
        ("192.0.2.1", [], "192.0.2.1", "192.0.2.1:99"),
        ("192.0.2.1", ["203.0.113.7"], "192.0.2.1", "192.0.2.1:99"),
        ("127.0.0.1", ["203.0.113.7"], "203.0.113.7", "203.0.113.7 via 127.0.0.1:99"),
        ("127.0.0.1", [], "127.0.0.1", "127.0.0.1:99"),
        ("::ffff:127.0.0.1", ["2a00::1"], "2a00::1", "2a00::1 via 127.0.0.1:99"),
        ("2a00::2", [], "2a00::2", "[2a00::2]:99"),
    ],
)
def test_sender_is_shown_with_the_proxy_that_it_came_over(
    host: str, forwarded: list[str], address: str, shown: str
) -> None:
    sender = Gate(PATHS, Clock(), (), networks_of(["127.0.0.0/8"])).sender(host, 99, forwarded)

    assert sender.address == ip_address(address)
    assert sender.shown == shown


def test_everybody_is_admitted_where_no_networks_are_named() -> None:
    gate = Gate(PATHS, Clock())

    assert gate.admits(gate.sender("198.51.100.1", 1, []))
    assert gate.admits(gate.sender("", 0, []))


def test_only_named_networks_are_admitted() -> None:
    gate = Gate(PATHS, Clock(), networks_of(["203.0.113.0/24", "2a00::/16"]))

    assert gate.admits(gate.sender("203.0.113.7", 1, []))
    assert gate.admits(gate.sender("2a00::1", 1, []))
    assert not gate.admits(gate.sender("198.51.100.1", 1, ["203.0.113.7"]))
    assert not gate.admits(gate.sender("", 0, ["203.0.113.7"]))
