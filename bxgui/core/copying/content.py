"""The parts of a request that an SDK wants apart."""

from __future__ import annotations

from bxgui.core.json_values import JsonValue
from bxgui.core.rest_request import ACCESS_TOKEN_PARAMETER
from bxgui.core.shown_request import ShownRequest


def authorised(request: ShownRequest) -> tuple[str, dict[str, JsonValue]]:
    """The access token, and the parameters without it."""
    parameters = dict(request.parameters)
    return str(parameters.pop(ACCESS_TOKEN_PARAMETER)), parameters
