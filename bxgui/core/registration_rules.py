"""What is wrong with a registration by the portal's rules (contract §8 and §10).

An error is what the portal refuses, or what cannot be kept; a warning what it takes, and what then
does not work as it looks.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches

from bxgui.core import checks
from bxgui.core.findings import Severity
from bxgui.core.handler_rules import LOCAL_HOST, NO_SECRET_PATH, handler_findings
from bxgui.core.json_values import JsonValue
from bxgui.core.registration import Registration
from bxgui.core.schema import RuleProperty, ValueType, type_name

_CODE = re.compile(r"[a-zA-Z0-9._-]+\Z")
_KEY = re.compile(r"[a-zA-Z][a-zA-Z0-9_]*\Z")
_TYPES = tuple(kind.value for kind in ValueType if kind is not ValueType.JSON)
_OTHER_NAMES = {
    "boolean": "bool",
    "enum": "select",
    "float": "double",
    "integer": "int",
    "list": "select",
    "number": "double",
    "textarea": "text",
}
_FIELDS = {
    *("CODE", "NAME", "DESCRIPTION", "HANDLER", "AUTH_USER_ID", "PROPERTIES", "RETURN_PROPERTIES"),
    *("USE_PLACEMENT", "PLACEMENT_HANDLER"),
}
_PROPERTY_FIELDS = {"NAME", "DESCRIPTION", "TYPE", "OPTIONS", "REQUIRED", "MULTIPLE"}
_DEFAULTS: dict[ValueType, Callable[[str], object]] = {
    ValueType.BOOL: re.compile(r"[YN01]\Z").match,
    ValueType.INT: re.compile(r"-?[0-9]+\Z").match,
    ValueType.DOUBLE: re.compile(r"-?[0-9]+(?:\.[0-9]+)?\Z").match,
}
SEVERITIES = {
    "bad_code": Severity.ERROR,
    "bad_document_type": Severity.ERROR,
    "bad_filter": Severity.ERROR,
    "bad_key": Severity.ERROR,
    "code_missing": Severity.ERROR,
    "default_not_an_option": Severity.WARNING,
    "default_of_another_type": Severity.WARNING,
    "does_not_wait": Severity.NOTE,
    "handler_missing": Severity.WARNING,
    "key_differs_in_case": Severity.WARNING,
    "name_missing": Severity.ERROR,
    "options_missing": Severity.WARNING,
    "options_unused": Severity.NOTE,
    "placement_handler_missing": Severity.WARNING,
    "properties_without_names": Severity.ERROR,
    "property_name_missing": Severity.WARNING,
    "repeated_key": Severity.ERROR,
    "repeated_option": Severity.WARNING,
    "subscription_missing": Severity.WARNING,
    "subscription_unclear": Severity.WARNING,
    "unknown_type": Severity.WARNING,
    "unreadable": Severity.WARNING,
}


@dataclass(frozen=True, slots=True)
class RegistrationFinding:
    """One thing that is wrong: `where` are the names of field, property and field of the property.

    `value` is what stands there and `nearest` what may be meant, where that helps. The code of an
    address is `handler_` and the one that `handler_rules` gives. `registration_sentences` has the
    sentence.
    """

    code: str
    severity: Severity
    where: tuple[str, ...]
    value: str = ""
    nearest: str = ""


def registration_findings(
    registration: Registration, *, whole: bool = True
) -> tuple[RegistrationFinding, ...]:
    """What is wrong with a registration; what is missing counts only in a whole one."""
    return (
        *_fields(registration, whole=whole),
        *_handlers(registration),
        *schema_findings("PROPERTIES", registration.properties),
        *schema_findings("RETURN_PROPERTIES", registration.return_properties),
    )


def schema_findings(field: str, schema: Iterable[RuleProperty]) -> Iterator[RegistrationFinding]:
    """What is wrong with the properties of one of the two fields."""
    names: set[str] = set()
    lowered: set[str] = set()
    entries = list(schema)
    # A list becomes properties that are named by their numbers.
    is_list = bool(entries) and all(entry.name == str(n) for n, entry in enumerate(entries))
    if is_list:
        yield _finding("properties_without_names", field)
    for entry in entries:
        if not is_list and not _KEY.match(entry.name):
            yield _finding("bad_key", field, entry.name)
        if entry.name in names:
            yield _finding("repeated_key", field, entry.name)
        elif entry.name.lower() in lowered:
            yield _finding("key_differs_in_case", field, entry.name)
        names.add(entry.name)
        lowered.add(entry.name.lower())
        yield from property_findings(field, entry)


def property_findings(field: str, entry: RuleProperty) -> Iterator[RegistrationFinding]:
    """What is wrong with one property by itself."""
    name = type_name(entry) or ValueType.STRING.value
    if not entry.title.read(""):
        yield _finding("property_name_missing", field, entry.name, "NAME")
    if ":" not in name and name.lower() not in _TYPES:
        yield _finding(
            "unknown_type", field, entry.name, "TYPE", value=name, nearest=_nearest_type(name)
        )
    yield from _options(field, entry)
    yield from _default(field, entry)
    for other, value in entry.others:
        if other in _PROPERTY_FIELDS:
            yield _finding("unreadable", field, entry.name, other, value=_shown(value))


def _fields(registration: Registration, *, whole: bool) -> Iterator[RegistrationFinding]:
    others = dict(registration.others)
    if registration.code and not _CODE.match(registration.code):
        yield _finding("bad_code", "CODE", value=registration.code)
    if whole:
        yield from _missing(registration)
    if "USE_SUBSCRIPTION" in others:
        unclear = _shown(others["USE_SUBSCRIPTION"])
        yield _finding("subscription_unclear", "USE_SUBSCRIPTION", value=unclear)
    elif registration.use_subscription is False and registration.return_properties:
        yield _finding("does_not_wait", "USE_SUBSCRIPTION")
    if registration.use_placement and not registration.placement_handler:
        yield _finding("placement_handler_missing", "PLACEMENT_HANDLER")
    if "DOCUMENT_TYPE" in others:
        yield _finding("bad_document_type", "DOCUMENT_TYPE")
    if "FILTER" in others:
        yield _finding("bad_filter", "FILTER")
    for name, value in others.items():
        if name in _FIELDS:
            yield _finding("unreadable", name, value=_shown(value))


def _missing(registration: Registration) -> Iterator[RegistrationFinding]:
    unclear = dict(registration.others)
    missing = {
        "code_missing": ("CODE", registration.code),
        "name_missing": ("NAME", registration.name.read("")),
        "handler_missing": ("HANDLER", registration.handler),
        "subscription_missing": (
            "USE_SUBSCRIPTION",
            registration.use_subscription is not None or "USE_SUBSCRIPTION" in unclear,
        ),
    }
    return (_finding(code, field) for code, (field, given) in missing.items() if not given)


def _handlers(registration: Registration) -> Iterator[RegistrationFinding]:
    addresses = (
        ("HANDLER", registration.handler),
        ("PLACEMENT_HANDLER", registration.placement_handler),
    )
    for field, address in addresses:
        for found in handler_findings(address) if address else ():
            # The portal takes a local address, and other applications have other paths.
            is_error = found.severity is checks.Severity.PROBLEM and found is not LOCAL_HOST
            severity = Severity.ERROR if is_error else Severity.WARNING
            if found is not NO_SECRET_PATH:
                yield RegistrationFinding(f"handler_{found.code}", severity, (field,))


def _options(field: str, entry: RuleProperty) -> Iterator[RegistrationFinding]:
    keys = [key for key, _ in entry.options]
    if entry.type is ValueType.SELECT:
        if not keys:
            yield _finding("options_missing", field, entry.name, "OPTIONS")
    elif keys:
        yield _finding("options_unused", field, entry.name, "OPTIONS")
    for key in dict.fromkeys(key for n, key in enumerate(keys) if key in keys[:n]):
        yield _finding("repeated_option", field, entry.name, "OPTIONS", value=key)


def _default(field: str, entry: RuleProperty) -> Iterator[RegistrationFinding]:
    """A text that the portal computes, `{=Document:ID}`, may be of any type."""
    is_list = isinstance(entry.default, list)
    if is_list and not entry.multiple:
        yield _finding("default_of_another_type", field, entry.name, "DEFAULT")
        return
    keys = {key for key, _ in entry.options}
    for item in entry.default if isinstance(entry.default, list) else [entry.default]:
        text = _shown(item)
        if item is None or text in {"", "null"} or text.startswith("{="):
            continue
        if entry.type is ValueType.SELECT and keys and text not in keys:
            nearest = next((key for key in keys if key.lower() == text.lower()), "")
            yield _finding(
                *("default_not_an_option", field, entry.name, "DEFAULT"),
                value=text,
                nearest=nearest,
            )
        elif entry.type in _DEFAULTS and not _DEFAULTS[entry.type](text):
            yield _finding("default_of_another_type", field, entry.name, "DEFAULT", value=text)


def _nearest_type(name: str) -> str:
    known = _OTHER_NAMES.get(name.lower())
    return known or next(iter(get_close_matches(name.lower(), _TYPES, n=1)), "")


def _shown(value: JsonValue) -> str:
    """A short text for what stands in a field."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | dict):
        return "[]" if isinstance(value, list) else "{}"
    return "null" if value is None else str(value)


def _finding(code: str, *where: str, value: str = "", nearest: str = "") -> RegistrationFinding:
    return RegistrationFinding(code, SEVERITIES[code], where, value, nearest)
