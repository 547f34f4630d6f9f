"""The store, the files beside it, and the disk that they lie on."""

from __future__ import annotations

import errno
import os
import shutil
import stat
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from bxgui.core.checks import Check, Severity, Subject
from bxgui.services.listener.emergency import PREFIX
from bxgui.services.listener.emergency_lines import read_calls
from bxgui.services.store import StoreProblem, identity
from bxgui.services.store.inspection import Inspection, StoreFacts
from bxgui.services.store.place import fault_of
from bxgui.services.store.store import FILE_NAME
from bxgui.services.store.tables import SCHEMA_VERSION

_MB = 1_000_000
_LITTLE, _VERY_LITTLE = 500 * _MB, 50 * _MB
_UNITS = ((1_000 * _MB, "GB"), (_MB, "MB"), (1_000, "KB"))
_PRIVATE = (f"{FILE_NAME}*", f"{PREFIX}*", identity.FILE_NAME)
_OTHERS = stat.S_IRWXG | stat.S_IRWXO


def check_store(
    folder: Path, now: datetime, seconds: float
) -> tuple[list[Check], StoreFacts | None]:
    """Whether the store can be read and is sound, and what it holds."""
    path = folder / FILE_NAME
    if fault := fault_of(path):
        return [_of_store(Severity.PROBLEM, fault)], None
    inspection = Inspection(path)
    try:
        version = inspection.version() if path.stat().st_size else None
        if version is None:
            return [_none_yet(path)], None
        if version > SCHEMA_VERSION:
            return [_newer(version)], None
        facts = inspection.facts(now)
    except FileNotFoundError:
        return [_none_yet(path)], None
    except StoreProblem as problem:
        return [_of_store(Severity.PROBLEM, str(problem))], None
    except OSError as error:
        text = f"The store {path} cannot be read: {error.strerror}."
        return [
            _of_store(Severity.PROBLEM, text, _advice(error, "Look at the rights of its folder."))
        ], None
    return [_holds(path, facts), *_older(facts), _soundness(inspection, seconds)], facts


def check_files(folder: Path) -> list[Check]:
    """Who may read the files, and what is left over beside the store."""
    try:
        return [
            *_not_writable(folder),
            *_rights(folder),
            *_in_emergency(folder),
            *_set_aside(folder),
            *_backups(folder),
        ]
    except OSError as error:
        text = f"The folder {folder} cannot be looked into: {error.strerror}."
        return [Check(Subject.FILES, Severity.PROBLEM, text, _advice(error, "Look at its rights."))]


def check_disk(folder: Path) -> Check:
    """How much space is left where the store lies, or will."""
    there = next(one for one in (folder, *folder.parents) if _is_there(one))
    free = shutil.disk_usage(there).free
    text = f"{size(free)} are free on the disk of the store."
    advice = "Free some space: a call that cannot be stored is lost."
    if free < _VERY_LITTLE:
        return Check(Subject.DISK, Severity.PROBLEM, text, advice)
    if free < _LITTLE:
        return Check(Subject.DISK, Severity.WARNING, text, advice)
    return Check(Subject.DISK, Severity.OK, text)


def _advice(error: OSError, of_rights: str) -> str:
    if error.errno in {errno.EACCES, errno.EPERM}:
        return of_rights
    return "Choose another folder with --data-dir."


