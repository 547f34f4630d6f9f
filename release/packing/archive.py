"""Packs the frozen folder so that the same folder always makes the same bytes."""

from __future__ import annotations

import gzip
import hashlib
import os
import shutil
import stat
import tarfile
import time
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path

CHECKSUMS = "SHA256SUMS"
_RUNNABLE, _PLAIN = 0o755, 0o644
# More takes seconds and saves a hundredth.
_LEVEL = 6
_OLDEST_IN_ZIP = 315_532_800  # 1980: the format counts from there


def entries(folder: Path) -> Iterator[Path]:
    """Every folder, file and link below a folder, in one order on every system."""
    for path in sorted(folder.iterdir(), key=lambda one: one.name):
        yield path
        if path.is_dir() and not path.is_symlink():
            yield from entries(path)


def mode_of(path: Path) -> int:
    """Whether all may run it; who may write it depends on the builder's umask otherwise."""
    runnable = path.is_dir() or path.stat().st_mode & stat.S_IXUSR
    return _RUNNABLE if runnable else _PLAIN


def pack_tar(folder: Path, name: str, target: Path, moment: int) -> None:
    """Write a folder as `.tar.gz`, below `name`, everything dated alike and owned by root."""
    with (
        target.open("wb") as raw,
        gzip.GzipFile("", "wb", _LEVEL, raw, mtime=moment) as packed,
        tarfile.open(fileobj=packed, mode="w", format=tarfile.GNU_FORMAT) as out,
    ):
        for path in [folder, *entries(folder)]:
            entry = out.gettarinfo(path, (Path(name) / path.relative_to(folder)).as_posix())
            entry.mtime, entry.mode = moment, _mode_of_entry(path)
            entry.uid = entry.gid = 0
            entry.uname = entry.gname = "root"
            # A file with a second name would be stored as a link to whichever came first.
            if entry.islnk():
                entry.type, entry.linkname, entry.size = tarfile.REGTYPE, "", path.stat().st_size
            if entry.isreg():
                with path.open("rb") as content:
                    out.addfile(entry, content)
            else:
                out.addfile(entry)


def _mode_of_entry(path: Path) -> int:
    return 0o777 if path.is_symlink() else mode_of(path)


def pack_zip(folder: Path, name: str, target: Path, moment: int) -> None:
    """Write a folder as `.zip`, below `name`, everything dated alike."""
    dated = time.gmtime(max(moment, _OLDEST_IN_ZIP))[:6]
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=_LEVEL) as out:
        for path in entries(folder):
            if path.is_file():
                entry = zipfile.ZipInfo((Path(name) / path.relative_to(folder)).as_posix(), dated)
                entry.external_attr = (stat.S_IFREG | mode_of(path)) << 16
                entry.compress_type = zipfile.ZIP_DEFLATED
                out.writestr(entry, path.read_bytes())


def unpack(archive: Path, target: Path) -> None:
    """Unpack a `.tar.gz` or `.zip` of ours."""
    if archive.suffix == ".zip":
        shutil.unpack_archive(archive, target)
    else:
        shutil.unpack_archive(archive, target, filter="data")


def checksum(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def write_checksums(files: Sequence[Path], target: Path) -> None:
    """Write what `sha256sum --check` reads in the folder of the files."""
    lines = [f"{checksum(path)}  {path.name}\n" for path in sorted(files)]
    target.write_bytes("".join(lines).encode())


def differing(checksums: Path) -> list[str]:
    """The names of files beside a list of checksums that lack or are not what it says."""
    wrong = []
    for line in checksums.read_text("utf-8").splitlines():
        wanted, _, name = line.partition("  ")
        path = checksums.with_name(name)
        if not path.is_file() or checksum(path) != wanted:
            wrong.append(name)
    return wrong


def size_of(folder: Path) -> int:
    """How many bytes the files of a folder hold; a link counts for nothing."""
    return sum(
        os.lstat(path).st_size
        for path in entries(folder)
        if not path.is_symlink() and path.is_file()
    )


def listing(folder: Path) -> dict[str, str]:
    """What stands in a folder: a link's target, a file's checksum, nothing for a folder."""
    return {path.relative_to(folder).as_posix(): _content_of(path) for path in entries(folder)}


def _content_of(path: Path) -> str:
    if path.is_symlink():
        return f"-> {path.readlink()}"
    return checksum(path) if path.is_file() else ""
