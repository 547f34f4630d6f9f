"""Yes, No, or unset."""

from __future__ import annotations

from bxgui.ui.editors.editor import translate


def flag_choices() -> tuple[tuple[str, str], ...]:
    """The values of a `bool` as they are sent, with their titles."""
    return ("Y", translate("Editors", "Yes")), ("N", translate("Editors", "No"))
