"""PHP-style form bodies and queries, both ways.

`decode` builds what PHP 8.3 puts into `$_POST`, without PHP's silent limits; `encode` writes what
`http_build_query` writes (RFC 1738). Text is `str` with `surrogateescape`: bytes that are not
UTF-8 survive a round trip.
"""

from __future__ import annotations

import re
from binascii import a2b_qp
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from typing import Any, NamedTuple, TypeAlias
from urllib.parse import quote_plus

Key: TypeAlias = str | int
Tree: TypeAlias = "str | dict[Key, Tree]"
Steps: TypeAlias = tuple[Key | None, ...]

_ESCAPES = re.compile(rb"(?:%[0-9A-Fa-f]{2})+")
_INTEGER = re.compile(r"(?:0|-?[1-9][0-9]{0,18})\Z")
_PLAIN_NAME = re.compile(r"[^ .\[\0][^ .\[\0]*\Z")
_MANGLED_HEAD = str.maketrans({" ": "_", ".": "_"})
_MANGLED_TAIL = str.maketrans({" ": "_", ".": "_", "[": "_"})
_C_SPACE = frozenset(" \t\n\v\f\r")
_INT_MAX = 2**63 - 1
_MOST_KNOWN = 4096
_LONGEST_KNOWN = 200


@dataclass(frozen=True, slots=True)
class Limits:
    """What a body may hold at most: bytes, name-value pairs, levels of brackets."""

    max_bytes: int = 8 * 1024 * 1024
    max_pairs: int = 20_000
    max_depth: int = 16


LIMITS = Limits()


class BodyRefused(ValueError):
    """A body that is not decoded; `code` names the rule it breaks."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


class PhpArray(dict[Key, "Tree"]):
    """An array under construction, with PHP's counter for `[]`."""

    __slots__ = ("_next_free",)

    def __init__(self) -> None:
        super().__init__()
        self._next_free: int | None = None

    def place(self, key: Key | None, value: Tree) -> None:
        """Put `value` under `key`, or behind the greatest integer key for None, which is `[]`."""
        if key.__class__ is not str:
            if key is None:
                key = self._appended()
                if key is None:
                    return
            if isinstance(key, int) and (self._next_free is None or key >= self._next_free):
                self._next_free = key + 1
        self[key] = value

    def branch(self, key: Key | None) -> PhpArray:
        """The array under `key`, made where there is none; a scalar there gives way.

        One that finds no place behind the greatest integer is lost, with what goes into it.
        """
        if key is not None:
            existing = self.get(key)
            if existing.__class__ is PhpArray:
                return existing
        made = PhpArray()
        self.place(key, made)
        return made

    def _appended(self) -> int | None:
        if self._next_free is None:
            return 0
        return self._next_free if self._next_free <= _INT_MAX else None


class Name(NamedTuple):
    """A name as it came: the keys it denotes, its text, and how many bytes it took.

    A variable that PHP ignores has no keys.
    """

    steps: Steps
    text: str
    length: int


@dataclass(frozen=True, slots=True)
class Form:
    """A form body in columns: its segments as they came, their names, and their values' texts.

    An empty segment stays, as a variable that PHP ignores.
    """

    segments: Sequence[bytes]
    names: Sequence[Name]
    texts: Sequence[str]

    def starts(self) -> list[int]:
        """Where each segment begins in the body."""
        return list(accumulate((len(segment) + 1 for segment in self.segments), initial=0))

    def value_start(self, number: int) -> int:
        """Where a segment's value begins in it; at its end where it has none."""
        return min(self.names[number].length + 1, len(self.segments[number]))


def canonical_key(text: str) -> Key:
    """An integer where PHP would use one as array key, else the text itself."""
    if _INTEGER.match(text):
        number = int(text)
        if -_INT_MAX - 1 <= number <= _INT_MAX:
            return number
    return text


def unquote(raw: bytes) -> str:
    """URL-decoded text: `+` is a space, a bad escape stays as it is."""
    if b"+" in raw:
        raw = raw.replace(b"+", b" ")
    if b"%" in raw:
        raw = _unescaped(raw)
    return raw.decode("utf-8", "surrogateescape")


def _unescaped(raw: bytes) -> bytes:
    """What the escapes stand for; quoted-printable is the same with `=`, and decoded in C."""
    # With these, quoted-printable has escapes and ends of lines of its own.
    if b"=" not in raw and b"\n" not in raw and b"\r" not in raw:
        found = a2b_qp(raw.replace(b"%", b"="))
        # Each good escape is three bytes for one; with a bad one the sum does not come out.
        if len(found) == len(raw) - 2 * raw.count(b"%"):
            return found
    return _ESCAPES.sub(_one_run_unescaped, raw)


def _one_run_unescaped(match: re.Match[bytes]) -> bytes:
    return bytes.fromhex(match.group().replace(b"%", b"").decode("ascii"))


