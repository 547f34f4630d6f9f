"""Dates as a person types them, and as a portal is sent them (contract §2)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from enum import StrEnum


class DateStyle(StrEnum):
    """How a portal is sent dates: in one of the formats of its site, or in one that knows zones."""

    DOTTED = "DD.MM.YYYY"
    AMERICAN = "MM/DD/YYYY"
    SLASHED = "DD/MM/YYYY"
    DASHED = "YYYY-MM-DD"
    ISO = "ISO"
    UNIX = "unix"


ZONED = frozenset({DateStyle.ISO, DateStyle.UNIX})


@dataclass(frozen=True, slots=True)
class DateFormat:
    """A style, and how many minutes the portal's clock is ahead of UTC; None when not known.

    Without it a typed offset is dropped in a format of the site, and a typed time is in UTC for
    the others. Written as `DD.MM.YYYY` or `ISO +03:00`.
    """

    style: DateStyle = DateStyle.DOTTED
    offset: int | None = None

    def __str__(self) -> str:
        if self.offset is None:
            return self.style.value
        hours, minutes = divmod(abs(self.offset), 60)
        return f"{self.style} {'-' if self.offset < 0 else '+'}{hours:02}:{minutes:02}"


SITE_DATES = DateFormat()
_STYLES = {style.lower(): style for style in DateStyle}
_OFFSET = re.compile(r"(?:Z|([+-])([0-9]{2}):?([0-9]{2}))\Z", re.IGNORECASE)
_FARTHEST = 14 * 60

_DATES = {
    DateStyle.DOTTED: r"(?P<day>[0-9]{1,2})\.(?P<month>[0-9]{1,2})\.(?P<year>[0-9]{4})",
    DateStyle.AMERICAN: r"(?P<month>[0-9]{1,2})/(?P<day>[0-9]{1,2})/(?P<year>[0-9]{4})",
    DateStyle.SLASHED: r"(?P<day>[0-9]{1,2})/(?P<month>[0-9]{1,2})/(?P<year>[0-9]{4})",
    DateStyle.DASHED: r"(?P<year>[0-9]{4})-(?P<month>[0-9]{1,2})-(?P<day>[0-9]{1,2})",
}
_TIME = r"(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2}))?"
_SITE = {style: re.compile(rf"{date}(?: +{_TIME})?\Z") for style, date in _DATES.items()}
_ZONE = r"(?P<zone>Z|[+-][0-9]{2}:?[0-9]{2})"
_ISO = re.compile(
    rf"{_DATES[DateStyle.DASHED]}(?:[T ]{_TIME}(?:[.,][0-9]+)?{_ZONE}?)?\Z", re.IGNORECASE
)
_PARTS = ("year", "month", "day", "hour", "minute", "second")
# What the portal takes for a moment counted in seconds.
_TIMESTAMP = re.compile(r"[0-9]{9,11}\Z")


def read_date_format(text: str) -> DateFormat | None:
    """The format that a text such as `ISO +03:00` names, in any case; None when it names none."""
    name, _, zone = text.strip().partition(" ")
    style = _STYLES.get(name.lower())
    if style is None:
        return None
    if not zone:
        return DateFormat(style)
    offset = _minutes(zone.strip())
    return None if offset is None else DateFormat(style, offset)


def written_date(text: str, form: DateFormat, *, with_time: bool) -> str | None:
    """A typed date as the portal is sent it; None when it is no date that there is.

    It is typed in the portal's site format, with dots, or in ISO with or without an offset. A
    date `with_time` keeps whether it has one in the formats of the site; one without has none
    but midnight.
    """
    typed = text.strip()
    if form.style is DateStyle.UNIX and _TIMESTAMP.match(typed):
        return typed
    read = _read(typed, form.style)
    if read is None:
        return None
    try:
        moment = _in_zone(read[0], form)
        return _write(moment, form.style, timed=read[1], with_time=with_time)
    except (OverflowError, ValueError):
        return None


def read_date(text: str, form: DateFormat) -> datetime | None:
    """The moment that a text tells, on its own clock; None when it is no date that there is."""
    read = _read(text.strip(), form.style)
    return None if read is None else read[0].replace(tzinfo=None)


def has_offset(text: str) -> bool:
    """Whether a text is a date with an offset, which the portal shifts by the user's zone."""
    match = _ISO.match(text)
    return match is not None and match["zone"] is not None and _moment(match) is not None


