"""What replies may be sent, and the requests that carry them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from bxgui.core import batch
from bxgui.core.authorization import Access, Source
from bxgui.core.handler_call import HandlerCall
from bxgui.core.json_values import JsonProblem
from bxgui.core.records import ACTIVITY_LOG, CallDetail, CallKind, Portal, Reply, Suspicion
from bxgui.core.rest_request import RestRequest, reply_parameters, reply_request
from bxgui.services import keys
from bxgui.services.intake import recognise_arrival
from bxgui.services.portal_client import USER_AGENT
from bxgui.services.store import Store
from bxgui.services.store.calls import SealedCall
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

    def calls(self, replies: Sequence[Reply]) -> dict[int, CallDetail]:
        """The calls that are answered, by their ids, as far as there are such."""
        ids = [reply.call_id for reply in replies]
        return {call.row.id: call for call in self._store.calls.details(ids, self._clock())}

    def destination(
        self, reply: Reply, call: CallDetail | None, *, suspicious_too: bool = False
    ) -> Portal:
        """Where a reply to this call goes; raises `ReplyProblem` when it may not go there."""
        call = _answerable(reply, call)
        problem = _trust_problem(call, suspicious_too=suspicious_too)
        if problem is not None:
            raise problem
        if call.portal is None:
            raise AssertionError
        return call.portal

    def prepared(self, reply: Reply, access: Callable[[Portal, CallDetail], Access]) -> Prepared:
        """The request of a reply, and what keeps it from going.

        `access` is asked for what authorizes it, for a portal that is trusted; one that is not is
        no obstacle. Raises `ReplyProblem` when there is no request, and what `access` raises.
        """
        call = _answerable(reply, self._store.calls.detail(reply.call_id, self._clock()))
        problem = _trust_problem(call)
        if problem is None and call.portal is not None:
            return Prepared(self.request(reply, access(call.portal, call)), None)
        return Prepared(self.request(reply, self._own_access(call, problem)), problem)

    def request(self, reply: Reply, access: Access) -> RestRequest:
        """The request of a reply; raises `ReplyProblem` where there is none."""
        return _request(access, reply, self.handler_call(reply.call_id))

    def _own_access(self, call: CallDetail, problem: ReplyProblem | None) -> Access:
        """What a call itself brings, where nobody has trusted it."""
        if problem is not None and not call.endpoint:
            raise problem
        token = self.handler_call(call.row.id).auth.access_token
        if not token:
            message = "The call came without an access token, so there is nothing to send it with."
            raise ReplyProblem("no_access_token", message)
        return Access(Source.CALL, call.endpoint, token)

    def check(self, reply: Reply) -> None:
        """Raise `ReplyProblem` for a reply that no request can carry, whatever authorizes it."""
        self.request(reply, _NO_ACCESS)

    def commands(self, replies: Sequence[Reply]) -> Iterator[str | ReplyProblem | None]:
        """Replies as commands of a batch; None for one that has to go alone.

        A problem is in the place of one that has no request at all.
        """
        sealed = self._store.calls.all_sealed([reply.call_id for reply in replies])
        store_id = self._store.id
        for reply in replies:
            try:
                call = self._opened(reply.call_id, sealed.get(reply.call_id), store_id)
                yield _command(reply, call)
            except ReplyProblem as problem:
                yield problem

    def handler_call(self, call_id: int) -> HandlerCall:
        """A stored call with its secrets; raises `ReplyProblem` when they cannot be had."""
        return self._opened(call_id, self._store.calls.sealed(call_id), self._store.id)

    def _opened(self, call_id: int, sealed: SealedCall | None, store_id: str) -> HandlerCall:
        if sealed is None:
            raise ReplyProblem("no_such_call", f"There is no call {call_id}.")
        try:
            call = recognise_arrival(keys.reopen(sealed, self._key(), store_id))
        except SecretsLocked as error:
            raise ReplyProblem(error.code, str(error)) from error
        if not isinstance(call, HandlerCall):
            raise ReplyProblem("not_a_token", f"Call {call_id} carries no event token.")
        return call


def _request(access: Access, reply: Reply, call: HandlerCall) -> RestRequest:
    try:
        return reply_request(access, reply, call, USER_AGENT)
    except JsonProblem as problem:
        raise ReplyProblem("bad_value", f"{problem.message}.") from problem


def _command(reply: Reply, call: HandlerCall) -> str | None:
    command = batch.command(reply.method, reply_parameters(reply, call.event_token.text))
    if command is None:
        _request(_NO_ACCESS, reply, call)
    return command


def _answerable(reply: Reply, call: CallDetail | None) -> CallDetail:
    if call is None:
        raise ReplyProblem("no_such_call", f"There is no call {reply.call_id}.")
    if call.row.kind is not CallKind.TOKEN:
        raise ReplyProblem("not_a_token", f"Call {reply.call_id} carries no event token.")
    if reply.method == ACTIVITY_LOG and not reply.log_message.strip():
        raise ReplyProblem("empty_log", "Write a log message: without one there is nothing to log.")
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
