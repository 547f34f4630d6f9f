"""Lends a key that lives in memory to other programs of the same user, as ssh-agent does.

Where no keyring keeps the store's key, the listener holds it, and `bxgui reply` or a second
listener on the same store asks it through a socket that only this user can reach. Platforms
without such sockets always have a keyring.
"""

from __future__ import annotations

import secrets
import socket
import threading
from contextlib import suppress
from pathlib import Path

from bxgui.services.private_folder import private_folder
from bxgui.services.vault import StoreKey, key_from_text, key_to_text

_TIMEOUT_SECONDS = 3
_REASON_BYTES = 500


class LenderSilent(Exception):
    """A program holds the store's key and does not answer: it is stopped, or very busy."""


class KeySharing:
    """Answers whoever connects with the key, until closed."""

    def __init__(self, server: socket.socket, path: Path, key: StoreKey) -> None:
        self._server = server
        self._path = path
        self._place = _place_of(path)
        self._key = key
        self._thread = threading.Thread(target=self._serve, name="key sharing", daemon=True)
        self._thread.start()

    @property
    def is_reachable(self) -> bool:
        """Whether whoever asks at the socket's path asks us."""
        return self._thread.is_alive() and self._place == _place_of(self._path)

    def close(self) -> None:
        """Stop answering and take the socket away."""
        with suppress(OSError):
            self._server.shutdown(socket.SHUT_RDWR)
        self._server.close()
        self._thread.join()
        # Another may be there by now.
        if self._place == _place_of(self._path):
            with suppress(OSError):
                self._path.unlink()

    def _serve(self) -> None:
        answer = f"{key_to_text(self._key)}\n{self._key.reason[:_REASON_BYTES]}".encode()
        while True:
            try:
                connection, _ = self._server.accept()
            except OSError:
                return
            with connection, suppress(OSError):
                connection.settimeout(_TIMEOUT_SECONDS)
                connection.sendall(answer)


class KeyLender:
    """Lends a key whenever no other program lends that of the same store."""

    def __init__(self, key: StoreKey, store_id: str) -> None:
        self._key = key
        self._store_id = store_id
        self._sharing: KeySharing | None = None
        self._closed = False
        self._lock = threading.Lock()

    def look(self) -> None:
        """Begin to lend where a former lender has ended, or where our socket is gone."""
        with self._lock:
            if self._closed or (self._sharing is not None and self._sharing.is_reachable):
                return
            self._stop()
            self._sharing = share(self._key, self._store_id)

    def close(self) -> None:
        """Lend no more."""
        with self._lock:
            self._closed = True
            self._stop()

    def _stop(self) -> None:
        if self._sharing is not None:
            self._sharing.close()
            self._sharing = None


def share(key: StoreKey, store_id: str) -> KeySharing | None:
    """Begin to lend a key that is kept nowhere else; None where that is impossible or needless."""
    folder = None if key.kept or not hasattr(socket, "AF_UNIX") else private_folder()
    if folder is None or _is_held(path := _path_in(folder, store_id)):
        return None
    fresh = folder / f"{secrets.token_hex(16)}.sock"
    server = None
    try:
        server = socket.socket(socket.AF_UNIX)
        server.bind(str(fresh))
        server.listen()
        # At once: of two that begin together one stays, and the other notices.
        fresh.rename(path)
    except OSError:
        if server is not None:
            server.close()
        with suppress(OSError):
            fresh.unlink()
        return None
    return KeySharing(server, path, key)


def borrow(store_id: str) -> StoreKey | None:
    """The key that a running listener of this store lends, if any; raises `LenderSilent`."""
    folder = private_folder() if hasattr(socket, "AF_UNIX") else None
    if folder is None:
        return None
    received = bytearray()
    try:
        with _connected(_path_in(folder, store_id)) as client:
            while part := client.recv(4096):
                received += part
    except (TimeoutError, BlockingIOError) as error:
        raise LenderSilent from error
    except OSError:
        return None
    text, _, reason = received.decode("utf-8", "replace").partition("\n")
    with suppress(ValueError):
        return key_from_text(text, "", reason)
    return None


def _is_held(path: Path) -> bool:
    """Whether a program that has not ended listens at a path, be it one that does not answer."""
    try:
        _connected(path).close()
    except (TimeoutError, BlockingIOError):
        return True
    except OSError:
        return False
    return True


def _connected(path: Path) -> socket.socket:
    client = socket.socket(socket.AF_UNIX)
    try:
        client.settimeout(_TIMEOUT_SECONDS)
        client.connect(str(path))
    except BaseException:
        client.close()
        raise
    return client


def _path_in(folder: Path, store_id: str) -> Path:
    return folder / f"{store_id}.sock"


def _place_of(path: Path) -> tuple[int, int] | None:
    """What tells a file from another of the same name; None where there is none."""
    try:
        found = path.lstat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
