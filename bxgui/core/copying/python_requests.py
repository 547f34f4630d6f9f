"""A request in Python with `requests`."""

from __future__ import annotations

from bxgui.core.copying import python
from bxgui.core.copying.remarks import commented, remarks, spelling
from bxgui.core.literals import holds, literal
from bxgui.core.shown_request import ShownRequest

_EXACT = "The body is written out: no float holds all of its numbers."


def snippet(request: ShownRequest) -> str:
    """The module; where a number is no float, the body is a text instead of a dict."""
    parameters = request.parameters
    if holds(parameters, python.DIALECT):
        said = remarks(request)
        body = f"json={literal(parameters, python.DIALECT, 1)}"
    else:
        said = remarks(request, spelling(request), _EXACT)
        body = f"data=({python.text(request.body)}).encode()"
    return f"""\
{commented(said, "#")}{python.imports(request, "import requests")}

response = requests.post(
    {python.text(request.url)},
    {body},
    headers={{"Accept": "application/json", "Content-Type": "application/json"}},
    timeout=(5, 70),
    allow_redirects=False,
)
print(response.status_code, response.text)
"""
