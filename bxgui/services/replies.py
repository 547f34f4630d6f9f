"""The outbox: a reply is stored before it is sent, and sent by its portal's one worker."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from datetime import datetime
from functools import partial

from bxgui.core.authorization import Access, refuses_source
from bxgui.core.handler_call import HandlerCall
from bxgui.core.json_values import JsonProblem, JsonValue, Pairs, dump_object
from bxgui.core.outcome import Verdict
from bxgui.core.records import (
    ACTIVITY_LOG,
    EVENT_SEND,
    AttemptDetail,
    CallDetail,
    CallKind,
    Exchange,
    Portal,
    Reply,
    Suspicion,
)
from bxgui.services import keys
from bxgui.services.authorization import Authorization
from bxgui.services.authorization_problem import AuthorizationProblem
from bxgui.services.intake import recognise_arrival
from bxgui.services.portal_client import PortalClient
from bxgui.services.processes import THIS_PROCESS, is_alive
from bxgui.services.store import Store, StoreProblem
from bxgui.services.vault import SecretsLocked, StoreKey


class ReplyProblem(Exception):
    """A reply that cannot be sent as it is; `code` names why, the text says what to do."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


class Outbox:
    """Sends replies, in order, with one worker per portal."""

    def __init__(
        self,
        store: Store,
        client: PortalClient,
        key: Callable[[], StoreKey],
        clock: Callable[[], datetime],
        authorization: Authorization,
    ) -> None:
        self._store = store
        self._client = client
        self._key = key
        self._authorization = authorization
        self._clock = clock
        self._workers: dict[int, ThreadPoolExecutor] = {}
        self._left: set[int] = set()
        self._lock = threading.Lock()

    def submit(self, reply: Reply, *, suspicious_too: bool = False) -> Future[AttemptDetail]:
        """Store a reply and queue it; raises `ReplyProblem` or `StoreProblem` when it cannot go.

        `suspicious_too` is the user's explicit yes to a call with another application token.
        """
        call = self._sendable(reply, suspicious_too=suspicious_too)
        portal = _portal_of(call)
        members = self._members(reply)
        self._check_authorization(portal, call)
        self._give_back()
        reply_id = self._store.replies.create(reply, THIS_PROCESS, self._clock())
        worker = self._worker(portal.id)
        future = worker.submit(self._send, reply, reply_id, members, suspicious_too)
        future.add_done_callback(partial(self._after, reply_id))
        return future

    def recover(self) -> int:
        """Settle replies that stopped processes left behind; returns how many."""
        return self._store.replies.recover(is_alive)

    def close(self) -> None:
        """Finish what is being sent; what is queued behind it is given back."""
        for worker in self._workers.values():
            worker.shutdown(wait=True, cancel_futures=True)
        self._client.close()

    def _sendable(self, reply: Reply, *, suspicious_too: bool) -> CallDetail:
        call = self._store.calls.detail(reply.call_id, self._clock())
        if call is None:
            raise ReplyProblem("no_such_call", f"There is no call {reply.call_id}.")
        if call.row.kind is not CallKind.TOKEN:
            raise ReplyProblem("not_a_token", f"Call {reply.call_id} carries no event token.")
        if reply.method == ACTIVITY_LOG and not reply.log_message.strip():
            raise ReplyProblem(
                "empty_log", "Write a log message: without one there is nothing to log."
            )
        _check_trust(call, suspicious_too=suspicious_too)
        return call

    def _members(self, reply: Reply) -> Pairs:
        """The members of the request, but for what authorizes it."""
        call = self.handler_call(reply.call_id)
        members: Pairs = [("EVENT_TOKEN", call.event_token.text)]
        if reply.method == EVENT_SEND and reply.values:
            members.append(("RETURN_VALUES", _as_object(reply.values)))
        if reply.log_message:
            members.append(("LOG_MESSAGE", reply.log_message))
        _body(members)
        return members

    def _check_authorization(self, portal: Portal, call: CallDetail) -> None:
        try:
            self._authorization.check(portal, call)
        except AuthorizationProblem as problem:
            raise ReplyProblem(problem.code, str(problem)) from problem

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

    def _send(
        self, reply: Reply, reply_id: int, members: Pairs, suspicious_too: bool
    ) -> AttemptDetail:
        try:
            # Trust may have been taken back while the reply was in the queue.
            call = self._sendable(reply, suspicious_too=suspicious_too)
            return self._attempts(reply, reply_id, call, members)
        except AuthorizationProblem as problem:
            self._give_back(reply_id)
            raise ReplyProblem(problem.code, str(problem)) from problem
        except Exception:
            self._give_back(reply_id)
            raise

    def _attempts(
        self, reply: Reply, reply_id: int, call: CallDetail, members: Pairs
    ) -> AttemptDetail:
        """Attempts with one access after another, as long as the portal refuses who asks."""
        portal = _portal_of(call)
        access: Access | None = self._authorization.access(portal, call)
        while access is not None:
            attempt_id = self._store.replies.begin_attempt(reply_id, self._clock())
            exchange, verdict = self._client.call(
                access.endpoint,
                reply.method,
                _body([*members, *access.members]),
                ("auth",),
                secrets=access.secrets,
                reach=portal.reach,
            )
            finish = partial(self._finish, attempt_id, exchange, verdict)
            if not refuses_source(verdict.explanation.key):
                finish()
                break
            finish(more=True)
            try:
                access = self._authorization.access_after(portal, access, verdict, call)
            except AuthorizationProblem:
                finish()
                raise
            if access is None:
                finish()
        attempt = self._store.replies.attempt(attempt_id)
        if attempt is None:
            raise AssertionError
        return attempt

    def _finish(
        self, attempt_id: int, exchange: Exchange, verdict: Verdict, *, more: bool = False
    ) -> None:
        try:
            self._store.replies.finish_attempt(attempt_id, exchange, verdict, more=more)
        except StoreProblem as problem:
            message = f"The reply was sent, but what came of it could not be stored. {problem}"
            raise ReplyProblem("outcome_not_stored", message) from problem

    def _after(self, reply_id: int, future: Future[AttemptDetail]) -> None:
        if future.cancelled():
            self._give_back(reply_id)

    def _give_back(self, *reply_ids: int) -> None:
        """Settle replies that are no longer being sent; what fails is tried again next time."""
        with self._lock:
            self._left.update(reply_ids)
            for reply_id in sorted(self._left):
                with suppress(StoreProblem):
                    self._store.replies.settle(reply_id)
                    self._left.discard(reply_id)

    def _worker(self, portal_id: int) -> ThreadPoolExecutor:
        with self._lock:
            if portal_id not in self._workers:
                self._workers[portal_id] = ThreadPoolExecutor(1, f"portal {portal_id}")
            return self._workers[portal_id]


