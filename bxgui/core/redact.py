"""Masking of secrets: cutting them out of bodies, hiding them in headers, short forms for eyes."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import compress
from typing import NamedTuple

from bxgui.core import phpform
from bxgui.core.phpform import Form, Steps

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
SURELY_A_COPY = 16
# A call carries four. Where there are very many, looking for copies of each would take too long.
_MOST_SECRETS = 64

_JSON_TOKEN = re.compile(
    rb'"(?P<text>(?:[^"\\]++|\\.)*+)"(?P<colon>\s*+:)?+'
    rb"|(?P<number>-?[0-9][0-9.eE+-]*+)|(?P<opening>[\[{])|(?P<closing>[\]}])"
)


@dataclass(frozen=True, slots=True)
class Cut:
    """A secret taken out of a body: the placeholder's offset in the masked body, and the bytes."""

    offset: int
    value: bytes


@dataclass(frozen=True, slots=True)
class CutBody:
    """A body without its secrets, and what `restore` needs to put them back byte for byte.

    `secrets` are those long enough to be found again in other texts; None when there are too many
    to look for, or none could be told from the rest.
    """

    masked: bytes
    cuts: tuple[Cut, ...]
    secrets: frozenset[str] | None = field(default=frozenset(), compare=False)

    def hides(self, text: str) -> bool:
        """Whether a text must not be shown, because it repeats a secret."""
        return self.secrets is None or _repeats(text, self.secrets)


def is_secret(name: str) -> bool:
    """Whether a field of this name holds a secret, wherever it stands."""
    return name.lower() in SECRET_NAMES


def cut_form(body: bytes) -> CutBody:
    """Cut the secrets out of a form body or a query, with every value that repeats one."""
    return cut_parsed(body, phpform.parse(body))


def cut_parsed(body: bytes, form: Form) -> CutBody:
    """As `cut_form`, for a body that has been taken apart."""
    marks = [_names_secret(name[0]) for name in form.names]
    secrets = _surely_recognised(compress(form.texts, marks))
    if secrets is None:
        return _cut_whole(body)
    if not secrets and not any(marks):
        return CutBody(body, ())
    shortest = min(map(len, secrets), default=len(body) + 1)
    starts = form.starts()
    spans: list[tuple[int, int]] = []
    columns = zip(marks, form.names, form.texts, strict=True)
    for number, (is_marked, name, text) in enumerate(columns):
        if len(name[1]) >= shortest and _repeats(name[1], secrets):
            spans.append((starts[number], starts[number] + name.length))
        if is_marked or (len(text) >= shortest and _repeats(text, secrets)):
            start = starts[number] + form.value_start(number)
            spans.append((start, starts[number + 1] - 1))
    return _cut(body, spans, secrets)


def cut_json(body: bytes, also: Sequence[str] = ()) -> CutBody:
    """Cut the values of secret fields, and of the fields named in `also`, out of a JSON body.

    So is every text that repeats one, however it is spelled. What is not JSON is cut whole.
    """
    try:
        json.loads(body.decode("utf-8"), parse_int=str, parse_float=str)
    except (ValueError, RecursionError):
        return _cut_whole(body)
    atoms = list(_json_atoms(body, frozenset(also)))
    secrets = _surely_recognised(atom.text for atom in atoms if atom.secret)
    if secrets is None:
        return _cut_whole(body)
    spans = [
        (atom.start, atom.end) for atom in atoms if atom.secret or _repeats(atom.text, secrets)
    ]
    return _cut(body, spans, secrets)


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


class _Atom(NamedTuple):
    """A name or a value of JSON: where its bytes lie, the text they denote, if it is a secret."""

    start: int
    end: int
    text: str
    secret: bool


@lru_cache(4096)
def _names_secret(steps: Steps) -> bool:
    return any(isinstance(step, str) and is_secret(step) for step in steps)


def _json_atoms(body: bytes, also: frozenset[str]) -> Iterator[_Atom]:
    """Names, texts and numbers of valid JSON; everything inside a secret field is secret."""
    inside = [False]
    secret = False
    for token in _JSON_TOKEN.finditer(body):
        kind = token.lastgroup
        if kind == "opening":
            inside.append(secret)
        elif kind == "closing":
            inside.pop()
        elif kind == "number":
            yield _Atom(*token.span(), token.group().decode(), secret)
        else:
            start, end = token.span("text")
            text = str(json.loads(body[start - 1 : end + 1].decode("utf-8")))
            yield _Atom(start, end, text, secret and kind == "text")
            if kind == "colon":
                secret = inside[-1] or is_secret(text) or text in also
                continue
        secret = inside[-1]


def _surely_recognised(secrets: Iterable[str]) -> frozenset[str] | None:
    """The secrets that are long enough to be found again; None when there are too many."""
    long = frozenset(text for text in secrets if len(text) >= SURELY_A_COPY)
    return long if len(long) <= _MOST_SECRETS else None


def _cut(body: bytes, spans: Sequence[tuple[int, int]], secrets: frozenset[str]) -> CutBody:
    parts: list[bytes] = []
    cuts: list[Cut] = []
    position = length = 0
    for start, end in spans:
        if start == end:
            continue
        parts += (body[position:start], PLACEHOLDER)
        length += start - position
        cuts.append(Cut(length, body[start:end]))
        length += len(PLACEHOLDER)
        position = end
    parts.append(body[position:])
    return CutBody(b"".join(parts), tuple(cuts), secrets)


def _repeats(text: str, secrets: frozenset[str]) -> bool:
    if len(text) >= SURELY_A_COPY:
        # For each text of each call: twice as fast as any().
        for one in secrets:
            if one in text:
                return True
    return False


def _cut_whole(body: bytes) -> CutBody:
    return CutBody(PLACEHOLDER, (Cut(0, body),), None)
