"""Where a program gets the store's key from: the keyring, a running listener, or nowhere."""

from __future__ import annotations

import queue
import threading

from bxgui.services import key_sharing, vault
from bxgui.services.vault import StoreKey

UNLOCK_SECONDS = 60


def obtain(store_id: str, wait_seconds: float = UNLOCK_SECONDS) -> StoreKey:
    """The key kept in the keyring, else the one a running listener holds, else a new one.

    Waits that long for a person to unlock the keyring.
    """
    key = _from_keyring(store_id, wait_seconds)
    return key if key.kept else key_sharing.borrow(store_id) or key


def _from_keyring(store_id: str, wait_seconds: float) -> StoreKey:
    answers: queue.SimpleQueue[StoreKey | Exception] = queue.SimpleQueue()

    def ask() -> None:
        try:
            answers.put(vault.keyring_key(store_id))
        except Exception as error:  # noqa: BLE001 - a backend may raise anything of its own
            answers.put(error)

    threading.Thread(target=ask, name="keyring", daemon=True).start()
    try:
        answer = answers.get(timeout=wait_seconds)
    except queue.Empty:
        return vault.new_key("the keyring was not unlocked")
    if isinstance(answer, Exception):
        return vault.new_key(f"the keyring does not answer ({type(answer).__name__})")
    return answer
