"""Calls of the PHP SDK, `robot()->add(…)`: fields by their places, or by the names of arguments."""

from __future__ import annotations

from collections.abc import Sequence

from bxgui.core.json_values import JsonValue
from bxgui.core.registration_text.literal import Unknown, Value

_ARGUMENTS = {
    "robot": (
        *("CODE", "HANDLER", "AUTH_USER_ID", "NAME", "USE_SUBSCRIPTION", "PROPERTIES"),
        *("USE_PLACEMENT", "RETURN_PROPERTIES", "DESCRIPTION", "DOCUMENT_TYPE", "FILTER"),
        "PLACEMENT_HANDLER",
    ),
    "activity": (
        *("CODE", "HANDLER", "AUTH_USER_ID", "NAME", "DESCRIPTION", "USE_SUBSCRIPTION"),
        *("PROPERTIES", "USE_PLACEMENT", "RETURN_PROPERTIES", "DOCUMENT_TYPE", "FILTER"),
    ),
}
_NAMES = {
    "b24authuserid": "AUTH_USER_ID",
    "code": "CODE",
    "documenttype": "DOCUMENT_TYPE",
    "filter": "FILTER",
    "handlerurl": "HANDLER",
    "isuseplacement": "USE_PLACEMENT",
    "isusesubscription": "USE_SUBSCRIPTION",
    "limitationfilter": "FILTER",
    "localizeddescription": "DESCRIPTION",
    "localizedname": "NAME",
    "localizedrobotdescription": "DESCRIPTION",
    "localizedrobotname": "NAME",
    "placementhandlerurl": "PLACEMENT_HANDLER",
    "properties": "PROPERTIES",
    "returnproperties": "RETURN_PROPERTIES",
}
_FLAGS = {"USE_SUBSCRIPTION", "USE_PLACEMENT"}


def fields(
    kind: str, arguments: Sequence[tuple[str, Value]]
) -> tuple[dict[str, JsonValue], list[tuple[str, str]]]:
    """The fields that a call's arguments give, and the name and source of each unknown one."""
    known: dict[str, JsonValue] = {}
    unknown: list[tuple[str, str]] = []
    for (name, value), in_order in zip(arguments, _ARGUMENTS[kind], strict=False):
        field = _NAMES.get(name.lower(), "") if name else in_order
        if isinstance(value, Unknown):
            unknown.append((field, value.text))
        elif field in _FLAGS and isinstance(value, bool):
            known[field] = "Y" if value else "N"
        elif field:
            known[field] = value
    return known, unknown
