from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from listening import (
    WAIT,
    ask,
    command,
    complaint_of,
    connect,
    head,
    listening,
    status_of,
    without_keyring,
)
from posts import NOW, Post

from bxgui.core.listing import Group, TokenQuery
from bxgui.services import settings
from bxgui.services.settings import Settings
from bxgui.services.store import Store
from bxgui.services.store.identity import kept_copy, read_identity


@pytest.fixture
def bxgui(tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Commands on the same folder as the listener's."""

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command(tmp_path, *arguments),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=WAIT,
            check=False,
            env=without_keyring(tmp_path),
        )

    return run


Command = Callable[..., "subprocess.CompletedProcess[str]"]


def secret_of(url: str) -> str:
    return url.rpartition("/h/")[2]


def test_rotation_by_another_process_is_followed_without_a_restart(
    tmp_path: Path, bxgui: Command
) -> None:
    with listening(tmp_path, "--public-url", "https://hook.example.com") as running:
        first = running.url
        rotated = json.loads(bxgui("address", "rotate", "--json").stdout)
        second = running.next_event("address")
        answers = [ask(url, method="GET")[0] for url in (first, second["local_url"])]
        bxgui("address", "rotate", "--honour-old", "0")
        third = running.next_event("address")
        later = [
            ask(url, method="GET")[0] for url in (first, second["local_url"], third["local_url"])
        ]

    assert json.loads(running.lines[0])["event"] == "listening"
    assert secret_of(rotated["url"]) == secret_of(second["url"])
    assert second["url"].startswith("https://hook.example.com/h/")
    with closing(Store.open(tmp_path)) as store:
        kept = kept_copy(tmp_path)
        with store.database.read() as connection:
            assert kept == read_identity(connection)
    assert answers == [200, 200]
    assert later == [404, 404, 200]
    assert not (tmp_path / "bxgui.log").exists()


def test_address_is_printed_with_the_dates_of_former_ones(tmp_path: Path, bxgui: Command) -> None:
    settings.save(tmp_path, Settings(port=9000, public_url="https://hook.example.com/in"))
    with closing(Store.open(tmp_path)) as store:
        (first,) = store.listener_paths.honoured(NOW)

    alone = bxgui("address")
    rotated = bxgui("address", "rotate", "--honour-old", "3")
    document = json.loads(bxgui("address", "--json").stdout)

    with closing(Store.open(tmp_path)) as store:
        second, former = store.listener_paths.all()
    base = "https://hook.example.com/in/h"
    assert alone.stdout == f"{base}/{first.secret}\n"
    new_line, old_line, advice = rotated.stdout.splitlines()
    assert new_line == f"{base}/{second.secret}"
    assert old_line.startswith(f"{base}/{first.secret}  honoured until ")
    assert advice.startswith("Register the rules again with the new address")
    assert advice.endswith("until the moment named.")
    assert former.honoured_until == second.created_at + timedelta(days=3)
    assert document["url"] == new_line
    assert document["local_url"] == f"http://127.0.0.1:9000/h/{second.secret}"
    assert [one["url"] for one in document["former"]] == [f"{base}/{first.secret}"]
    assert old_line.endswith(document["former"][0]["honoured_until"])
    assert (alone.stderr, rotated.stderr) == ("", "")


def test_address_of_a_listener_without_a_public_one_is_its_local_one(
    tmp_path: Path, bxgui: Command
) -> None:
    settings.save(tmp_path, Settings(host="::", port=443, tls_certificate="a.pem", tls_key="a.key"))

    rotated = bxgui("address", "rotate", "--honour-old", "0")

    url, advice = rotated.stdout.splitlines()
    assert url.startswith("https://[::1]:443/h/")
    assert advice.endswith("their calls are lost.")