def _check_trust(call: CallDetail, *, suspicious_too: bool) -> None:
    portal = call.portal
    if portal is None:
        raise ReplyProblem("no_portal", "The call does not say which portal it comes from.")
    if not portal.trusted:
        message = f"The portal {portal.host or portal.key} is not trusted yet."
        raise ReplyProblem("not_trusted", message)
    if call.row.suspicion is Suspicion.ADDRESS:
        message = (
            f"The call names the address {call.row.portal or 'nothing'}, and the trusted portal is "
            f"at {portal.host}. Trust the new address first if the portal has moved."
        )
        raise ReplyProblem("other_address", message)
    if call.row.suspicion is Suspicion.APPLICATION_TOKEN and not suspicious_too:
        message = (
            "The call carries another application token than the trusted portal: it may be forged. "
            "Trust the portal again if the application was reinstalled."
        )
        raise ReplyProblem("other_application_token", message)


def _portal_of(call: CallDetail) -> Portal:
    """The portal of a call that may be sent."""
    if call.portal is None:
        raise AssertionError
    return call.portal


def _as_object(values: Pairs) -> JsonValue:
    """The object the portal reads; of repeated names it takes the last."""
    return dict(values)


def _body(members: Pairs) -> bytes:
    try:
        return dump_object(members).encode("utf-8")
    except JsonProblem as problem:
        raise ReplyProblem("bad_value", f"{problem.message}.") from problem
