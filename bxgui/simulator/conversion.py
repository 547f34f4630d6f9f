"""Return values as the engine stores them (contract §2)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import datetime, tzinfo

_SITE_DATE = re.compile(r"\d{2}\.\d{2}\.\d{4}( \d{2}:\d{2}(:\d{2})?)?\Z")
_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d\Z")
_TIMESTAMP = re.compile(r"\d{9,11}\Z")


def stored(schema: Mapping[str, object], value: object, zone: tzinfo) -> object:
    """What the portal keeps of a value sent for a return property.

    Falsy values stay raw, a scalar for a Multiple property stays a scalar, and an array for a
    property that is not Multiple stays an array.
    """
    fields = {str(name).upper(): content for name, content in schema.items()}
    convert = _CONVERTERS.get(str(fields.get("TYPE") or "string").lower(), _as_is)
    if is_falsy(value):
        return value
    if isinstance(value, list):
        return [item if is_falsy(item) else convert(item, zone) for item in value]
    return convert(value, zone)


def is_falsy(value: object) -> bool:
    """Whether PHP takes the value for false."""
    return value == "0" or not value


def _as_is(value: object, zone: tzinfo) -> object:  # noqa: ARG001
    return value


def _date(value: object, zone: tzinfo) -> object:
    return _moment(value, zone, "%d.%m.%Y")


def _datetime(value: object, zone: tzinfo) -> object:
    return _moment(value, zone, "%d.%m.%Y %H:%M:%S")


def _moment(value: object, zone: tzinfo, pattern: str) -> object:
    text = str(value)
    if _SITE_DATE.match(text) or not isinstance(value, str | int):
        return value
    if _TIMESTAMP.match(text):
        return datetime.fromtimestamp(int(text), zone).strftime(pattern)
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return value
    return (moment if moment.tzinfo is None else moment.astimezone(zone)).strftime(pattern)


def _time(value: object, zone: tzinfo) -> object:  # noqa: ARG001
    return value if isinstance(value, str) and _TIME.match(value) else None


def _file(value: object, zone: tzinfo) -> object:  # noqa: ARG001
    # Contents are read in the context of REST only, and return values are not in it.
    return int(value) if isinstance(value, int | str) and str(value).isdecimal() else None


_CONVERTERS: dict[str, Callable[[object, tzinfo], object]] = {
    "date": _date,
    "datetime": _datetime,
    "time": _time,
    "file": _file,
}
