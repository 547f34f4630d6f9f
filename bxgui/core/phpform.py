"""PHP-style form bodies and queries, both ways.

`decode` builds what PHP 8.3 puts into `$_POST`, without PHP's silent limits; `encode` writes what
`http_build_query` writes (RFC 1738). Text is `str` with `surrogateescape`: bytes that are not
UTF-8 survive a round trip.
"""

from __future__ import annotations

import re
from binascii import a2b_qp
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from operator import getitem
from typing import Any, TypeAlias
from urllib.parse import quote_plus

Key: TypeAlias = str | int
Tree: TypeAlias = "str | dict[Key, Tree]"
Places: TypeAlias = "int | dict[Key, Places]"
Steps: TypeAlias = tuple[Key | None, ...]

_ESCAPES = re.compile(rb"(?:%[0-9A-Fa-f]{2})+")
_INTEGER = re.compile(r"(?:0|-?[1-9][0-9]{0,18})\Z")
_PLAIN_NAME = re.compile(r"[^ .\[\0][^ .\[\0]*\Z")
_MANGLED_HEAD = str.maketrans({" ": "_", ".": "_"})
_MANGLED_TAIL = str.maketrans({" ": "_", ".": "_", "[": "_"})
_C_SPACE = frozenset(" \t\n\v\f\r")
_INT_MAX = 2**63 - 1
_UNQUOTED_PRINTABLE = bytes.maketrans(b"+%", b" =")
# Bounds of what is remembered: the names are chosen by whoever posts.
_MOST_SHAPES = 128
_MOST_NAMES = 300
_MOST_BYTES_OF_NAMES = 8192


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


class PhpArray(dict[Key, Any]):
    """An array under construction, with PHP's counter for `[]`."""

    __slots__ = ("_next_free",)

    def __init__(self) -> None:
        super().__init__()
        self._next_free: int | None = None

    def place(self, key: Key | None, value: object) -> None:
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


@dataclass(frozen=True, eq=False)
class Shape:
    """The names of a form, and what follows from them whatever the values are.

    The calls of one rule have the same shape again and again. In columns: the keys that a name
    denotes, none for a variable that PHP ignores; its text; how many bytes it took as it came. So
    there are no objects that Python looks into for garbage: of many names, that takes long.
    """

    steps: Sequence[Steps]
    names: Sequence[str]
    lengths: Sequence[int]

    @cached_property
    def depth(self) -> int:
        """The most levels of brackets that a name has."""
        return max(map(len, self.steps)) - 1

    @cached_property
    def values(self) -> Sequence[slice]:
        """Where in the text of each segment its value stands: behind name and equals sign."""
        return [slice(len(name) + 1, None) for name in self.names]

    @cached_property
    def places(self) -> dict[Key, Places]:
        """The variables, with a segment's number in the place of its value."""
        root = PhpArray()
        for number, steps in enumerate(self.steps):
            if steps:
                array = root
                for key in steps[:-1]:
                    array = array.branch(key)
                array.place(steps[-1], number)
        return root


@dataclass(frozen=True, slots=True)
class Form:
    """A form body in columns: its segments as they came, their names, and their values' texts.

    An empty segment stays, as a variable that PHP ignores.
    """

    segments: Sequence[bytes]
    shape: Shape
    texts: Sequence[str]

    def starts(self) -> list[int]:
        """Where each segment begins in the body."""
        return list(accumulate((len(segment) + 1 for segment in self.segments), initial=0))

    def value_start(self, number: int) -> int:
        """Where a segment's value begins in it; at its end where it has none."""
        return min(self.shape.lengths[number] + 1, len(self.segments[number]))


def canonical_key(text: str) -> Key:
    """An integer where PHP would use one as array key, else the text itself."""
    if _INTEGER.match(text):
        number = int(text)
        if -_INT_MAX - 1 <= number <= _INT_MAX:
            return number
    return text


def unquote(raw: bytes) -> str:
    """URL-decoded text: `+` is a space, a bad escape stays as it is."""
    if b"%" in raw:
        raw = _unescaped(raw)
    elif b"+" in raw:
        raw = raw.replace(b"+", b" ")
    return raw.decode("utf-8", "surrogateescape")


def _unescaped(raw: bytes) -> bytes:
    """What escapes and `+` stand for; quoted-printable is nearly the same, and decoded in C."""
    # With these, quoted-printable has escapes and ends of lines of its own.
    if b"=" not in raw and b"\n" not in raw and b"\r" not in raw:
        found = a2b_qp(raw.translate(_UNQUOTED_PRINTABLE))
        # Each good escape is three bytes for one; with a bad one the sum does not come out.
        if len(found) == len(raw) - 2 * raw.count(b"%"):
            return found
    return _ESCAPES.sub(_one_run_unescaped, raw.replace(b"+", b" "))


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
    shape = _shape(tuple([segment.partition(b"=")[0] for segment in segments]))
    # A name and its equals sign are unquoted with the value, so that it begins behind them.
    together = unquote(body.replace(b"=", b"%3D")).split("&")
    if len(together) == len(segments):
        texts = list(map(_part, together, shape.values))
    else:
        texts = [unquote(segment.partition(b"=")[2]) for segment in segments]
    return Form(segments, shape, texts)


_part: Callable[[str, slice], str] = getitem
_SHAPES: dict[tuple[bytes, ...], Shape] = {}


def _shape(raw_names: tuple[bytes, ...]) -> Shape:
    """What the names tell, remembered unless they are unusually many or long."""
    shape = _SHAPES.get(raw_names)
    if shape is None:
        names = list(map(unquote, raw_names))
        shape = Shape(list(map(split_name, names)), names, list(map(len, raw_names)))
        if len(raw_names) <= _MOST_NAMES and sum(map(len, raw_names)) <= _MOST_BYTES_OF_NAMES:
            if len(_SHAPES) >= _MOST_SHAPES:
                _SHAPES.clear()
            _SHAPES[raw_names] = shape
    return shape


def decode(body: bytes, limits: Limits = LIMITS) -> dict[Key, Tree]:
    """The variables of a form body or query; raises `BodyRefused` beyond `limits`."""
    check(body, limits)
    return build(parse(body), limits)


def check(body: bytes, limits: Limits = LIMITS) -> None:
    """Raise `BodyRefused` for a body of too many bytes or pairs, before anything is decoded."""
    if len(body) > limits.max_bytes:
        message = f"the body has {len(body)} bytes, the limit is {limits.max_bytes}"
        raise BodyRefused("too_large", message)
    if len(body) > limits.max_pairs and body.count(b"&") >= limits.max_pairs:
        count = sum(1 for segment in body.split(b"&") if segment)
        if count > limits.max_pairs:
            message = f"the body has {count} name-value pairs, the limit is {limits.max_pairs}"
            raise BodyRefused("too_many_pairs", message)


def build(form: Form, limits: Limits = LIMITS) -> dict[Key, Tree]:
    """The variables of a form; raises `BodyRefused` for a name of too many levels."""
    depth = form.shape.depth
    if depth > limits.max_depth:
        message = f"a name has {depth} levels, the limit is {limits.max_depth}"
        raise BodyRefused("too_deep", message)
    return _filled(form.shape.places, form.texts)


def _filled(places: dict[Key, Places], texts: Sequence[str]) -> dict[Key, Tree]:
    return {
        key: _filled(place, texts) if isinstance(place, dict) else texts[place]
        for key, place in places.items()
    }


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
