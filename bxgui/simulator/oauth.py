"""The OAuth server: `/oauth/token/` renews tokens (contract §8 rows 60-63)."""

from __future__ import annotations

from collections.abc import Mapping

from bxgui.simulator.accounts import TokenPair
from bxgui.simulator.answers import oauth_answer
from bxgui.simulator.portal import Portal
from bxgui.simulator.refusals import Refusal, Refused
from bxgui.simulator.request import HttpRequest, read_params
from bxgui.simulator.rest import Executed

PATHS = frozenset({"/oauth/token", "/oauth/token/"})
# The name by which faults and records speak of a renewal.
METHOD = "oauth.token"

_INVALID_REQUEST = Refusal(400, "invalid_request")
_NOT_INSTALLED = Refusal(401, "NOT_INSTALLED")
_PAYMENT_REQUIRED = Refusal(401, "PAYMENT_REQUIRED")


def execute(portal: Portal, request: HttpRequest) -> Executed:
    """Renew tokens; the refresh token given is used up by a success."""
    try:
        tokens = _renewed(portal, read_params(request))
    except Refused as refused:
        reason = refused.refusal
        return Executed(oauth_answer(reason.status, {"error": reason.code}), str(reason.code))
    return Executed(oauth_answer(200, _document(portal, tokens)))


def _renewed(portal: Portal, params: Mapping[str, object]) -> TokenPair:
    given = {name: value for name, value in params.items() if isinstance(value, str)}
    if given.get("grant_type") != "refresh_token":
        raise Refused(_INVALID_REQUEST)
    if not portal.accounts.installed:
        raise Refused(_NOT_INSTALLED)
    if not portal.settings.paid:
        raise Refused(_PAYMENT_REQUIRED)
    return portal.accounts.refresh(
        given.get("client_id", ""), given.get("client_secret", ""), given.get("refresh_token", "")
    )


def _document(portal: Portal, tokens: TokenPair) -> dict[str, object]:
    return {
        "access_token": tokens.access_token,
        "client_endpoint": portal.endpoint,
        "domain": portal.domain,
        "expires": tokens.expires,
        "expires_in": tokens.expires_in,
        "member_id": portal.member_id,
        "refresh_token": tokens.refresh_token,
        "scope": ",".join(tokens.scope),
        "server_endpoint": portal.endpoint,
        "status": portal.settings.status,
        "user_id": tokens.user_id,
    }
