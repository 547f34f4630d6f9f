"""A request as a cURL command for bash."""

from __future__ import annotations

from bxgui.core.copying import bash
from bxgui.core.shown_request import ShownRequest


def snippet(request: ShownRequest) -> str:
    """The command; the body arrives byte for byte, but for escapes of what cannot be seen."""
    command = f"""\
curl --header 'Accept: application/json' --header 'Content-Type: application/json' \\
    --data-binary @- {bash.word(request.url)}"""
    return bash.piped(request, command)
