from __future__ import annotations

import base64
import json
import sys

import keyring
import keyring.backend
import keyring.backends.chainer
import keyring.backends.fail
import keyring.backends.null
import keyring.errors
import pytest
from keyrings import (
    MemoryKeyring,
    believed_keyring,
    needs_secret_service,
    with_secret_service,
)

from bxgui.core.redact import Cut
from bxgui.services import vault
from bxgui.services.vault import (
    SecretsLocked,
    StoreKey,
    key_from_text,
    key_to_text,
    keyring_key,
    new_key,
    seal,
    unseal,
)

BOUND = b"the masked body"
GROUPS = (
    (Cut(0, b"first"), Cut(70_000, b"\x00\xff" * 40), Cut(5, b"")),
    (),
    (Cut(3, "ключ".encode()),),
)
PASSWORD = "store 0123"


class ClearTextKeyring(MemoryKeyring):
    """Like those of keyrings.alt: it works, and everybody can read it."""


@pytest.fixture
def keeping(monkeypatch: pytest.MonkeyPatch) -> MemoryKeyring:
    return believed_keyring(monkeypatch)


def test_sealed_cuts_come_back_in_their_groups(key: StoreKey) -> None:
    assert unseal(key, seal(key, GROUPS, BOUND), BOUND) == list(GROUPS)


def test_nothing_of_the_cuts_shows_and_no_two_seals_are_alike(key: StoreKey) -> None:
    first, second = seal(key, GROUPS, BOUND), seal(key, GROUPS, BOUND)

    assert first != second
    assert b"first" not in first
    assert key.secret not in first


def test_other_key_opens_nothing(key: StoreKey) -> None:
    with pytest.raises(SecretsLocked):
        unseal(new_key(""), seal(key, GROUPS, BOUND), BOUND)


def test_seal_opens_only_with_what_it_was_bound_to(key: StoreKey) -> None:
    with pytest.raises(SecretsLocked):
        unseal(key, seal(key, GROUPS, BOUND), BOUND + b" ")


@pytest.mark.parametrize("place", [0, 11, 12, 40, -1])
def test_altered_seal_opens_nothing(key: StoreKey, place: int) -> None:
    sealed = bytearray(seal(key, GROUPS, BOUND))
    sealed[place] ^= 1

    with pytest.raises(SecretsLocked):
        unseal(key, bytes(sealed), BOUND)


@pytest.mark.parametrize("length", [0, 1, 12, 20])
def test_seal_cut_short_opens_nothing(key: StoreKey, length: int) -> None:
    with pytest.raises(SecretsLocked):
        unseal(key, seal(key, GROUPS, BOUND)[:length], BOUND)


def test_key_goes_from_process_to_process_as_text(key: StoreKey) -> None:
    again = key_from_text(key_to_text(key), "KWallet", "")

    assert again.secret == key.secret
    assert again.id == key.id
    assert again.kept
    assert not key.kept


@pytest.mark.parametrize("text", ["", "short", "!" * 44, base64.b64encode(b"x" * 31).decode()])
def test_text_that_is_no_key_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        key_from_text(text, "", "")


def test_id_tells_keys_apart_without_showing_them(key: StoreKey) -> None:
    assert key.id != new_key("").id
    assert key.id not in key.secret.hex()
    assert len(key.id) == 16


def test_keyring_is_asked_for_the_same_key_each_time(keeping: MemoryKeyring) -> None:
    first, second = keyring_key("0123"), keyring_key("0123")
    other = keyring_key("4567")

    assert first == second
    assert first.keeper == "Secret Service"
    assert other.secret != first.secret
    assert keeping.passwords[vault.SERVICE, PASSWORD] == key_to_text(first)


def test_a_look_at_the_keyring_makes_no_key(keeping: MemoryKeyring) -> None:
    before = vault.look("0123")
    key = keyring_key("0123")
    after = vault.look("0123")

    assert (before.keeper, before.secret) == ("Secret Service", None)
    assert (after.keeper, after.secret) == ("Secret Service", key.secret)
    assert list(keeping.passwords) == [(vault.SERVICE, PASSWORD)]
    assert repr(key.secret) not in repr(after)


