"""What a row of the reply form says beside its editor."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from bxgui.core.defaults import default_items
from bxgui.core.schema import RuleProperty, ValueType
from bxgui.core.value_rows import ValueRow
from bxgui.ui import language, texts
from bxgui.ui.editors.choice import title_of
from bxgui.ui.editors.factory import choices_of

translate = QCoreApplication.translate


def title_text(row: ValueRow) -> str:
    """The title in the window's language, a star after one that is required."""
    if row.entry is None:
        return row.name or translate("Rows", "new value")
    title = row.entry.title.read(language.current()) or row.name
    return f"{title} *" if row.entry.required else title


def name_text(row: ValueRow) -> str:
    """The name as it is sent, where the title is another."""
    return "" if title_text(row).removesuffix(" *") == row.name else row.name


def type_text(row: ValueRow) -> str:
    """The type; one of the document is named as it was registered."""
    text = texts.type_text(row.type)
    if row.entry is not None and is_foreign(row.entry) and row.type is row.entry.type:
        text = row.entry.type_name
    return kind_text(text, row.multiple)


def kind_text(text: str, multiple: bool) -> str:
    """A type's name, or that of a list of it."""
    return translate("Rows", "%1 list").replace("%1", text) if multiple else text


def note_text(row: ValueRow, *, schema_known: bool) -> str:
    """The description, or what is to be known of a value that has none."""
    entry = row.entry
    if entry is None:
        return translate("Rows", "not in the rule's schema") if schema_known else ""
    lines = [" ".join(entry.description.read(language.current()).split())]
    if is_foreign(entry):
        hint = translate("Rows", "a type of the document: sent as the text you write")
        lines.append(hint)
    if row.type is ValueType.FILE:
        lines.append(translate("Rows", "a file's id, not its content"))
    if (row.type, row.multiple) != (entry.type, entry.multiple):
        registered = kind_text(texts.type_text(entry.type), entry.multiple)
        lines.append(translate("Rows", "registered as %1").replace("%1", registered))
    return " · ".join(filter(None, lines))


def default_text(row: ValueRow) -> str:
    """The registration's default, as its editor would show it."""
    entry = row.entry
    if entry is None:
        return ""
    choices = choices_of(entry.type, entry)
    shown = ", ".join(title_of(choices, item) for item in default_items(entry))
    return translate("Rows", "default: %1").replace("%1", " ".join(shown.split())) if shown else ""


def explained_text(row: ValueRow, *, schema_known: bool) -> str:
    """All of it, for a tooltip and for a screen reader."""
    required = row.entry is not None and row.entry.required
    parts = (
        title_text(row),
        name_text(row),
        type_text(row),
        translate("Rows", "The rule's registration marks this value as required.")
        if required
        else "",
        note_text(row, schema_known=schema_known),
        default_text(row),
    )
    return "\n".join(filter(None, parts))


def is_foreign(entry: RuleProperty) -> bool:
    """Whether the registration names a type that has no editor of its own, such as `UF:money`."""
    return bool(entry.type_name) and entry.type_name.lower() != entry.type.value