def drops_offset(text: str, form: DateFormat) -> bool:
    """Whether a typed offset gets lost: a format of the site has none, and no clock is known."""
    return form.offset is None and form.style not in ZONED and has_offset(text.strip())


def is_taken_as_utc(text: str, form: DateFormat) -> bool:
    """Whether a typed date is in no zone, and goes out in one without a known clock."""
    if form.offset is not None or form.style not in ZONED:
        return False
    read = _read(text.strip(), form.style)
    return read is not None and read[0].tzinfo is None


def is_read_by_portal(text: str, form: DateFormat) -> bool:
    """Whether the portal takes the text for the date that it says."""
    if _TIMESTAMP.match(text):
        return True
    if form.style is DateStyle.ISO and has_offset(text):
        return True
    match = _SITE[_site_style(form)].match(text)
    return match is not None and _moment(match) is not None


def site_date(moment: datetime, form: DateFormat, *, with_time: bool) -> str:
    """A moment as the portal's site writes it: with dots, where its style is not one of a site."""
    return _in_style(moment, _site_style(form), with_time=with_time)


def clock_of(form: DateFormat) -> tzinfo | None:
    """The portal's clock; None when it is not known."""
    return None if form.offset is None else _clock(form.offset)


def _site_style(form: DateFormat) -> DateStyle:
    return DateStyle.DOTTED if form.style in ZONED else form.style


def _read(text: str, style: DateStyle) -> tuple[datetime, bool] | None:
    """A moment, in a zone when the text names one, and whether the text has a time."""
    site = _SITE.get(style, _SITE[DateStyle.DOTTED])
    for pattern in (site, _SITE[DateStyle.DOTTED], _ISO):
        match = pattern.match(text)
        if match is None:
            continue
        moment = _moment(match)
        return None if moment is None else (moment, match["hour"] is not None)
    return None


def _moment(match: re.Match[str]) -> datetime | None:
    parts = match.groupdict()
    year, month, day, hour, minute, second = (int(parts[name] or 0) for name in _PARTS)
    try:
        moment = datetime(year, month, day, hour, minute, second)  # noqa: DTZ001 - see below
    except ValueError:
        return None
    zone = parts.get("zone")
    if zone is None:
        return moment
    offset = _minutes(zone)
    return None if offset is None else moment.replace(tzinfo=_clock(offset))


def _minutes(text: str) -> int | None:
    match = _OFFSET.match(text)
    if match is None:
        return None
    if not match[1]:
        return 0
    minutes = int(match[2]) * 60 + int(match[3])
    if minutes > _FARTHEST:
        return None
    return -minutes if match[1] == "-" else minutes


def _clock(offset: int) -> tzinfo:
    return timezone(timedelta(minutes=offset))


def _in_zone(moment: datetime, form: DateFormat) -> datetime:
    """The moment on the portal's clock."""
    clock = clock_of(form)
    if moment.tzinfo is None:
        return moment.replace(tzinfo=clock or UTC)
    return moment if clock is None else moment.astimezone(clock)


def _write(moment: datetime, style: DateStyle, *, timed: bool, with_time: bool) -> str | None:
    midnight = (moment.hour, moment.minute, moment.second) == (0, 0, 0)
    if not with_time and not midnight:
        return None
    if style is DateStyle.UNIX:
        return str(int(moment.timestamp()))
    if style is DateStyle.ISO:
        return moment.isoformat(timespec="seconds")
    return _in_style(moment, style, with_time=timed and with_time)


def _in_style(moment: datetime, style: DateStyle, *, with_time: bool) -> str:
    values = {
        "YYYY": f"{moment.year:04}",
        "MM": f"{moment.month:02}",
        "DD": f"{moment.day:02}",
    }
    date = re.sub("[YMD]+", lambda part: values[part[0]], style.value)
    return f"{date} {moment:%H:%M:%S}" if with_time else date
