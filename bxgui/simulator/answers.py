"""Answers as a portal writes them: PHP's JSON, the `time` block, the headers."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bxgui.simulator.portal import Portal
from bxgui.simulator.refusals import Refusal

Headers = tuple[tuple[str, str], ...]

JSON_TYPE = "application/json; charset=utf-8"
HTML_TYPE = "text/html; charset=utf-8"

_REST_HEADERS: Headers = (
    ("Expires", "Thu, 19 Nov 1981 08:52:00 GMT"),
    ("Cache-Control", "no-store, no-cache, must-revalidate"),
    ("Pragma", "no-cache"),
    ("Access-Control-Allow-Origin", "*"),
    ("Access-Control-Allow-Headers", "origin, content-type, accept"),
    ("X-Content-Type-Options", "nosniff"),
)
_ESCAPE = re.compile(r"\\.")
# Json::encode writes these with JSON_HEX_TAG, _AMP, _APOS, and PHP escapes the slash by itself.
_HEX = str.maketrans({"<": "\\u003C", ">": "\\u003E", "&": "\\u0026", "'": "\\u0027", "/": "\\/"})


@dataclass(frozen=True, slots=True)
class Answer:
    """An HTTP answer without its framing."""

    status: int
    body: bytes
    headers: Headers = ()


def php_json(value: object) -> bytes:
    """The value as `Json::encode` of Bitrix24 writes it; `ValueError` for what it refuses."""
    text = json.dumps(_php_numbers(value), separators=(",", ":"), allow_nan=False)
    if "\\ud" in text:
        # Half of a pair stands for bytes that are not UTF-8.
        json.dumps(value, ensure_ascii=False).encode("utf-8")
    quoted = _ESCAPE.sub(lambda m: "\\u0022" if m[0] == '\\"' else m[0], text)
    return quoted.translate(_HEX).encode("ascii")


def success(portal: Portal, document: Mapping[str, object]) -> Answer:
    """A result; `ValueError` for one that cannot be encoded."""
    return Answer(200, php_json(document), _rest_headers(portal))


def refusal(portal: Portal, refused: Refusal) -> Answer:
    """An error; it has no `time` block."""
    document = {"error": refused.code, "error_description": refused.text}
    return Answer(refused.status, php_json(document), _rest_headers(portal))


def oauth_answer(status: int, document: Mapping[str, object]) -> Answer:
    """What the OAuth server writes."""
    return Answer(status, php_json(document), (("Content-Type", "application/json"),))


def html(status: int, title: str) -> Answer:
    """A page of what stands in front of PHP."""
    page = f"<html><head><title>{title}</title></head><body>{title}</body></html>"
    return Answer(status, page.encode(), (("Content-Type", HTML_TYPE),))


def _rest_headers(portal: Portal) -> Headers:
    return (
        ("Content-Type", JSON_TYPE),
        *_REST_HEADERS,
        ("X-Bitrix-Rest-Application", portal.accounts.client_id),
        ("X-Frame-Options", "SAMEORIGIN"),
        ("X-Bitrix-RI", portal.random_digits(32)),
    )


def time_block(portal: Portal, method: str, started: float) -> dict[str, object]:
    """The times of a call of a method, and what it took in the last ten minutes."""
    finished = portal.clock()
    block: dict[str, object] = {
        "start": started,
        "finish": finished,
        "duration": finished - started,
        "processing": finished - started,
        "date_start": _date(portal, started),
        "date_finish": _date(portal, finished),
    }
    if portal.operating.limit is not None:
        reset_at = portal.operating.reset_at(method)
        if reset_at is not None:
            block["operating_reset_at"] = reset_at
        block["operating"] = portal.operating.spent(method)
    return block


def _date(portal: Portal, moment: float) -> str:
    return datetime.fromtimestamp(moment, portal.settings.zone).isoformat(timespec="seconds")


def _php_numbers(value: object) -> object:
    """Whole floats as integers, which is how PHP writes them."""
    if isinstance(value, float):
        return int(value) if math.isfinite(value) and value.is_integer() else value
    if isinstance(value, Mapping):
        return {str(key): _php_numbers(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_php_numbers(inner) for inner in value]
    return value
