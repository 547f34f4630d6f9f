"""A process of ours that speaks JSON lines and ends when its standard input closes."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QProcess, Signal

from bxgui.services.own_program import command_of

_STOP_MILLISECONDS = 12_000


class ChildProcess(QObject):
    """Runs `bxgui COMMAND`; `said` carries each JSON line.

    `ended` tells why it is gone though nobody had asked it to stop; else `stopped` comes.
    `complained` carries what it writes besides, which in a sound program is nothing.
    """

    # As a plain object: Qt would sort the keys of a dict.
    said = Signal(object)
    ended = Signal(str)
    stopped = Signal()
    complained = Signal(str)

    def __init__(self, data_dir: Path | None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._data_dir = data_dir
        self._process: QProcess | None = None
        self._stopping = False
        self._error_text = ""

    @property
    def is_running(self) -> bool:
        """Whether the process runs."""
        return self._process is not None

    @property
    def pid(self) -> int:
        """The process's number, 0 when there is none."""
        return self._process.processId() if self._process is not None else 0

    def start(self, arguments: Sequence[str], first_line: bytes = b"") -> None:
        """Start the command; secrets go in `first_line`, through the pipe."""
        if self._process is not None:
            return
        process = QProcess(self)
        self._process, self._stopping, self._error_text = process, False, ""
        process.readyReadStandardOutput.connect(self._read)
        process.readyReadStandardError.connect(self._read_errors)
        process.finished.connect(self._on_finished)
        process.errorOccurred.connect(self._on_error)
        program, head = command_of(self._data_dir)
        # On Windows Qt gives the child no console window, unless we have one that it can share.
        process.start(program, [*head, *arguments])
        if first_line:
            process.write(first_line)

    def send(self, document: object) -> None:
        """Send a JSON line."""
        if self._process is not None:
            self._process.write(json.dumps(document).encode() + b"\n")

    def stop(self) -> None:
        """Close its standard input: it finishes what is in flight, then `stopped` comes."""
        if self._process is not None:
            self._stopping = True
            self._process.closeWriteChannel()

    def wait_until_stopped(self) -> None:
        """Stop, and block until the process is gone; only for the end of the program."""
        process = self._process
        if process is None:
            return
        self.stop()
        if not process.waitForFinished(_STOP_MILLISECONDS):
            process.kill()
            process.waitForFinished(_STOP_MILLISECONDS)

    def _read(self) -> None:
        process = self._process
        while process is not None and process.canReadLine():
            line = bytes(process.readLine().data())
            try:
                document = json.loads(line)
            except ValueError:
                self.complained.emit(line.decode("utf-8", "replace"))
                continue
            if isinstance(document, dict):
                self.said.emit(document)

    def _read_errors(self) -> None:
        if self._process is not None:
            text = bytes(self._process.readAllStandardError().data()).decode("utf-8", "replace")
            self._error_text = (self._error_text + text)[-2000:]
            if text:
                self.complained.emit(text)

    def _on_error(self, error: QProcess.ProcessError) -> None:
        if error is QProcess.ProcessError.FailedToStart:
            self._finish(self.tr("It could not be started."))

    def _on_finished(self, code: int, status: QProcess.ExitStatus) -> None:
        self._read()
        self._read_errors()
        if self._error_text.strip():
            reason = _said_in(self._error_text.strip().splitlines()[-1])
        elif status is QProcess.ExitStatus.CrashExit:
            reason = self.tr("It was killed or has crashed.")
        else:
            reason = self.tr("It ended with status %1.").replace("%1", str(code))
        self._finish(reason)

    def _finish(self, reason: str) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.deleteLater()
            if self._stopping:
                self.stopped.emit()
            else:
                self.ended.emit(reason)


def _said_in(line: str) -> str:
    """What a command says in a line; what is no line of a command is taken as it is."""
    try:
        document = json.loads(line)
    except ValueError:
        return line
    if not isinstance(document, dict):
        return line
    return str(document.get("error") or document.get("remark") or line)
