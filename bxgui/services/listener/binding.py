"""The socket that the listener listens on, and why it cannot be had."""

from __future__ import annotations

import errno
import os
import socket
from dataclasses import dataclass
from pathlib import Path

from bxgui.core.client_address import Networks

_BACKLOG = 2048


class ListenProblem(Exception):
    """The listener cannot start; the text says why and what to do."""


@dataclass(frozen=True, slots=True)
class TlsFiles:
    """Where a certificate with its chain, and its key, are kept as PEM."""

    certificate: Path
    key: Path


@dataclass(frozen=True, slots=True)
class ListenOptions:
    """Where to listen, and to whom: port 0 takes any free one, no networks mean everybody."""

    host: str
    port: int
    public_url: str = ""
    allowed: Networks = ()
    proxies: Networks = ()
    tls: TlsFiles | None = None


def bind(options: ListenOptions) -> socket.socket:
    """A listening socket; raises `ListenProblem`."""
    try:
        found = socket.getaddrinfo(
            options.host, options.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )
    except (OSError, UnicodeError, OverflowError) as error:
        message = f"{options.host!r} is not an address of this computer."
        raise ListenProblem(message) from error
    family, kind, protocol, _, address = found[0]
    bound = socket.socket(family, kind, protocol)
    try:
        if os.name == "posix":
            bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind(address)
        bound.listen(_BACKLOG)
    except (OSError, OverflowError) as error:
        bound.close()
        raise _bind_problem(error, options) from error
    return bound


def _bind_problem(error: Exception, options: ListenOptions) -> ListenProblem:
    number = getattr(error, "errno", None)
    if number == errno.EADDRINUSE:
        return ListenProblem(
            f"Port {options.port} is taken by another program, perhaps a second bxgui. "
            "Close it, or choose another port."
        )
    if number == errno.EACCES:
        return ListenProblem(f"This user may not listen on port {options.port}. Choose another.")
    return ListenProblem(f"Cannot listen on {options.host}:{options.port}: {error}.")
