"""The real listener killed at any moment under load: what it acknowledged is in the store."""

from __future__ import annotations

import http.client
import threading
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit

from listening import WAIT, Listening, listening
from posts import FORM, NOW, Post

from bxgui.core.listing import TokenQuery
from bxgui.services.intake import reopen
from bxgui.services.store import Store
from bxgui.services.vault import StoreKey, key_line, new_key

ROUNDS = 20
SENDERS = 4


class Sender(threading.Thread):
    """Posts call after call over one connection until the listener is gone."""

    def __init__(self, url: str, first: int) -> None:
        super().__init__()
        self._url = url
        self._next = first
        self.acknowledged: list[int] = []
        self.begun = threading.Event()

    def run(self) -> None:
        parts = urlsplit(self._url)
        connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=WAIT)
        try:
            # Bounded, should nobody kill the listener.
            for number in range(self._next, self._next + 10_000):
                connection.request("POST", parts.path, Post(number).body, {"Content-Type": FORM})
                answer = connection.getresponse()
                answer.read()
                assert answer.status == 200
                self.acknowledged.append(number)
                self.begun.set()
        except (OSError, http.client.HTTPException):
            return
        finally:
            self.begun.set()
            connection.close()


def load_and_kill(running: Listening, first: int, at_least: int) -> list[int]:
    """Numbers of the calls that were acknowledged before the listener was killed."""
    senders = [Sender(running.url, first + 10_000 * one) for one in range(SENDERS)]
    for sender in senders:
        sender.start()
    for _ in range(at_least):
        running.next_event("stored")
    running.process.kill()
    for sender in senders:
        sender.join(WAIT)
        assert not sender.is_alive()
    return [number for sender in senders for number in sender.acknowledged]


def test_what_a_killed_listener_acknowledged_is_in_the_store_whole_and_once(
    tmp_path: Path,
) -> None:
    key = StoreKey(new_key("").secret, keeper="Secret Service")
    acknowledged: list[int] = []
    for number in range(ROUNDS):
        first = 100_000 * (number + 1)
        arguments = ("--key-from-stdin",)
        with listening(tmp_path, *arguments, first_input=key_line(key)) as running:
            # Killed after another number of calls in each round, so at another moment.
            acknowledged += load_and_kill(running, first, at_least=1 + 7 * number)

    with closing(Store.open(tmp_path)) as store:
        bodies = bodies_in(store, key)
    assert len(acknowledged) > ROUNDS
    assert len(set(bodies)) == len(bodies)
    missing = {Post(number).body for number in acknowledged} - set(bodies)
    assert missing == set()


def bodies_in(store: Store, key: StoreKey) -> list[bytes]:
    found = []
    for call_id in store.calls.ids(TokenQuery(), NOW):
        sealed = store.calls.sealed(call_id)
        assert sealed is not None
        found.append(reopen(sealed, key).body)
    return found
