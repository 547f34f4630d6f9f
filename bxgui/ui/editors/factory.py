"""Which editor edits a row."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from bxgui.core.dates import SITE_DATES, DateFormat
from bxgui.core.schema import RuleProperty, ValueType
from bxgui.core.value_rows import ValueRow
from bxgui.ui.editors.checks import check_of
from bxgui.ui.editors.choice import ChoiceEditor, Choices, foreign, title_of
from bxgui.ui.editors.editor import Editor, RowEditor
from bxgui.ui.editors.file_id import FileEditor
from bxgui.ui.editors.flag import flag_choices
from bxgui.ui.editors.items import ItemKind, ItemsEditor
from bxgui.ui.editors.line import LineEditor
from bxgui.ui.editors.moment import DateEditor
from bxgui.ui.editors.select import select_choices
from bxgui.ui.editors.text import TextEditor
from bxgui.ui.editors.user import UserEditor, Users

_HINTS = {ValueType.INT: "0", ValueType.DOUBLE: "0.0", ValueType.TIME: "18:30"}


@dataclass(frozen=True, slots=True)
class Offers:
    """What the call and its portal give to the editors: users to offer, the format of dates."""

    users: Users = tuple
    dates: DateFormat = SITE_DATES


def make_editor(row: ValueRow, offers: Offers) -> RowEditor:
    """The editor for a row's type."""
    choices = choices_of(row.type, row.entry)
    if not row.multiple:
        return _editor(row.type, choices, offers, alone=True)
    make = partial(_editor, row.type, choices, offers, alone=False)
    if choices:
        return ItemsEditor(ItemKind(make, partial(title_of, choices), partial(foreign, choices)))
    check = check_of(row.type, offers.dates)
    return ItemsEditor(ItemKind(make, _on_one_line, check, lines=row.type is ValueType.TEXT))


def choices_of(kind: ValueType, entry: RuleProperty | None) -> Choices:
    """What a value of this type is chosen from; nothing where it is typed."""
    if kind is ValueType.BOOL:
        return flag_choices()
    return select_choices(entry) if kind is ValueType.SELECT else ()


def _editor(kind: ValueType, choices: Choices, offers: Offers, *, alone: bool) -> Editor:
    """The editor of a single value, or of one item of a list."""
    if choices:
        return ChoiceEditor(choices, can_be_unset=alone)
    if kind is ValueType.TEXT:
        return TextEditor(grows=alone)
    if kind is ValueType.JSON:
        return TextEditor('{"key": "value"}', check_of(kind, offers.dates), code=True)
    if kind in {ValueType.DATE, ValueType.DATETIME}:
        return DateEditor(kind, offers.dates)
    if kind is ValueType.USER:
        return UserEditor(offers.users)
    if kind is ValueType.FILE:
        return FileEditor()
    return LineEditor(_HINTS.get(kind, ""), check_of(kind, offers.dates))


def _on_one_line(text: str) -> str:
    return text.replace("\n", " ⏎ ")
