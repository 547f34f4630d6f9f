"""A request in Python with b24pysdk."""

from __future__ import annotations

from bxgui.core.copying import python
from bxgui.core.copying.content import authorised
from bxgui.core.copying.remarks import commented, numbers_as_texts, remarks
from bxgui.core.literals import holds, literal
from bxgui.core.shown_request import ShownRequest

_IMPORT = "from b24pysdk.credentials import BitrixApp, BitrixToken"
_ADDRESS = "b24pysdk calls https://{domain}/rest/ only, and this portal's address is another."


def snippet(request: ShownRequest) -> str:
    """The module; the token's `call_method` sends the parameters as they are."""
    access_token, parameters = authorised(request)
    host = request.host
    said = remarks(
        request,
        "" if request.endpoint == f"https://{host}/rest/" else _ADDRESS,
        "" if holds(parameters, python.DIALECT) else numbers_as_texts("Python"),
    )
    return f"""\
{commented(said, "#")}{python.imports(request, _IMPORT)}

token = BitrixToken(
    domain={python.text(host)},
    auth_token={python.text(access_token)},
    # An application's id and secret renew tokens; this one is used as it is.
    bitrix_app=BitrixApp(client_id="-", client_secret="-"),
)
answer = token.call_method(
    {python.text(request.method)},
    {literal(parameters, python.DIALECT, 1)},
    timeout=(5, 70),
)
print(answer)
"""
