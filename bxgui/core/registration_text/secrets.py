"""What must not be kept of a registration that somebody pasted."""

from __future__ import annotations

import re

from bxgui.core.handler_address import PATH_PREFIX
from bxgui.core.json_values import JsonValue
from bxgui.core.redact import MASK, is_secret

_AUTH = {"AUTH", "ACCESS_TOKEN", "REFRESH_TOKEN", "CLIENT_SECRET"}
_ADDRESSES = {"HANDLER", "PLACEMENT_HANDLER"}
_SECRET_PATH = re.compile(rf"({re.escape(PATH_PREFIX)})[^/?#\s]+")
_USER = re.compile(r"(://)[^/?#@\s]+(?=@)")
_WEBHOOK = re.compile(r"(/rest/[0-9]+/)[^/?#\s]+")
_TELLING = ("auth", "hash", "key", "passw", "secret", "sign", "token")


def without_secrets(fields: dict[str, JsonValue]) -> tuple[dict[str, JsonValue], list[str]]:
    """The fields without what is secret in them, and the names of what was left out or masked."""
    kept: dict[str, JsonValue] = {}
    left_out: list[str] = []
    for name, value in fields.items():
        if name.upper() in _AUTH:
            left_out.append(name)
        elif name.upper() in _ADDRESSES and isinstance(value, str):
            kept[name] = masked_address(value)
            if kept[name] != value:
                left_out.append(name)
        else:
            kept[name] = _cleaned(value, left_out)
    return kept, left_out


def masked_address(address: str) -> str:
    """A handler's address that tells nobody how to call it, or how to sign in somewhere."""
    for pattern in (_SECRET_PATH, _USER, _WEBHOOK):
        address = pattern.sub(rf"\g<1>{MASK}", address)
    before, mark, query = address.partition("?")
    query, hash_mark, fragment = query.partition("#")
    parameters = "&".join(_masked_parameter(one) for one in query.split("&"))
    return f"{before}{mark}{parameters}{hash_mark}{fragment}"


def _masked_parameter(parameter: str) -> str:
    name, equals, value = parameter.partition("=")
    is_telling = value and any(word in name.lower() for word in _TELLING)
    return f"{name}{equals}{MASK}" if is_telling else parameter


def _cleaned(value: JsonValue, left_out: list[str]) -> JsonValue:
    """The value without texts under names of secrets; a property may well have such a name."""
    if isinstance(value, list):
        return [_cleaned(item, left_out) for item in value]
    if not isinstance(value, dict):
        return value
    kept = {}
    for name, inner in value.items():
        if is_secret(name) and not isinstance(inner, dict | list):
            left_out.append(name)
        else:
            kept[name] = _cleaned(inner, left_out)
    return kept
