"""A request as it may be shown: with marks in the place of its secrets, or revealed.

A mark is the name of a variable between two lone surrogates, which stand in no text of a request.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from bxgui.core.json_values import JsonValue, dump
from bxgui.core.literals import json_dialect, literal
from bxgui.core.records import Headers
from bxgui.core.redact import MASK, SURELY_A_COPY, is_secret
from bxgui.core.rest_request import ACCESS_TOKEN_PARAMETER, RestRequest, Secret

_MARK = re.compile("\udc00([A-Z0-9_]+)\udc01")


@dataclass(frozen=True, slots=True)
class ShownRequest:
    """A request whose texts hold marks; `secrets` are those that the marks stand for.

    `hides_numbers` tells that a number was a secret, or repeated one: it has become a text.
    """

    endpoint: str
    method: str
    headers: Headers
    parameters: dict[str, JsonValue] = field(repr=False)
    body: str = field(repr=False)
    secrets: tuple[Secret, ...] = field(default=(), repr=False)
    hides_numbers: bool = False

    @property
    def url(self) -> str:
        """The address it goes to."""
        return f"{self.endpoint}{self.method}"

    @property
    def host(self) -> str:
        """Host of the address, and its port where one is given."""
        return self.endpoint.split("/", 3)[2]

    @property
    def raw(self) -> bytes:
        """The request byte for byte, `***` in the place of each mark."""
        path = self.url.split("/", 3)[-1]
        lines = [f"POST /{path} HTTP/1.1", *(f"{name}: {value}" for name, value in self.headers)]
        text = "\r\n".join([*lines, "", self.body])
        return _MARK.sub(MASK, text).encode("utf-8")


def shown(request: RestRequest, *, revealed: bool) -> ShownRequest:
    """The request with its secrets when they are revealed, else with marks in their place."""
    parameters = dict(request.parameters)
    if revealed:
        body = request.body.decode("utf-8")
        return ShownRequest(
            request.endpoint, request.method, request.wire_headers, parameters, body
        )
    veil = _Veil(_names(request))
    veiled = {
        name: veil.value(value, secret=is_secret(name) or name == ACCESS_TOKEN_PARAMETER)
        for name, value in parameters.items()
    }
    body = literal(veiled, _MARKED_JSON)
    endpoint = veil.address(request.endpoint)
    used = {*_MARK.findall(body), *_MARK.findall(endpoint)}
    return ShownRequest(
        endpoint,
        request.method,
        tuple((name, veil.text(value)) for name, value in request.wire_headers),
        veiled,
        body,
        tuple(Secret(name, value) for value, name in veil.names.items() if name in used),
        veil.hides_numbers,
    )


def joined(
    text: str, write: Callable[[str], str], variable: Callable[[str], str], plus: str
) -> str:
    """A text as an expression: what stands between its marks written, variables in their place."""
    pieces = [
        variable(piece) if number % 2 else write(piece)
        for number, piece in enumerate(_MARK.split(text))
        if piece
    ]
    return plus.join(pieces or [write("")])


class _Veil:
    """Puts marks in the place of secrets; `names` has the variable for each of their values."""

    def __init__(self, names: Mapping[str, str]) -> None:
        self.names = names
        self.hides_numbers = False
        long = sorted((one for one in names if len(one) >= SURELY_A_COPY), key=len, reverse=True)
        self._copies = re.compile("|".join(map(re.escape, long))) if long else None

    def text(self, text: str, *, secret: bool = False) -> str:
        """The text with marks for the copies of secrets in it, or one mark for the whole."""
        if secret and text:
            return _mark(self.names[text])
        if self._copies is None:
            return text
        return self._copies.sub(lambda match: _mark(self.names[match.group()]), text)

    def address(self, address: str) -> str:
        """The address with marks for secrets in it: a webhook's code is a step of its path."""
        steps = (
            _mark(self.names[step]) if step in self.names else step for step in address.split("/")
        )
        return self.text("/".join(steps))

    def value(self, value: JsonValue, *, secret: bool) -> JsonValue:
        """The value with marks in all of its texts and names."""
        if isinstance(value, str):
            return self.text(value, secret=secret)
        if isinstance(value, list):
            return [self.value(item, secret=secret) for item in value]
        if isinstance(value, dict):
            return {
                self.text(name): self.value(inner, secret=secret or is_secret(name))
                for name, inner in value.items()
            }
        if value is None or isinstance(value, bool):
            return value
        digits = self.text(str(value), secret=secret)
        if digits == str(value):
            return value
        self.hides_numbers = True
        return digits


def _names(request: RestRequest) -> dict[str, str]:
    """The variable for each secret value: those of the call, then what stands in secret fields."""
    names: dict[str, str] = {}
    for secret in request.secrets:
        if secret.value:
            names.setdefault(secret.value, secret.name)
    of_the_call = len(names)
    for name, value in request.parameters:
        for text in _secret_texts(value, secret=is_secret(name) or name == ACCESS_TOKEN_PARAMETER):
            names.setdefault(text, f"BX_VALUE_{len(names) - of_the_call + 1}")
    return names


def _secret_texts(value: JsonValue, *, secret: bool) -> Iterator[str]:
    """The texts and numbers inside fields with the names of secrets."""
    if isinstance(value, list):
        for item in value:
            yield from _secret_texts(item, secret=secret)
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield from _secret_texts(inner, secret=secret or is_secret(name))
    elif secret and value is not None and not isinstance(value, bool) and value != "":
        yield str(value)


def _mark(name: str) -> str:
    return f"\udc00{name}\udc01"


def _json_text(text: str) -> str:
    """A JSON text with the marks left as they are."""
    inner = joined(text, lambda piece: dump(piece)[1:-1], _mark, "")
    return f'"{inner}"'


_MARKED_JSON = json_dialect(_json_text)
