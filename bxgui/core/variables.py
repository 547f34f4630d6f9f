"""What a call tells to the variables of presets, and what each of them stands for."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from difflib import get_close_matches
from itertools import islice
from typing import TypeAlias, cast

from bxgui.core import body
from bxgui.core.dates import SITE_DATES, DateFormat, clock_of, site_date
from bxgui.core.deadlines import from_unix
from bxgui.core.handler_call import HandlerCall, recognise
from bxgui.core.json_values import JsonValue, dump
from bxgui.core.phpform import BodyRefused
from bxgui.core.plain_text import brief
from bxgui.core.records import CallDetail
from bxgui.core.redact import MASK, is_secret
from bxgui.core.template import Variable, is_step


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment on the clock that it is read by, the format it has unless another is named."""

    at: datetime
    format: str
    dates: DateFormat = SITE_DATES


Fact: TypeAlias = "JsonValue | Moment"
Facts: TypeAlias = Mapping[str, Fact]

# The first two as the portal's site writes and reads moments (contract §1.4, §2).
FORMATS: Mapping[str, Callable[[datetime, DateFormat], str]] = {
    "datetime": lambda at, dates: site_date(at, dates, with_time=True),
    "date": lambda at, dates: site_date(at, dates, with_time=False),
    "time": lambda at, _dates: f"{at:%H:%M}",
    "iso": lambda at, _dates: at.isoformat(timespec="seconds"),
    "unix": lambda at, _dates: str(int(at.timestamp())),
}
_MOMENTS = {"ts": "unix", "arrived_at": "datetime", "now": "datetime", "today": "date"}
NAMES = (
    *("properties", "document_id", "document_type", "workflow_id"),
    *("code", "user_id", "portal", *_MOMENTS),
)
# A menu, or a look for similar names, has no use for more.
_MOST_OF_ONE_NAME = 200
_LONGEST_NAME = 100
_LONGEST_PREVIEW = 80


