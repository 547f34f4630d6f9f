"""What the listener tells: an event for the window, a line for a person."""

from __future__ import annotations

import os
from datetime import datetime

from bxgui.core.records import Stored
from bxgui.services.listener.announcer import Announcer
from bxgui.services.listener.status import Report
from bxgui.services.vault import StoreKey


class Announcements:
    """The events of a listener, each in both of its forms.

    The first line is the address, for whoever waits for it; what is told before comes behind it.
    """

    def __init__(self, announcer: Announcer) -> None:
        self._announcer = announcer
        self._disk_low = False
        self._held: list[tuple[str, dict[str, object]]] | None = []

    def listening(
        self, url: str, local_url: str, host: str, port: int, key: StoreKey, instance: str
    ) -> None:
        """The first line: where portals reach the handler; `instance` tells listeners apart."""
        self._announcer.say(
            f"listening: {url}",
            event="listening",
            url=url,
            local_url=local_url,
            host=host,
            port=port,
            pid=os.getpid(),
            instance=instance,
            keyring=key.keeper,
            keyring_reason=key.reason,
        )
        held, self._held = self._held or [], None
        for text, event in held:
            self._say(text, **event)
        if not key.kept:
            self._say(
                f"secrets are kept in memory only, because {key.reason}: "
                "what is caught now cannot be answered after this program ends",
                event="no_keyring",
                reason=key.reason,
            )

    def address(self, url: str, local_url: str) -> None:
        """Another secret path is the one to register rules with."""
        self._say(f"new address: {url}", event="address", url=url, local_url=local_url)

    def tls_reloaded(self, expires_at: datetime | None) -> None:
        """New connections get the certificate that has taken the place of the former one."""
        until = expires_at.isoformat() if expires_at else None
        self._say(
            "tls reloaded: the new certificate is in use" + (f" until {until}" if until else ""),
            event="tls_reloaded",
            expires_at=until,
        )

    def tls_problem(self, reason: str) -> None:
        """The certificate files have changed and cannot be used; the former pair stays in use."""
        self._say(
            f"tls problem: {reason} The former certificate stays in use.",
            event="tls_problem",
            reason=reason,
        )

    def tls_warning(self, reason: str) -> None:
        """The certificate in use is one that portals do not accept."""
        self._say(f"tls warning: {reason}", event="tls_warning", reason=reason)

    def stored(self, stored: Stored) -> None:
        """A call is in the store."""
        again = f", delivery {stored.deliveries}" if stored.deliveries > 1 else ""
        what = " ".join(filter(None, (stored.rule or stored.reason, stored.document)))
        portal = stored.portal or "nowhere"
        self._say(
            f"stored {stored.kind} {stored.call_id}: {what} from {portal}{again}",
            event="stored",
            id=stored.call_id,
            kind=stored.kind.value,
            state=stored.state.value if stored.state else None,
            rule=stored.rule,
            document=stored.document,
            portal=stored.portal,
            deliveries=stored.deliveries,
            reason=stored.reason,
        )

    def rejected(self, status: int, reason: str) -> None:
        """A post was not taken, or could not be stored; status 0 when its sender had gone."""
        self._say(f"rejected ({status}): {reason}", event="rejected", status=status, reason=reason)

    def not_stored(self, calls: int, reason: str, *, kept: bool) -> None:
        """Calls could not be stored; they are in the emergency file, or lost."""
        where = "kept in the emergency file" if kept else "LOST"
        self._say(
            f"NOT STORED: {calls} {_plural(calls, 'call')}, {where}: {reason}",
            event="not_stored",
            calls=calls,
            reason=reason,
            kept=kept,
        )

    def recovered(self, calls: int) -> None:
        """The store can be written again."""
        self._say(
            f"the store works again; {calls} {_plural(calls, 'call')} taken in "
            "from the emergency file",
            event="recovered",
            calls=calls,
        )

    def cannot_store(self, reason: str) -> None:
        """The store cannot be used from the start on; calls are taken all the same."""
        self._say(
            f"CANNOT STORE: {reason} Calls are answered with 503, and kept in the emergency file, "
            "until the store works",
            event="cannot_store",
            reason=reason,
        )

    def replaced(self, name: str) -> None:
        """Somebody has put another file in the store's place, which is used from now on."""
        kept = f"; the former one is kept as {name}" if name else ""
        self._say(
            f"THE STORE was replaced by another file, which is used now{kept}",
            event="replaced",
            name=name,
        )

    def brought_over(self, calls: int, reason: str, *, kept: bool) -> None:
        """Acknowledged calls were missing in the store; with a reason why they still are."""
        was = f"{calls} acknowledged {_plural(calls, 'call')} missing in the store"
        where = "kept in the emergency file" if kept else "LOST"
        self._say(
            f"PERHAPS {was}, {where}: {reason}" if reason else f"{was}, and put there again",
            event="brought_over",
            calls=calls,
            reason=reason,
            kept=kept,
        )

    def set_aside(self, name: str) -> None:
        """The store was damaged, or gone; a fresh one has begun."""
        happened = f"was damaged and is kept as {name}" if name else "was gone"
        self._say(f"THE STORE {happened}; a new one has begun", event="set_aside", name=name)

    def status(self, report: Report) -> None:
        """Rates and free space: for a program only, but for a disk that is full or well again."""
        self._say(
            "",
            event="status",
            calls_per_minute=report.calls_per_minute,
            rejected_per_minute=report.rejected_per_minute,
            last_call_at=report.last_call_at.isoformat() if report.last_call_at else None,
            disk_free=report.disk_free,
            disk_low=report.disk_low,
        )
        if report.disk_low != self._disk_low:
            self._disk_low = report.disk_low
            self._disk(report)

    def _disk(self, report: Report) -> None:
        if not report.disk_low:
            self._say("the disk with the store has room again", event="disk_ok")
            return
        megabytes = (report.disk_free or 0) // 1_000_000
        self._say(
            f"DISK NEARLY FULL: {megabytes} MB are left where the store is; "
            "without room no call can be stored. Free some space",
            event="disk_low",
            free=report.disk_free,
        )

    def stopped(self) -> None:
        """The last line."""
        self._say("stopped", event="stopped")

    def _say(self, text: str, **event: object) -> None:
        if self._held is None:
            self._announcer.say(text, **event)
        else:
            self._held.append((text, event))


def _plural(number: int, word: str) -> str:
    return word if number == 1 else f"{word}s"
