"""Asks whoever answers at an address whether it is a listener of our store.

A stranger may sit there, so the secret path does not travel: both sides prove with a keyed digest
that they know it, over a number that is never used twice. Whoever proves nothing is answered as
at any unknown path.
"""

from __future__ import annotations

import hmac
import http.client
import ipaddress
import secrets
import ssl
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import SplitResult, urlsplit

from bxgui.core.handler_address import PATH_PREFIX
from bxgui.services.time_limit import within

HEADER = "bxgui-probe"
_SECONDS = 3.0


class Answer(StrEnum):
    """Who answers at an address."""

    OURS = "ours"
    OTHER_LISTENER = "other_listener"
    OTHER_PROGRAM = "other_program"
    SILENT = "silent"


@dataclass(frozen=True, slots=True)
class Heard:
    """Who answers, and with which HTTP status; 0 where the answer is none of HTTP."""

    answer: Answer
    status: int = 0


def probe(address: str, secret: str, instance: str = "", seconds: float = _SECONDS) -> Answer:
    """Who answers at the address of a handler, or at its base; `seconds` bound the whole of it.

    With an `instance` a listener of the same store under another one is `OTHER_LISTENER`.
    """
    return hear(address, secret, instance, seconds).answer


def hear(address: str, secret: str, instance: str = "", seconds: float = _SECONDS) -> Heard:
    """As `probe`, with the status of the answer."""
    nonce = secrets.token_hex(16)
    header = f"{nonce}.{_digest(secret, 'ask', nonce)}"
    try:
        heard = within(seconds, lambda: _ask(address, header, seconds), "probe")
    except (OSError, ValueError):  # no connection, no name, no time, or no address at all
        return Heard(Answer.SILENT)
    if heard is None:
        return Heard(Answer.OTHER_PROGRAM)
    status, answered = heard
    other, _, proof = answered.rpartition(".")
    if not _is_equal(proof, _digest(secret, "answer", nonce, other)):
        return Heard(Answer.OTHER_PROGRAM, status)
    is_same = not instance or _is_equal(other, instance)
    return Heard(Answer.OURS if is_same else Answer.OTHER_LISTENER, status)


def answer_to(header: str, known_secrets: Sequence[str], instance: str) -> str:
    """What a listener answers to a probe's header; nothing where that proves nothing."""
    nonce, _, proof = header.rpartition(".")
    for secret in known_secrets:
        if _is_equal(proof, _digest(secret, "ask", nonce)):
            return f"{instance}.{_digest(secret, 'answer', nonce, instance)}"
    return ""


def _ask(address: str, header: str, seconds: float) -> tuple[int, str] | None:
    """Status and probe's header of the answer; None where what answers speaks something else.

    Raises OSError when nobody answers, and ValueError for what is no address.
    """
    parts = urlsplit(address)
    connection = connection_to(parts, seconds)
    # Under the prefix, for proxies that pass nothing else on.
    path = parts.path.partition(PATH_PREFIX)[0].rstrip("/") + PATH_PREFIX
    try:
        connection.connect()
        connection.request("GET", path, headers={HEADER: header})
        response = connection.getresponse()
        return response.status, response.getheader(HEADER, "")
    except ConnectionRefusedError:
        raise
    except (ssl.SSLError, ConnectionError, http.client.HTTPException):
        return None
    finally:
        connection.close()


def connection_to(parts: SplitResult, seconds: float) -> http.client.HTTPConnection:
    """A connection to be made; certificates are checked but on this computer."""
    host = parts.hostname or ""
    if parts.scheme != "https":
        return http.client.HTTPConnection(host, parts.port or 80, timeout=seconds)
    context = ssl.create_default_context()
    if _is_loopback(host):
        # No secret travels, and certificates name what the listener is called outside.
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    return http.client.HTTPSConnection(host, parts.port or 443, timeout=seconds, context=context)


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _digest(secret: str, *words: str) -> str:
    return hmac.new(secret.encode(), "".join(words).encode(), "sha256").hexdigest()


def _is_equal(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode(), other.encode())
