"""Tries the frozen folder and the archive as a user would have them: `python3 dev.py frozen`.

First the folder where it was built; then the archive, unpacked elsewhere for an ordinary user who
may write nothing there and has no Python. Last, size and start beside the program unfrozen.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from release.packing import archive, starting
from release.packing.product import DIST, ROOT, Product, product

_SELF_TEST_SECONDS = 60
_MEGABYTE = 1 << 20
_USER = "nobody"
_BUILD_AGAIN = "run `python3 dev.py build`"


class CheckFailed(Exception):
    """The frozen program is not as it should be; the message says how."""


def _say(text: str) -> None:
    sys.stdout.write(f"frozen: {text}\n")
    sys.stdout.flush()


def bare_environment(home: Path, environment: dict[str, str] | None = None) -> dict[str, str]:
    """What a user's computer tells a program, with nothing on the PATH.

    Windows itself needs some of its own variables to open a socket or find a folder.
    """
    given = os.environ if environment is None else environment
    kept = {name: given[name] for name in ("SYSTEMROOT", "WINDIR") if name in given}
    homes = ("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA", "TMPDIR", "TEMP", "TMP")
    return {
        **kept,
        **dict.fromkeys(homes, str(home)),
        "LANG": "C.UTF-8",
        "PATH": str(home / "nothing"),
        "QT_QPA_PLATFORM": "offscreen",
    }


def _self_test(program: Path, environment: dict[str, str], user: str | None = None) -> None:
    ended = subprocess.run(
        [program, "--self-test"],
        check=False,
        cwd=program.parent,
        env=environment,
        user=user,
        extra_groups=None if user is None else [],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        timeout=_SELF_TEST_SECONDS,
    )
    for line in ended.stdout.splitlines():
        _say(f"  {line}")
    if ended.returncode:
        raise CheckFailed(f"{program} --self-test ended with status {ended.returncode}")


def _check_built(program: Path) -> None:
    _say(f"self-test of {program.relative_to(ROOT)}")
    with tempfile.TemporaryDirectory(prefix="bxgui-home-") as home:
        _self_test(
            program, {**os.environ, **bare_environment(Path(home)), "PATH": os.environ["PATH"]}
        )


def _check_archive(made: Product) -> None:
    """Unpack the archive, protect it, run it with next to nothing, and see that it is as it was."""
    if wrong := archive.differing(DIST / archive.CHECKSUMS):
        raise CheckFailed(f"other than their checksums: {', '.join(wrong)}; {_BUILD_AGAIN}")
    user = _USER if hasattr(os, "geteuid") and os.geteuid() == 0 else None
    with tempfile.TemporaryDirectory(prefix="bxgui-copy-") as folder:
        place, home = Path(folder) / "Программы only to read", Path(folder) / "home"
        home.mkdir()
        archive.unpack(made.archive, place)
        before = archive.listing(place)
        # As after a build that was interrupted.
        if archive.listing(place / made.name) != archive.listing(made.folder):
            raise CheckFailed(f"{made.archive.name} is of another build; {_BUILD_AGAIN}")
        _protect(place)
        # The root of a system may write what is protected, so that it would prove nothing.
        if user is not None:
            Path(folder).chmod(0o755)
            shutil.chown(home, user)
        _say(f"self-test of {made.archive.name}, unpacked read-only, no Python on PATH")
        try:
            _self_test(place / made.name / made.program, bare_environment(home), user)
        finally:
            _release(place)
        if archive.listing(place) != before:
            raise CheckFailed("the program wrote into its own folder")


def _protect(folder: Path) -> None:
    for path in [folder, *archive.entries(folder)]:
        if not path.is_symlink():
            path.chmod(path.stat().st_mode & ~0o222)


def _release(folder: Path) -> None:
    """Let the folder be removed again."""
    for path in [folder, *archive.entries(folder)]:
        if path.is_dir() and not path.is_symlink():
            path.chmod(0o755)


def _report(folder: Path, program: Path) -> None:
    size = archive.size_of(folder)
    _say(f"the folder holds {size / _MEGABYTE:.1f} MB, {size:,} bytes")
    with tempfile.TemporaryDirectory(prefix="bxgui-home-") as home:
        environment = {**os.environ, **bare_environment(Path(home)), "PYTHONPATH": str(ROOT)}
        commands: Sequence[list[str]] = ([str(program)], [sys.executable, "-m", "bxgui"])
        for line in starting.compared(commands, environment):
            _say(line)


def main() -> int:
    """Check everything that was built; 1 when something is wrong."""
    made = product()
    program = made.folder / made.program
    if not program.exists() or not made.archive.exists():
        sys.stderr.write(f"frozen: there is nothing to try yet; {_BUILD_AGAIN}\n")
        return 1
    try:
        _check_built(program)
        _check_archive(made)
        _report(made.folder, program)
    except (CheckFailed, OSError, subprocess.SubprocessError) as failure:
        sys.stderr.write(f"frozen: {failure}\n")
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
