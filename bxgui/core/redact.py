"""Masking of secrets: cutting them out of bodies, hiding them in headers, short forms for eyes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bxgui.core import phpform

PLACEHOLDER = b"***"
MASK = PLACEHOLDER.decode()

SECRET_NAMES = frozenset(
    {
        "access_token",
        "app_sid",
        "application_token",
        "auth_id",
        "client_secret",
        "event_token",
        "refresh_id",
        "refresh_token",
    }
)
SECRET_HEADERS = frozenset(
    {"authorization", "cookie", "proxy-authorization", "set-cookie", "x-api-key", "x-auth-token"}
)
# A shorter text may stand elsewhere by chance; a token of this length cannot.
_SURELY_A_COPY = 16


@dataclass(frozen=True, slots=True)
class Cut:
    """A secret taken out of a body: the placeholder's offset in the masked body, and the bytes."""

    offset: int
    value: bytes


@dataclass(frozen=True, slots=True)
class CutBody:
    """A body without its secrets, and what `restore` needs to put them back byte for byte."""

    masked: bytes
    cuts: tuple[Cut, ...]


def is_secret(name: str) -> bool:
    """Whether a field of this name holds a secret, wherever it stands."""
    return name.lower() in SECRET_NAMES


def cut_form(body: bytes) -> CutBody:
    """Cut the secrets out of a form body or a query."""
    found = [
        (pair.start, pair.end)
        for pair in phpform.pairs(body)
        if pair.end > pair.start and any(step and is_secret(step) for step in pair.steps)
    ]
    return _cut(body, found)


def cut_json(body: bytes, also: Sequence[str] = ()) -> CutBody:
    """Cut the values of secret fields, and of the fields named in `also`, out of a JSON body.

    A body that is not JSON, or spells a secret in a way that cannot be found again, is cut whole.
    """
    try:
        document = json.loads(body)
    except (ValueError, RecursionError):
        return _cut(body, [(0, len(body))])
    values = set(_secret_values(document, frozenset(also)))
    found: list[tuple[int, int]] = []
    for value in values:
        spans = [span for raw in _spellings(value) for span in _occurrences(body, b'"%s"' % raw)]
        if not spans:
            return _cut(body, [(0, len(body))])
        found += [(start + 1, end - 1) for start, end in spans]
    return _cut(body, found)


def restore(body: CutBody) -> bytes:
    """The body as it was before the cut."""
    parts: list[bytes] = []
    position = 0
    for cut in body.cuts:
        parts += (body.masked[position : cut.offset], cut.value)
        position = cut.offset + len(PLACEHOLDER)
    parts.append(body.masked[position:])
    return b"".join(parts)


def masked_headers(headers: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """The headers with the values of those that carry secrets masked."""
    return [(n, MASK if n.lower() in SECRET_HEADERS else v) for n, v in headers]


def short_token(token: str) -> str:
    """An event token in a form to recognise it by: `62c6…8980a`."""
    shown = 4 + 5
    return f"{token[:4]}…{token[-5:]}" if len(token) > 2 * shown else MASK


def digest(text: str) -> str:
    """SHA-256 of a token, hexadecimal: recognises it without keeping it."""
    return hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest()


def fingerprint(token_digest: str) -> str:
    """The part of a digest that a person compares: `3f2a 91c0 77de`."""
    return " ".join(token_digest[i : i + 4] for i in range(0, 12, 4)).strip()


def _cut(body: bytes, found: list[tuple[int, int]]) -> CutBody:
    copies = [
        span
        for value in {body[start:end] for start, end in found}
        if len(value) >= _SURELY_A_COPY
        for span in _occurrences(body, value)
    ]
    parts: list[bytes] = []
    cuts: list[Cut] = []
    position = length = 0
    for start, end in sorted({*found, *copies}):
        if start < position:
            continue
        parts += (body[position:start], PLACEHOLDER)
        length += start - position
        cuts.append(Cut(length, body[start:end]))
        length += len(PLACEHOLDER)
        position = end
    parts.append(body[position:])
    return CutBody(b"".join(parts), tuple(cuts))


def _occurrences(body: bytes, value: bytes) -> Iterator[tuple[int, int]]:
    position = body.find(value)
    while position >= 0:
        yield position, position + len(value)
        position = body.find(value, position + len(value))


def _secret_values(document: object, also: frozenset[str]) -> Iterator[str]:
    if isinstance(document, dict):
        for name, value in document.items():
            if isinstance(value, str):
                if value and (is_secret(name) or name in also):
                    yield value
            else:
                yield from _secret_values(value, also)
    elif isinstance(document, list):
        for value in document:
            yield from _secret_values(value, also)


def _spellings(value: str) -> set[bytes]:
    """How JSON writers spell a text between its quotes."""
    escaped = json.dumps(value)[1:-1]
    plain = json.dumps(value, ensure_ascii=False)[1:-1]
    spelled = {escaped, plain, escaped.replace("/", "\\/"), plain.replace("/", "\\/")}
    return {text.encode("utf-8", "surrogatepass") for text in spelled}
