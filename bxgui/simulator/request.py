"""How a portal reads a request (contract §3)."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NoReturn

from bxgui.core import phpform

_PATH = re.compile(r"/rest/(?:(?P<user>\d+)/(?P<code>[^/]+)/)?(?P<method>[^/]+?)(?:\.json)?/?\Z")
_LIMITS = phpform.Limits(max_depth=64)
# PHP's max_input_vars, which lets one more through in a body.
_MAX_VARIABLES = 1000
_MAX_JSON_DEPTH = 511
_MAX_INTEGER = 2**63


@dataclass(frozen=True, slots=True)
class HttpRequest:
    """A request as it came off the socket; `secure` is true over TLS."""

    verb: str
    target: str
    headers: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    body: bytes = field(default=b"", repr=False)
    secure: bool = False
    peer: str = "127.0.0.1"

    @property
    def path(self) -> str:
        """The target without its query."""
        return self.target.partition("?")[0]

    @property
    def query(self) -> bytes:
        """What stands behind the first question mark."""
        return self.target.partition("?")[2].encode("utf-8", "surrogateescape")

    def header(self, name: str) -> str:
        """The first header of that name, or an empty text."""
        wanted = name.lower()
        return next((value for key, value in self.headers if key.lower() == wanted), "")


@dataclass(frozen=True, slots=True)
class RestRequest:
    """Method, parameters and credentials of a REST request; `webhook` is user and code."""

    method: str
    params: Mapping[str, object] = field(repr=False)
    token: str = field(default="", repr=False)
    webhook: tuple[int, str] | None = field(default=None, repr=False)


def read_rest(request: HttpRequest) -> RestRequest | None:
    """The REST request that an HTTP request makes; None for another path."""
    match = _PATH.match(request.path)
    if match is None:
        return None
    params = read_params(request)
    token = _token(request, params)
    webhook = (int(match["user"]), match["code"]) if match["user"] else None
    return RestRequest(match["method"].lower(), params, token, webhook)


def read_params(request: HttpRequest) -> dict[str, object]:
    """GET and POST variables; JSON is read only if its type is written exactly so."""
    params = parse_str(request.query)
    written = request.header("Content-Type").partition(";")[0].strip()
    if written.lower() == "application/x-www-form-urlencoded":
        return params | _form(request.body, _MAX_VARIABLES + 1)
    if written == "application/json":
        return params | _json(request.body)
    return params | parse_str(request.body)


def parse_str(text: bytes) -> dict[str, object]:
    """The variables of a query or form, as far as PHP reads them."""
    return _form(text, _MAX_VARIABLES)


def _token(request: HttpRequest, params: dict[str, object]) -> str:
    candidates = (params.pop("auth", None), params.pop("access_token", None))
    kind, _, bearer = request.header("Authorization").partition(" ")
    if kind.lower() == "bearer" and bearer.strip():
        return bearer.strip()
    return next((value for value in candidates if isinstance(value, str) and value), "")


def _form(body: bytes, variables: int) -> dict[str, object]:
    kept = b"&".join(body.split(b"&", variables)[:variables])
    try:
        tree = phpform.decode(kept, _LIMITS)
    except phpform.BodyRefused:
        return {}
    return {str(key): phpform.to_json(value) for key, value in tree.items()}


def _json(body: bytes) -> dict[str, object]:
    """What `json_decode` gives; whatever it refuses leaves no parameters at all."""
    try:
        document = json.loads(body.decode("utf-8"), parse_constant=_refuse, parse_int=_integer)
        json.dumps(document, ensure_ascii=False).encode("utf-8")
    except (ValueError, RecursionError):
        return {}
    if not isinstance(document, dict | list) or _depth(document) > _MAX_JSON_DEPTH:
        return {}
    if isinstance(document, list):
        return {str(index): value for index, value in enumerate(document)}
    return document


def _refuse(name: str) -> NoReturn:
    raise ValueError(name)


def _integer(digits: str) -> int | float:
    number = int(digits)
    return number if -_MAX_INTEGER <= number < _MAX_INTEGER else float(digits)


def _depth(document: object) -> int:
    """Levels of arrays and objects."""
    level, depth = [document], 0
    while level:
        inner = [node for node in level if isinstance(node, dict | list)]
        depth += bool(inner)
        level = [child for node in inner for child in _children(node)]
    return depth


def _children(node: dict[str, object] | list[object]) -> list[object]:
    return list(node.values()) if isinstance(node, dict) else node