@pytest.mark.parametrize("days", ["-1", "x", "1.5", "3651", "٣", "9" * 5000])
def test_days_that_cannot_be_are_wrong_usage(bxgui: Command, days: str) -> None:
    ended = bxgui("address", "rotate", f"--honour-old={days}")

    assert ended.returncode == 2
    assert "is not a number of days" in ended.stderr
    assert len(ended.stderr.splitlines()) == 1


@pytest.mark.parametrize("arguments", [("address",), ("address", "rotate")])
@pytest.mark.parametrize("line", ["port = 'x'", "port = 65536", "public_url = 'https://'"])
def test_nothing_is_rotated_with_settings_that_cannot_be_used(
    tmp_path: Path, bxgui: Command, arguments: tuple[str, ...], line: str
) -> None:
    (tmp_path / "settings.toml").write_text(f"[listener]\n{line}\n")

    ended = bxgui(*arguments)

    assert ended.returncode == 1
    assert ended.stderr.startswith(f"bxgui: {line.partition(' ')[0]} in ")
    assert ended.stdout == ""
    with closing(Store.open(tmp_path)) as store:
        assert store.listener_paths.all() == []


def test_only_allowed_networks_are_served_and_the_real_address_is_kept(tmp_path: Path) -> None:
    with listening(
        tmp_path, "--allow", "203.0.113.0/24", "--allow", "::1", "--proxy", "127.0.0.1"
    ) as running:
        forwarded = {"X-Forwarded-For": "203.0.113.7, 198.51.100.9"}
        refused, answer = ask(running.url, Post(1).body, headers=forwarded)
        told = running.next_event("rejected")
        taken, _ = ask(
            running.url, Post(2).body, headers={"X-Forwarded-For": "198.51.100.9, 203.0.113.7"}
        )
        stored = running.next_event("stored")
        with connect(running.url) as connection:
            connection.sendall(head(running.url, Content_Length=1_000_000))
            unread = status_of(connection)
        page, _ = ask(running.url, method="GET")
        elsewhere, _ = ask(running.url + "x", method="GET")

    reason = "198.51.100.9 is not in the allowed networks"
    assert (refused, taken, unread, page, elsewhere) == (403, 200, 403, 403, 404)
    assert json.loads(answer)["error"] == "not_allowed"
    assert told["reason"] == reason
    with closing(Store.open(tmp_path)) as store:
        rejected = store.calls.ids(TokenQuery(group=Group.REJECTED), NOW)
        details = [store.calls.detail(one, NOW) for one in (stored["id"], *rejected)]
    peers = [detail.peer for detail in details if detail is not None]
    assert peers[0].startswith("203.0.113.7 via 127.0.0.1:")
    assert sorted(peer.split(":")[0] for peer in peers[1:]) == [
        "127.0.0.1",
        "198.51.100.9 via 127.0.0.1",
    ]
    oldest = details[-1]
    assert oldest is not None
    assert (oldest.status, oldest.reason) == (403, reason)
    assert oldest.body == b""


def test_bad_network_in_the_settings_stops_the_start(tmp_path: Path, bxgui: Command) -> None:
    settings.save(tmp_path, Settings(port=0, allowed_networks=("office",)))

    ended = bxgui("listen", "--json")

    assert ended.returncode == 1
    assert ended.stdout == ""
    assert complaint_of(ended.stderr) == (
        f"allowed_networks in {tmp_path / 'settings.toml'} holds 'office', which is no "
        "network such as 203.0.113.0/24 and no address. Mend or remove it."
    )


@pytest.mark.parametrize(
    "arguments", [("--allow", "office"), ("--proxy", "1.2.3"), ("--tls-certificate", "a.pem")]
)
def test_bad_option_stops_the_start(bxgui: Command, arguments: tuple[str, ...]) -> None:
    ended = bxgui("listen", "--json", "--port", "0", *arguments)

    assert ended.returncode == 2
    assert ended.stdout == ""
    assert complaint_of(ended.stderr).startswith(arguments[0])
