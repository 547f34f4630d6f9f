"""The OAuth server: `/oauth/token/` gives first tokens and new ones (contract §8 rows 60-63)."""

from __future__ import annotations

from collections.abc import Mapping

from bxgui.simulator.accounts import TokenPair
from bxgui.simulator.answers import oauth_answer
from bxgui.simulator.condition import Condition
from bxgui.simulator.portal import Portal
from bxgui.simulator.refusals import Refusal, Refused
from bxgui.simulator.request import HttpRequest, read_params
from bxgui.simulator.rest import Executed

PATHS = frozenset({"/oauth/token", "/oauth/token/"})
# The name by which faults and records speak of such a request.
METHOD = "oauth.token"

_INVALID_REQUEST = Refusal(400, "invalid_request")
_NOT_INSTALLED = Refusal(401, "NOT_INSTALLED")
_PAYMENT_REQUIRED = Refusal(401, "PAYMENT_REQUIRED", "Payment required")


def execute(portal: Portal, request: HttpRequest) -> Executed:
    """Give tokens; the code or refresh token given is used up by a success."""
    try:
        tokens = _granted(portal, read_params(request))
    except Refused as refused:
        reason = refused.refusal
        document = {"error": reason.code}
        if reason.text:
            document["error_description"] = reason.text
        return Executed(oauth_answer(reason.status, document), str(reason.code))
    return Executed(oauth_answer(200, _document(portal, tokens)))


def _granted(portal: Portal, params: Mapping[str, object]) -> TokenPair:
    given = {name: value for name, value in params.items() if isinstance(value, str)}
    accounts = portal.accounts
    grants = {
        "refresh_token": (accounts.refresh, "refresh_token"),
        "authorization_code": (accounts.redeem, "code"),
    }
    grant, proof = grants.get(given.get("grant_type", ""), (None, ""))
    if grant is None:
        raise Refused(_INVALID_REQUEST)
    if not accounts.installed:
        raise Refused(_NOT_INSTALLED)
    if portal.condition is Condition.SUBSCRIPTION_ENDED:
        raise Refused(_PAYMENT_REQUIRED)
    client = given.get("client_id", ""), given.get("client_secret", "")
    return grant(*client, given.get(proof, ""))


def _document(portal: Portal, tokens: TokenPair) -> dict[str, object]:
    return {
        "access_token": tokens.access_token,
        "client_endpoint": portal.endpoint,
        "domain": portal.oauth_domain,
        "expires": tokens.expires,
        "expires_in": tokens.expires_in,
        "member_id": portal.member_id,
        "refresh_token": tokens.refresh_token,
        "scope": ",".join(tokens.scope),
        "server_endpoint": portal.server_endpoint,
        "status": portal.settings.status,
        "user_id": tokens.user_id,
    }
