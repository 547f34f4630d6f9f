"""The one-click mends of findings in a JSON text: all that they do not concern stays as typed."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bxgui.core.findings import Finding, Give, Rename, Replace
from bxgui.core.json_places import MemberPlace, member_places
from bxgui.core.json_values import editable

_SPACE_BEFORE = re.compile(r"[ \t\n\r]*\Z")


def mended_json(text: str, finding: Finding) -> str:
    """The text after the mend of a finding made in its values; the same when it has none.

    It denotes what `mended_values` gives. Raises `JsonProblem`.
    """
    row, mend = finding.row, finding.mend
    places = member_places(text)
    if isinstance(mend, Give):
        return _with_member(text, places, f"{editable(finding.name)}: {editable(mend.value)}")
    if row is None or mend is None:
        return text
    place = places[row]
    if isinstance(mend, Rename):
        return text[: place.name] + editable(mend.to) + text[place.name_end :]
    if isinstance(mend, Replace):
        return text[: place.value] + editable(mend.value) + text[place.value_end :]
    start, end = _extent(text, places, row)
    return text[:start] + text[end:]


def _with_member(text: str, places: Sequence[MemberPlace], member: str) -> str:
    """The text with a member more, as far indented as the one before it."""
    if not places:
        return f"{text[: text.index('{') + 1]}\n  {member}\n{text[text.rindex('}') :]}"
    last = places[-1]
    space = _SPACE_BEFORE.search(text, 0, last.name)
    gap = (space[0] if space is not None else "") or " "
    return f"{text[: last.value_end]},{gap}{member}{text[last.value_end :]}"


def _extent(text: str, places: Sequence[MemberPlace], row: int) -> tuple[int, int]:
    """A member with the one comma that goes with it."""
    if row > 0:
        return places[row - 1].value_end, places[row].value_end
    if len(places) > 1:
        return places[0].name, places[1].name
    return text.index("{") + 1, places[0].value_end
