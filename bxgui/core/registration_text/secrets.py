"""What must not be kept of a registration that somebody pasted."""

from __future__ import annotations

from bxgui.core.json_values import JsonValue
from bxgui.core.redact import is_secret
from bxgui.core.registration_text.secret_texts import (
    TELLING,
    masked_address,
    without_addresses_secrets,
    without_secrets_in_text,
)

_AUTH = {"AUTH", "ACCESS_TOKEN", "REFRESH_TOKEN", "CLIENT_SECRET"}
_ADDRESSES = {"HANDLER", "PLACEMENT_HANDLER"}
_SCHEMAS = {"PROPERTIES", "RETURN_PROPERTIES"}
_USER_ID = "AUTH_USER_ID"


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
    is_telling = name != _USER_ID and any(word in name.lower() for word in TELLING)
    return is_telling and not isinstance(value, dict | list)


def _cleaned(name: str, value: JsonValue, left_out: list[str], *, in_schema: bool) -> JsonValue:
    """The value of a name without secrets in its texts, and without texts under names of secrets.

    A property, or an option of one, may well have such a name.
    """
    if isinstance(value, str):
        # A code may be made by a machine.
        is_code = name.upper() == "CODE" and not in_schema
        masked = without_addresses_secrets(value) if is_code else without_secrets_in_text(value)
        if masked != value:
            left_out.append(name)
        return masked
    if isinstance(value, list):
        return [_cleaned(name, item, left_out, in_schema=in_schema) for item in value]
    if not isinstance(value, dict):
        return value
    names_options = in_schema and name.upper() == "OPTIONS"
    kept = {}
    for inner_name, inner in value.items():
        if not names_options and is_secret(inner_name) and not isinstance(inner, dict | list):
            left_out.append(inner_name)
        else:
            kept[inner_name] = _cleaned(inner_name, inner, left_out, in_schema=in_schema)
    return kept
