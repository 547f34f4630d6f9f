"""Runs the window's listener: starts it, watches it, starts it again when it dies, stops it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from bxgui.core.handler_address import HandlerAddress, local_base
from bxgui.ui.child_process import ChildProcess
from bxgui.ui.desk import Desk
from bxgui.ui.listener_probe import ListenerProbe, Probe
from bxgui.ui.practice_portal import PracticePortal
from bxgui.ui.problem_texts import problem_text, told
from bxgui.ui.pulse import Pulse
from bxgui.ui.restarts import Outage, Restarts

if TYPE_CHECKING:
    from bxgui.services.settings import Settings
    from bxgui.services.vault import StoreKey
    from bxgui.services.workspace import Workspace

Event = dict[str, object]


def _utc_now() -> datetime:
    return datetime.now(UTC)


class ListenerControl(QObject):
    """Starts, watches and stops the listener.

    `listening` and `moved` carry its address, `stopped` and `restarting` why it is down,
    `restarted` the outage that is over, `port_taken` and `answered` who answers where it would
    listen or does, `keyring` who keeps the key and, where nobody does, why, `saved` why settings
    were not saved, or nothing. `news` carries every other event that a person should read of.
    """

    starting = Signal()
    listening = Signal(str)
    moved = Signal(str)
    stopped = Signal(str)
    restarting = Signal(str)
    restarted = Signal(object)
    rejected = Signal(int, str)
    pulse = Signal(object)
    news = Signal(object)
    answered = Signal(str, str)
    port_taken = Signal(str, str)
    saved = Signal(str)
    keyring = Signal(str, str)
    trouble = Signal(str)

    def __init__(
        self,
        desk: Desk,
        data_dir: Path | None,
        settings_folder: Path,
        port: int | None = None,
        parent: QObject | None = None,
        *,
        now: Callable[[], datetime] = _utc_now,
        probe: Probe | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._settings_folder = settings_folder
        self._port = port
        self.now = now
        self.local_url = self._instance = ""
        self._outage: tuple[datetime, str] | None = None
        self.restarts = Restarts(now)
        self._pause = QTimer(self, singleShot=True)
        self._pause.timeout.connect(self.start)
        self.listener = ChildProcess(data_dir, self)
        self.listener.said.connect(self._on_said)
        self.listener.ended.connect(self._on_ended)
        self.listener.stopped.connect(self.start)
        self.practice = PracticePortal(desk, self)
        self.practice.trouble.connect(self.trouble)
        self.probe = ListenerProbe(desk, probe, self) if probe is not None else None
        if self.probe is not None:
            self.probe.answered.connect(self.answered)
        self._closed = False

    def start(self) -> None:
        """Start the listener, once its key is here: a keyring may ask a person first."""
        self.starting.emit()

        self._desk.ask(lambda w: w.key(), self._start, self._on_cannot_start)

    def restart(self) -> None:
        """Start the listener; one that runs finishes what is in flight first."""
        self._pause.stop()
        self.restarts.begin_anew()
        self._set_local_url("")
        if self.listener.is_running:
            self.starting.emit()
            self.listener.stop()
        else:
            self.start()

    def close(self) -> None:
        """Stop all processes for good, and wait for them."""
        if self._closed:
            return
        self._closed = True
        self._pause.stop()
        self._set_local_url("")
        self.listener.stopped.disconnect(self.start)
        self.practice.process.wait_until_stopped()
        self.listener.wait_until_stopped()

    def send_test_call(self) -> None:
        """Have the practice portal post a call to the listener."""
        if self.local_url:
            self.practice.send_call(self.local_url)

    def send_all_test_calls(self) -> None:
        """Have the practice portal post one call of each kind."""
        if self.local_url:
            self.practice.send_all_calls(self.local_url)

    def settings(self, done: Callable[[Settings], None]) -> None:
        """The settings as they are kept now."""

        def load(_workspace: Workspace) -> Settings:
            from bxgui.services import settings  # noqa: PLC0415 - loaded after the first paint

            return settings.load(self._settings_folder)

        self._desk.ask(load, done, lambda error: self.trouble.emit(problem_text(error)))

    def save(self, settings: Settings) -> None:
        """Keep settings, unless their TLS files are no good, and start the listener with them."""

        def keep(_workspace: Workspace) -> None:
            from bxgui.services import settings as kept  # noqa: PLC0415 - after the first paint
            from bxgui.services.listener import tls  # noqa: PLC0415
            from bxgui.services.listener.configured import options_of  # noqa: PLC0415

            options = options_of(settings, self._settings_folder)
            if options.tls is not None:
                tls.load(options.tls)
            kept.save(self._settings_folder, settings)

        def done(_none: None) -> None:
            self.saved.emit("")
            self.restart()

        self._desk.ask(keep, done, lambda error: self.saved.emit(problem_text(error)))

    def make_new_address(self, days: int) -> None:
        """Give the handler a new secret address; the listener notices by itself."""
        until = self.now() + timedelta(days=days)
        self._desk.ask(
            lambda w: w.store.listener_paths.rotate(self.now(), until), lambda _path: None
        )

    def _start(self, key: StoreKey) -> None:
        from bxgui.services.vault import key_line  # noqa: PLC0415 - loaded after the first paint

        self.keyring.emit(key.keeper, key.reason)
        arguments = ["listen", "--json", "--key-from-stdin"]
        if self._port is not None:
            arguments += ["--port", str(self._port)]
        self.listener.start(arguments, key_line(key))

    def _on_cannot_start(self, error: Exception) -> None:
        self.stopped.emit(problem_text(error))

    def _on_said(self, event: Event) -> None:
        kind = event.get("event")
        if kind == "listening":
            self._on_listening(event)
        elif kind == "stored":
            self._desk.note_change()
        elif kind == "rejected":
            self.rejected.emit(_number(event.get("status")), str(event.get("reason")))
        elif kind == "status":
            self.pulse.emit(_pulse(event))
            self.news.emit(event)
        else:
            self._on_news(event)

    def _on_news(self, event: Event) -> None:
        if event.get("event") == "address":
            self._set_local_url(str(event.get("local_url")))
            self.moved.emit(str(event.get("url")))
        self.news.emit(event)

    def _on_listening(self, event: Event) -> None:
        self._instance = str(event.get("instance") or "")
        self._set_local_url(str(event.get("local_url")))
        self.listening.emit(str(event.get("url")))
        if self._outage is not None:
            begun, reason = self._outage
            self._outage = None
            self.restarted.emit(Outage(begun, reason, self.now()))

    def _on_ended(self, reason: str) -> None:
        had_listened = bool(self.local_url)
        self._set_local_url("")
        self.practice.process.stop()
        reason = told(reason)
        if not had_listened:
            self.stopped.emit(reason)
            self._ask_who_has_the_port()
            return
        self._outage = self._outage or (self.now(), reason)
        pause = self.restarts.after_death()
        if pause is None:
            self.stopped.emit(reason)
        else:
            self.restarting.emit(reason)
            self._pause.start(int(pause * 1000))

    def _ask_who_has_the_port(self) -> None:
        """Where the listener would listen: whoever answers there keeps it from it."""
        probe, given_port = self.probe, self._port
        if probe is None:
            return

        def address(workspace: Workspace) -> tuple[str, int] | None:
            from bxgui.services.listener.configured import configured  # noqa: PLC0415 - when it fails
            from bxgui.services.settings import SettingsProblem  # noqa: PLC0415

            try:
                options = configured(self._settings_folder)
            except SettingsProblem:
                return None  # that is why it has ended, and it has said so
            port = options.port if given_port is None else given_port
            base = local_base(options.host, port, tls=options.tls is not None)
            secret = workspace.store.listener_paths.honoured(self.now())[0].secret
            return HandlerAddress(base).local_url(secret), port

        def ask(found: tuple[str, int] | None) -> None:
            if found is not None:
                url, port = found
                probe.ask(url, lambda answer: self.port_taken.emit(answer, str(port)))

        self._desk.ask(address, ask)

    def _set_local_url(self, url: str) -> None:
        self.local_url = url
        if self.probe is not None:
            self.probe.watch(url, self._instance)


def _number(value: object) -> int:
    return value if isinstance(value, int) else 0


def _pulse(event: Event) -> Pulse:
    last = event.get("last_call_at")
    return Pulse(
        calls=_number(event.get("calls_per_minute")),
        rejected=_number(event.get("rejected_per_minute")),
        last_call_at=datetime.fromisoformat(last) if isinstance(last, str) else None,
    )
