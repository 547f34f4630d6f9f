"""The vault: a key kept in the keyring, and what is encrypted under it."""

from __future__ import annotations

import base64
import hashlib
import json
import os
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import keyring
import keyring.backend
import keyring.errors
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from bxgui.core.redact import Cut

SERVICE = "bxgui"
_KEY_BYTES = 32
_NONCE_BYTES = 12
NO_KEYRING = "this computer has no keyring that keeps secrets"
_DROPPED = "the keyring does not keep what it is given"
_NONCES_AT_ONCE = 64
_NONCES: deque[bytes] = deque()
if hasattr(os, "register_at_fork"):
    # A nonce used twice would give the sealed away.
    os.register_at_fork(after_in_child=_NONCES.clear)

# keyring also knows backends that keep nothing or keep clear text; only these keep a secret.
_REAL_BACKENDS = {
    "keyring.backends.SecretService": "Secret Service",
    "keyring.backends.libsecret": "Secret Service",
    "keyring.backends.kwallet": "KWallet",
    "keyring.backends.macOS": "macOS Keychain",
    "keyring.backends.Windows": "Windows Credential Manager",
}
_KEY_IS_GONE = (
    "The call's tokens cannot be read: the key that they were encrypted under was kept in memory "
    "only, and the program that held it has ended."
)


class SecretsLocked(Exception):
    """Secrets that cannot be read: the key they were encrypted under is gone."""

    code = "secrets_locked"

    def __init__(self, message: str = _KEY_IS_GONE) -> None:
        super().__init__(message)


@lru_cache(8)
def _id_of(secret: bytes) -> str:
    return hashlib.sha256(b"bxgui key\0" + secret).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class StoreKey:
    """The key of one store; `keeper` names where it is kept, empty when only in memory."""

    secret: bytes
    keeper: str = ""
    reason: str = ""

    @property
    def kept(self) -> bool:
        """Whether the key outlives the program."""
        return bool(self.keeper)

    @property
    def id(self) -> str:
        """Recognises the key without revealing it."""
        return _id_of(self.secret)


@dataclass(frozen=True, slots=True)
class Keeping:
    """What the keyring says of a secret; `reason` tells why it is of no use."""

    keeper: str = ""
    reason: str = ""
    secret: bytes | None = field(default=None, repr=False)


def new_key(reason: str) -> StoreKey:
    """A key that lives in memory only, with the reason why."""
    return StoreKey(os.urandom(_KEY_BYTES), reason=reason)


def backend_names() -> tuple[str, str]:
    """Who would keep secrets, empty when nobody does, and the name of the module that asks it."""
    backend = keyring.get_keyring()
    return _keeper(backend), type(backend).__module__


def keyring_key(store_id: str) -> StoreKey:
    """The store's key from the keyring, made there at the first use.

    Without a usable keyring the key is new, in memory, and says why. May block while a person
    unlocks the keyring.
    """
    keeping = _ask_keyring(lambda backend: _read_or_make(backend, store_id))
    if keeping.reason:
        return new_key(keeping.reason)
    if keeping.secret is None:
        return new_key(_DROPPED)
    return StoreKey(keeping.secret, keeping.keeper)


def look(store_id: str) -> Keeping:
    """What the keyring says of the store's key; makes none. May block as `keyring_key` does."""
    return _ask_keyring(lambda backend: _read(backend, store_id))


def keep_entry(name: str, text: str) -> Keeping:
    """Keep a short text in the keyring; `reason` tells why it is not kept. May block."""
    keeping = _ask_keyring(lambda backend: _write(backend, name, text))
    if keeping.keeper and keeping.secret != text.encode():
        return Keeping(reason=_DROPPED)
    return keeping


def entry(name: str) -> Keeping:
    """What the keyring keeps under a name; `secret` is None for nothing. May block."""
    return _ask_keyring(lambda backend: _encoded(backend.get_password(SERVICE, name)))


def drop_entry(name: str) -> Keeping:
    """Let the keyring forget what it keeps under a name. May block."""
    return _ask_keyring(lambda backend: _delete(backend, name))


def key_from_text(text: str, keeper: str, reason: str) -> StoreKey:
    """A key as another process of ours passes it; raises ValueError for anything else."""
    secret = base64.b64decode(text, validate=True)
    if len(secret) != _KEY_BYTES:
        message = "a key of another length"
        raise ValueError(message)
    return StoreKey(secret, keeper, reason)


def key_to_text(key: StoreKey) -> str:
    """The key for another process of ours, over a pipe."""
    return base64.b64encode(key.secret).decode("ascii")


def key_line(key: StoreKey) -> bytes:
    """The key with who keeps it, as a line for a process that we start."""
    content = {"key": key_to_text(key), "keeper": key.keeper, "reason": key.reason}
    return json.dumps(content).encode("ascii") + b"\n"


