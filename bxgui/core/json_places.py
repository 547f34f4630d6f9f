"""Where the members of a JSON object stand in its text."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

from bxgui.core.json_values import parse_object

# Only the ends of values are looked at: no digits need to become a number.
_DECODER = json.JSONDecoder(parse_int=str, parse_float=str)
_SPACE = re.compile(r"[ \t\n\r]*")


@dataclass(frozen=True, slots=True)
class MemberPlace:
    """The first letter of a member's name and of its value, and where each has ended."""

    name: int
    name_end: int
    value: int
    value_end: int


def member_places(text: str) -> list[MemberPlace]:
    """The members in order, repeated names included; raises `JsonProblem` as `parse_object`."""
    found: list[MemberPlace] = []
    at = _after_space(text, 0)
    for _ in parse_object(text):
        # What stands here is the brace that opens the object, or the comma before the member.
        name = _after_space(text, at + 1)
        name_end = _DECODER.raw_decode(text, name)[1]
        value = _after_space(text, _after_space(text, name_end) + 1)
        value_end = _DECODER.raw_decode(text, value)[1]
        found.append(MemberPlace(name, name_end, value, value_end))
        at = _after_space(text, value_end)
    return found


def _after_space(text: str, at: int) -> int:
    match = _SPACE.match(text, at)
    return at if match is None else match.end()