class CannotFill(ValueError):
    """A variable that stands for nothing in this call; `code` says why.

    `unknown` and `format`: no call has it so; `missing`: this call has not; `secret`: it is never
    told; `not_text`: it holds bytes that are not UTF-8. `nearest` is a known variable like it.
    """

    def __init__(self, code: str, nearest: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.nearest = nearest


def facts_of(
    call: CallDetail, now: datetime, local: Callable[[datetime], datetime]
) -> dict[str, Fact]:
    """What variables can be filled with.

    Moments are read by the portal's clock; where that is not known, `local` turns them to the
    user's time zone.
    """
    dates = call.date_format
    clock = clock_of(dates)

    def moment(name: str, at: datetime) -> Moment:
        return Moment(at, _MOMENTS[name], dates)

    def here(at: datetime) -> datetime:
        return local(at) if clock is None else at.astimezone(clock)

    facts: dict[str, Fact] = {"code": call.row.rule, "portal": call.row.portal}
    handler_call = _handler_call(call)
    if handler_call is not None:
        facts |= {
            "properties": cast("JsonValue", handler_call.properties),
            "document_id": list(handler_call.document_id),
            "document_type": list(handler_call.document_type),
            "workflow_id": handler_call.workflow_id,
            "user_id": handler_call.auth.user_id,
        }
        if handler_call.sent_at is not None:
            facts["ts"] = moment("ts", here(from_unix(handler_call.sent_at)))
    facts["arrived_at"] = moment("arrived_at", here(call.row.arrived_at))
    facts["now"] = moment("now", here(now))
    midnight = here(now).replace(hour=0, minute=0, second=0, microsecond=0)
    facts["today"] = moment("today", midnight)
    return {name: facts[name] for name in NAMES if facts.get(name)}


def value_of(variable: Variable, facts: Facts) -> JsonValue:
    """What a variable stands for, of the type it has in the call; raises `CannotFill`.

    Names are compared exactly, and where none is equal, without regard to case. The default takes
    the place of what is missing or empty.
    """
    _check(variable, facts)
    found = _found(facts, variable.path)
    if found in (None, "") and variable.default is not None:
        return variable.default
    if found is None:
        raise CannotFill("missing", _nearest(variable.path, facts))
    if isinstance(found, Moment):
        return FORMATS[variable.format or found.format](found.at, found.dates)
    for leaf in _leaves(found):
        if leaf == MASK:
            raise CannotFill("secret")
        if any("\ud800" <= character <= "\udfff" for character in leaf):
            raise CannotFill("not_text")
    return found


def as_text(value: JsonValue) -> str:
    """A value inside a text: the items of a list joined by commas, a map as JSON."""
    if isinstance(value, str):
        return value
    return ", ".join(map(as_text, value)) if isinstance(value, list) else dump(value)


def available(facts: Facts) -> list[tuple[str, str]]:
    """The variables that a menu offers, each with what it stands for, cut to one line."""
    offered: list[tuple[str, str]] = []
    for name in NAMES:
        if name in facts:
            offered += islice(_offered((name,), facts), _MOST_OF_ONE_NAME)
    return offered


def _handler_call(call: CallDetail) -> HandlerCall | None:
    try:
        fields = body.decode(call.body, call.content_type)
    except BodyRefused:
        return None
    recognised = recognise(fields, {})
    return recognised if isinstance(recognised, HandlerCall) else None


def _check(variable: Variable, facts: Facts) -> None:
    """Raise `CannotFill` for what can be filled from no call."""
    path = variable.path
    if any(map(is_secret, path)):
        raise CannotFill("secret")
    root = _matching(NAMES, path[0])
    if root is None:
        raise CannotFill("unknown", _nearest(path, facts))
    if root in _MOMENTS and len(path) > 1:
        raise CannotFill("unknown", root)
    if variable.format and (variable.format not in FORMATS or root not in _MOMENTS):
        raise CannotFill("format", _nearest_format(variable.format, root))


def _found(facts: Facts, path: tuple[str, ...]) -> Fact:
    found: Fact | Facts = facts
    for step in path:
        if isinstance(found, Mapping):
            name = _matching(found, step)
            found = None if name is None else found[name]
        elif isinstance(found, list):
            found = found[int(step)] if _is_index(step, found) else None
        else:
            return None
    return cast("Fact", found)


def _is_index(step: str, items: list[JsonValue]) -> bool:
    return step.isascii() and step.isdigit() and len(step) < 9 and int(step) < len(items)


def _matching(names: Collection[str], wanted: str) -> str | None:
    if wanted in names:
        return wanted
    return next((name for name in names if name.lower() == wanted.lower()), None)


def _leaves(value: JsonValue) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from _leaves(item)
    elif isinstance(value, dict):
        for name, item in value.items():
            yield name
            yield from _leaves(item)


def _offered(path: tuple[str, ...], facts: Facts) -> Iterator[tuple[str, str]]:
    """The variable of a path and those inside it, as far as they have names and may be told."""
    name = ".".join(path)
    if not all(map(is_step, path)) or len(name) > _LONGEST_NAME:
        return
    found = _found(facts, path)
    if not isinstance(found, dict):
        try:
            value = value_of(Variable(name, path), facts)
        except CannotFill:
            return
        # Cut first: a property may be as long as a body.
        line = " ".join(as_text(value)[: 2 * _LONGEST_PREVIEW].split())
        yield name, brief(line, _LONGEST_PREVIEW)
    inner: Iterable[object] = ()
    if isinstance(found, (dict, list)):
        inner = found if isinstance(found, dict) else range(len(found))
    for step in inner:
        yield from _offered((*path, str(step)), facts)


def _nearest(path: tuple[str, ...], facts: Facts) -> str:
    """A variable that this one may have been meant to be: of the same end, or of a similar name."""
    wanted = ".".join(path).lower()
    if len(wanted) > _LONGEST_NAME:
        return ""
    known = {name.lower(): name for name, _ in available(facts)} or {name: name for name in NAMES}
    tails = [name for lowered, name in known.items() if lowered.endswith(f".{wanted}")]
    close = [known[lowered] for lowered in get_close_matches(wanted, known, n=1)]
    return next(iter(tails + close), "")


def _nearest_format(wanted: str, root: str) -> str:
    if root not in _MOMENTS:
        return ""
    close = get_close_matches(wanted[:_LONGEST_NAME].lower(), FORMATS, n=1)
    return close[0] if close else ""