def _is_there(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:
        return False  # its name is too long


def size(count: int) -> str:
    """Bytes as a person reads them."""
    for unit, name in _UNITS:
        if count >= unit:
            return f"{count / unit:.1f} {name}"
    return f"{count} B"


def _size_of(path: Path) -> str:
    """The size of a file as a person reads it."""
    return size(path.stat().st_size)


def _of_store(severity: Severity, text: str, advice: str = "") -> Check:
    return Check(Subject.STORE, severity, text, advice)


def _none_yet(path: Path) -> Check:
    if identity.kept_copy(path.parent) is not None:
        text = f"The store {path} is gone; only its identity is left beside its place."
        advice = (
            "If it was moved, move it back before the next call comes: with that, or at its next "
            "start, the listener begins a fresh one with the same address."
        )
        return _of_store(Severity.WARNING, text, advice)
    text = f"There is no store yet: {path} is made at the first start of the listener."
    return _of_store(Severity.NOTE, text)


def _newer(version: int) -> Check:
    text = (
        f"The store was written by a newer bxgui: it has version {version}, and this bxgui knows "
        f"{SCHEMA_VERSION}."
    )
    advice = "Update bxgui, or choose another folder with --data-dir."
    return _of_store(Severity.PROBLEM, text, advice)


def _older(facts: StoreFacts) -> list[Check]:
    if facts.version == SCHEMA_VERSION:
        return []
    text = (
        f"The store has version {facts.version}; it is brought to version {SCHEMA_VERSION}, after "
        "a backup, when bxgui next opens it."
    )
    return [_of_store(Severity.NOTE, text)]


def _holds(path: Path, facts: StoreFacts) -> Check:
    files = [path, path.with_name(f"{FILE_NAME}-wal")]
    whole = size(sum(one.stat().st_size for one in files if one.exists()))
    text = (
        f"The store opens, of version {facts.version} and {whole}; calls: {facts.calls}, waiting "
        f"tokens: {facts.waiting}."
    )
    return _of_store(Severity.OK, text)


def _soundness(inspection: Inspection, seconds: float) -> Check:
    try:
        damage = inspection.damage(seconds)
    except TimeoutError:
        text = f"The store is large: in {seconds:g} s not all of its pages could be checked."
        return _of_store(Severity.NOTE, text)
    except StoreProblem as problem:
        return _of_store(Severity.PROBLEM, str(problem))
    if not damage:
        return _of_store(Severity.OK, "The pages of the store are sound.")
    return _of_store(
        Severity.PROBLEM,
        f"The store is damaged: {' '.join(damage.split())}.",
        "Keep a copy of the file. Where bxgui meets the damage, it sets the store aside and begins "
        "a fresh one.",
    )


def _not_writable(folder: Path) -> list[Check]:
    files = [one for one in (folder, folder / FILE_NAME) if one.exists()]
    return [
        Check(
            Subject.FILES,
            Severity.PROBLEM,
            f"This user may not write to {path}, so no call can be stored.",
            "Give back the right to write, or run bxgui as the user who owns it.",
        )
        for path in files
        if not os.access(path, os.W_OK)
    ]


def _rights(folder: Path) -> list[Check]:
    """Other users' rights, where rights are those of POSIX."""
    if os.name != "posix" or not folder.exists():
        return []
    files = [one for pattern in _PRIVATE for one in sorted(folder.glob(pattern))]
    opened = [path for path in (folder, *files) if path.stat().st_mode & _OTHERS]
    if not opened:
        text = "Nobody but the owner can enter the store's folder and read its files."
        return [Check(Subject.FILES, Severity.OK, text)]
    named = ", ".join(f"{path} ({stat.S_IMODE(path.stat().st_mode):o})" for path in opened)
    return [
        Check(
            Subject.FILES,
            Severity.WARNING,
            f"Other users of this computer have rights to {named}.",
            "Take them away: chmod 700 for the folder, chmod 600 for its files.",
        )
    ]


def _in_emergency(folder: Path) -> Iterator[Check]:
    """Emergency files in which calls wait; a running listener keeps an empty one in reserve."""
    for path in sorted(folder.glob(f"{PREFIX}*")):
        waiting = len(read_calls(path))
        if waiting:
            yield Check(
                Subject.FILES,
                Severity.WARNING,
                f"Calls that could not be stored wait in {path.name}: {waiting}.",
                "The listener takes them in as soon as the store can be written, or when it is "
                "restarted.",
            )


def _set_aside(folder: Path) -> Iterator[Check]:
    for path in sorted(folder.glob(f"{FILE_NAME}.damaged-*")):
        if not path.name.endswith(("-wal", "-shm")):
            yield Check(
                Subject.FILES,
                Severity.NOTE,
                f"A damaged store was set aside as {path.name} ({_size_of(path)}).",
                "Keep it while calls in it may be wanted. It is not used any more.",
            )


def _backups(folder: Path) -> Iterator[Check]:
    for path in sorted(folder.glob(f"{FILE_NAME}.v*.bak")):
        yield Check(
            Subject.FILES,
            Severity.NOTE,
            f"A copy of the store from before an update is kept as {path.name} ({_size_of(path)}).",
            "It is not used any more; delete it when all calls are there.",
        )
