"""Who may speak: at which secret paths calls are taken, and from which networks."""

from __future__ import annotations

import hmac
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bxgui.core.client_address import Address, Networks, address_of, is_within, real_address
from bxgui.core.handler_address import PATH_PREFIX
from bxgui.services.store.listener_paths import ListenerPath


@dataclass(frozen=True, slots=True)
class Sender:
    """Whose request it is; `shown` names the connection too where a proxy stands between."""

    address: Address | None
    shown: str


class Gate:
    """Tells the handler's own paths from all others, and who may speak from who may not."""

    def __init__(
        self,
        paths: Sequence[ListenerPath],
        clock: Callable[[], datetime],
        allowed: Networks = (),
        proxies: Networks = (),
    ) -> None:
        self._paths = tuple(paths)
        self._clock = clock
        self._allowed = allowed
        self._proxies = proxies

    @property
    def paths(self) -> tuple[ListenerPath, ...]:
        """The paths known, the newest first, with those that are honoured no longer."""
        return self._paths

    @property
    def secret(self) -> str:
        """The newest path's secret."""
        return self._paths[0].secret

    def replace_paths(self, paths: Sequence[ListenerPath]) -> None:
        """Take calls at these paths from now on, the newest first; from any thread."""
        self._paths = tuple(paths)

    def secrets(self) -> list[str]:
        """The secrets of the paths that are honoured at this moment."""
        now = self._clock()
        return [one.secret for one in self._paths if one.is_honoured(now)]

    def is_ours(self, path: str) -> bool:
        """Whether a path is honoured at this moment; compared in constant time."""
        given = path.rstrip("/").encode("utf-8", "replace")
        honoured = [f"{PATH_PREFIX}{secret}".encode() for secret in self.secrets()]
        return sum(hmac.compare_digest(given, ours) for ours in honoured) > 0

    def sender(self, host: str, port: int, forwarded_for: Iterable[str]) -> Sender:
        """Who speaks over a connection, with the `X-Forwarded-For` lines that came over it."""
        peer = address_of(host)
        address = real_address(host, forwarded_for, self._proxies)
        shown = f"[{peer}]:{port}" if peer and peer.version == 6 else f"{peer or host}:{port}"
        return Sender(address, shown if address == peer else f"{address} via {shown}")

    def admits(self, sender: Sender) -> bool:
        """Whether a sender may speak: everybody may where no networks are named."""
        if not self._allowed:
            return True
        return sender.address is not None and is_within(sender.address, self._allowed)