def split_name(name: str) -> Steps:
    """The keys a decoded name denotes; None is `[]`; empty when PHP ignores the variable."""
    if _PLAIN_NAME.match(name):
        return (canonical_key(name),)
    name = name.partition("\0")[0].lstrip(" ")
    head, bracket, tail = name.partition("[")
    head = head.translate(_MANGLED_HEAD)
    if not head:
        return ()
    if not bracket:
        return (canonical_key(head),)
    return _bracketed(head, tail)


def _bracketed(head: str, tail: str) -> Steps:
    """`tail` begins behind the first `[`."""
    steps: list[Key | None] = [canonical_key(head)]
    start = 0
    while (closing := tail.find("]", start)) >= 0:
        index = tail[start:closing]
        steps.append(None if not index or index in _C_SPACE else canonical_key(index))
        if not tail.startswith("[", closing + 1):
            return tuple(steps)
        start = closing + 2
    if len(steps) == 1:
        return (f"{head}_{tail.translate(_MANGLED_TAIL)}",)
    return tuple(steps)


def parse(body: bytes) -> Form:
    """The segments of a form body, taken apart and unquoted.

    In columns, and where it can be in one step for all of them: most of the time that a call takes
    would be spent here.
    """
    segments = body.split(b"&")
    raw_names = [segment.partition(b"=")[0] for segment in segments]
    read = _read_name if max(map(len, raw_names)) <= _LONGEST_KNOWN else _name
    names = list(map(read, raw_names))
    # A name and its equals sign are unquoted with the value, so that it begins behind them.
    together = unquote(body.replace(b"=", b"%3D")).split("&")
    if len(together) == len(segments):
        texts = [text[len(name[1]) + 1 :] for name, text in zip(names, together, strict=True)]
    else:
        texts = [unquote(segment.partition(b"=")[2]) for segment in segments]
    return Form(segments, names, texts)


def _name(raw: bytes) -> Name:
    name = unquote(raw)
    return Name(split_name(name), name, len(raw))


# The calls of one rule carry the same names again and again.
_read_name = lru_cache(_MOST_KNOWN)(_name)


def decode(body: bytes, limits: Limits = LIMITS) -> dict[Key, Tree]:
    """The variables of a form body or query; raises `BodyRefused` beyond `limits`."""
    check(body, limits)
    return build(parse(body), limits)


def check(body: bytes, limits: Limits = LIMITS) -> None:
    """Raise `BodyRefused` for a body of too many bytes or pairs, before anything is decoded."""
    if len(body) > limits.max_bytes:
        message = f"the body has {len(body)} bytes, the limit is {limits.max_bytes}"
        raise BodyRefused("too_large", message)
    if body.count(b"&") >= limits.max_pairs:
        count = sum(1 for segment in body.split(b"&") if segment)
        if count > limits.max_pairs:
            message = f"the body has {count} name-value pairs, the limit is {limits.max_pairs}"
            raise BodyRefused("too_many_pairs", message)


def build(form: Form, limits: Limits = LIMITS) -> dict[Key, Tree]:
    """The variables of a form; raises `BodyRefused` for a name of too many levels."""
    root = PhpArray()
    for name, text in zip(form.names, form.texts, strict=True):
        steps = name[0]
        if len(steps) == 1:
            root.place(steps[0], text)
        elif steps:
            if len(steps) - 1 > limits.max_depth:
                message = f"a name has {len(steps) - 1} levels, the limit is {limits.max_depth}"
                raise BodyRefused("too_deep", message)
            array = root
            for key in steps[:-1]:
                array = array.branch(key)
            array.place(steps[-1], text)
    return root


def to_json(tree: Tree) -> object:
    """`tree` as `json_encode` shapes it: keys 0..n-1 in order make a list."""
    if isinstance(tree, str):
        return tree
    if list(tree) == list(range(len(tree))):
        return [to_json(value) for value in tree.values()]
    return {str(key): to_json(value) for key, value in tree.items()}


def encode(variables: Mapping[Any, object]) -> bytes:
    """The body that `http_build_query` writes: null and empty arrays disappear, true is 1."""
    return "&".join(_encoded(None, variables)).encode("ascii")


def _encoded(prefix: str | None, value: object) -> Iterator[str]:
    if isinstance(value, Mapping):
        items: Iterator[tuple[object, object]] = iter(value.items())
    elif isinstance(value, Sequence) and not isinstance(value, str):
        items = iter(enumerate(value))
    else:
        if value is not None:
            yield f"{prefix}={_quoted(_scalar(value))}"
        return
    for key, inner in items:
        name = _quoted(str(key))
        yield from _encoded(name if prefix is None else f"{prefix}%5B{name}%5D", inner)


def _scalar(value: object) -> str:
    if isinstance(value, bool):
        return "1" if value else "0"
    return _float(value) if isinstance(value, float) else str(value)


def _float(number: float) -> str:
    """A number of 14 digits, PHP's own `precision`."""
    digits, _, exponent = f"{number:.14G}".partition("E")
    if not exponent:
        return digits
    return f"{digits if '.' in digits else digits + '.0'}E{int(exponent):+}"


def _quoted(text: str) -> str:
    return quote_plus(text, errors="surrogateescape").replace("~", "%7E")