def key_from_line(line: bytes) -> StoreKey:
    """The key that `key_line` wrote; raises ValueError for anything else."""
    try:
        document = json.loads(line)
        return key_from_text(document["key"], document["keeper"], document["reason"])
    except (KeyError, TypeError) as error:
        message = "not a line with a key"
        raise ValueError(message) from error


def seal(key: StoreKey, cuts: Sequence[Sequence[Cut]], bound_to: bytes) -> bytes:
    """Encrypt lists of cuts so that they open only together with `bound_to`."""
    plain = b"".join([_packed(group) for group in cuts])
    nonce = _nonce()
    return nonce + _cipher(key.secret).encrypt(nonce, plain, bound_to)


def unseal(key: StoreKey, sealed: bytes, bound_to: bytes) -> list[tuple[Cut, ...]]:
    """The lists of cuts; raises `SecretsLocked` under another key or for altered data."""
    try:
        plain = _cipher(key.secret).decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], bound_to)
    except (InvalidTag, ValueError) as error:
        raise SecretsLocked from error
    groups = []
    while plain:
        group, plain = _unpacked(plain)
        groups.append(group)
    return groups


def _ask_keyring(ask: Callable[[keyring.backend.KeyringBackend], bytes | None]) -> Keeping:
    backend = keyring.get_keyring()
    keeper = _keeper(backend)
    if not keeper:
        return Keeping(reason=NO_KEYRING)
    try:
        return Keeping(keeper, secret=ask(backend))
    except keyring.errors.KeyringLocked:
        return Keeping(reason="the keyring is locked")
    except (keyring.errors.KeyringError, OSError) as error:
        return Keeping(reason=f"the keyring does not answer ({type(error).__name__})")


def _nonce() -> bytes:
    """A nonce used once: random bytes, asked of the system for many calls at a time."""
    try:
        return _NONCES.pop()
    except IndexError:
        random = os.urandom(_NONCES_AT_ONCE * _NONCE_BYTES)
        _NONCES.extend(
            random[start : start + _NONCE_BYTES] for start in range(0, len(random), _NONCE_BYTES)
        )
        return os.urandom(_NONCE_BYTES)


# Making one costs more than using it.
@lru_cache(8)
def _cipher(secret: bytes) -> AESGCM:
    return AESGCM(secret)


def _keeper(backend: keyring.backend.KeyringBackend) -> str:
    module = type(backend).__module__
    if module == "keyring.backends.chainer":
        chained = getattr(backend, "backends", ())
        return next((name for inner in chained if (name := _keeper(inner))), "")
    return _REAL_BACKENDS.get(module, "")


def _read_or_make(backend: keyring.backend.KeyringBackend, store_id: str) -> bytes | None:
    if backend.get_password(SERVICE, _entry(store_id)) is None:
        new = base64.b64encode(os.urandom(_KEY_BYTES)).decode()
        backend.set_password(SERVICE, _entry(store_id), new)
    # Read back: another process may have written at the same time, and a backend may drop.
    return _read(backend, store_id)


def _read(backend: keyring.backend.KeyringBackend, store_id: str) -> bytes | None:
    text = backend.get_password(SERVICE, _entry(store_id))
    if text is None:
        return None
    try:
        return key_from_text(text, "", "").secret
    except ValueError:
        return None


def _write(backend: keyring.backend.KeyringBackend, name: str, text: str) -> bytes | None:
    backend.set_password(SERVICE, name, text)
    # Read back: a backend may drop what it is given.
    return _encoded(backend.get_password(SERVICE, name))


def _delete(backend: keyring.backend.KeyringBackend, name: str) -> None:
    if backend.get_password(SERVICE, name) is not None:
        backend.delete_password(SERVICE, name)


def _encoded(text: str | None) -> bytes | None:
    return None if text is None else text.encode()


def _entry(store_id: str) -> str:
    return f"store {store_id}"


def _packed(group: Sequence[Cut]) -> bytes:
    """Count, then offset, length and bytes of each cut; integers of four bytes."""
    parts = [len(group).to_bytes(4, "big")]
    for cut in group:
        parts += (cut.offset.to_bytes(4, "big"), len(cut.value).to_bytes(4, "big"), cut.value)
    return b"".join(parts)


def _unpacked(data: bytes) -> tuple[tuple[Cut, ...], bytes]:
    count, position = int.from_bytes(data[:4], "big"), 4
    cuts = []
    for _ in range(count):
        offset = int.from_bytes(data[position : position + 4], "big")
        length = int.from_bytes(data[position + 4 : position + 8], "big")
        position += 8
        cuts.append(Cut(offset, data[position : position + length]))
        position += length
    return tuple(cuts), data[position:]
