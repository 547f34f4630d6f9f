from __future__ import annotations

import os
import stat
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from posts import Post

from bxgui.services import key_sharing, keys, vault
from bxgui.services.intake import prepare
from bxgui.services.store import Store
from bxgui.services.vault import SecretsLocked, StoreKey, key_to_text, new_key

WAIT = 20
pytestmark = pytest.mark.skipif(os.name != "posix", reason="sockets of POSIX")


class SlowKeyring:
    """Stands for a keyring whose user thinks for as long as the test wants."""

    def __init__(self, key: StoreKey) -> None:
        self.unlocked = threading.Event()
        self.asked = threading.Event()
        self.done = threading.Event()
        self._key = key

    def __call__(self, store_id: str) -> StoreKey:
        self.asked.set()
        self.unlocked.wait(WAIT)
        self.done.set()
        return self._key


class BrokenKeyring:
    """Raises an error of its own, as backends do."""

    def __call__(self, store_id: str) -> StoreKey:
        raise ZeroDivisionError


@pytest.fixture
def no_keyring(runtime_dir: Path) -> None:
    """Only what a listener lends is to be had."""


@pytest.fixture
def lent(runtime_dir: Path, key: StoreKey) -> Iterator[StoreKey]:
    sharing = key_sharing.share(key, "0123")
    assert sharing is not None
    with closing(sharing):
        yield key


def folder_in(runtime_dir: Path) -> Path:
    return runtime_dir / f"bxgui-{os.getuid()}"


