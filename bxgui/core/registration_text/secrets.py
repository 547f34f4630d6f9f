"""What must not be kept of a registration that somebody pasted."""

from __future__ import annotations

import re

from bxgui.core.handler_address import PATH_PREFIX
from bxgui.core.json_values import JsonValue
from bxgui.core.redact import MASK, is_secret

_AUTH = {"AUTH", "ACCESS_TOKEN", "REFRESH_TOKEN", "CLIENT_SECRET"}
_ADDRESSES = {"HANDLER", "PLACEMENT_HANDLER"}
_SCHEMAS = {"PROPERTIES", "RETURN_PROPERTIES"}
_USER_ID = "AUTH_USER_ID"
_SECRET_PATH = re.compile(rf"({re.escape(PATH_PREFIX)})[^/?#\s]+")
_USER = re.compile(r"(://)[^/?#@\s]+(?=@)")
_WEBHOOK = re.compile(r"(/rest/[0-9]+/)[^/?#\s]+")
_TELLING = ("auth", "hash", "key", "passw", "secret", "sign", "token")


def without_secrets(fields: dict[str, JsonValue]) -> tuple[dict[str, JsonValue], list[str]]:
    """The fields without what is secret in them, and the names of what was left out or masked."""
    kept: dict[str, JsonValue] = {}
    left_out: list[str] = []
    for name, value in fields.items():
        if _is_left_out(name.upper(), value):
            left_out.append(name)
        elif name.upper() in _ADDRESSES and isinstance(value, str):
            kept[name] = masked_address(value)
            if kept[name] != value:
                left_out.append(name)
        else:
            kept[name] = _cleaned(name, value, left_out, in_schema=name.upper() in _SCHEMAS)
    return kept, left_out


def _is_left_out(name: str, value: JsonValue) -> bool:
    """Whether a field holds a secret by its name: a field of the portal's, or one of nobody's."""
    if name in _AUTH:
        return True
    is_telling = name != _USER_ID and any(word in name.lower() for word in _TELLING)
    return is_telling and not isinstance(value, dict | list)


def masked_address(address: str) -> str:
    """A handler's address that tells nobody how to call it, or how to sign in somewhere."""
    masked = _masked(address, _SECRET_PATH, _USER, _WEBHOOK)
    before, mark, query = masked.partition("?")
    query, hash_mark, fragment = query.partition("#")
    parameters = "&".join(_masked_parameter(one) for one in query.split("&"))
    return f"{before}{mark}{parameters}{hash_mark}{fragment}"


def _masked_parameter(parameter: str) -> str:
    name, equals, value = parameter.partition("=")
    is_telling = value and any(word in name.lower() for word in _TELLING)
    return f"{name}{equals}{MASK}" if is_telling else parameter


def _cleaned(name: str, value: JsonValue, left_out: list[str], *, in_schema: bool) -> JsonValue:
    """The value of a name without secrets in its texts, and without texts under names of secrets.

    A property, or an option of one, may well have such a name.
    """
    if isinstance(value, str):
        masked = _masked(value, _USER, _WEBHOOK)
        if masked != value:
            left_out.append(name)
        return masked
    if isinstance(value, list):
        return [_cleaned(name, item, left_out, in_schema=in_schema) for item in value]
    if not isinstance(value, dict) or (in_schema and name.upper() == "OPTIONS"):
        return value
    kept = {}
    for inner_name, inner in value.items():
        if is_secret(inner_name) and not isinstance(inner, dict | list):
            left_out.append(inner_name)
        else:
            kept[inner_name] = _cleaned(inner_name, inner, left_out, in_schema=in_schema)
    return kept


def _masked(text: str, *patterns: re.Pattern[str]) -> str:
    for pattern in patterns:
        text = pattern.sub(rf"\g<1>{MASK}", text)
    return text
