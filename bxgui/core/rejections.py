"""Why a POST is not taken: the codes, and the HTTP status that answers each."""

from __future__ import annotations

import re

from bxgui.core.redact import SECRET_HEADERS, SECRET_NAMES

# How much of a post is shown, whatever came.
PREVIEW_BYTES = 2048
BROKEN_OFF = "broken_off"
NOT_ALLOWED = "not_allowed"
NO_ROOM = "no_room"

_STATUS = {
    BROKEN_OFF: 0,
    "too_slow": 408,
    "no_length": 411,
    "too_large": 413,
    "media_type": 415,
    "content_encoding": 415,
    "head_too_large": 431,
    NOT_ALLOWED: 403,
    NO_ROOM: 503,
    "too_many_connections": 503,
}
_BAD_REQUEST = 400
_NAMES = "|".join(map(re.escape, sorted(SECRET_NAMES | SECRET_HEADERS)))
_SECRET_NAME = re.compile(rf"(?i)((?:{_NAMES})(?:%5D|[\]\"'>:=\\\s])*+)([^&\"'<>,}}\\\r\n]++)")
_SECRET_PATH = re.compile(r"(/h/)[^\s?#&\"'<>]+")
# Whatever is as long as a token, and made of the same letters and digits, is taken for one.
_TOKEN_LIKE = re.compile(r"[A-Za-z0-9_.|~+-]{16,}")


def status_of(code: str) -> int:
    """The HTTP status that answers a rejected POST; 0 where nobody is left to be answered."""
    return _STATUS.get(code, _BAD_REQUEST)


def preview(raw: bytes) -> bytes:
    """The first bytes of a post that nobody understood, with all that may be a secret masked.

    Its shape is unknown, so rather too much is masked than too little. What is no text is left out.
    """
    text = raw[: 2 * PREVIEW_BYTES].replace(b"\0", b"").decode("utf-8", "replace")
    text = _SECRET_NAME.sub(r"\1***", text)
    text = _SECRET_PATH.sub(r"\1***", text)
    return _TOKEN_LIKE.sub(_masked_token, text).encode()[:PREVIEW_BYTES]


def _masked_token(match: re.Match[str]) -> str:
    run = match.group()
    return "***" if any(letter.isdigit() for letter in run) else run
