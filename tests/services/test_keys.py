from __future__ import annotations

import os
import socket
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
from bxgui.services.key_sharing import KeyLender, LenderSilent
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
def silent(runtime_dir: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The socket of a lender that has been stopped."""
    monkeypatch.setattr(key_sharing, "_TIMEOUT_SECONDS", 0.05)
    key_sharing.borrow("0123")
    path = folder_in(runtime_dir) / "0123.sock"
    with socket.socket(socket.AF_UNIX) as stopped:
        stopped.bind(str(path))
        stopped.listen()
        yield path


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


def test_survivor_of_two_lenders_lends_the_key_from_then_on(
    runtime_dir: Path, key: StoreKey
) -> None:
    first, second = KeyLender(key, "0123"), KeyLender(key, "0123")
    with closing(second), closing(first):
        first.look()
        second.look()
        with_both = key_sharing.borrow("0123")
        first.close()
        second.look()
        with_one = key_sharing.borrow("0123")

    assert with_both == with_one == key
    assert list(folder_in(runtime_dir).iterdir()) == []


def test_lender_that_another_has_pushed_out_gives_way(runtime_dir: Path, key: StoreKey) -> None:
    other = new_key("another")
    with closing(KeyLender(key, "0123")) as pushed_out:
        pushed_out.look()
        (folder_in(runtime_dir) / "0123.sock").unlink()
        sharing = key_sharing.share(other, "0123")
        assert sharing is not None
        with closing(sharing):
            pushed_out.look()
            pushed_out.close()
            assert key_sharing.borrow("0123") == other


def test_socket_that_was_taken_away_is_put_back(runtime_dir: Path, key: StoreKey) -> None:
    with closing(KeyLender(key, "0123")) as lender:
        lender.look()
        (folder_in(runtime_dir) / "0123.sock").unlink()
        lender.look()

        assert key_sharing.borrow("0123") == key


def test_lender_that_was_closed_lends_no_more(runtime_dir: Path, key: StoreKey) -> None:
    lender = KeyLender(key, "0123")
    lender.close()

    lender.look()

    assert key_sharing.borrow("0123") is None


def test_lender_that_does_not_answer_is_told_from_one_that_is_not_there(
    silent: Path, key: StoreKey
) -> None:
    with pytest.raises(LenderSilent):
        key_sharing.borrow("0123")

    obtained = keys.obtain("0123")

    assert not obtained.kept
    assert obtained.reason == (
        "this computer has no keyring that keeps secrets, "
        "and the program that holds the store's key does not answer"
    )


def test_lender_that_does_not_answer_is_not_pushed_out(silent: Path, key: StoreKey) -> None:
    before = silent.stat().st_ino

    assert key_sharing.share(key, "0123") is None
    assert silent.stat().st_ino == before


def test_call_whose_key_a_silent_program_holds_may_be_read_later(
    silent: Path, store: Store
) -> None:
    (stored,) = store.calls.record([prepare(Post().arrival(), new_key("a test"))])
    sealed = store.calls.sealed(stored.call_id)
    assert sealed is not None

    with pytest.raises(SecretsLocked, match="does not answer now"):
        keys.reopen(sealed, new_key("a test"), "0123")


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
