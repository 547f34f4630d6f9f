"""Asks authorization servers for tokens. Nothing else sends a client secret anywhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from bxgui.core import phpform
from bxgui.core.body import decode
from bxgui.core.explanations import BY_KEY
from bxgui.core.handler_call import recognise
from bxgui.core.oauth import DEFAULT_SERVER, Application, Tokens, read_tokens, token_address
from bxgui.core.outcome import Answer, Failure, Verdict, classify_failure
from bxgui.core.reach import USUAL_REACH, Reach, is_loopback
from bxgui.core.records import Portal
from bxgui.services.authorization_problem import AuthorizationProblem
from bxgui.services.portal_client import PortalClient
from bxgui.services.store import Store

# The name by which the store's exchanges speak of such a request.
TOKEN_METHOD = "oauth.token"  # noqa: S105


@dataclass(frozen=True, slots=True)
class Grant:
    """Tokens, and the `server_endpoint` of who granted them."""

    tokens: Tokens
    server: str


class TokenServer:
    """The authorization server of each portal, as its calls and this program's list name it."""

    def __init__(self, store: Store, client: PortalClient, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._client = client
        self._clock = clock

    def ask(
        self,
        portal: Portal,
        application: Application,
        form: bytes,
        proof: str,
        named: Sequence[str] = (),
    ) -> Grant | Verdict:
        """Post a form with the client secret and a proof; raises `AuthorizationProblem`.

        `named` are servers that a person's browser was told of, which are believed no more.
        """
        address, server = self._server(portal, named)
        secrets = (application.client_secret.encode(), proof.encode())
        # A CA file of the user's stands for the portal, not for the server of all portals.
        reach = Reach(ca_file=portal.reach.ca_file) if is_loopback(address) else USUAL_REACH
        exchange, answer = self._client.post_form(address, form, secrets, reach)
        if isinstance(answer, Failure):
            result: Tokens | Verdict = classify_failure(answer)
        else:
            result = read_tokens(answer, self._clock())
            if isinstance(result, Verdict):
                # Once more from the record: the server's words may repeat a secret.
                shown = Answer(answer.status, exchange.response_body)
                result = read_tokens(shown, self._clock())
        verdict = Verdict(BY_KEY["accepted"]) if isinstance(result, Tokens) else result
        self._store.exchanges.record(portal.id, TOKEN_METHOD, exchange, verdict)
        return Grant(result, server) if isinstance(result, Tokens) else result

    def _server(self, portal: Portal, named: Sequence[str]) -> tuple[str, str]:
        """Where tokens of a portal are granted, and the endpoint that says so."""
        practice = is_loopback(portal.endpoint)
        others = (*named, portal.server_endpoint, *(() if practice else (DEFAULT_SERVER,)))
        for servers in (self._of_calls(portal), others):
            for server in servers:
                if address := token_address(server, practice=practice):
                    return address, server
        message = (
            f"No call of {portal.title} has told where its authorization server is. "
            "Wait for its next call."
        )
        raise AuthorizationProblem("no_server", message)

    def _of_calls(self, portal: Portal) -> Iterator[str]:
        """The servers that the newest calls name; masked bodies tell, so that no key is needed."""
        for carrying in self._store.authorizations.with_tokens(portal.id, portal.host):
            call = self._store.calls.sealed(carrying.call_id)
            if call is not None:
                fields = decode(call.body, call.content_type)
                yield recognise(fields, phpform.decode(call.query)).auth.server_endpoint
