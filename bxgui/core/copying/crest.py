"""A request in PHP with CRest."""

from __future__ import annotations

import re
from dataclasses import replace

from bxgui.core.copying import php
from bxgui.core.copying.content import authorised
from bxgui.core.copying.remarks import commented, remarks
from bxgui.core.json_values import JsonValue
from bxgui.core.literals import literal
from bxgui.core.shown_request import ShownRequest

_FORM = (
    "CRest sends a form: numbers arrive as texts, true and false as 1 and 0; "
    "null, empty lists, some names and the deepest levels do not arrive."
)
_MANY = "A portal reads the first 1000 values of a form only."
_MOST_VALUES = 1000
_DEEPEST = 63
# Nothing, or one space, adds to the end of a list.
_UNFIT = re.compile(r"[ \t\n\v\f\r]?\Z|[^\]\0]*[\]\0]")
_WEBHOOK = "Where settings.php defines C_REST_WEB_HOOK_URL, CRest uses that webhook instead."

# A form makes a text of every number; written as one, it keeps all of its digits.
_DIALECT = replace(php.DIALECT, number=lambda _: None, braces=lambda _: ("[", "]"))


def snippet(request: ShownRequest) -> str:
    """The script; a class of its own keeps CRest's settings and logs free of this call's tokens."""
    access_token, parameters = authorised(request)
    said = remarks(
        request,
        _WEBHOOK,
        "" if survives(parameters) else _FORM,
        "" if _values(parameters) < _MOST_VALUES else _MANY,
    )
    return f"""\
<?php
{commented(said, "//")}
require_once __DIR__ . '/crest.php';

final class AnswerToCall extends CRest
{{
    protected static function getSettingData()
    {{
        return [
            'client_endpoint' => {php.text(request.endpoint)},
            'access_token' => {php.text(access_token)},
            'is_web_hook' => 'N',
            // CRest wants to have these, but needs them to renew tokens only.
            'domain' => '-',
            'refresh_token' => '-',
            'application_token' => '-',
        ];
    }}

    protected static function setSettingData($arSettings)
    {{
        return false;
    }}

    public static function setLog($arData, $type = '')
    {{
        return false;
    }}
}}

print_r(AnswerToCall::call({php.text(request.method)}, {literal(parameters, _DIALECT)}));
"""


def survives(value: JsonValue, depth: int = 0) -> bool:
    """Whether a value comes out of a form as it went in."""
    if isinstance(value, list):
        members = value
    elif isinstance(value, dict):
        members = list(value.values())
        if any(_UNFIT.match(name) for name in value):
            return False
    else:
        return isinstance(value, str)
    return bool(members) and depth < _DEEPEST and all(survives(one, depth + 1) for one in members)


def _values(value: JsonValue) -> int:
    """How many values of a form a value takes."""
    if isinstance(value, list):
        return sum(map(_values, value))
    return sum(map(_values, value.values())) if isinstance(value, dict) else 1
