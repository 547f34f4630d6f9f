"""What replies may be sent, and the requests that carry them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bxgui.core import batch
from bxgui.core.authorization import Access, Source
from bxgui.core.handler_call import HandlerCall
from bxgui.core.json_values import JsonProblem
from bxgui.core.records import ACTIVITY_LOG, CallDetail, CallKind, Portal, Reply, Suspicion
from bxgui.core.rest_request import RestRequest, reply_request
from bxgui.services import keys
from bxgui.services.intake import recognise_arrival
from bxgui.services.portal_client import USER_AGENT
from bxgui.services.store import Store
from bxgui.services.vault import SecretsLocked, StoreKey

_NO_ACCESS = Access(Source.CALL, "")


class ReplyProblem(Exception):
    """A reply that cannot be sent as it is; `code` names why, the text says what to do."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


@dataclass(frozen=True, slots=True)
class Prepared:
    """A request to be looked at; `problem` is what keeps it from being sent now."""

    request: RestRequest
    problem: ReplyProblem | None = None


class ReplyRequests:
    """Judges replies by what is stored of their calls, and writes their requests."""

    def __init__(
        self, store: Store, key: Callable[[], StoreKey], clock: Callable[[], datetime]
    ) -> None:
        self._store = store
        self._key = key
        self._clock = clock

    def sendable(self, reply: Reply, *, suspicious_too: bool) -> tuple[CallDetail, Portal]:
        """The call that is answered, and where; raises `ReplyProblem` when that may not be."""
        call = self._answerable(reply)
        problem = _trust_problem(call, suspicious_too=suspicious_too)
        if problem is not None:
            raise problem
        if call.portal is None:
            raise AssertionError
        return call, call.portal

    def prepared(self, reply: Reply) -> Prepared:
        """The request of a reply as its own call authorizes it, and what keeps it from going.

        A portal that is not trusted is no obstacle. Raises `ReplyProblem` when there is no request.
        """
        call = self._answerable(reply)
        problem = _trust_problem(call)
        endpoint = call.endpoint if problem or call.portal is None else call.portal.endpoint
        if problem is not None and not endpoint:
            raise problem
        token = self.handler_call(reply.call_id).auth.access_token
        if not token:
            message = "The call came without an access token, so there is nothing to send it with."
            raise ReplyProblem("no_access_token", message)
        return Prepared(self.request(reply, Access(Source.CALL, endpoint, token)), problem)

    def request(self, reply: Reply, access: Access) -> RestRequest:
        """The request of a reply; raises `ReplyProblem` where there is none."""
        call = self.handler_call(reply.call_id)
        try:
            return reply_request(access, reply, call, USER_AGENT)
        except JsonProblem as problem:
            raise ReplyProblem("bad_value", f"{problem.message}.") from problem

    def check(self, reply: Reply) -> None:
        """Raise `ReplyProblem` for a reply that no request can carry, whatever authorizes it."""
        self.request(reply, _NO_ACCESS)

    def command(self, reply: Reply) -> str | None:
        """A reply as a command of a batch; None where it has to go alone.

        Raises `ReplyProblem` where it has no request at all.
        """
        request = self.request(reply, _NO_ACCESS)
        return batch.command(request.method, request.parameters)

    def handler_call(self, call_id: int) -> HandlerCall:
        """A stored call with its secrets; raises `ReplyProblem` when they cannot be had."""
        sealed = self._store.calls.sealed(call_id)
        if sealed is None:
            raise ReplyProblem("no_such_call", f"There is no call {call_id}.")
        try:
            call = recognise_arrival(keys.reopen(sealed, self._key(), self._store.id))
        except SecretsLocked as error:
            raise ReplyProblem(error.code, str(error)) from error
        if not isinstance(call, HandlerCall):
            raise ReplyProblem("not_a_token", f"Call {call_id} carries no event token.")
        return call

    def _answerable(self, reply: Reply) -> CallDetail:
        call = self._store.calls.detail(reply.call_id, self._clock())
        if call is None:
            raise ReplyProblem("no_such_call", f"There is no call {reply.call_id}.")
        if call.row.kind is not CallKind.TOKEN:
            raise ReplyProblem("not_a_token", f"Call {reply.call_id} carries no event token.")
        if reply.method == ACTIVITY_LOG and not reply.log_message.strip():
            raise ReplyProblem(
                "empty_log", "Write a log message: without one there is nothing to log."
            )
        return call


def _trust_problem(call: CallDetail, *, suspicious_too: bool = False) -> ReplyProblem | None:
    """Why nothing may be sent for a call."""
    portal = call.portal
    if portal is None:
        return ReplyProblem("no_portal", "The call does not say which portal it comes from.")
    if not portal.trusted:
        message = f"The portal {portal.host or portal.key} is not trusted yet."
        return ReplyProblem("not_trusted", message)
    if call.row.suspicion is Suspicion.ADDRESS:
        message = (
            f"The call names the address {call.row.portal or 'nothing'}, and the trusted portal is "
            f"at {portal.host}. Trust the new address first if the portal has moved."
        )
        return ReplyProblem("other_address", message)
    if call.row.suspicion is Suspicion.APPLICATION_TOKEN and not suspicious_too:
        message = (
            "The call carries another application token than the trusted portal: it may be forged. "
            "Trust the portal again if the application was reinstalled."
        )
        return ReplyProblem("other_application_token", message)
    return None
