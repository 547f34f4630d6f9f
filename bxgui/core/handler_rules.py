"""What Bitrix24 demands of a handler's address, before and after it has taken it.

The portal itself compares only scheme and host when a rule is registered (contract §1.1, from its
source). Whatever else is told here comes from the documentation: the queue server that posts the
calls is on the internet and reaches nobody's local network.
"""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from bxgui.core.checks import Severity
from bxgui.core.handler_address import PATH_PREFIX

_LOCAL_NAMES = ("localhost", "localdomain", "local", "lan", "internal", "home.arpa")


@dataclass(frozen=True, slots=True)
class HandlerFinding:
    """One thing that is wrong with a handler's address."""

    code: str
    severity: Severity


NOT_AN_ADDRESS = HandlerFinding("not_an_address", Severity.PROBLEM)
OTHER_SCHEME = HandlerFinding("other_scheme", Severity.PROBLEM)
HOST_WITHOUT_DOT = HandlerFinding("host_without_dot", Severity.PROBLEM)
LOCAL_HOST = HandlerFinding("local_host", Severity.PROBLEM)
NO_SECRET_PATH = HandlerFinding("no_secret_path", Severity.PROBLEM)
PLAIN_HTTP = HandlerFinding("plain_http", Severity.WARNING)
USER_NAME = HandlerFinding("user_name", Severity.WARNING)
FRAGMENT = HandlerFinding("fragment", Severity.WARNING)


def handler_findings(address: str) -> tuple[HandlerFinding, ...]:
    """What is wrong with a handler's whole address, the worst first; nothing for a good one."""
    # As the portal compares it: in small letters only.
    scheme = address.partition(":")[0]
    if scheme not in {"http", "https"}:
        return (OTHER_SCHEME,)
    try:
        parts = urlsplit(address)
        readable = parts.port != 0 and bool(parts.hostname)
    except ValueError:
        readable = False
    if not readable or not address.isprintable() or any(letter in address for letter in " \\"):
        return (NOT_AN_ADDRESS,)
    return tuple(sorted(_of_parts(parts), key=lambda one: one.severity is not Severity.PROBLEM))


def is_reachable_ip(text: str) -> bool:
    """Whether a machine on the internet can reach an IP address; False for what is none."""
    try:
        address = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return False
    mapped = getattr(address, "ipv4_mapped", None) or address
    return bool(mapped.is_global) and not mapped.is_multicast


def _of_parts(parts: SplitResult) -> list[HandlerFinding]:
    host = parts.hostname or ""
    found = {
        LOCAL_HOST: _is_local(host.rstrip(".")),
        HOST_WITHOUT_DOT: host.find(".") < 1,
        NO_SECRET_PATH: not _has_secret(parts.path),
        PLAIN_HTTP: parts.scheme == "http",
        USER_NAME: "@" in parts.netloc,
        FRAGMENT: bool(parts.fragment),
    }
    return [finding for finding, holds in found.items() if holds]


def _has_secret(path: str) -> bool:
    _, prefix, secret = path.rpartition(PATH_PREFIX)
    return bool(prefix and secret.strip("/"))


def _is_local(host: str) -> bool:
    try:
        ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return any(host == name or host.endswith(f".{name}") for name in _LOCAL_NAMES)
    return not is_reachable_ip(host)
