"""A choice among the options of the registration."""

from __future__ import annotations

from bxgui.core.schema import RuleProperty
from bxgui.ui import language


def select_choices(entry: RuleProperty | None) -> tuple[tuple[str, str], ...]:
    """The keys of a `select` with their titles; none where the options are not known."""
    if entry is None:
        return ()
    spoken = language.current()
    return tuple((key, title.read(spoken)) for key, title in entry.options)
