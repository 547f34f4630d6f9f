"""A request in JavaScript with b24jssdk 2, for Node.js."""

from __future__ import annotations

import re

from bxgui.core.copying.content import authorised
from bxgui.core.copying.remarks import commented, numbers_as_texts, remarks
from bxgui.core.json_values import JsonValue
from bxgui.core.literals import Dialect, Number, exact_float, holds, literal, quoted
from bxgui.core.shown_request import ShownRequest, joined

_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_GREATEST = 2**53 - 1
_RUN = "Save as answer.mjs, then: npm install @bitrix24/b24jssdk && node answer.mjs"
_DROPPED = frozenset({"__proto__", "constructor", "prototype"})
_GUARDED = f"axios, by which b24jssdk sends, drops names such as {', '.join(sorted(_DROPPED))}."
# In a page, these would end the script or hide its end.
_MARKUP = re.compile("<(?=[/!])")


def text(value: str) -> str:
    """A text as an expression."""
    return joined(value, _quoted, lambda name: f"process.env.{name}", " + ")


def snippet(request: ShownRequest) -> str:
    """The module; `actions.v2.call` sends the parameters as they are."""
    access_token, parameters = authorised(request)
    said = remarks(
        request,
        _RUN,
        "" if holds(parameters, DIALECT) else numbers_as_texts("JavaScript"),
        _GUARDED if _is_guarded(parameters) else "",
    )
    return f"""\
{commented(said, "//")}import {{ B24OAuth }} from "@bitrix24/b24jssdk"

const b24 = new B24OAuth(
    {{
        accessToken: {text(access_token)},
        clientEndpoint: {text(request.endpoint.removesuffix("/"))},
        domain: {text(request.host)},
        expires: Math.floor(Date.now() / 1000) + 3600,
        expiresIn: 3600,
        // What follows renews tokens, or only describes them; this one is used as it is.
        applicationToken: "-",
        memberId: "-",
        refreshToken: "-",
        scope: "bizproc",
        serverEndpoint: "https://oauth.bitrix.info/rest/",
        status: "L",
        userId: 0,
    }},
    {{ clientId: "-", clientSecret: "-" }},
)
b24.offClientSideWarning()
const answer = await b24.actions.v2.call.make({{
    method: {text(request.method)},
    params: {literal(parameters, DIALECT, 1)},
}})
console.log(answer.isSuccess ? answer.getData() : answer.getErrorMessages())
"""


def _quoted(value: str) -> str:
    written = quoted(value, _ESCAPES, lambda code: f"\\u{{{code:x}}}")
    return _MARKUP.sub(r"\\u003C", written)


def _number(number: Number) -> str | None:
    small = isinstance(number, int) and abs(number) <= _GREATEST
    return str(number) if small else exact_float(number)


def _is_guarded(value: JsonValue) -> bool:
    if isinstance(value, list):
        return any(map(_is_guarded, value))
    if isinstance(value, dict):
        return not _DROPPED.isdisjoint(value) or any(map(_is_guarded, value.values()))
    return False


def _name(name: str) -> str:
    """A name of an object; `__proto__` as it is would be no member, and a variable no name."""
    written = text(name)
    return written if written == _quoted(name) and name != "__proto__" else f"[{written}]"


DIALECT = Dialect(
    text=text,
    number=_number,
    braces=lambda _: ("{", "}"),
    entry=lambda name, value: f"{_name(name)}: {value}",
)
