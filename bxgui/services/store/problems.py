"""Troubles with the store that a user can mend, each with a code and a sentence."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import DBAPIError

_FULL = ("disk_full", "The disk is full. Free some space; nothing stored is lost.")
_LOCKED = ("locked", "Another program holds the store locked. Close it and try again.")
# The first whose name an error's name begins with.
_KNOWN = {
    "SQLITE_FULL": _FULL,
    "SQLITE_IOERR_SHMSIZE": _FULL,
    "SQLITE_BUSY": _LOCKED,
    "SQLITE_LOCKED": _LOCKED,
    "SQLITE_READONLY": (
        "read_only",
        "The store cannot be written: its file or folder is read-only.",
    ),
    "SQLITE_CANTOPEN": ("cannot_open", "The store cannot be opened. Check that its folder exists."),
    "SQLITE_PERM": ("read_only", "The store cannot be opened: this user has no right to its file."),
    "SQLITE_NOTADB": ("corrupt", "The file is not a bxgui store. Move it away and start again."),
    "SQLITE_CORRUPT": ("corrupt", "The store is damaged. Move it away and start again."),
    "SQLITE_PROTOCOL": _LOCKED,
    "SQLITE_IOERR": ("io_error", "The disk reports an error. Check it before you go on."),
}
# What SQLite would call an error of the system.
_NAMES = {
    errno.ENOSPC: "SQLITE_FULL",
    errno.EDQUOT: "SQLITE_FULL",
    errno.EROFS: "SQLITE_READONLY",
    errno.EACCES: "SQLITE_PERM",
    errno.EPERM: "SQLITE_PERM",
}


# What may be over without anybody touching the store itself.
_PASSING = frozenset({"disk_full", "locked", "read_only", "cannot_open", "io_error"})


class StoreProblem(Exception):
    """A known trouble with the store; the text says what to do, `code` names it."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code

    @property
    def may_pass(self) -> bool:
        """Whether the store is good, and cannot be used just now."""
        return self.code in _PASSING


def problem(name: str) -> StoreProblem:
    """What is told for an error that SQLite knows by this name."""
    return StoreProblem(*_KNOWN[name])


def is_known(error: OSError) -> bool:
    """Whether an error of the system is a trouble with room or rights."""
    return error.errno in _NAMES


def problem_of(error: OSError) -> StoreProblem:
    """What is told for an error of the system."""
    return problem(_NAMES.get(error.errno or 0, "SQLITE_CANTOPEN"))


def gone(path: Path) -> StoreProblem:
    """What is told where the file in use is no longer at its place."""
    return StoreProblem("gone", f"The store {path} was deleted or replaced while it was in use.")


@contextmanager
def known_problems() -> Iterator[None]:
    """Raise what a user can mend as `StoreProblem`; other errors pass."""
    try:
        yield
    except (DBAPIError, sqlite3.Error) as error:
        cause = error.orig if isinstance(error, DBAPIError) else error
        name = getattr(cause, "sqlite_errorname", "")
        if "no such table" in str(cause):
            name = "SQLITE_CORRUPT"
        for prefix, (code, message) in _KNOWN.items():
            if name.startswith(prefix):
                raise StoreProblem(code, message) from error
        raise
