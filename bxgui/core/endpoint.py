"""Addresses of portals, read strictly: what is shown, trusted and called is the same host."""

from __future__ import annotations

import ipaddress
import re
from functools import lru_cache
from urllib.parse import SplitResult, urlsplit

_HOST = re.compile(r"[a-z0-9](?:[a-z0-9_.-]{0,251}[a-z0-9])?\Z")
_PATH = re.compile(r"(?:/(?!\.{1,2}(?:/|\Z))[A-Za-z0-9_.-]+)*/*\Z")
_DEFAULT_PORTS = {"http": 80, "https": 443}


# A portal's calls carry the same address again and again.
@lru_cache(256)
def portal_endpoint(text: str) -> str:
    """The address in its one spelling, with a slash at the end; empty for anything doubtful.

    Programs disagree on how to read back-slashes, escapes, user names, steps up and the like, so an
    address with any of them is none. A name beyond ASCII is shown as it is resolved, in punycode.
    """
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        return ""
    host = _host(parts)
    if parts.scheme not in _DEFAULT_PORTS or not host or parts.query or parts.fragment:
        return ""
    shown_port = "" if port in {None, _DEFAULT_PORTS[parts.scheme]} else f":{port}"
    endpoint = f"{parts.scheme}://{host}{shown_port}{parts.path.rstrip('/')}/"
    return endpoint if _PATH.match(parts.path) and _is_plain(text, parts) else ""


def typed_endpoint(text: str) -> str:
    """The endpoint of a portal that a person names by host, page or endpoint; empty for none."""
    typed = text.strip()
    try:
        parts = urlsplit(typed if "://" in typed else f"https://{typed}")
    except ValueError:
        return ""
    path = parts.path if parts.path.rstrip("/").endswith("/rest") else "/rest/"
    return portal_endpoint(f"{parts.scheme}://{parts.netloc}{path}")


@lru_cache(256)
def endpoint_host(endpoint: str) -> str:
    """Host of an address, with its port where that is not the scheme's own; empty for none."""
    strict = portal_endpoint(endpoint)
    return urlsplit(strict).netloc if strict else ""


def _is_plain(text: str, parts: SplitResult) -> bool:
    """Whether nothing stands in the address but what was read from it."""
    return (
        text.isprintable()
        and not any(letter in text for letter in "\\ %?#")
        and "@" not in parts.netloc
        and not parts.netloc.endswith(":")
    )


def _host(parts: SplitResult) -> str:
    host = parts.hostname or ""
    if "[" in parts.netloc:
        return f"[{host}]" if _is_ipv6(host) else ""
    if not host.isascii():
        try:
            host = host.encode("idna").decode("ascii").lower()
        except UnicodeError:
            return ""
    return host if _HOST.match(host) and ".." not in host else ""


def _is_ipv6(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).version == 6 and "%" not in host
    except ValueError:
        return False
