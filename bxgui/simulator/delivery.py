"""Posts calls and events to handlers, as the queue server does: once, whatever comes of it."""

from __future__ import annotations

import ssl
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from urllib.parse import urlsplit

from bxgui.simulator.app_events import OutgoingEvent
from bxgui.simulator.engine import OutgoingCall

USER_AGENT = "Bitrix24 Webhook Engine"
CONTENT_TYPE = "application/x-www-form-urlencoded"


@dataclass(frozen=True, slots=True)
class Delivery:
    """A call that was posted; `status` is None, and `failure` says why, if nothing answered."""

    call: OutgoingCall
    handler: str
    status: int | None
    failure: str = ""


@dataclass(frozen=True, slots=True)
class Announcement:
    """An event that was posted; `status` is None, and `failure` says why, if nothing answered."""

    event: OutgoingEvent
    handler: str
    status: int | None
    failure: str = ""


def deliver(
    call: OutgoingCall,
    handler: str,
    *,
    timeout: float = 30,
    tls: ssl.SSLContext | None = None,
) -> Delivery:
    """Post a call to the URL of a handler; never raises, never repeats."""
    return Delivery(call, handler, *_attempt(handler, call.body, timeout, tls))


def announce(
    event: OutgoingEvent,
    handler: str,
    *,
    timeout: float = 30,
    tls: ssl.SSLContext | None = None,
) -> Announcement:
    """Post an event to the URL of a handler; never raises, never repeats."""
    return Announcement(event, handler, *_attempt(handler, event.body, timeout, tls))


def _attempt(
    handler: str, body: bytes, timeout: float, tls: ssl.SSLContext | None
) -> tuple[int | None, str]:
    try:
        return _posted(handler, body, timeout, tls), ""
    except (OSError, HTTPException, ValueError) as error:
        return None, f"{type(error).__name__}: {error}"


def _posted(handler: str, body: bytes, timeout: float, tls: ssl.SSLContext | None) -> int:
    url = urlsplit(handler)
    if url.scheme not in {"http", "https"} or not url.hostname:
        raise ValueError(f"{handler!r} is not the URL of a handler")
    connection = (
        HTTPSConnection(
            url.hostname, url.port, timeout=timeout, context=tls or _own_context(url.hostname)
        )
        if url.scheme == "https"
        else HTTPConnection(url.hostname, url.port, timeout=timeout)
    )
    target = (url.path or "/") + (f"?{url.query}" if url.query else "")
    try:
        headers = {"User-Agent": USER_AGENT, "Content-Type": CONTENT_TYPE, "Accept": "*/*"}
        connection.request("POST", target, body, headers)
        response = connection.getresponse()
        response.read()
        return response.status
    finally:
        connection.close()


def _own_context(host: str) -> ssl.SSLContext | None:
    """A handler on this computer has a certificate for its public name, so any will do."""
    if host not in {"127.0.0.1", "::1", "localhost"}:
        return None
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context
