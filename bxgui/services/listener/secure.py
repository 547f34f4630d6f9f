"""TLS connections, which have their place among the open ones before they can say anything."""

from __future__ import annotations

import asyncio
from asyncio.sslproto import SSLProtocol
from ssl import SSLContext
from typing import cast

from bxgui.services.listener.protocol import HandlerProtocol

_FAREWELL_SECONDS = 2
# The handler's own limit, that of a head, ends it long before.
_LONGEST_HANDSHAKE_SECONDS = 3600


class SecureConnection(SSLProtocol):
    """A connection that is encrypted, and counted from its first byte: handshakes take time too."""

    # Each connection holds as much from its beginning. No record of TLS is greater.
    max_size = 32 * 1024

    def __init__(self, handler: HandlerProtocol, context: SSLContext) -> None:
        super().__init__(
            asyncio.get_running_loop(),
            handler,
            context,
            None,  # type: ignore[arg-type] # nobody waits for the end of the handshake
            server_side=True,
            ssl_handshake_timeout=_LONGEST_HANDSHAKE_SECONDS,
            ssl_shutdown_timeout=_FAREWELL_SECONDS,
        )
        self._handler = handler

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Take the place, and begin the handshake in it."""
        super().connection_made(transport)
        self._handler.handshake_begun(cast(asyncio.Transport, transport))

    def connection_lost(self, exc: BaseException | None) -> None:
        """Leave the place; the handler hears of it only where the handshake came to its end."""
        super().connection_lost(exc)
        self._handler.gone()
