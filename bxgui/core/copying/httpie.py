"""A request as an HTTPie command for bash."""

from __future__ import annotations

from bxgui.core.copying import bash
from bxgui.core.shown_request import ShownRequest


def snippet(request: ShownRequest) -> str:
    """The command; it takes the body as it is, where fields of its own would round numbers."""
    command = f"""\
http POST {bash.word(request.url)} \\
    Accept:application/json Content-Type:application/json"""
    return bash.piped(request, command)
