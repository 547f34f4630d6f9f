"""The page of a portal where a user lets an application in: `/oauth/authorize/`."""

from __future__ import annotations

from urllib.parse import urlencode

from bxgui.simulator.answers import HTML_TYPE, Answer, html
from bxgui.simulator.portal import Portal
from bxgui.simulator.request import HttpRequest, read_params
from bxgui.simulator.rest import Executed

PATHS = frozenset({"/oauth/authorize", "/oauth/authorize/"})
# The name by which faults and records speak of it.
METHOD = "oauth.authorize"


def execute(portal: Portal, request: HttpRequest) -> Executed:
    """Send the browser of user 1, who is signed in, on with a code.

    It goes to where the application is registered to take codes, else to the `redirect_uri` of
    the request; the page shows the code where there is neither.
    """
    given = read_params(request)
    accounts = portal.accounts
    if given.get("client_id") != accounts.client_id or not accounts.installed:
        return Executed(html(403, "Application not installed"), "NOT_INSTALLED")
    code = accounts.issue_code()
    target = accounts.redirect_uri or str(given.get("redirect_uri", ""))
    if not target:
        return Executed(html(200, code))
    fields = {
        "code": code,
        "state": str(given.get("state", "")),
        "domain": portal.domain,
        "member_id": portal.member_id,
        "scope": ",".join(portal.settings.scope),
        "server_domain": portal.oauth_domain,
    }
    location = f"{target}{'&' if '?' in target else '?'}{urlencode(fields)}"
    return Executed(Answer(302, b"", (("Location", location), ("Content-Type", HTML_TYPE))))
