"""The address that a tunnel or proxy gives the listener, as a person types it."""

from __future__ import annotations

from urllib.parse import urlsplit


class NotAWebAddress(ValueError):
    """A text that is no address a portal could call."""


def public_base(text: str) -> str:
    """The address without what the listener adds itself; raises `NotAWebAddress`.

    A whole handler's address, pasted with its secret path, is taken for its base.
    """
    typed = text.strip()
    try:
        parts = urlsplit(typed if "://" in typed else f"https://{typed}")
        usable = parts.scheme in {"http", "https"} and parts.hostname and parts.port != 0
    except ValueError as error:
        raise NotAWebAddress(typed) from error
    if not usable or "@" in parts.netloc or any(letter.isspace() for letter in parts.netloc):
        raise NotAWebAddress(typed)
    base = parts.path.partition("/h/")[0].rstrip("/")
    return f"{parts.scheme}://{parts.netloc}{base}"
