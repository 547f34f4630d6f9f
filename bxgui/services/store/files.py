"""The store's file and those that SQLite keeps beside it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from os import stat_result
from pathlib import Path, PurePath
from typing import NamedTuple

from bxgui.services.store.problems import is_known, known_problems, problem_of

BUSY_SECONDS = 10
FileId = tuple[int, int]


def uri_of(path: PurePath) -> str:
    """A whole path as SQLite takes it: a Windows share is no host to it, but part of the path."""
    uri = path.as_uri()
    return uri if uri.startswith("file:///") else uri.replace("file:", "file://", 1)


class Opened(NamedTuple):
    """Which files a connection has open: the store's own, its log and the log's index."""

    file: FileId | None
    log: FileId | None
    log_index: FileId | None


def opened_at(places: tuple[Path, Path, Path]) -> Opened:
    """The files that a connection would have open which is made now, by their places."""
    return Opened(*map(file_id, places))


def status_of(path: Path) -> stat_result | None:
    """What the system tells of a file; None where there is none."""
    try:
        return path.stat()
    except OSError:
        return None


def file_id(path: Path) -> FileId | None:
    """What tells a file from another of the same name; None where there is none."""
    found = status_of(path)
    return None if found is None else id_of(found)


def id_of(found: stat_result) -> FileId:
    """What tells a file from another."""
    return found.st_dev, found.st_ino


def device(folder: Path) -> int | None:
    """The disk that a folder is on."""
    found = file_id(folder)
    return None if found is None else found[0]


def log_of(path: Path) -> Path:
    """Where SQLite keeps what is not in the file yet."""
    return beside(path, "-wal")


def beside(path: Path, suffix: str) -> Path:
    """A file of the same name with more behind it."""
    return path.with_name(path.name + suffix)


def parts(path: Path) -> tuple[Path, Path, Path]:
    """All that makes a store: its file, its log and the log's index."""
    return path, log_of(path), beside(path, "-shm")


def make_folder(folder: Path) -> None:
    """Make a folder for this user only where there is none; raises `StoreProblem` or `OSError`."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        if is_known(error):
            raise problem_of(error) from error
        raise


def touch(path: Path) -> None:
    """Make a file for this user only where there is none; raises `StoreProblem`."""
    try:
        path.touch(mode=0o600)
    except OSError as error:
        raise problem_of(error) from error


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Nobody else puts a file in the store's place meanwhile: two would undo each other's work."""
    lock = beside(path, ".lock")
    touch(lock)
    # SQLite knows how to lock on every system, and nothing is left locked by a program that dies.
    with (
        known_problems(),
        closing(sqlite3.connect(lock, timeout=BUSY_SECONDS, isolation_level=None)) as connection,
    ):
        connection.execute("BEGIN EXCLUSIVE")
        yield