def test_key_of_the_keyring_goes_before_a_lent_one(
    lent: StoreKey, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = StoreKey(new_key("").secret, keeper="KWallet")
    monkeypatch.setattr(vault, "keyring_key", lambda _: kept)

    assert keys.obtain("0123") == kept


def test_lent_key_goes_before_a_new_one(lent: StoreKey) -> None:
    obtained = keys.obtain("0123")

    assert obtained == lent
    assert keys.obtain("4567").secret != lent.secret


@pytest.mark.usefixtures("no_keyring")
def test_without_keyring_and_lender_the_key_is_new_and_says_why() -> None:
    first, second = keys.obtain("0123"), keys.obtain("0123")

    assert not first.kept
    assert first.reason == "this computer has no keyring that keeps secrets"
    assert first.secret != second.secret


@pytest.mark.usefixtures("no_keyring")
def test_keyring_nobody_unlocks_is_not_waited_for_without_end(
    monkeypatch: pytest.MonkeyPatch, key: StoreKey
) -> None:
    slow = SlowKeyring(key)
    monkeypatch.setattr(vault, "keyring_key", slow)

    try:
        obtained = keys.obtain("0123", wait_seconds=0.01)
    finally:
        slow.unlocked.set()

    assert slow.done.wait(WAIT)
    assert not obtained.kept
    assert obtained.secret != key.secret
    assert obtained.reason == "the keyring was not unlocked"


def test_keyring_unlocked_in_time_is_used(
    monkeypatch: pytest.MonkeyPatch, runtime_dir: Path
) -> None:
    kept = StoreKey(new_key("").secret, keeper="KWallet")
    slow = SlowKeyring(kept)
    monkeypatch.setattr(vault, "keyring_key", slow)

    def unlock() -> None:
        slow.asked.wait(WAIT)
        slow.unlocked.set()

    person = threading.Thread(target=unlock)
    person.start()
    try:
        assert keys.obtain("0123", wait_seconds=WAIT) == kept
    finally:
        person.join(WAIT)


@pytest.mark.usefixtures("no_keyring")
def test_keyring_that_raises_its_own_errors_is_survived(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vault, "keyring_key", BrokenKeyring())

    obtained = keys.obtain("0123")

    assert not obtained.kept
    assert obtained.reason == "the keyring does not answer (ZeroDivisionError)"


def test_key_is_lent_to_another_process_until_the_lender_closes(
    runtime_dir: Path, key: StoreKey
) -> None:
    ask = (
        "from bxgui.services import key_sharing, vault; k = key_sharing.borrow('0123'); "
        "print(vault.key_to_text(k) + '|' + k.reason)"
    )
    sharing = key_sharing.share(key, "0123")
    assert sharing is not None
    with closing(sharing):
        printed = subprocess.check_output([sys.executable, "-c", ask], text=True, timeout=WAIT)
        mode = stat.S_IMODE(folder_in(runtime_dir).stat().st_mode)

    assert printed.strip() == f"{key_to_text(key)}|this is a test"
    assert mode == 0o700
    assert key_sharing.borrow("0123") is None
    assert list(folder_in(runtime_dir).iterdir()) == []


def test_key_is_lent_as_often_as_it_is_asked_for(lent: StoreKey) -> None:
    assert [key_sharing.borrow("0123") for _ in range(5)] == [lent] * 5
    assert key_sharing.borrow("4567") is None


def test_key_that_a_keyring_keeps_is_not_lent(runtime_dir: Path) -> None:
    assert key_sharing.share(StoreKey(new_key("").secret, keeper="KWallet"), "0123") is None


def test_second_lender_of_a_store_leaves_the_first_alone(lent: StoreKey) -> None:
    assert key_sharing.share(new_key(""), "0123") is None
    assert key_sharing.borrow("0123") == lent


def test_socket_a_crashed_lender_left_behind_is_replaced(runtime_dir: Path, key: StoreKey) -> None:
    key_sharing.borrow("0123")
    (folder_in(runtime_dir) / "0123.sock").write_bytes(b"")

    sharing = key_sharing.share(key, "0123")

    assert sharing is not None
    with closing(sharing):
        assert key_sharing.borrow("0123") == key


@pytest.mark.parametrize("mode", [0o755, 0o770, 0o701])
def test_folder_that_others_can_enter_is_not_used(
    runtime_dir: Path, key: StoreKey, mode: int
) -> None:
    folder_in(runtime_dir).mkdir()
    folder_in(runtime_dir).chmod(mode)

    assert key_sharing.share(key, "0123") is None
    assert key_sharing.borrow("0123") is None
    assert list(folder_in(runtime_dir).iterdir()) == []


def test_link_in_place_of_the_folder_is_not_followed(
    runtime_dir: Path, tmp_path: Path, key: StoreKey
) -> None:
    tmp_path.chmod(0o700)
    folder_in(runtime_dir).symlink_to(tmp_path)

    assert key_sharing.share(key, "0123") is None


def test_folder_of_another_user_is_not_used(
    runtime_dir: Path, key: StoreKey, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder_in(runtime_dir).mkdir(mode=0o700)
    (runtime_dir / "bxgui-4711").mkdir(mode=0o700)
    monkeypatch.setattr(os, "getuid", lambda: 4711)

    assert key_sharing.share(key, "0123") is None


def test_without_a_runtime_folder_the_temporary_one_serves(
    short_path: Path, key: StoreKey, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("XDG_RUNTIME_DIR")
    monkeypatch.setattr(tempfile, "gettempdir", lambda: str(short_path))

    sharing = key_sharing.share(key, "0123")

    assert sharing is not None
    with closing(sharing):
        assert key_sharing.borrow("0123") == key


def test_name_too_long_for_a_socket_means_no_lending(
    tmp_path: Path, key: StoreKey, monkeypatch: pytest.MonkeyPatch
) -> None:
    long = tmp_path / ("x" * 120)
    long.mkdir()
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(long))

    assert key_sharing.share(key, "0123") is None
    assert key_sharing.borrow("0123") is None


def test_call_sealed_under_a_lent_key_is_opened_with_it(lent: StoreKey, store: Store) -> None:
    own = vault.new_key("a test")
    post = Post()
    (stored,) = store.calls.record([prepare(post.arrival(), lent)])
    sealed = store.calls.sealed(stored.call_id)
    assert sealed is not None

    opened = keys.reopen(sealed, own, "0123")

    assert opened.body == post.body
    with pytest.raises(SecretsLocked):
        keys.reopen(sealed, own, "4567")
