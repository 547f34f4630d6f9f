"""The address that a tunnel or proxy gives the listener, as a person types it."""

from __future__ import annotations

from urllib.parse import SplitResult, urlsplit

_SCHEMES = frozenset({"http", "https"})
_NOWHERE = frozenset(" \\")


class NotAWebAddress(ValueError):
    """A text that is no address a portal could call; the error's text is what it does wrong.

    The text itself is not quoted: what was pasted may hold the secret path, or a password.
    """


def public_base(text: str) -> str:
    """The address without what the listener adds itself; raises `NotAWebAddress`.

    A whole handler's address, pasted with its secret path, is taken for its base.
    """
    typed = text.strip()
    if not typed.isprintable() or not _NOWHERE.isdisjoint(typed):
        raise NotAWebAddress("holds a character that stands in no address")
    try:
        parts = urlsplit(typed if "://" in typed else f"https://{typed}")
    except ValueError as error:
        raise NotAWebAddress("is no web address") from error
    if fault := _fault(parts):
        raise NotAWebAddress(fault)
    base = parts.path.partition("/h/")[0].rstrip("/")
    return f"{parts.scheme}://{parts.netloc}{base}"


def _fault(parts: SplitResult) -> str:
    """What is wrong with the parts of an address, empty for nothing."""
    if parts.scheme not in _SCHEMES:
        return "begins with another scheme than https or http"
    if "@" in parts.netloc:
        return "holds a user name, which portals may not send"
    if not parts.hostname:
        return "names no host"
    if parts.hostname in _SCHEMES:
        # One slash only, or none.
        return "is no web address"
    return "" if _has_good_port(parts) else "names a port that is none"


def _has_good_port(parts: SplitResult) -> bool:
    try:
        return parts.port != 0
    except ValueError:
        return False
