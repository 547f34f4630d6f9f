"""A program that queues replies, and is killed at a step that its command line names."""

from __future__ import annotations

import base64
import os
import signal
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

from posts import NOW
from sending import WAIT, answer, outbox_of

from bxgui.services.portal_client import PortalClient
from bxgui.services.queue_item import ManyReply
from bxgui.services.replies import Outbox
from bxgui.services.reply_requests import ReplyRequests
from bxgui.services.store import Store
from bxgui.services.store.replies import Replies
from bxgui.services.vault import StoreKey

STEPS: dict[str, tuple[type, str]] = {
    "create": (Replies, "create_all"),
    "begin": (Replies, "begin_attempt"),
    "begin_batch": (Replies, "begin_batch"),
    "ask": (PortalClient, "ask"),
    "finish": (Replies, "finish_attempt"),
    "finish_batch": (Replies, "finish_batch"),
}


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def kill_at(when: str, step: str) -> None:
    """Have this process die before or after the first time that it takes a step."""
    owner, name = STEPS[step]
    take: Callable[..., Any] = getattr(owner, name)

    def taken(*given: Any, **named: Any) -> Any:
        if when == "before":
            die()
        result = take(*given, **named)
        die()
        return result

    setattr(owner, name, taken)


def queue_all(outbox: Outbox, store: Store, key: StoreKey, ids: list[int], together: bool) -> None:
    """Queue a reply to each call, and begin to send when all of them are queued."""
    outbox.pause()
    replies = [answer(call_id, [("Comment", "yes")]) for call_id in ids]
    if together:
        requests = ReplyRequests(store, lambda: key, lambda: NOW)
        portal_id = store.portals.all()[0].id
        commands = [one for one in requests.commands(replies) if isinstance(one, str)]
        many = [ManyReply(portal_id, *one) for one in zip(replies, commands, strict=True)]
        outbox.submit_all(many, lambda _: None, generation=store.database.generation)
    else:
        futures = [outbox.submit(reply) for reply in replies]
    outbox.resume()
    if together:
        sys.stdin.read()  # for as long as the test wants
    else:
        for future in futures:
            future.result(WAIT)


def main(folder: str, together: str, steps: str, *ids: str) -> None:
    key = StoreKey(base64.b64decode(sys.stdin.readline()), reason="this is a test")
    with closing(Store.open(Path(folder))) as store:
        outbox = outbox_of(store, key, lambda: NOW)
        if steps:
            when, _, step = steps.partition(" ")
            kill_at(when, step)
        queue_all(outbox, store, key, list(map(int, ids)), together == "together")


if __name__ == "__main__":
    main(*sys.argv[1:])
