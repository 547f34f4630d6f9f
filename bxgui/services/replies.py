"""The outbox: a reply is stored before it is sent, and sent by its portal's one worker."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from bxgui.core.handler_call import HandlerCall
from bxgui.core.json_values import JsonProblem
from bxgui.core.records import (
    ACTIVITY_LOG,
    AttemptDetail,
    CallDetail,
    CallKind,
    Reply,
    Suspicion,
)
from bxgui.core.rest_request import RestRequest, reply_request
from bxgui.services import keys
from bxgui.services.intake import recognise_arrival
from bxgui.services.portal_client import USER_AGENT, PortalClient
from bxgui.services.processes import THIS_PROCESS, is_alive
from bxgui.services.store import Store, StoreProblem
from bxgui.services.vault import SecretsLocked, StoreKey


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


@dataclass(frozen=True, slots=True)
class _KeptReply:
    """A reply that is in the store of a generation, and what is sent for it."""

    reply: Reply
    id: int
    generation: int
    request: RestRequest


class Outbox:
    """Sends replies, in order, with one worker per portal."""

    def __init__(
        self,
        store: Store,
        client: PortalClient,
        key: Callable[[], StoreKey],
        clock: Callable[[], datetime],
    ) -> None:
        self._store = store
        self._client = client
        self._key = key
        self._clock = clock
        self._workers: dict[int, ThreadPoolExecutor] = {}
        # With the generation of the store in which the ids mean something.
        self._left: set[tuple[int, int]] = set()
        self._lock = threading.Lock()

    def submit(self, reply: Reply, *, suspicious_too: bool = False) -> Future[AttemptDetail]:
        """Store a reply and queue it; raises `ReplyProblem` or `StoreProblem` when it cannot go.

        `suspicious_too` is the user's explicit yes to a call with another application token.
        """
        generation = self._store.database.generation
        call = self._sendable(reply, suspicious_too=suspicious_too)
        if call.portal is None:
            raise AssertionError
        request = self._request(reply, call.portal.endpoint)
        self._give_back()
        reply_id = self._store.replies.create(reply, THIS_PROCESS, self._clock(), generation)
        kept = _KeptReply(reply, reply_id, generation, request)
        worker = self._worker(call.portal.id)
        future = worker.submit(self._send, kept, suspicious_too)
        future.add_done_callback(partial(self._after, kept))
        return future

    def prepared(self, reply: Reply) -> Prepared:
        """The request that `submit` would send, and what keeps it from being sent; sends nothing.

        A portal that is not trusted is no obstacle. Raises `ReplyProblem` when there is no request.
        """
        call = self._answerable(reply)
        problem = _trust_problem(call)
        endpoint = call.endpoint if problem or call.portal is None else call.portal.endpoint
        if problem is not None and not endpoint:
            raise problem
        return Prepared(self._request(reply, endpoint), problem)

    def recover(self) -> int:
        """Settle replies that stopped processes left behind; returns how many."""
        return self._store.replies.recover(is_alive)

    def close(self) -> None:
        """Finish what is being sent; what is queued behind it is given back."""
        for worker in self._workers.values():
            worker.shutdown(wait=True, cancel_futures=True)
        self._client.close()

    def _sendable(self, reply: Reply, *, suspicious_too: bool) -> CallDetail:
        call = self._answerable(reply)
        problem = _trust_problem(call, suspicious_too=suspicious_too)
        if problem is not None:
            raise problem
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

    def _request(self, reply: Reply, endpoint: str) -> RestRequest:
        call = self.handler_call(reply.call_id)
        if not call.auth.access_token:
            message = "The call came without an access token, so there is nothing to send it with."
            raise ReplyProblem("no_access_token", message)
        try:
            return reply_request(endpoint, reply, call, USER_AGENT)
        except JsonProblem as problem:
            raise ReplyProblem("bad_value", f"{problem.message}.") from problem

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

    def _send(self, kept: _KeptReply, suspicious_too: bool) -> AttemptDetail:
        try:
            # Trust may have been taken back while the reply was in the queue.
            call = self._sendable(kept.reply, suspicious_too=suspicious_too)
            return self._attempt(kept, call)
        except Exception:
            self._give_back(kept)
            raise

    def _attempt(self, kept: _KeptReply, call: CallDetail) -> AttemptDetail:
        if call.portal is None:
            raise AssertionError
        replies, generation = self._store.replies, kept.generation
        attempt_id = replies.begin_attempt(kept.id, self._clock(), generation)
        # Since the reply was queued, the portal may have moved.
        request = replace(kept.request, endpoint=call.portal.endpoint)
        exchange, verdict = self._client.call(request)
        try:
            replies.finish_attempt(attempt_id, exchange, verdict, generation)
            attempt = replies.attempt(attempt_id)
        except StoreProblem as problem:
            message = f"The reply was sent, but what came of it could not be stored. {problem}"
            raise ReplyProblem("outcome_not_stored", message) from problem
        if attempt is None:
            raise AssertionError
        return attempt

    def _after(self, kept: _KeptReply, future: Future[AttemptDetail]) -> None:
        if future.cancelled():
            self._give_back(kept)

    def _give_back(self, *replies: _KeptReply) -> None:
        """Settle replies that are no longer being sent; what fails is tried again next time."""
        with self._lock:
            self._left.update((kept.id, kept.generation) for kept in replies)
            for reply_id, generation in sorted(self._left):
                try:
                    self._store.replies.settle(reply_id, generation)
                except StoreProblem as problem:
                    if problem.code != "replaced":
                        continue
                self._left.discard((reply_id, generation))

    def _worker(self, portal_id: int) -> ThreadPoolExecutor:
        with self._lock:
            if portal_id not in self._workers:
                self._workers[portal_id] = ThreadPoolExecutor(1, f"portal {portal_id}")
            return self._workers[portal_id]


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
