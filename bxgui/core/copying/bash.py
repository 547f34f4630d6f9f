"""Commands for bash. A body goes through a pipe: arguments are limited, and others read them."""

from __future__ import annotations

from bxgui.core.copying.json_text import visible
from bxgui.core.copying.remarks import commented, names, remarks, spelling
from bxgui.core.shown_request import ShownRequest, joined


def quoted(text: str) -> str:
    """A text as one word, what cannot be seen in it as JSON escapes it."""
    return "'" + visible(text).replace("'", "'\\''") + "'"


def word(text: str) -> str:
    """A text of a request as one word, with variables in the place of its secrets."""
    return joined(text, quoted, lambda name: f'"${name}"', "")


def piped(request: ShownRequest, command: str) -> str:
    """A command that gets the body of a request on its standard input."""
    said = remarks(request, spelling(request, visible))
    guards = " ".join(f'"${{{name}:?}}"' for name in names(request))
    lines = [f": {guards} &&"] if guards else []
    lines += [f"printf '%s' {word(request.body)} |", command]
    return commented(said, "#") + "\n  ".join(lines) + "\n"
