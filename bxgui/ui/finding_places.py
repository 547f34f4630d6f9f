"""Where findings are in the form and in its JSON view: to go there, and to mend them there."""

from __future__ import annotations

from typing import Protocol

from bxgui.core.dates import DateFormat
from bxgui.core.findings import Finding, FindingCode, Rename
from bxgui.core.json_mends import mended_json
from bxgui.core.json_places import MemberPlace, member_places
from bxgui.core.json_values import JsonProblem
from bxgui.core.mends import mended
from bxgui.ui.finding_texts import finding_text
from bxgui.ui.json_editor import JsonEditor
from bxgui.ui.value_rows_view import ValueRowsView
from bxgui.ui.widgets import announce

_OF_NAMES = frozenset(
    {
        FindingCode.NO_NAME,
        FindingCode.UNKNOWN_NAME,
        FindingCode.REPEATED_NAME,
        FindingCode.OTHER_CASE,
    }
)
_MISSING = frozenset({FindingCode.NO_VALUES, FindingCode.REQUIRED_MISSING})


class Places(Protocol):
    """One of the two views of the values."""

    def has(self, finding: Finding) -> bool:
        """Whether the finding is anywhere."""

    def at(self) -> int | None:
        """The value with the cursor, counted as findings count."""

    def go_to(self, finding: Finding) -> None:
        """Put the cursor where the finding is, and say it."""

    def mend(self, finding: Finding, dates: DateFormat) -> None:
        """Do what its mend says, as if a person had."""


class RowPlaces:
    """Findings in the rows of the form."""

    def __init__(self, rows: ValueRowsView) -> None:
        self._rows = rows

    def has(self, finding: Finding) -> bool:
        """Whether it is about a row."""
        return finding.row is not None

    def at(self) -> int | None:
        """The row with the cursor."""
        return self._rows.at()

    def go_to(self, finding: Finding) -> None:
        """Go to the row's editor, or to its name where that is what is wrong."""
        if finding.row is not None:
            self._rows.go_to(finding.row, in_name=finding.code in _OF_NAMES)
            announce(self._rows, finding_text(finding))

    def mend(self, finding: Finding, dates: DateFormat) -> None:
        """Mend it, and go to the row that has changed."""
        name = finding.mend.to if isinstance(finding.mend, Rename) else finding.name
        rows = mended(self._rows.rows(), finding, dates)
        row = finding.row if finding.row is not None else len(rows) - 1
        found = [number for number, one in enumerate(rows) if one.name == name]
        self._rows.put_rows(rows, dates)
        if found:
            self._rows.go_to(min(found, key=lambda number: abs(number - row)))


class JsonPlaces:
    """Findings in the members of the JSON view."""

    def __init__(self, json: JsonEditor) -> None:
        self._json = json

    def has(self, finding: Finding) -> bool:
        """Whether it is about a member, about one that is missing, or about the text itself."""
        is_of_the_text = finding.code is FindingCode.BROKEN_JSON or finding.code in _MISSING
        return finding.row is not None or is_of_the_text

    def at(self) -> int | None:
        """The member with the cursor."""
        at = self._json.place()
        found = (n for n, one in enumerate(self._members()) if one.name <= at <= one.value_end)
        return next(found, None)

    def go_to(self, finding: Finding) -> None:
        """Go to the value, to its name, or to the end, where a missing one would be added."""
        if finding.code is FindingCode.BROKEN_JSON:
            self._json.go_to_problem()
            return
        if finding.row is not None:
            self._go_to_member(finding.row, in_name=finding.code in _OF_NAMES)
        else:
            self._json.go_to(self._json.text().rindex("}"))
        announce(self._json, finding_text(finding))

    def mend(self, finding: Finding, _dates: DateFormat) -> None:
        """Mend it in the text, and go to the member that has changed, or took its place."""
        self._json.put_text(mended_json(self._json.text(), finding))
        last = len(self._members()) - 1
        self._go_to_member(last if finding.row is None else min(finding.row, last), in_name=False)

    def _go_to_member(self, number: int, *, in_name: bool) -> None:
        members = self._members()
        if 0 <= number < len(members):
            member = members[number]
            self._json.go_to(member.name + 1 if in_name else member.value)
        else:
            self._json.setFocus()

    def _members(self) -> list[MemberPlace]:
        try:
            return member_places(self._json.text())
        except JsonProblem:
            return []