def test_a_look_at_a_locked_keyring_says_so(keeping: MemoryKeyring) -> None:
    keeping.on_reading = keyring.errors.KeyringLocked()

    assert vault.look("0123") == vault.Keeping(reason="the keyring is locked")


@pytest.mark.parametrize(
    "backend",
    [
        keyring.backends.fail.Keyring(),  # type: ignore[no-untyped-call]
        keyring.backends.null.Keyring(),  # type: ignore[no-untyped-call]
        ClearTextKeyring(),
    ],
    ids=["none", "null", "clear text"],
)
def test_keyring_that_keeps_no_secrets_is_not_used(
    monkeypatch: pytest.MonkeyPatch, backend: keyring.backend.KeyringBackend
) -> None:
    monkeypatch.setattr(keyring, "get_keyring", lambda: backend)

    made = keyring_key("0123")

    assert not made.kept
    assert made.reason == "this computer has no keyring that keeps secrets"
    assert made.secret != keyring_key("0123").secret
    assert getattr(backend, "passwords", {}) == {}


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (keyring.errors.KeyringLocked("x"), "the keyring is locked"),
        (keyring.errors.InitError("x"), "the keyring does not answer (InitError)"),
        (keyring.errors.NoKeyringError("x"), "the keyring does not answer (NoKeyringError)"),
        (keyring.errors.PasswordSetError("x"), "the keyring does not answer (PasswordSetError)"),
        (OSError(1783, "x"), "the keyring does not answer (OSError)"),
    ],
)
@pytest.mark.parametrize("when", ["on_reading", "on_writing"])
def test_keyring_that_fails_leaves_a_key_in_memory_and_the_reason(
    keeping: MemoryKeyring, error: Exception, reason: str, when: str
) -> None:
    setattr(keeping, when, error)

    made = keyring_key("0123")

    assert not made.kept
    assert made.reason == reason


def test_keyring_that_drops_what_it_is_given_is_noticed(keeping: MemoryKeyring) -> None:
    keeping.drops = True

    made = keyring_key("0123")

    assert not made.kept
    assert made.reason == "the keyring does not keep what it is given"


@pytest.mark.parametrize("text", ["", "not base64", "c2hvcnQ="])
def test_damaged_key_in_the_keyring_is_neither_used_nor_replaced(
    keeping: MemoryKeyring, text: str
) -> None:
    keeping.passwords[vault.SERVICE, PASSWORD] = text

    made = keyring_key("0123")

    assert not made.kept
    assert keeping.passwords[vault.SERVICE, PASSWORD] == text


def test_chain_is_believed_when_one_of_its_keyrings_keeps_secrets(
    monkeypatch: pytest.MonkeyPatch, keeping: MemoryKeyring
) -> None:
    class Chain(MemoryKeyring):
        backends = (ClearTextKeyring(), keeping)

    monkeypatch.setattr(Chain, "__module__", "keyring.backends.chainer")
    monkeypatch.setattr(keyring, "get_keyring", Chain)

    assert keyring_key("0123").keeper == "Secret Service"


_ASK_TWICE = """
import json, subprocess, sys
ask = "from bxgui.services import vault; k = vault.keyring_key('0123'); " \
    "print(vault.key_to_text(k), k.keeper, k.reason, sep='|')"
for _ in range(2):
    print(json.dumps(subprocess.check_output([sys.executable, "-c", ask], text=True).strip()))
"""


@needs_secret_service
def test_real_secret_service_gives_two_processes_the_same_key() -> None:
    ended = with_secret_service([sys.executable, "-c", _ASK_TWICE])

    assert ended.returncode == 0, ended.stderr
    first, second = (json.loads(line) for line in ended.stdout.splitlines())
    text, keeper, reason = first.split("|")
    assert first == second
    assert len(base64.b64decode(text)) == 32
    assert keeper == "Secret Service"
    assert reason == ""
