"""Runs the steps in a process of their own, and reports."""

from __future__ import annotations

import os
import platform
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from bxgui import __version__
from bxgui.command_problem import CommandProblem
from bxgui.self_test.lines import Line, Word
from bxgui.services.own_program import command_of

_REPORT_NAME = "bxgui-self-test.txt"
# The rest of the half minute is for ending what does not end.
_SECONDS = 25.0
_LOG = Path("data") / "bxgui.log"


def run(named: Path | None) -> bool:
    """Run the self-test; True when every step went well and nothing else was written.

    Raises `CommandProblem` when the report cannot be written.
    """
    report = _Report(_report_file(named))
    began = time.monotonic()
    report.write(_described())
    with tempfile.TemporaryDirectory(
        prefix="bxgui-self-test-", ignore_cleanup_errors=True
    ) as folder:
        _watch(Path(folder), report.take)
        _read_log(Path(folder) / _LOG, report.take)
    if Path(folder).exists():
        report.take(Line(Word.FAILED, "end", f"{folder} could not be removed"))
    report.conclude(time.monotonic() - began)
    return not report.has_failed


class _Report:
    """Lines for whoever looks on, and in a file where nobody can."""

    def __init__(self, file: Path | None) -> None:
        self.has_failed = False
        self._file = file
        self._keep("")
        self._lines: list[str] = []
        self._taken = 0

    def take(self, line: Line) -> None:
        """Write a line of a step; anything but a good one fails the test."""
        self._taken += 1
        if line.word is Word.UNEXPECTED:
            line = Line(Word.FAILED, line.step, f"unexpected output: {line.detail}")
        self.has_failed |= line.word is Word.FAILED
        self.write(str(line))

    def write(self, text: str) -> None:
        """Write a line."""
        self._lines.append(text)
        if sys.stdout is not None:
            sys.stdout.write(f"{text}\n")
            sys.stdout.flush()

    def conclude(self, seconds: float) -> None:
        """Write what came of it, and the file."""
        if not self._taken:
            self.take(Line(Word.FAILED, "start", "no step was taken"))
        verdict = "FAILED" if self.has_failed else "passed"
        self.write(f"self-test {verdict} in {seconds:.1f} s")
        if self._file is not None:
            self.write(f"this report is in {self._file}")
            self._keep("\n".join(self._lines) + "\n")

    def _keep(self, text: str) -> None:
        if self._file is None:
            return
        try:
            self._file.write_text(text, "utf-8")
        except OSError as error:
            message = f"the report cannot be written to {self._file}: {error.strerror}."
            raise CommandProblem(message) from error


def _watch(folder: Path, tell: Callable[[Line], None]) -> None:
    try:
        from bxgui.self_test.watching import watch
    except ImportError as error:
        tell(Line(Word.FAILED, "start", str(error)))
        return
    watch(_command(folder), _environment(os.environ), _SECONDS, tell)


def _report_file(named: Path | None) -> Path | None:
    """Where the report goes: what is named, or where a program without a console can write."""
    if named is not None:
        return named.absolute()
    return Path(tempfile.gettempdir()) / _REPORT_NAME if sys.platform == "win32" else None


def _described() -> str:
    kind = "frozen" if getattr(sys, "frozen", False) else "not frozen"
    return f"bxgui {__version__}, {kind}, Python {platform.python_version()}, {platform.platform()}"


def _command(folder: Path) -> list[str]:
    program, head = command_of(folder)
    return [program, *head, "--self-test-steps"]


def _environment(given: Mapping[str, str]) -> dict[str, str]:
    """No display is needed, and the program's own folder is not written to."""
    environment = {"QT_QPA_PLATFORM": "offscreen", **given, "PYTHONDONTWRITEBYTECODE": "1"}
    if sys.platform == "win32":
        # Offscreen, Qt would look for fonts in its own folder.
        fonts = str(Path(given.get("SYSTEMROOT", r"C:\Windows")) / "Fonts")
        environment.setdefault("QT_QPA_FONTDIR", fonts)
    return environment


def _read_log(file: Path, tell: Callable[[Line], None]) -> None:
    """What any process logged is as unexpected as what it wrote."""
    if file.exists():
        for text in file.read_text("utf-8", "replace").splitlines():
            tell(Line(Word.UNEXPECTED, "log", text))
