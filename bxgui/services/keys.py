"""Where a program gets the store's key from: the keyring, a running listener, or nowhere."""

from __future__ import annotations

from dataclasses import replace

from bxgui.core.records import Arrival
from bxgui.services import intake, key_sharing, vault
from bxgui.services.key_sharing import LenderSilent
from bxgui.services.store.calls import SealedCall
from bxgui.services.time_limit import within
from bxgui.services.vault import SecretsLocked, StoreKey

UNLOCK_SECONDS = 60
_OUT_OF_REACH = (
    "The call's tokens cannot be read: the key that they were encrypted under is kept in memory "
    "only, and the program that holds it does not answer now. Try again."
)


def obtain(store_id: str, wait_seconds: float = UNLOCK_SECONDS) -> StoreKey:
    """The key kept in the keyring, else the one a running listener holds, else a new one.

    Waits that long for a person to unlock the keyring.
    """
    key = _from_keyring(store_id, wait_seconds)
    if key.kept:
        return key
    try:
        return key_sharing.borrow(store_id) or key
    except LenderSilent:
        reason = f"{key.reason}, and the program that holds the store's key does not answer"
        return replace(key, reason=reason)


def reopen(call: SealedCall, key: StoreKey, store_id: str) -> Arrival:
    """A POST with its secrets, by this key or by the one that a running listener lends.

    Raises `SecretsLocked` when neither is the key they were sealed under.
    """
    return intake.reopen(call, fitting(call.key_id, key, store_id))


def fitting(key_id: str | None, key: StoreKey, store_id: str) -> StoreKey:
    """The key that something was sealed under: this one, or one that a running listener lends.

    Raises `SecretsLocked` for any other.
    """
    if key_id in {None, key.id}:
        return key
    try:
        lent = key_sharing.borrow(store_id)
    except LenderSilent as silent:
        raise SecretsLocked(_OUT_OF_REACH) from silent
    if lent is None or lent.id != key_id:
        raise SecretsLocked
    return lent


def _from_keyring(store_id: str, wait_seconds: float) -> StoreKey:
    try:
        return within(wait_seconds, lambda: vault.keyring_key(store_id), "keyring")
    except TimeoutError:
        return vault.new_key("the keyring was not unlocked")
    except Exception as error:  # noqa: BLE001 - a backend may raise anything of its own
        return vault.new_key(f"the keyring does not answer ({type(error).__name__})")
