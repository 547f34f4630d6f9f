"""A request as a curl.exe command for PowerShell, Windows PowerShell 5.1 as well as 7.

They differ in how they hand quotes to a program, so the body goes through a pipe. What goes through
is ASCII, for 5.1 turns anything else into question marks; both add an end of line, which is JSON.
"""

from __future__ import annotations

from bxgui.core.copying.json_text import ascii_only
from bxgui.core.copying.remarks import commented, names, remarks, spelling
from bxgui.core.shown_request import ShownRequest, joined

_GUARD = """\
    foreach ($name in {names}) {{
        if (-not (Test-Path "Env:$name")) {{ throw "Set $name first." }}
    }}
"""


def quoted(text: str) -> str:
    """A text as a string, with everything beyond ASCII as JSON escapes it."""
    return "'" + ascii_only(text).replace("'", "''") + "'"


def snippet(request: ShownRequest) -> str:
    """The command, in a block of its own that leaves the session's settings as they are."""
    said = remarks(request, spelling(request, ascii_only))
    listed = ", ".join(map(quoted, names(request)))
    guard = _GUARD.format(names=listed) if listed else ""
    url = _expression(request.url)
    return f"""\
{commented(said, "#")}& {{
{guard}    $OutputEncoding = [System.Text.ASCIIEncoding]::new()
    {_expression(request.body)} |
        curl.exe --header 'Accept: application/json' --header 'Content-Type: application/json' `
            --data-binary '@-' {f"({url})" if " + " in url else url}
}}
"""


def _expression(text: str) -> str:
    return joined(text, quoted, lambda name: f"$env:{name}", " + ")
