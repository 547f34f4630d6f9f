"""Requests that are hard to copy: values that no quoting may change, and secrets in odd places."""

from __future__ import annotations

import json
from decimal import Decimal

import factories
from hypothesis import strategies as st

from bxgui.core import phpform
from bxgui.core.authorization import Access, Source
from bxgui.core.handler_call import HandlerCall, recognise
from bxgui.core.json_values import JsonValue, Pairs, parse
from bxgui.core.records import ACTIVITY_LOG, EVENT_SEND, Reply
from bxgui.core.rest_request import RestRequest, reply_request
from bxgui.core.shown_request import shown

ENDPOINT = "https://portal.example.org/rest/"
AGENT = "bxgui/test"
SECRETS = (
    factories.EVENT_TOKEN,
    factories.ACCESS_TOKEN,
    factories.REFRESH_TOKEN,
    factories.APPLICATION_TOKEN,
)

TEXTS: Pairs = [
    ("quotes", 'it\'s "quoted" ‘so’ “too” \'\' "" \'\'\' """ `x`'),
    ("back", "\\ \\\\ \\' \\\" \\n \\u0041 \\x41 C:\\new\\table\\"),
    ("lines", "one\ntwo\r\nthree\ttab\n"),
    ("shell", "$HOME ${HOME} $(id) `id` %PATH% %s !! !$ ~ * ? [a] {b,c} | & ; < > # $env:HOME @x"),
    ("page", "</script><!--<script> --> ]]> ?> <?php {$a} {{b}} ${c} #{d}"),
    ("unseen", "\x00\x01\x07\x1b[31m\x7f\x85\xa0\u200b\u202e\u2028\u2029\ufeff\U000e0001"),
    ("world", "Счёт № 5 — ₽ 😀 e\u0301 日本語"),
    ("here", "\nEOF\n'@\n\"@\n@-"),
    ("empty", ""),
    ("'; drop", "a name to be quoted"),
    ('$a`b\\"c\n', "another"),
]
NUMBERS: Pairs = [
    ("big", 123456789012345678901234567890),
    ("negative", -(2**63)),
    ("beyond", 2**53 + 1),
    ("exact", Decimal("0.1")),
    ("zeros", Decimal("1.50")),
    ("long", Decimal("3.14159265358979323846264338327950288")),
    ("huge", Decimal("1E+400")),
    ("tiny", Decimal("1E-400")),
    ("minus zero", Decimal("-0")),
]
FLOATS: Pairs = [("one", 1), ("whole", Decimal("2.0")), ("part", Decimal("0.1")), ("none", 0)]
NESTED: Pairs = [
    ("list", ["a", "", None, True, False, 0, [], {}]),
    ("map", {"": "", "0": "zero", "__proto__": {"a": "b"}, "Ж": ["ж"]}),
    ("like a list", {"0": "a", "1": "b"}),
    ("deep", [[[[["x"]]]]]),
]
REPEATS: Pairs = [
    ("quoted token", f"<{factories.EVENT_TOKEN}>"),
    (factories.ACCESS_TOKEN, factories.APPLICATION_TOKEN),
    ("refresh", [factories.REFRESH_TOKEN * 2]),
    ("access_token", "short"),
    ("client_secret", ["a'b", 12]),
]
CASES: dict[str, Pairs] = {
    "texts": TEXTS,
    "numbers": NUMBERS,
    "floats": FLOATS,
    "nested": NESTED,
    "secrets": REPEATS,
    "nothing": [],
}

_letters = st.text(st.characters(exclude_categories=["Cs"])) | st.text("'\"\\$`!%@{}[]<>/ \n\r\t#")
_decimals = st.decimals(allow_nan=False, allow_infinity=False) | st.floats(
    allow_nan=False, allow_infinity=False
).map(lambda number: Decimal(repr(number)))
_names = _letters | st.sampled_from(["0", "1", "__proto__", "auth_id"])
json_values: st.SearchStrategy[JsonValue] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.integers(-(10**40), 10**40) | _decimals
    | _letters | st.sampled_from([*SECRETS, f"a {factories.EVENT_TOKEN}", "__proto__"]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_names, inner, max_size=4),
    max_leaves=12,
)  # fmt: skip
pairs: st.SearchStrategy[Pairs] = st.dictionaries(_names, json_values, max_size=5).map(
    lambda found: list(found.items())
)


def handler_call(**changes: object) -> HandlerCall:
    """A call with these fields changed."""
    call = recognise(phpform.decode(factories.handler_body(**changes)), {})
    assert isinstance(call, HandlerCall)
    return call


def access(call: HandlerCall, endpoint: str = ENDPOINT) -> Access:
    """The call's own access token."""
    return Access(Source.CALL, endpoint, call.auth.access_token)


def request(
    values: Pairs, log: str = "", endpoint: str = ENDPOINT, **changes: object
) -> RestRequest:
    """The request that answers a call."""
    reply = Reply(1, EVENT_SEND, values, log)
    call = handler_call(**changes)
    return reply_request(access(call, endpoint), reply, call, AGENT)


def log_request(log: str) -> RestRequest:
    """The request that only logs."""
    call = handler_call()
    return reply_request(access(call), Reply(1, ACTIVITY_LOG, [], log), call, AGENT)


def variables(request: RestRequest, code: str) -> dict[str, str]:
    """The secrets of a request in the variables that a snippet of it wants."""
    secrets = shown(request, revealed=False).secrets
    if "stand inside JSON" in code:
        return {name: json.dumps(value)[1:-1] for name, value in secrets}
    return dict(secrets)


def fits_variables(request: RestRequest) -> bool:
    """Whether the environment can hold the secrets: it takes no zero byte."""
    return not any("\0" in value for _, value in shown(request, revealed=False).secrets)


def parameters(body: bytes | str) -> dict[str, JsonValue]:
    """What a body of JSON says, numbers to the last digit."""
    text = body if isinstance(body, str) else body.decode()
    document = parse(text)
    assert isinstance(document, dict)
    return document


def agree(sent: JsonValue, arrived: JsonValue, *, texts_for_numbers: bool = False) -> bool:
    """Whether what arrived is what was to be sent, but for numbers as texts of their digits."""
    if isinstance(sent, list) and isinstance(arrived, list):
        return len(sent) == len(arrived) and all(
            agree(one, other, texts_for_numbers=texts_for_numbers)
            for one, other in zip(sent, arrived, strict=True)
        )
    if isinstance(sent, dict) and isinstance(arrived, dict):
        return sent.keys() == arrived.keys() and all(
            agree(inner, arrived[name], texts_for_numbers=texts_for_numbers)
            for name, inner in sent.items()
        )
    if _is_number(sent) and isinstance(arrived, str):
        return texts_for_numbers and str(sent) == arrived
    return sent == arrived and _is_number(sent) == _is_number(arrived)


def _is_number(value: JsonValue) -> bool:
    return isinstance(value, int | Decimal) and not isinstance(value, bool)
