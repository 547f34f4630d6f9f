"""Masking of secrets: cutting them out of bodies, hiding them in headers, short forms for eyes."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import compress
from typing import NamedTuple
from weakref import WeakKeyDictionary

from bxgui.core import phpform
from bxgui.core.handler_address import PATH_PREFIX
from bxgui.core.phpform import Form, Shape, Steps

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
_SECRET_PATH = re.compile(rf"{PATH_PREFIX}[^\s\"'<>]++")
# A shorter text may stand elsewhere by chance; a token of this length cannot.
SURELY_A_COPY = 16
# A call carries four. Where there are very many, looking for copies of each would take too long.
_MOST_SECRETS = 64

_JSON_TOKEN = re.compile(
    rb'"(?P<text>(?:[^"\\]++|\\.)*+)"(?P<colon>\s*+:)?+'
    rb"|(?P<number>-?[0-9][0-9.eE+-]*+)|(?P<opening>[\[{])|(?P<closing>[\]}])"
)


class Cut(NamedTuple):
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
    marks = _marks(form.shape)
    if not marks.secret:
        return CutBody(body, ())
    secrets = _surely_recognised(form.texts[number] for number in marks.secret)
    if secrets is None:
        return _cut_whole(body)
    starts = form.starts()
    names: set[int] = set()
    values = set(marks.secret)
    # Hardly ever there is a copy: to look for it once is faster than in each text.
    if _repeats("&".join([marks.names, *compress(form.texts, marks.others)]), secrets):
        names = _that_repeat(form.shape.names, secrets)
        values |= _that_repeat(form.texts, secrets)
    spans = [
        (starts[number] + form.value_start(number), starts[number + 1] - 1) for number in values
    ]
    spans += [(starts[number], starts[number] + form.shape.lengths[number]) for number in names]
    return _cut(body, sorted(spans), secrets)


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
    """The headers with the values of those that carry secrets masked.

    Some proxies tell the address that was asked for in a header: the secret path is masked there,
    with all that follows it.
    """
    return [(n, MASK if n.lower() in SECRET_HEADERS else _without_path(v)) for n, v in headers]


def _without_path(value: str) -> str:
    # Hardly ever there is one: to look for it first is faster.
    return _SECRET_PATH.sub(PATH_PREFIX + MASK, value) if PATH_PREFIX in value else value


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


class _Marks(NamedTuple):
    """Which segments of a form have secret names, which have not, and the names in one text."""

    secret: Sequence[int]
    others: Sequence[bool]
    names: str


# Kept for as long as the shapes that they belong to.
_KNOWN_MARKS: WeakKeyDictionary[Shape, _Marks] = WeakKeyDictionary()


def _marks(shape: Shape) -> _Marks:
    marks = _KNOWN_MARKS.get(shape)
    if marks is None:
        others = [not _names_secret(steps) for steps in shape.steps]
        secret = [number for number, is_other in enumerate(others) if not is_other]
        marks = _Marks(secret, others, "&".join(shape.names))
        _KNOWN_MARKS[shape] = marks
    return marks


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


def _that_repeat(texts: Iterable[str], secrets: frozenset[str]) -> set[int]:
    return {number for number, text in enumerate(texts) if _repeats(text, secrets)}


def _cut_whole(body: bytes) -> CutBody:
    return CutBody(PLACEHOLDER, (Cut(0, body),), None)
