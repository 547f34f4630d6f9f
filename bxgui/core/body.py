"""The body of a handler call: form or JSON, decoded alike, its secrets cut out."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import NoReturn

from bxgui.core import phpform, redact
from bxgui.core.phpform import LIMITS, BodyRefused, Key, Limits, Tree

FORM = "application/x-www-form-urlencoded"
JSON = "application/json"

_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Reading:
    """The fields of a body, and the body without its secrets."""

    fields: dict[Key, Tree]
    cut: redact.CutBody


_NOTHING = redact.CutBody(b"", ())


def media_type(content_type: str | None) -> str:
    """The media type without parameters, lower case; a body without one is taken as a form."""
    return (content_type or FORM).partition(";")[0].strip().lower() or FORM


def decode(body: bytes, content_type: str | None, limits: Limits = LIMITS) -> dict[Key, Tree]:
    """The fields of a body; raises `BodyRefused` for what is neither a form nor JSON."""
    kind = media_type(content_type)
    if kind == FORM:
        return phpform.decode(body, limits)
    if kind == JSON:
        return _decode_json(body, limits)
    raise BodyRefused("media_type", f"a body of the type {kind[:100]!r} is not understood")


def readable_fields(body: bytes, content_type: str | None) -> object:
    """The fields as JSON shapes them; None for a body that is not understood."""
    try:
        return phpform.to_json(decode(body, content_type))
    except BodyRefused:
        return None


def properties_of(body: bytes, content_type: str | None) -> object:
    """The properties of a call as JSON shapes them; an empty map where it has none."""
    fields = readable_fields(body, content_type)
    return fields.get("properties", {}) if isinstance(fields, dict) else {}


def read(body: bytes, content_type: str | None, limits: Limits = LIMITS) -> Reading:
    """As `decode`, with the secrets cut out at the same time; raises `BodyRefused`."""
    if media_type(content_type) != FORM:
        return Reading(decode(body, content_type, limits), redact.cut_json(body))
    if not body:
        return Reading({}, _NOTHING)
    phpform.check(body, limits)
    form = phpform.parse(body)
    return Reading(phpform.build(form, limits), redact.cut_parsed(body, form))


def _decode_json(body: bytes, limits: Limits) -> dict[Key, Tree]:
    if len(body) > limits.max_bytes:
        message = f"the body has {len(body)} bytes, the limit is {limits.max_bytes}"
        raise BodyRefused("too_large", message)
    try:
        document = json.loads(
            body.decode("utf-8"), parse_constant=_no_constant, parse_float=str, parse_int=str
        )
    except RecursionError as error:
        raise BodyRefused("too_deep", "the JSON is nested too deeply") from error
    except ValueError as error:
        raise BodyRefused("json", "the body says it is JSON and is not") from error
    if not isinstance(document, dict):
        raise BodyRefused("json", "the JSON is not an object")
    counter = _JsonReader(limits)
    return {_whole(name): counter.tree(value, 0) for name, value in document.items()}


def _no_constant(name: str) -> NoReturn:
    message = f"{name} is not JSON"
    raise ValueError(message)


class _JsonReader:
    """Turns parsed JSON into the tree a form would give, counting values and depth."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._values = 0

    def tree(self, value: object, depth: int) -> Tree:
        if depth > self._limits.max_depth:
            message = f"the JSON has more than {self._limits.max_depth} levels"
            raise BodyRefused("too_deep", message)
        if not isinstance(value, (dict, list)) or not value:
            self._count()
        if isinstance(value, dict):
            return {
                phpform.canonical_key(_whole(k)): self.tree(inner, depth + 1)
                for k, inner in value.items()
            }
        if isinstance(value, list):
            return {i: self.tree(inner, depth + 1) for i, inner in enumerate(value)}
        return _whole(_leaf_text(value))

    def _count(self) -> None:
        self._values += 1
        if self._values > self._limits.max_pairs:
            message = f"the JSON has more than {self._limits.max_pairs} values"
            raise BodyRefused("too_many_pairs", message)


def _whole(text: str) -> str:
    """The text itself, unless an escape wrote half of a character into it."""
    if _LONE_SURROGATE.search(text):
        raise BodyRefused("json", "the JSON holds a lone surrogate")
    return text


def _leaf_text(value: object) -> str:
    """A leaf as a form would carry it: true is 1, false is 0, null is empty."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    return str(value)
