"""Requests as snippets of code that make them: what arrives is what bxgui would send."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum

from bxgui.core.copying import (
    b24jssdk,
    b24phpsdk,
    b24pysdk,
    crest,
    curl,
    httpie,
    powershell,
    python_requests,
)
from bxgui.core.rest_request import RestRequest
from bxgui.core.shown_request import ShownRequest, shown


class CopyAs(StrEnum):
    """The kinds of snippets, in the order of the menu."""

    CURL = "curl"
    POWERSHELL = "powershell"
    HTTPIE = "httpie"
    PYTHON = "python"
    B24PYSDK = "b24pysdk"
    CREST = "crest"
    B24PHPSDK = "b24phpsdk"
    B24JSSDK = "b24jssdk"


# Those that are written for an access token; a webhook has none.
WANT_A_TOKEN = frozenset({CopyAs.B24PYSDK, CopyAs.CREST, CopyAs.B24PHPSDK, CopyAs.B24JSSDK})
_WRITERS: Mapping[CopyAs, Callable[[ShownRequest], str]] = {
    CopyAs.CURL: curl.snippet,
    CopyAs.POWERSHELL: powershell.snippet,
    CopyAs.HTTPIE: httpie.snippet,
    CopyAs.PYTHON: python_requests.snippet,
    CopyAs.B24PYSDK: b24pysdk.snippet,
    CopyAs.CREST: crest.snippet,
    CopyAs.B24PHPSDK: b24phpsdk.snippet,
    CopyAs.B24JSSDK: b24jssdk.snippet,
}


def snippet(request: RestRequest, kind: CopyAs, *, revealed: bool = False) -> str:
    """Code that makes a request; environment variables hold its secrets unless it is revealed."""
    return _WRITERS[kind](shown(request, revealed=revealed))
